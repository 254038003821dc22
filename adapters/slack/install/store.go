package install

import (
	"context"
	"fmt"
	"sync"
)

// Store keeps the installations of one app, one a workspace. It must be safe
// for concurrent use. What holds tokens outside of this process must be sealed:
// build such a store from [Blobs]. installtest holds what every Store must do.
type Store interface {
	// Load returns the installation of exactly this workspace; a team's is not
	// looked for at its enterprise. Nothing stored: false and nil. What is stored
	// and cannot be read is an error, which never shows what is in it.
	Load(ctx context.Context, w Workspace) (Installation, bool, error)
	// Save stores the installation in place of what its workspace had, wholly or
	// not at all. It returns once a crash cannot lose it any more. One without a
	// workspace or without a token is an error.
	Save(ctx context.Context, i Installation) error
	// Delete erases the installation of exactly this workspace. Nothing stored
	// is no error.
	Delete(ctx context.Context, w Workspace) error
}

// LocalStore is a Store in this process' memory, which forgets all when the
// process ends: for tests and a first try. The zero value is ready.
type LocalStore struct {
	mu    sync.Mutex
	byKey map[string]Installation
}

// Load implements [Store].
func (s *LocalStore) Load(ctx context.Context, w Workspace) (Installation, bool, error) {
	if err := usable(ctx, w.check()); err != nil {
		return Installation{}, false, fmt.Errorf("load a Slack installation: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	i, ok := s.byKey[w.key()]
	return i.clone(), ok, nil
}

// Save implements [Store].
func (s *LocalStore) Save(ctx context.Context, i Installation) error {
	if err := usable(ctx, i.check()); err != nil {
		return fmt.Errorf("save a Slack installation: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.byKey == nil {
		s.byKey = map[string]Installation{}
	}
	s.byKey[i.Workspace().key()] = i.clone()
	return nil
}

// Delete implements [Store].
func (s *LocalStore) Delete(ctx context.Context, w Workspace) error {
	if err := usable(ctx, w.check()); err != nil {
		return fmt.Errorf("delete a Slack installation: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.byKey, w.key())
	return nil
}

// usable is the first of what speaks against a call.
func usable(ctx context.Context, err error) error {
	if done := ctx.Err(); done != nil {
		return done
	}
	return err
}
