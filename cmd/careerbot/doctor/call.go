package doctor

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"
)

// Limits of one call. All calls together have the time of their context.
const (
	callTime = 3500 * time.Millisecond
	dialTime = 2 * time.Second
	mostBody = 4 << 20
)

// client goes the way that the adapters go: through the proxy of the
// environment, and nowhere else than it was sent.
var client = &http.Client{
	Timeout: callTime,
	Transport: &http.Transport{Proxy: http.ProxyFromEnvironment, DialContext: (&net.Dialer{Timeout: dialTime}).DialContext,
		TLSHandshakeTimeout: dialTime, ForceAttemptHTTP2: true, IdleConnTimeout: callTime},
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

// reply is an answer of an API.
type reply struct {
	status int
	header http.Header
	body   []byte
	skew   *time.Duration // this machine's clock ahead of the API's; nil: it named no time
}

// call asks the API. The error names no more of the address than its host.
func call(ctx context.Context, method, address, token string) (reply, error) {
	req, err := http.NewRequestWithContext(ctx, method, address, http.NoBody)
	if err != nil {
		return reply{}, errors.New("the address cannot be read")
	}
	if token != "" {
		req.Header.Set("Authorization", token)
	}
	req.Header.Set("User-Agent", "DiscordBot (careerbot, 1)") // Discord turns others away
	asked := time.Now()
	res, err := client.Do(req)
	if err != nil {
		return reply{}, fmt.Errorf("%s cannot be reached: %w", req.URL.Host, reason(err))
	}
	defer res.Body.Close()
	heard := time.Now()
	body, err := io.ReadAll(io.LimitReader(res.Body, mostBody))
	if err != nil {
		return reply{}, fmt.Errorf("%s broke off: %w", req.URL.Host, reason(err))
	}
	return reply{res.StatusCode, res.Header, body, skew(res.Header, asked, heard)}, nil
}

// reason is why a call failed, without the address, which a token may be in.
func reason(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	var timeout interface{ Timeout() bool }
	if errors.As(err, &timeout) && timeout.Timeout() {
		return errors.New("no answer in time")
	}
	var op *net.OpError
	if errors.As(err, &op) {
		return op.Err
	}
	return err
}
