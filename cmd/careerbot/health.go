package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"
)

const healthMore = `It asks the serve that listens on LISTEN_ADDR of this machine, as a container's health check does: whether it
lives, or, with --ready, whether it is connected to a platform. It exits with 1 when the answer is no or does not come in two
seconds.`

// healthTime is how long an answer is waited for.
const healthTime = 2 * time.Second

func runHealth(ctx context.Context, e *env, args []string) error {
	var ready bool
	rest, err := flags(args, func(fs *flag.FlagSet) {
		fs.BoolVar(&ready, "ready", false, "ask whether it is connected, and not only alive")
	})
	switch {
	case err != nil:
		return err
	case len(rest) > 0:
		return misused("it takes no arguments")
	}
	path := "/healthz"
	if ready {
		path = "/readyz"
	}
	said, err := askHealth(ctx, cmp.Or(e.getenv("LISTEN_ADDR"), listenAddress), path)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(e.stdout, said)
	return err
}

// askHealth asks the server that listens on address. The error is what it says
// in place of yes, or why it says nothing.
func askHealth(ctx context.Context, address, path string) (string, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return "", fmt.Errorf("LISTEN_ADDR is %q: it must be host:port or :port", address)
	}
	switch host {
	case "", "0.0.0.0": // all addresses: this machine's own is one
		host = "127.0.0.1"
	case "::":
		host = "::1"
	}
	ctx, stop := context.WithTimeout(ctx, healthTime)
	defer stop()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+net.JoinHostPort(host, port)+path, nil)
	if err != nil {
		return "", fmt.Errorf("LISTEN_ADDR is %q: it must be host:port or :port", address)
	}
	client := http.Client{Transport: &http.Transport{Proxy: nil}} // a proxy is for what lies outside
	defer client.CloseIdleConnections()
	res, err := client.Do(r)
	switch {
	case ctx.Err() != nil:
		return "", fmt.Errorf("nothing answers on %s within %s", address, healthTime)
	case err != nil:
		return "", fmt.Errorf("nothing listens on %s: %w", address, listenCause(err))
	}
	defer res.Body.Close()
	body, err := io.ReadAll(io.LimitReader(res.Body, 1<<10))
	said := strings.TrimSpace(string(body))
	switch {
	case err != nil:
		return "", fmt.Errorf("the answer on %s broke off: %w", address, err)
	case res.StatusCode != http.StatusOK:
		return "", fmt.Errorf("%s: %s", path, cmp.Or(said, res.Status))
	}
	return said, nil
}

// alive says whether a serve answers at the address.
func alive(ctx context.Context, address string) bool {
	said, err := askHealth(ctx, address, "/healthz")
	return err == nil && said == "ok"
}
