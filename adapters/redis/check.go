package redis

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
	"sync"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"careerbot/adapters/internal/delivery"
)

const (
	checkTime = 3 * time.Second
	// The oldest server that has the commands in use: GETDEL is of 6.2.
	leastMajor, leastMinor = 6, 2
)

// permissions is the rule for a user of Redis who may do what is needed here.
const permissions = "~careerbot:* +@all -@dangerous +info"

// Check asks Redis whether all is as it should be. The error is one sentence on
// why it cannot be used as it is; advice has sentences on what will do, and
// should be better. Neither shows a password.
func (s *Store) Check(ctx context.Context) (advice []string, err error) {
	ctx, stop := context.WithTimeout(ctx, checkTime)
	defer stop()
	if err := s.client.Ping(ctx).Err(); err != nil {
		if s.secure && plain(ctx, s.seed) {
			err = tls.RecordHeaderError{} // which a Redis without TLS does not give cause for: it waits for the end of the line
		}
		return nil, s.sentence(err)
	}
	alone, err := s.checkCommands(ctx)
	if err != nil {
		return nil, s.sentence(err)
	}
	var (
		mu    sync.Mutex
		known = map[string]bool{}
	)
	if alone {
		known["Redis has a replica that does not keep up, so a failover loses what was just written: look at the network between the two."] = true
	}
	each := func(ctx context.Context, c *goredis.Client) error {
		text, err := c.Info(ctx).Result()
		mu.Lock()
		defer mu.Unlock()
		if err != nil {
			text = ""
			known["Redis does not let this user see INFO, so its version, memory and disk were not checked: allow it +info."] = true
		}
		info := parseInfo(text)
		if info["cluster_enabled"] == "1" && !s.cluster {
			return errors.New("the address belongs to a Redis Cluster: set REDIS_CLUSTER=1")
		}
		for _, a := range adviceOn(info) {
			known[a] = true
		}
		return nil
	}
	switch c := s.client.(type) {
	case *goredis.ClusterClient:
		err = c.ForEachMaster(ctx, each)
	case *goredis.Client:
		err = each(ctx, c)
	}
	if err != nil {
		return nil, s.sentence(err)
	}
	for a := range known {
		advice = append(advice, a)
	}
	return advice, nil
}

// plain says whether Redis answers there without TLS.
func plain(ctx context.Context, addr string) bool {
	ctx, stop := context.WithTimeout(ctx, dialTimeout)
	defer stop()
	c, err := (&net.Dialer{}).DialContext(ctx, "tcp", addr)
	if err != nil {
		return false
	}
	defer c.Close()
	end, _ := ctx.Deadline()
	if c.SetDeadline(end) != nil {
		return false
	}
	first := make([]byte, 1)
	if _, err := c.Write([]byte("PING\r\n")); err != nil {
		return false
	}
	_, err = io.ReadFull(c, first)
	return err == nil && (first[0] == '+' || first[0] == '-')
}

// checkCommands does once what is done all the time, on keys of its own. It
// says whether there is a replica that did not hear of it in time.
func (s *Store) checkCommands(ctx context.Context) (alone bool, err error) {
	who := rand.Text()
	if err := s.checkRecords(ctx, who); err != nil {
		return false, err
	}
	if err := s.checkOthers(ctx, who); err != nil {
		return false, err
	}
	return s.checkDelivery(ctx, who)
}

func (s *Store) checkRecords(ctx context.Context, who string) error {
	r := records{s, "check"}
	if _, err := r.save(ctx, []byte{0}, time.Second, 0, []string{who}, []string{who}); err != nil {
		return err
	}
	if _, err := r.load(ctx, who); err != nil {
		return err
	}
	if _, err := r.owned(ctx, who); err != nil {
		return err
	}
	return r.forget(ctx, who)
}

// checkDelivery takes a letter the whole way, beside those that wait.
func (s *Store) checkDelivery(ctx context.Context, who string) (alone bool, err error) {
	terms := delivery.Terms{Lease: checkTime, Kept: checkTime, GiveUp: checkTime}
	ledger, outbox := s.ledger(terms, "check "+who), s.outbox(terms, "check "+who)
	for _, end := range []func(ctx context.Context, key, nonce string) error{ledger.Release, ledger.Done} {
		if _, err := ledger.Claim(ctx, "claimed", who); err != nil {
			return false, err
		}
		if err := end(ctx, "claimed", who); err != nil {
			return false, err
		}
	}
	err = outbox.Put(ctx, who, delivery.Letter{Key: "put"})
	if alone = errors.Is(err, errAlone); err != nil && !alone {
		return false, err
	}
	if _, err := outbox.Waiting(ctx, ""); err != nil {
		return false, err
	}
	if _, err := outbox.Depth(ctx); err != nil {
		return false, err
	}
	j, _, err := outbox.take(ctx)
	if err != nil || j == nil {
		return false, err
	}
	if err := outbox.beat(ctx, j); err != nil {
		return false, err
	}
	return alone, outbox.note(ctx, j, delivery.Result{Outcome: delivery.Sent}, 0)
}

func (s *Store) checkOthers(ctx context.Context, who string) error {
	if _, err := s.limiter(delivery.Rates{}).charge(ctx, who, who); err != nil {
		return err
	}
	unlock, err := s.Locker().Lock(ctx, who)
	if err != nil {
		return err
	}
	unlock()
	if err := s.States().Put(ctx, who); err != nil {
		return err
	}
	_, err = s.States().Take(ctx, who)
	return err
}

func parseInfo(text string) map[string]string {
	info := map[string]string{}
	for line := range strings.Lines(text) {
		if key, value, ok := strings.Cut(strings.TrimSpace(line), ":"); ok {
			info[key] = value
		}
	}
	return info
}

