package doctor

import (
	"context"
	"errors"
	"net"
	"net/url"
	"strings"
	"syscall"
	"time"
)

// Port is an address that serve listens on, and the variable that sets it.
type Port struct{ Variable, Address string }

// healthTime is how long who listens on a port has to say that it is a bot.
const healthTime = time.Second

// Ports tries to listen on each. alive says whether a bot answers at an address.
func Ports(ctx context.Context, ports []Port, alive func(ctx context.Context, address string) bool) []Finding {
	var out []Finding
	for i, p := range ports {
		if i > 0 && p.Address == ports[0].Address && !strings.HasSuffix(p.Address, ":0") {
			out = append(out, Finding{"ports", Error, p.Variable + " and " + ports[0].Variable + " are the same.", "serve ends at once: address already in use.",
				"Set " + p.Variable + " to another address.", nil})
			continue
		}
		out = append(out, p.look(ctx, alive)...)
	}
	if len(out) == 0 {
		return []Finding{ok("ports", "They are free.")}
	}
	return out
}

func (p Port) look(ctx context.Context, alive func(ctx context.Context, address string) bool) []Finding {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", p.Address)
	switch {
	case err == nil:
		_ = l.Close()
		return nil
	case errors.Is(err, syscall.EADDRINUSE) && atOnce(ctx, p.Address, alive):
		return []Finding{ok("ports", "On "+p.Variable+" ("+p.Address+") a bot is at work already.")}
	case errors.Is(err, syscall.EADDRINUSE):
		return []Finding{{"ports", Error, p.Variable + ": " + p.Address + " is in use by another program.", "serve ends at once: address already in use.",
			"Stop what listens there, or set " + p.Variable + " to another address.", nil}}
	case errors.Is(err, syscall.EACCES):
		return []Finding{{"ports", Error, p.Variable + ": " + p.Address + " may not be listened on.", "serve ends at once: permission denied.",
			"Set " + p.Variable + " to a port above 1023.", nil}}
	}
	return []Finding{{"ports", Error, p.Variable + ": " + p.Address + " cannot be listened on.", "serve ends at once.",
		"Set " + p.Variable + " to host:port of this machine, such as 127.0.0.1:8080.", nil}}
}

// atOnce asks whether a bot answers there.
func atOnce(ctx context.Context, address string, alive func(ctx context.Context, address string) bool) bool {
	ctx, stop := context.WithTimeout(ctx, healthTime)
	defer stop()
	return alive(ctx, address)
}

// Proxy looks whether the proxy for what goes out is there. all is ALL_PROXY,
// which other programs know.
func Proxy(ctx context.Context, proxy, all string) []Finding {
	const shows = "No platform is reached: the log says \"trying again\"."
	switch {
	case proxy == "" && all != "":
		return []Finding{{"proxy", Warning, "ALL_PROXY is set, which has no effect here.", "What goes out goes straight, and fails where only the proxy may.",
			"Set HTTPS_PROXY to the same address.", nil}}
	case proxy == "":
		return []Finding{ok("proxy", "None: what goes out goes straight.")}
	}
	if !strings.Contains(proxy, "://") {
		proxy = "http://" + proxy // as it is read where it is used
	}
	u, err := url.Parse(proxy)
	if err != nil || u.Hostname() == "" {
		return []Finding{{"proxy", Error, "HTTPS_PROXY is no address.", shows, "Set it to the form http://host:port.", nil}}
	}
	port := u.Port()
	if port == "" {
		port = map[string]string{"https": "443", "socks5": "1080", "socks5h": "1080"}[u.Scheme]
	}
	if port == "" {
		port = "80"
	}
	at := net.JoinHostPort(u.Hostname(), port)
	c, err := (&net.Dialer{Timeout: dialTime}).DialContext(ctx, "tcp", at)
	if err != nil {
		return []Finding{{"proxy", Error, "The proxy " + at + " cannot be reached: " + reason(err).Error() + ".", shows,
			"Look at HTTPS_PROXY and at the proxy; hosts that need none go into NO_PROXY.", nil}}
	}
	_ = c.Close()
	return []Finding{ok("proxy", "What goes out goes through "+at+".")}
}
