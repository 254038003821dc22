package install

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
)

const keyLen = 32 // bytes: AES-256

// Keys seal what is stored and open it again. The zero value opens nothing.
type Keys struct {
	ring *[]cipher.AEAD // the current key, then the old ones; a pointer for the reason that Secret is one
}

// ParseKeys reads the current key, as SLACK_TOKEN_KEY has it, and the keys
// before it, which open what they sealed but seal no more. A key is 32 random
// bytes in base64 or hex. No error shows a key.
func ParseKeys(current string, old ...string) (Keys, error) {
	ring := make([]cipher.AEAD, 0, 1+len(old))
	for n, text := range append([]string{current}, old...) {
		name := "SLACK_TOKEN_KEY"
		if n > 0 {
			name = fmt.Sprintf("old key %d of SLACK_TOKEN_KEY", n)
		}
		key, err := parseKey(text)
		if err != nil {
			return Keys{}, fmt.Errorf("%s %w; make one with: openssl rand -base64 32", name, err)
		}
		block, err := aes.NewCipher(key)
		if err != nil {
			return Keys{}, fmt.Errorf("%s: %w", name, err)
		}
		aead, err := cipher.NewGCMWithRandomNonce(block)
		if err != nil {
			return Keys{}, fmt.Errorf("%s: %w", name, err)
		}
		ring = append(ring, aead)
	}
	return Keys{&ring}, nil
}

func parseKey(text string) ([]byte, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return nil, errors.New("is not set")
	}
	// Hex first: it is valid base64 too, of another length.
	key, err := hex.DecodeString(text)
	if err != nil {
		plain := strings.NewReplacer("-", "+", "_", "/").Replace(strings.TrimRight(text, "="))
		if key, err = base64.RawStdEncoding.DecodeString(plain); err != nil {
			return nil, errors.New("is neither base64 nor hex") // not the cause, which quotes the key
		}
	}
	if len(key) != keyLen {
		return nil, fmt.Errorf("has %d bytes and must have %d, in base64 or hex", len(key), keyLen)
	}
	return key, nil
}

// seal encrypts the text so that it opens with the same context only. Nonces
// are random: a key is good for 2³² of them, and a workspace takes two a day.
func (k Keys) seal(text, context []byte) ([]byte, error) {
	if k.ring == nil {
		return nil, errors.New("there is no key")
	}
	return (*k.ring)[0].Seal(nil, nil, text, context), nil
}

// open returns the text and whether it was sealed with the current key.
func (k Keys) open(sealed, context []byte) (text []byte, current, ok bool) {
	if k.ring == nil {
		return nil, false, false
	}
	for n, key := range *k.ring {
		if text, err := key.Open(nil, nil, sealed, context); err == nil {
			return text, n == 0, true
		}
	}
	return nil, false, false
}
