package redis

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	goredis "github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"
)

// Config says which Redis, and how to get in. Each field names the variable
// that it stands for, as errors do too.
type Config struct {
	URL   string   // REDIS_URL: redis://user:password@host:port/db, or rediss:// for TLS
	Addrs []string // REDIS_ADDRS: host:port of Sentinels, or of nodes of a Cluster

	MasterName string // REDIS_MASTER_NAME: the addresses are Sentinels, which know a master of this name
	Cluster    string // REDIS_CLUSTER: "1" says that the one address is a node of a Cluster

	Username, Password                 string // REDIS_USERNAME, REDIS_PASSWORD: in place of the URL's
	SentinelUsername, SentinelPassword string // REDIS_SENTINEL_USERNAME, REDIS_SENTINEL_PASSWORD
	TLS                                string // REDIS_TLS: "1" for TLS with REDIS_ADDRS
	CAFile                             string // REDIS_CA_FILE: whom to believe, in PEM; it means TLS

	// Key is CAREERBOT_KEY: what ids are hashed with before they become keys
	// in Redis. "": a random one that is made once and kept in Redis itself.
	Key string

	// Lease is DELIVERY_LEASE: how long a claim on a message lives. 0 is 8 s.
	Lease time.Duration

	Log *slog.Logger // nil: nothing is logged

	// patience takes the place of BudgetTime and of the client's times in tests
	// that ask what is done, on machines that are busy, and not how soon.
	patience time.Duration
}

// The client's times. Its defaults are for programs that rather wait than go
// without; a question has three seconds in all.
const (
	// dialTimeout: a server in the same cluster accepts within a millisecond;
	// 5 s by default.
	dialTimeout = 300 * time.Millisecond
	// socketTimeout bounds one read or write; 5 s by default. It equals the
	// whole budget of a question, whose context mostly ends sooner.
	socketTimeout = BudgetTime
	// poolTimeout is how long to wait for a connection; a read's time and a
	// second by default.
	poolTimeout = 300 * time.Millisecond
	// retries: a command may have been applied before its connection broke, so
	// every write here may be applied twice; 3 by default.
	retries = 1
	// dialTries: with the default of 5 a refused connection takes 1.7 s.
	dialTries = 1
)

const (
	urlForm  = "it must be like redis://user:password@host:6379/0, with special characters of the password percent-encoded; or set REDIS_PASSWORD"
	maxDB    = 1 << 16
	leastKey = 16 // bytes
	// A lease must outlast a post, and end before a platform comes again for
	// the last time.
	leastLease, mostLease = 2 * time.Second, 2 * time.Minute
	leastPort             = 1
	mostPort              = 65535
)

// options are the settings as the client takes them, or a sentence on the
// first that cannot be used. None shows a password.
func (c *Config) options() (*goredis.UniversalOptions, error) {
	o := &goredis.UniversalOptions{
		ContextTimeoutEnabled: true, // else a socket ignores the context
		DialTimeout:           dialTimeout, ReadTimeout: socketTimeout, WriteTimeout: socketTimeout, PoolTimeout: poolTimeout,
		MaxRetries: retries, DialerRetries: dialTries,
		PipelinePoolSize: -1, // pipelines here are small
		DisableIdentity:  true,
		ClientName:       "careerbot",
		// Reads go to masters, as claims demand: neither RouteByLatency nor RouteRandomly.
		MasterName:               c.MasterName,
		MaintNotificationsConfig: &maintnotifications.Config{Mode: maintnotifications.ModeDisabled},
	}
	if c.patience > 0 {
		o.DialTimeout, o.ReadTimeout, o.WriteTimeout, o.PoolTimeout = c.patience, c.patience, c.patience, c.patience
	}
	secure := c.TLS == "1" || c.CAFile != ""
	switch {
	case c.URL != "" && len(c.Addrs) > 0:
		return nil, errors.New("REDIS_URL and REDIS_ADDRS are both set: keep one")
	case c.URL == "" && len(c.Addrs) == 0:
		return nil, errors.New("REDIS_URL is not set: " + urlForm)
	case c.Cluster != "" && c.Cluster != "0" && c.Cluster != "1":
		return nil, fmt.Errorf("REDIS_CLUSTER is %q: set it to 1, or leave it out", c.Cluster)
	case c.TLS != "" && c.TLS != "0" && c.TLS != "1":
		return nil, fmt.Errorf("REDIS_TLS is %q: set it to 1, or leave it out", c.TLS)
	case c.MasterName != "" && c.Cluster == "1":
		return nil, errors.New("REDIS_MASTER_NAME and REDIS_CLUSTER are both set: the first is for Sentinel, the second for a Cluster")
	case c.MasterName != "" && len(c.Addrs) == 0:
		return nil, errors.New("REDIS_MASTER_NAME needs REDIS_ADDRS: the addresses of the Sentinels, with commas between")
	case c.MasterName == "" && (c.SentinelUsername != "" || c.SentinelPassword != ""):
		return nil, errors.New("REDIS_SENTINEL_PASSWORD needs REDIS_MASTER_NAME: the name that the Sentinels know the master by")
	case c.Lease != 0 && (c.Lease < leastLease || c.Lease > mostLease):
		return nil, fmt.Errorf("DELIVERY_LEASE is %v: it must be from %v to %v", c.Lease, leastLease, mostLease)
	case c.Key != "" && len(c.Key) < leastKey:
		return nil, fmt.Errorf("CAREERBOT_KEY has %d characters and needs %d: make one with: openssl rand -base64 32", len(c.Key), leastKey)
	}
	if c.URL != "" {
		https, err := c.fromURL(o)
		if err != nil {
			return nil, err
		}
		secure = secure || https
	}
	for _, addr := range c.Addrs {
		if err := checkAddr(addr); err != nil {
			return nil, err
		}
		o.Addrs = append(o.Addrs, addr)
	}
	if len(o.Addrs) == 1 && c.MasterName == "" && c.Cluster != "1" && c.URL == "" {
		return nil, errors.New("REDIS_ADDRS has one address: set REDIS_CLUSTER=1 if it is a node of a Cluster, REDIS_MASTER_NAME if it is a Sentinel, or else use REDIS_URL")
	}
	o.IsClusterMode = c.Cluster == "1"
	if o.IsClusterMode && o.DB != 0 {
		return nil, fmt.Errorf("REDIS_URL names database %d: a Cluster has database 0 only", o.DB)
	}
	if c.Username != "" {
		o.Username = c.Username
	}
	if c.Password != "" {
		o.Password = c.Password
	}
	if o.Username != "" && o.Password == "" {
		return nil, errors.New("REDIS_USERNAME needs REDIS_PASSWORD")
	}
	o.SentinelUsername, o.SentinelPassword = c.SentinelUsername, c.SentinelPassword
	if secure {
		var err error
		if o.TLSConfig, err = c.tls(); err != nil {
			return nil, err
		}
	}
	return o, nil
}

