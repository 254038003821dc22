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

// sealVersion is the first byte of a sealed letter.
const sealVersion = 1

var errSealed = errors.New("it was sealed with another key, by another version, or is damaged")

// aead seals with a key that is made from that of the installation.
func (r *ring) aead() (cipher.AEAD, error) {
	h := hmac.New(sha256.New, r.key)
	_, _ = h.Write([]byte("letters")) // a hash takes everything
	block, err := aes.NewCipher(h.Sum(nil))
	if err != nil {
		return nil, fmt.Errorf("seal a letter: %w", err)
	}
	return cipher.NewGCM(block)
}

// seal makes of a letter what means nothing without the key.
func (r *ring) seal(l delivery.Letter) ([]byte, error) {
	a, err := r.aead()
	if err != nil {
		return nil, err
	}
	text, err := json.Marshal(l)
	if err != nil {
		return nil, fmt.Errorf("seal a letter: %w", err)
	}
	out := make([]byte, 1+a.NonceSize(), 1+a.NonceSize()+len(text)+a.Overhead())
	out[0] = sealVersion
	_, _ = rand.Read(out[1:]) // never fails
	return a.Seal(out, out[1:], text, out[:1]), nil
}

// open reads what seal made.
func (r *ring) open(sealed []byte) (delivery.Letter, error) {
	var l delivery.Letter
	a, err := r.aead()
	if err != nil {
		return l, err
	}
	if len(sealed) < 1+a.NonceSize() || sealed[0] != sealVersion {
		return l, errSealed
	}
	text, err := a.Open(nil, sealed[1:1+a.NonceSize()], sealed[1+a.NonceSize():], sealed[:1])
	if err != nil {
		return l, errSealed
	}
	if err := json.Unmarshal(text, &l); err != nil {
		return l, errSealed
	}
	return l, nil
}
