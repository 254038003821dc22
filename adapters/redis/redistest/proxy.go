package redistest

import (
	"context"
	"net"
	"sync"
	"testing"
	"time"
)

// Proxy is a network that fails as it is told. It is safe for concurrent use.
type Proxy struct {
	Addr string // where it listens

	to string

	mu      sync.Mutex
	latency time.Duration // of each piece of a reply
	hole    chan struct{} // not nil: nothing gets through until it is closed
	refuse  bool
	open    map[net.Conn]bool
}

// NewProxy forwards to the address until the test ends.
func NewProxy(t testing.TB, to string) *Proxy {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &Proxy{Addr: l.Addr().String(), to: to, open: map[net.Conn]bool{}}
	var forwarding sync.WaitGroup
	forwarding.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			forwarding.Go(func() { p.forward(c) })
		}
	})
	t.Cleanup(func() {
		_ = l.Close()
		p.Heal()
		p.Cut()
		forwarding.Wait()
	})
	return p
}

func (p *Proxy) forward(c net.Conn) {
	if !p.add(c) {
		return
	}
	defer p.end(c)
	s, err := (&net.Dialer{Timeout: patience}).DialContext(context.Background(), "tcp", p.to)
	if err != nil || !p.add(s) {
		return
	}
	defer p.end(s)
	var both sync.WaitGroup
	pipe := func(to, from net.Conn, slow bool) {
		defer p.end(to)
		defer p.end(from)
		b := make([]byte, 16<<10)
		for {
			n, err := from.Read(b)
			p.pass(slow)
			if n > 0 {
				if _, err := to.Write(b[:n]); err != nil {
					return
				}
			}
			if err != nil {
				return
			}
		}
	}
	both.Go(func() { pipe(s, c, false) })
	both.Go(func() { pipe(c, s, true) })
	both.Wait()
}

// pass waits as long as the network makes a piece wait.
func (p *Proxy) pass(slow bool) {
	p.mu.Lock()
	hole, latency := p.hole, p.latency
	p.mu.Unlock()
	if hole != nil {
		<-hole
	}
	if slow && latency > 0 {
		<-time.After(latency)
	}
}

func (p *Proxy) add(c net.Conn) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.refuse {
		reset(c)
		return false
	}
	p.open[c] = true
	return true
}

func (p *Proxy) end(c net.Conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.open, c)
	_ = c.Close()
}

// Latency delays every reply.
func (p *Proxy) Latency(d time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.latency = d
}

// Blackhole lets connections be made and nothing through.
func (p *Proxy) Blackhole() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.hole == nil {
		p.hole = make(chan struct{})
	}
}

// Refuse resets every connection that is open, and every new one.
func (p *Proxy) Refuse() {
	p.mu.Lock()
	p.refuse = true
	p.mu.Unlock()
	p.Cut()
}

// Cut resets the connections that are open; new ones are served.
func (p *Proxy) Cut() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for c := range p.open {
		reset(c)
	}
	clear(p.open)
}

// Heal ends all faults. What a black hole swallowed goes on.
func (p *Proxy) Heal() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.latency, p.refuse = 0, false
	if p.hole != nil {
		close(p.hole)
		p.hole = nil
	}
}

func reset(c net.Conn) {
	if tcp, ok := c.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0) // a reset in place of an orderly end
	}
	_ = c.Close()
}
