package discord

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"github.com/bwmarrin/discordgo"

	"careerbot/adapters/internal/delivery"
	"careerbot/adapters/internal/rest"
)

// interact answers an interaction that came over the gateway, once over all
// sessions that hear it.
func (a *Adapter) interact(ctx context.Context, payload json.RawMessage) {
	var to struct {
		ID    string `json:"id"`
		Token string `json:"token"`
	}
	if err := json.Unmarshal(payload, &to); err != nil || to.ID == "" || to.Token == "" {
		a.counts.Unreadable.Add(1)
		a.log.WarnContext(ctx, "discord: an interaction that cannot be answered: it has no id or token")
		return
	}
	if !a.fresh(to.ID) {
		return
	}
	ctx, stop := context.WithTimeout(ctx, answerTime)
	defer stop()
	key, nonce := delivery.Key("discord", "interaction", to.ID), rand.Text()
	if !a.ours(ctx, key, nonce) {
		return
	}
	if err := a.callBack(ctx, to.ID, to.Token, a.Respond(ctx, payload)); err != nil {
		a.log.ErrorContext(ctx, "discord: an interaction was not answered", "error", err)
	}
	if err := a.cfg.Ledger.Done(context.WithoutCancel(ctx), key, nonce); err != nil && !errors.Is(err, delivery.ErrLost) {
		a.log.DebugContext(ctx, "discord: interaction: ledger", "error", err)
	}
}

// How long an interaction is left to another who has claimed it, and how often
// is looked.
const (
	leaveTime = time.Second
	leavePoll = 100 * time.Millisecond
)

// ours says whether the interaction is to be answered here: nobody else has
// claimed it, or who did has said nothing for a second of the three that
// Discord waits. Two answers do no harm, Discord takes the first.
func (a *Adapter) ours(ctx context.Context, key, nonce string) bool {
	for end := time.Now().Add(leaveTime); ; {
		state, err := a.cfg.Ledger.Claim(ctx, key, nonce)
		switch {
		case err != nil, state == delivery.Won, state == delivery.Retaken:
			return true
		case state == delivery.Done, state == delivery.Queued:
			return false
		}
		if time.Now().After(end) {
			return true
		}
		if !rest.For(ctx, leavePoll) {
			return false
		}
	}
}

// callBack sends the response, again where that can help, while Discord waits
// for it.
func (a *Adapter) callBack(ctx context.Context, id, token string, response []byte) error {
	for {
		_, err := a.call(ctx, http.MethodPost, discordgo.EndpointInteractionResponse(id, token), "application/json", response)
		if err == nil {
			return nil
		}
		var r refusal
		wait := 100 * time.Millisecond
		switch {
		case errors.As(err, &r) && r.Code == codeAcknowledged:
			return nil // another was quicker
		case errors.As(err, &r) && r.Status == http.StatusTooManyRequests:
			wait = r.After
		case errors.As(err, &r) && r.Status < 500:
			return err
		}
		if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) < wait || !rest.For(ctx, wait) {
			return err
		}
	}
}
