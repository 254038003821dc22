// Package bank reads the messages that understanding is measured on and
// learned from, each with what careful readers took it for.
package bank

import (
	"bufio"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"slices"
)

// Line is one message.
type Line struct {
	ID          string     `json:"id"`
	Text        string     `json:"text"`
	Context     []string   `json:"context"` // the same person's messages before it, oldest first
	Intent      string     `json:"intent"`
	Intents     []string   `json:"intents"` // all that is asked, where more than one thing is
	Accept      []string   `json:"accept"`  // what else careful readers would take it for
	Roles       []string   `json:"roles"`   // titles
	RolesAccept [][]string `json:"roles_accept"`
	Facets      []string   `json:"facets"`
	Region      *string    `json:"region"` // nil when none is named
	Addressed   bool       `json:"addressed"`
	Dialogue    string     `json:"dialogue"` // the conversation that it belongs to, "" for none
}

// Read reads a file of a line a message.
func Read(path string) ([]Line, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("bank: %w", err)
	}
	defer f.Close()
	var out []Line
	sc := bufio.NewScanner(f)
	for n := 1; sc.Scan(); n++ {
		var l Line
		if err := json.Unmarshal(sc.Bytes(), &l); err != nil {
			return nil, fmt.Errorf("bank: %s:%d: %w", path, n, err)
		}
		out = append(out, l)
	}
	if err := sc.Err(); err != nil {
		return nil, fmt.Errorf("bank: %s: %w", path, err)
	}
	return out, nil
}

// Talk names the conversation of the line: its own id where it stands alone.
func (l Line) Talk() string {
	if l.Dialogue != "" {
		return l.Dialogue
	}
	return l.ID
}

// Untuned says whether the line is of the eighth that no rule is tuned on and
// no weight learned from. The lines of a conversation stay together.
func (l Line) Untuned() bool { return l.Part(8) == 0 }

// Part deals conversations out to n parts.
func (l Line) Part(n int) int { return int(sha256.Sum256([]byte(l.Talk()))[0]) % n }

// Takes says whether the intent is one that careful readers took it for.
func (l Line) Takes(intent string) bool {
	return intent == l.Intent || slices.Contains(l.Intents, intent) || slices.Contains(l.Accept, intent)
}
