package discord

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"
)

// DefaultAPI is Discord's API, where [Config] names no other.
// https://docs.discord.com/developers/reference#api-versioning
const DefaultAPI = "https://discord.com/api/v10"

// newREST is a session that calls the API and is never opened. It sends
// nothing again by itself: what is refused goes through the outbox, and a
// message that was lost on the way must not be doubled.
func newREST(token, api string) (*discordgo.Session, error) {
	t, err := newTransport(&http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           (&net.Dialer{Timeout: 3 * time.Second}).DialContext,
		ForceAttemptHTTP2:     true,
		MaxIdleConns:          256,
		MaxIdleConnsPerHost:   256,
		IdleConnTimeout:       90 * time.Second,
		TLSHandshakeTimeout:   callTime,
		ResponseHeaderTimeout: callTime,
	}, api)
	if err != nil {
		return nil, err
	}
	s, err := discordgo.New("Bot " + token)
	if err != nil {
		return nil, fmt.Errorf("discord: %w", err)
	}
	s.StateEnabled = false
	s.ShouldRetryOnRateLimit, s.MaxRestRetries = false, 0
	s.Client = &http.Client{Timeout: callTime, Transport: t, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse // a token goes to the host that was meant, or nowhere
	}}
	return s, nil
}

// transport is the last that a request passes. It sends what discordgo means
// for its API, whose address is a variable of a whole program, to that of this
// adapter and nowhere else; and it lets no message out that mentions anybody.
type transport struct {
	next http.RoundTripper
	api  *url.URL
}

func newTransport(next http.RoundTripper, api string) (*transport, error) {
	if api == "" {
		api = DefaultAPI
	}
	u, err := url.Parse(strings.TrimSuffix(api, "/"))
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return nil, errors.New("discord: DISCORD_API_URL is no address")
	}
	return &transport{next, u}, nil
}

var errElsewhere = errors.New("discord: a request to a host that is not Discord's API is not sent")

// RoundTrip implements [http.RoundTripper].
func (t *transport) RoundTrip(r *http.Request) (*http.Response, error) {
	path, ok := strings.CutPrefix(r.URL.String(), discordgo.EndpointAPI)
	if !ok {
		return nil, closing(r, errElsewhere)
	}
	out := r.Clone(r.Context())
	target, err := url.Parse(t.api.String() + "/" + path)
	if err != nil {
		return nil, closing(r, errElsewhere)
	}
	out.URL, out.Host = target, ""
	if carriesMessage(r.Method, path) {
		if err := quiet(out); err != nil {
			return nil, err
		}
	}
	return t.next.RoundTrip(out)
}

// closing closes the body of a request that is not sent.
func closing(r *http.Request, err error) error {
	if r.Body != nil {
		err = errors.Join(err, r.Body.Close())
	}
	return err
}

// carriesMessage says whether a request can put a message before people.
func carriesMessage(method, path string) bool {
	if method != http.MethodPost && method != http.MethodPatch && method != http.MethodPut {
		return false
	}
	path, _, _ = strings.Cut(path, "?")
	first, _, _ := strings.Cut(path, "/")
	return first == "webhooks" || first == "interactions" || first == "channels"
}

// errMentions is a message with pictures that does not say that it mentions
// nobody.
var errMentions = errors.New("discord: a message that could mention people is not sent")

// quiet has the message of a request mention nobody.
func quiet(r *http.Request) error {
	if r.Body == nil {
		return nil
	}
	body, err := io.ReadAll(r.Body)
	if err = errors.Join(err, r.Body.Close()); err != nil {
		return fmt.Errorf("discord: read a message that is sent: %w", err)
	}
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case len(body) == 0:
	case err == nil && kind == "multipart/form-data":
		if !quietParts(body, params["boundary"]) {
			return errMentions
		}
	default:
		if body, err = quieted(body); err != nil {
			return err
		}
	}
	r.ContentLength = int64(len(body))
	r.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }
	r.Body, err = r.GetBody()
	return err
}

// quieted is a message in JSON, or a response to an interaction that holds
// one, with allowed_mentions that allow none. Any other list or value is
// returned as it is.
func quieted(body []byte) ([]byte, error) {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(body, &fields); err != nil {
		return nil, errMentions
	}
	if data, ok := fields["data"]; ok && len(data) > 0 && data[0] == '{' {
		inner, err := quieted(data)
		if err != nil {
			return nil, err
		}
		fields["data"] = inner
		return encode(fields)
	}
	if string(fields["allowed_mentions"]) == mentionsNobody {
		return body, nil
	}
	fields["allowed_mentions"] = json.RawMessage(mentionsNobody)
	return encode(fields)
}

// quietParts says whether a message with pictures mentions nobody.
func quietParts(body []byte, boundary string) bool {
	parts := multipart.NewReader(bytes.NewReader(body), boundary)
	for {
		p, err := parts.NextPart()
		if err != nil {
			return false // without a message in JSON there is nothing that says so
		}
		if p.FormName() != "payload_json" {
			continue
		}
		written, err := io.ReadAll(p)
		if err != nil {
			return false
		}
		silent, err := quieted(written)
		return err == nil && bytes.Equal(silent, written)
	}
}
