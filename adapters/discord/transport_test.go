package discord

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"

	"careerbot/bot"
	"careerbot/bot/bottest"
)

// sent is the last request that came through.
type sent struct {
	*http.Request
	body []byte
}

func (s *sent) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.Request = r
	s.body, _ = io.ReadAll(r.Body)
	w.Header().Set("Content-Type", "application/json")
	_, _ = io.WriteString(w, `{"id":"1"}`)
}

// No message leaves that could mention anybody, whoever wrote it.
func TestNoMessageLeavesThatCouldMentionAnybody(t *testing.T) {
	last := &sent{}
	srv := httptest.NewServer(last)
	defer srv.Close()
	s, err := newREST("token", srv.URL)
	if err != nil {
		t.Fatal(err)
	}
	all := &discordgo.MessageAllowedMentions{Parse: []discordgo.AllowedMentionType{"everyone", "users", "roles"}, RepliedUser: true}
	components := []discordgo.MessageComponent{}
	content := "@everyone"
	for name, call := range map[string]func() error{
		"a message": func() error { _, err := s.ChannelMessageSend("1", content); return err },
		"that allows all": func() error {
			_, err := s.ChannelMessageSendComplex("1", &discordgo.MessageSend{Content: content, AllowedMentions: all})
			return err
		},
		"with no list at all": func() error {
			_, err := s.ChannelMessageSendComplex("1", &discordgo.MessageSend{Content: content, AllowedMentions: &discordgo.MessageAllowedMentions{}})
			return err
		},
		"an edit": func() error {
			_, err := s.ChannelMessageEditComplex(&discordgo.MessageEdit{ID: "2", Channel: "1", Content: &content, Components: &components})
			return err
		},
		"a webhook": func() error {
			_, err := s.WebhookExecute("1", "t", true, &discordgo.WebhookParams{Content: content, AllowedMentions: all})
			return err
		},
		"a webhook's edit": func() error {
			_, err := s.WebhookMessageEdit("1", "t", "@original", &discordgo.WebhookEdit{Content: &content})
			return err
		},
		"a body of one's own": func() error {
			_, err := s.RequestWithBucketID("POST", discordgo.EndpointChannelMessages("1"), json.RawMessage(`{"content":"@everyone","nonce":"1","enforce_nonce":true}`), "b")
			return err
		},
		"a response": func() error {
			return s.InteractionRespond(&discordgo.Interaction{ID: "1", Token: "t"}, &discordgo.InteractionResponse{Type: 4, Data: &discordgo.InteractionResponseData{Content: content, AllowedMentions: all}})
		},
		"a thread in a forum": func() error { _, err := s.ForumThreadStart("1", "name", 60, content); return err },
		"our own message": func() error {
			_, err := s.RequestWithBucketID("POST", discordgo.EndpointChannelMessages("1"), Render(bottest.Everything(), Options{}), "b")
			return err
		},
	} {
		if err := call(); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var m map[string]any
		if err := json.Unmarshal(last.body, &m); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if data, ok := m["data"].(map[string]any); ok {
			m = data
		}
		if !reflect.DeepEqual(m["allowed_mentions"], map[string]any{"parse": []any{}}) {
			t.Errorf("%s: %s", name, last.body)
		}
	}
}

// A message with pictures is sent as it was written or not at all.
func TestAMessageWithPicturesIsHeldWhenItCouldMention(t *testing.T) {
	last := &sent{}
	srv := httptest.NewServer(last)
	defer srv.Close()
	s, err := newREST("token", srv.URL)
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.ChannelMessageSendComplex("1", &discordgo.MessageSend{Content: "@everyone", Files: []*discordgo.File{{Name: "a.png", Reader: strings.NewReader("x")}}})
	if !errors.Is(err, errMentions) || last.Request != nil {
		t.Errorf("%v", err)
	}
	m := Render(bottest.Everything(), Options{Drawer: always{}})
	kind, body, err := m.Encode()
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, discordgo.EndpointChannelMessages("1"), bytes.NewReader(body))
	r.RequestURI = ""
	r.Header.Set("Content-Type", kind)
	res, err := s.Client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if !bytes.Equal(last.body, body) || len(m.Pictures) == 0 {
		t.Errorf("sent %s", last.body)
	}
}

type always struct{}

func (always) Draw(bot.Chart) ([]byte, error) { return []byte("a picture"), nil }

// What discordgo means for Discord's address goes to the one that is set, and
// what is meant for any other goes nowhere.
func TestRequestsGoToTheAPIAndNowhereElse(t *testing.T) {
	last := &sent{}
	srv := httptest.NewServer(last)
	defer srv.Close()
	s, err := newREST("token", srv.URL+"/api/v10/")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.ApplicationCommands("900", ""); err == nil || last.URL.String() != "/api/v10/applications/900/commands?with_localizations=true" {
		t.Errorf("%v: %v", err, last.URL) // what answers is no list
	}
	for _, to := range []string{"https://cdn.discordapp.com/x", "https://evil.example/", srv.URL, "https://discord.com.evil.example/api/v9/x"} {
		last.Request = nil
		r := httptest.NewRequest(http.MethodPost, to, strings.NewReader("{}"))
		r.RequestURI = ""
		if _, err := s.Client.Do(r); !errors.Is(err, errElsewhere) || last.Request != nil {
			t.Errorf("%s: %v", to, err)
		}
	}
}
