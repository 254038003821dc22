package redis

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"

	"careerbot/adapters/internal/delivery"
)

// sealVersion is the first byte of what is sealed.
const sealVersion = 1

var errSealed = errors.New("it was sealed with another key, by another version, or is damaged")

// aead seals with a key that is made from that of the installation, of its own
// for each kind of thing.
func (r *ring) aead(kind string) (cipher.AEAD, error) {
	h := hmac.New(sha256.New, r.key)
	_, _ = h.Write([]byte(kind)) // a hash takes everything
	block, err := aes.NewCipher(h.Sum(nil))
	if err != nil {
		return nil, fmt.Errorf("seal: %w", err)
	}
	return cipher.NewGCM(block)
}

// seal makes of a text what means nothing without the key.
func (r *ring) seal(kind string, text []byte) ([]byte, error) {
	a, err := r.aead(kind)
	if err != nil {
		return nil, err
	}
	out := make([]byte, 1+a.NonceSize(), 1+a.NonceSize()+len(text)+a.Overhead())
	out[0] = sealVersion
	_, _ = rand.Read(out[1:]) // never fails
	return a.Seal(out, out[1:], text, out[:1]), nil
}

// open reads what seal made.
func (r *ring) open(kind string, sealed []byte) ([]byte, error) {
	a, err := r.aead(kind)
	if err != nil {
		return nil, err
	}
	if len(sealed) < 1+a.NonceSize() || sealed[0] != sealVersion {
		return nil, errSealed
	}
	text, err := a.Open(nil, sealed[1:1+a.NonceSize()], sealed[1+a.NonceSize():], sealed[:1])
	if err != nil {
		return nil, errSealed
	}
	return text, nil
}

const letters = "letters"

func (r *ring) sealLetter(l delivery.Letter) ([]byte, error) {
	text, err := json.Marshal(l)
	if err != nil {
		return nil, fmt.Errorf("seal a letter: %w", err)
	}
	return r.seal(letters, text)
}

func (r *ring) openLetter(sealed []byte) (delivery.Letter, error) {
	var l delivery.Letter
	text, err := r.open(letters, sealed)
	if err == nil && json.Unmarshal(text, &l) != nil {
		err = errSealed
	}
	return l, err
}
