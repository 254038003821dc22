package slacktest

import (
	"maps"
	"slices"
	"strings"
	"time"
)

// tokenLife is how long a token lives that rotates:
// https://docs.slack.dev/authentication/using-token-rotation.
const tokenLife = 12 * time.Hour

// Grant is what a person does who agrees to install the app: it makes the
// code that oauth.v2.access takes once.
func (w *Workspace) Grant() (code string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	code = w.id("100.200.code")
	w.codes[code] = true
	return code
}

// Revoke makes a token invalid, as an uninstalled app's is.
func (w *Workspace) Revoke(tok string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if t := w.tokens[tok]; t != nil {
		t.revoked = true
	}
}

// SetScopes changes what the bot token may do.
func (w *Workspace) SetScopes(scopes ...string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.o.Scopes = slices.Clone(scopes)
}

func (w *Workspace) authTest(*request) (answer, *refusal) {
	return answer{"url": "https://fake.slack.com/", "team": "Fake", "user": w.users[w.Bot()].Name, "team_id": w.Team(), "user_id": w.Bot(),
		"bot_id": w.BotID(), "is_enterprise_install": false}, nil
}

func (w *Workspace) authRevoke(r *request) (answer, *refusal) {
	if on(r.str("test")) {
		return answer{"revoked": false}, nil
	}
	w.tokens[r.token].revoked = true
	return answer{"revoked": true}, nil
}

// oauthAccess is https://docs.slack.dev/reference/methods/oauth.v2.access: a
// code or a refresh token, each good once, becomes a token.
func (w *Workspace) oauthAccess(r *request) (answer, *refusal) {
	id, secret := r.str("client_id"), r.str("client_secret")
	if id == "" && r.token != "" {
		w.fault("%s: no client_id", r.method)
		return nil, refuse("invalid_client_id")
	}
	switch {
	case id != w.ClientID():
		return nil, refuse("invalid_client_id")
	case secret != w.ClientSecret():
		return nil, refuse("bad_client_secret")
	}
	if r.str("grant_type") == "refresh_token" {
		old := r.str("refresh_token")
		if !w.refresh[old] {
			w.fault("%s: a refresh token that was used before or never given", r.method)
			return nil, refuse("invalid_refresh_token")
		}
		delete(w.refresh, old)
	} else {
		code := r.str("code")
		good, known := w.codes[code]
		w.codes[code] = false
		switch {
		case !known:
			delete(w.codes, code)
			return nil, refuse("invalid_code")
		case !good:
			w.fault("%s: a code that was used before", r.method)
			return nil, refuse("code_already_used")
		}
	}
	access, t := w.id("xoxb-100-300-"), &token{kind: "bot"}
	a := answer{"token_type": "bot", "scope": strings.Join(w.o.Scopes, ","), "bot_user_id": w.Bot(), "app_id": w.AppID(),
		"team": answer{"id": w.Team(), "name": "Fake"}, "enterprise": nil, "is_enterprise_install": false, "authed_user": answer{"id": "U0INSTALLER"}}
	if w.o.Rotation {
		access = w.id("xoxe.xoxb-1-")
		t.expires = w.o.Now().Add(tokenLife)
		next := w.id("xoxe-1-")
		w.refresh[next] = true
		maps.Copy(a, answer{"expires_in": int(tokenLife / time.Second), "refresh_token": next})
	}
	w.tokens[access] = t
	a["access_token"] = access
	return a, nil
}