// adviceOn is what a server's INFO gives cause to say.
func adviceOn(info map[string]string) []string {
	var advice []string
	if v, ok := info["redis_version"]; ok && older(v) {
		advice = append(advice, fmt.Sprintf("Redis is of version %s: use %d.%d or later.", v, leastMajor, leastMinor))
	}
	if p, ok := info["maxmemory_policy"]; ok && p != "noeviction" {
		advice = append(advice, fmt.Sprintf("Redis may throw out keys when its memory is full (maxmemory-policy %s), and a claim thrown out may be answered twice: set noeviction.", p))
	}
	if info["aof_enabled"] == "0" {
		advice = append(advice, "Redis does not write to disk as it goes (appendonly no), so a restart loses what waits in it: set appendonly yes, appendfsync everysec.")
	}
	return advice
}

func older(version string) bool {
	major, rest, _ := strings.Cut(version, ".")
	minor, _, _ := strings.Cut(rest, ".")
	a, err1 := strconv.Atoi(major)
	b, err2 := strconv.Atoi(minor)
	return err1 == nil && err2 == nil && (a < leastMajor || a == leastMajor && b < leastMinor)
}

// fault is a failure in a sentence, with its cause.
type fault struct {
	text  string
	cause error
}

func (f *fault) Error() string { return f.text }
func (f *fault) Unwrap() error { return f.cause }

// sentence says of a failure what it means and what to do.
func (s *Store) sentence(err error) error {
	var f *fault
	if err == nil || errors.As(err, &f) {
		return err
	}
	return &fault{s.words(err), err}
}

const noSentinels = "REDIS_ADDRS names servers that are no Sentinels: name the Sentinels, whose port is mostly 26379, or leave out REDIS_MASTER_NAME"

// said are the replies of a server by how they begin.
var said = []struct{ prefix, words string }{
	{"WRONGPASS", "Redis refuses the user and password: check REDIS_PASSWORD, or what the address has, and REDIS_USERNAME"},
	{"NOAUTH", "Redis wants a password: set REDIS_PASSWORD"},
	{"AUTH <password> called without any password", "Redis has no password for this user: leave out REDIS_PASSWORD, or give the user one"},
	{"NOPERM", "the user of Redis may not do all that is needed: give it the rule " + permissions},
	{"DB index is out of range", "Redis has no database of that number: name another at the end of REDIS_URL"},
	{"This instance has cluster support disabled", "the address belongs to no Redis Cluster: leave out REDIS_CLUSTER, and use REDIS_URL for a single server"},
	{"MOVED", "the address belongs to a Redis Cluster: set REDIS_CLUSTER=1"},
	{"CROSSSLOT", "the address belongs to a Redis Cluster: set REDIS_CLUSTER=1"},
	{"CLUSTERDOWN", "the Redis Cluster is down, or some of its slots have no master: see CLUSTER INFO"},
	{"OOM", "Redis is out of memory: give it more with maxmemory"},
	{"READONLY", "Redis is a replica, or failing over: name the master, or use Sentinel"},
	{"LOADING", "Redis is starting, and reads its data from disk: it will soon be there"},
	{"MISCONF", "Redis cannot write to its disk: see its log"},
	{"NOREPLICAS", "Redis has fewer replicas than min-replicas-to-write: bring them back"},
	{"max number of clients reached", "Redis has too many clients: raise maxclients"},
	{"unknown command 'sentinel'", noSentinels}, // 7 and later
	{"unknown command `sentinel`", noSentinels},
	{"unknown command", "Redis lacks a command that is needed: use version 6.2 or later"},
}

func (s *Store) words(err error) string {
	where := "REDIS_URL"
	if len(s.cfg.Addrs) > 0 {
		where = "REDIS_ADDRS"
	}
	var (
		plain tls.RecordHeaderError
		dial  *net.OpError
		slow  interface{ Timeout() bool }
	)
	switch {
	case errors.Is(err, goredis.Nil): // see do
		return fmt.Sprintf("the Sentinels know no master named %q: check REDIS_MASTER_NAME", s.cfg.MasterName)
	case errors.As(err, &plain):
		return "Redis speaks no TLS at this address: use redis:// and leave out REDIS_TLS and REDIS_CA_FILE, or name its TLS port"
	case isCertificate(err):
		return "Redis shows a certificate that is not trusted: name whom to trust in REDIS_CA_FILE (" + cause(err) + ")"
	}
	for _, r := range said {
		if goredis.HasErrorPrefix(err, r.prefix) || strings.Contains(err.Error(), ": "+r.prefix) {
			return r.words
		}
	}
	switch {
	case errors.As(err, &dial) && dial.Op == "dial":
		return fmt.Sprintf("Redis cannot be reached: check %s, and that it runs (%s)", where, cause(err))
	case errors.Is(err, errOpen), errors.Is(err, errSpent):
		return err.Error()
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, goredis.ErrPoolTimeout), errors.As(err, &slow) && slow.Timeout():
		return fmt.Sprintf("Redis does not answer in time: check %s, and the network in between", where)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), strings.Contains(err.Error(), "can't parse"), strings.Contains(err.Error(), "invalid reply"):
		return "Redis ends the connection at once: if it wants TLS, use rediss://, or REDIS_TLS=1 with REDIS_ADDRS"
	}
	return "Redis fails: " + cause(err)
}

func isCertificate(err error) bool {
	var (
		verify *tls.CertificateVerificationError
		who    x509.UnknownAuthorityError
		name   x509.HostnameError
	)
	return errors.As(err, &verify) || errors.As(err, &who) || errors.As(err, &name)
}

// cause is the innermost of an error.
func cause(err error) string {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return err.Error()
		}
		err = inner
	}
}