// fromURL reads REDIS_URL, and says whether it wants TLS. What package url says
// of a fault is kept back: it quotes what may be a password.
func (c *Config) fromURL(o *goredis.UniversalOptions) (secure bool, err error) {
	u, err := url.Parse(c.URL)
	if err != nil || u.Host == "" || u.Opaque != "" {
		return false, errors.New("REDIS_URL cannot be read: " + urlForm)
	}
	switch {
	case u.Scheme != "redis" && u.Scheme != "rediss":
		return false, errors.New("REDIS_URL must begin with redis:// or, for TLS, rediss://")
	case u.RawQuery != "" || u.Fragment != "":
		return false, errors.New("REDIS_URL has more after its database: " + urlForm)
	}
	if db := strings.Trim(u.Path, "/"); db != "" {
		if o.DB, err = strconv.Atoi(db); err != nil || o.DB < 0 || o.DB > maxDB {
			return false, errors.New("REDIS_URL ends in no database number: " + urlForm)
		}
	}
	host, port := u.Hostname(), u.Port()
	if host == "" {
		return false, errors.New("REDIS_URL names no host: " + urlForm)
	}
	if port == "" {
		port = "6379"
	}
	if n, err := strconv.Atoi(port); err != nil || n < leastPort || n > mostPort {
		return false, errors.New("REDIS_URL has a port that cannot be: " + urlForm)
	}
	o.Addrs = []string{net.JoinHostPort(host, port)}
	o.Username = u.User.Username()
	o.Password, _ = u.User.Password()
	return u.Scheme == "rediss", nil
}

func checkAddr(addr string) error {
	host, port, err := net.SplitHostPort(addr)
	if err == nil && host != "" && !strings.Contains(addr, "@") {
		if n, err := strconv.Atoi(port); err == nil && n >= leastPort && n <= mostPort {
			return nil
		}
	}
	if strings.Contains(addr, "@") { // it may hold a password
		return errors.New("REDIS_ADDRS: write host:port only, and the password into REDIS_PASSWORD")
	}
	return fmt.Errorf("REDIS_ADDRS: %q must be host:port, such as redis-0:6379; commas stand between several", addr)
}

// tls leaves the server's name to the dialer: a Cluster has several.
func (c *Config) tls() (*tls.Config, error) {
	t := &tls.Config{MinVersion: tls.VersionTLS12}
	if c.CAFile == "" {
		return t, nil
	}
	pem, err := os.ReadFile(c.CAFile)
	if err != nil {
		return nil, fmt.Errorf("REDIS_CA_FILE cannot be read: %w", err)
	}
	t.RootCAs = x509.NewCertPool()
	if !t.RootCAs.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("REDIS_CA_FILE: %s holds no certificate in PEM", c.CAFile)
	}
	return t, nil
}
