package discord

import (
	"crypto/ed25519"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"strconv"
	"time"
)

// maxBody is the longest request in bytes that is read. Discord's own are far
// below: the longest carry a message with its components.
const maxBody = 1 << 20

// maxAge is how far a request's time may be from now: Discord sends each once,
// and a request that somebody kept must not be worth anything.
const maxAge = 5 * time.Minute

// Handler is the HTTP door: /discord/interactions. It answers 404 when the
// adapter has no public key.
func (a *Adapter) Handler() http.Handler {
	mux := http.NewServeMux()
	if a.key != nil {
		mux.HandleFunc("POST /discord/interactions", a.serve)
	}
	return mux
}

func (a *Adapter) serve(w http.ResponseWriter, r *http.Request) {
	signature, err := hex.DecodeString(r.Header.Get("X-Signature-Ed25519"))
	stamp := r.Header.Get("X-Signature-Timestamp")
	if err != nil || len(signature) != ed25519.SignatureSize || !recent(stamp, time.Now()) {
		a.unsigned(w, r)
		return
	}
	signed, err := readSigned(r, stamp)
	if err != nil {
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			http.Error(w, "the request is too large", http.StatusRequestEntityTooLarge)
			return
		}
		http.Error(w, "the request could not be read", http.StatusBadRequest)
		return
	}
	if !ed25519.Verify(a.key, signed, signature) {
		a.unsigned(w, r)
		return
	}
	writeJSON(w, a.Respond(r.Context(), signed[len(stamp):]))
}

func writeJSON(w http.ResponseWriter, body []byte) {
	h := w.Header()
	h["Content-Type"] = jsonType
	h["Content-Length"] = []string{strconv.Itoa(len(body))}
	_, _ = w.Write(body) //nolint:gosec // JSON, as its type says; who has hung up hears nothing
}

var jsonType = []string{"application/json"}

// recent says whether a time in seconds since 1970 is close enough to now.
func recent(stamp string, now time.Time) bool {
	seconds, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil {
		return false
	}
	return now.Sub(time.Unix(seconds, 0)).Abs() <= maxAge
}

// readSigned is what a request's signature is of: its time and its body.
// https://docs.discord.com/developers/interactions/overview#setting-up-an-endpoint-validating-security-request-headers
func readSigned(r *http.Request, stamp string) ([]byte, error) {
	if r.ContentLength > maxBody {
		return nil, &http.MaxBytesError{Limit: maxBody}
	}
	limited := http.MaxBytesReader(nil, r.Body, maxBody)
	if n := r.ContentLength; n >= 0 {
		signed := make([]byte, len(stamp)+int(n))
		copy(signed, stamp)
		_, err := io.ReadFull(limited, signed[len(stamp):])
		return signed, err
	}
	body, err := io.ReadAll(limited)
	return append([]byte(stamp), body...), err
}

func (a *Adapter) unsigned(w http.ResponseWriter, r *http.Request) {
	a.counts.Unsigned.Add(1)
	a.log.DebugContext(r.Context(), "discord: http: a request without a good signature")
	http.Error(w, "the signature is missing, wrong or too old", http.StatusUnauthorized)
}
