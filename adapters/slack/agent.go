package slack

import (
	"context"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"careerbot/adapters/internal/fit"
	"careerbot/bot"
)

// maxPrompts and maxSessionTitle are Slack's.
// https://docs.slack.dev/reference/methods/assistant.threads.setSuggestedPrompts
// https://docs.slack.dev/reference/methods/agents.sessions.rename
const (
	maxPrompts      = 4
	maxSessionTitle = 200
)

// suggestPrompts offers questions in the Messages tab. thread is "" but for
// apps of the older assistant kind.
func (a *Adapter) suggestPrompts(ctx context.Context, w Workspace, channel, thread string) {
	if channel == "" || a.quiet.has(w.Team) {
		return
	}
	a.later(ctx, "prompts", func(ctx context.Context) {
		params := slack.AssistantThreadsSetSuggestedPromptsParameters{Title: "Ask, for example:", ChannelID: channel, ThreadTS: thread}
		for _, act := range a.core.Ask(ctx, bot.Question{Text: "help"}).Actions {
			if len(params.Prompts) < maxPrompts {
				params.AddPrompt(act.Label, act.Label)
			}
		}
		c, err := a.client(ctx, w)
		if err == nil {
			err = c.SetAssistantThreadsSuggestedPromptsContext(ctx, params)
		}
		a.noAgent(ctx, w, "assistant.threads.setSuggestedPrompts", err)
	})
}

// titleSession names the session that a direct message began by what was asked
// about.
func (a *Adapter) titleSession(ctx context.Context, m post) {
	if m.Title == "" || a.quiet.has(m.Workspace.Team) {
		return
	}
	a.later(ctx, "title", func(ctx context.Context) {
		c, err := a.client(ctx, m.Workspace)
		if err == nil {
			_, err = c.RenameAgentSessionContext(ctx, slack.AgentSessionRenameParameters{
				Title: fit.Runes(m.Title, maxSessionTitle), ChannelID: m.Channel, ThreadTS: m.Thread})
		}
		a.noAgent(ctx, m.Workspace, "agents.sessions.rename", err)
	})
}

// showStatus says that an answer is on its way when it takes longer than
// [statusAfter]. What it returns ends it.
func (a *Adapter) showStatus(ctx context.Context, w Workspace, channel, thread string) (done func()) {
	var mu sync.Mutex
	shown := false
	set := func(ctx context.Context, status string) {
		c, err := a.client(ctx, w)
		if err == nil {
			_, err = c.SetAgentSessionStatusContext(ctx, slack.AgentSessionSetStatusParameters{Status: status, ChannelID: channel, ThreadTS: thread})
		}
		a.noAgent(ctx, w, "agents.sessions.setStatus", err)
	}
	timer := time.AfterFunc(statusAfter, func() {
		if a.quiet.has(w.Team) {
			return
		}
		mu.Lock()
		shown = true
		mu.Unlock()
		a.later(ctx, "status", func(ctx context.Context) { set(ctx, slack.AgentSessionStatusProcessing) })
	})
	return func() {
		timer.Stop()
		mu.Lock()
		defer mu.Unlock()
		if shown {
			a.later(ctx, "status", func(ctx context.Context) { set(ctx, slack.AgentSessionStatusActive) })
		}
	}
}

// quietTime is how long a workspace is spared calls about agent sessions after
// it knew none: the app may be installed there without agent_view.
const quietTime = time.Hour

// noAgent notes what came of a call that an answer does not depend on.
func (a *Adapter) noAgent(ctx context.Context, w Workspace, method string, err error) {
	if err == nil {
		return
	}
	a.log.InfoContext(ctx, "slack: agent view: a call failed; the answer does not need it", "method", method, "error", err)
	if code(err) != "" {
		a.quiet.add(w.Team, quietTime)
	}
}

// running is what is being answered, so that a person may stop it.
type running struct {
	mu  sync.Mutex
	all map[string]map[*work]bool // by channel and thread
}

type work struct {
	cancel  context.CancelFunc
	stopped bool
}

// begin notes that something is answered in the thread. What it returns ends
// that, and says whether the person stopped it.
func (r *running) begin(ctx context.Context, channel, thread string) (context.Context, func() (stopped bool)) {
	ctx, cancel := context.WithCancel(ctx)
	key, w := channel+" "+thread, &work{cancel: cancel}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.all == nil {
		r.all = map[string]map[*work]bool{}
	}
	if r.all[key] == nil {
		r.all[key] = map[*work]bool{}
	}
	r.all[key][w] = true
	return ctx, func() bool {
		cancel()
		r.mu.Lock()
		defer r.mu.Unlock()
		delete(r.all[key], w)
		if len(r.all[key]) == 0 {
			delete(r.all, key)
		}
		return w.stopped
	}
}

func (r *running) stop(channel, thread string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for w := range r.all[channel+" "+thread] {
		w.stopped = true
		w.cancel()
	}
}
