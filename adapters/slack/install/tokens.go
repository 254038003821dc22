package install

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"
)

const (
	// renewBefore is how long before its end a token is renewed. Slack's live
	// for 12 hours (https://docs.slack.dev/authentication/using-token-rotation).
	renewBefore = 5 * time.Minute
	// knownFor is how long an installation is used without asking the store,
	// where another replica may have changed it.
	knownFor = time.Minute
	// retryAfter is how long nothing is tried again that failed.
	retryAfter = 30 * time.Second
	// lockWait is how long a lock is waited for.
	lockWait = 10 * time.Second
	// maxKnown bounds the cache; an installation takes about 1 KB.
	maxKnown = 4096
)

// Eraser erases what some part of the bot keeps of a workspace. For an
// enterprise that is what it keeps of all its teams. It may be called more than
// once for the same removal.
type Eraser func(ctx context.Context, w Workspace) error

// TokensOptions are what [NewTokens] can do without.
type TokensOptions struct {
	Locker  Locker           // nil: in this process, right only if no other one shares the store
	Erasers []Eraser         // called by Forget
	Log     *slog.Logger     // nil: nothing is logged
	Now     func() time.Time // nil: time.Now
}

// Tokens gives the bot token of each workspace, renewed in time. It is safe for
// concurrent use.
type Tokens struct {
	app     App
	store   Store
	locker  Locker
	erasers []Eraser
	log     *slog.Logger
	now     func() time.Time

	mu       sync.Mutex
	known    map[string]known
	changes  uint64             // counts what was saved and erased: a load that was overtaken is not kept
	renewals map[string]*flight // under way
	running  sync.WaitGroup
}

// known is an installation in memory.
type known struct {
	installation Installation
	missing      bool      // there is none here, but one of the enterprise
	until        time.Time // ask the store afterwards
	rest         time.Time // do not try to renew before
	err          error     // why that failed
	spent        Secret    // not zero: installation is not stored yet; the store has the pair that this refresh token belonged to
}

// flight is a renewal under way, and what came of it once done is closed.
type flight struct {
	done         chan struct{}
	installation Installation
	ok           bool
	err          error
}

// NewTokens gives the tokens of the app's installations in the store.
func NewTokens(app App, store Store, o TokensOptions) (*Tokens, error) {
	if err := app.check(); err != nil {
		return nil, fmt.Errorf("Slack installations: %w", err)
	}
	if o.Locker == nil {
		o.Locker = &LocalLocker{}
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Tokens{
		app: app, store: store, locker: o.Locker, erasers: o.Erasers, log: o.Log, now: o.Now,
		known: map[string]known{}, renewals: map[string]*flight{},
	}, nil
}

// Token implements [Lookup]: it returns the workspace's own installation, or
// that of its enterprise. A token that ends within five minutes is renewed
// first, by one caller for all. If that fails, or takes longer than ctx allows,
// the old token is returned while it lives.
func (t *Tokens) Token(ctx context.Context, w Workspace) (Installation, error) {
	if err := w.check(); err != nil {
		return Installation{}, fmt.Errorf("Slack token: %w", err)
	}
	for n, at := range w.lookups() {
		i, ok, err := t.at(ctx, at)
		if err != nil {
			return Installation{}, fmt.Errorf("Slack token of %v: %w", at, err)
		}
		if ok {
			if n > 0 {
				t.miss(w)
			}
			return i, nil
		}
	}
	return Installation{}, fmt.Errorf("Slack token of %v: %w", w, ErrNotInstalled)
}

// at returns the installation of exactly this workspace.
func (t *Tokens) at(ctx context.Context, w Workspace) (Installation, bool, error) {
	k, err := t.find(ctx, w)
	if err != nil || k.missing {
		return Installation{}, false, err
	}
	now := t.now()
	if !k.installation.due(now) && k.spent.IsZero() {
		return k.installation.clone(), true, nil
	}
	if now.Before(k.rest) {
		return makeDo(k.installation, now, k.err)
	}
	f := t.renewal(ctx, w, k)
	select {
	case <-f.done:
		return f.installation.clone(), f.ok, f.err
	case <-ctx.Done():
		return makeDo(k.installation, t.now(), ctx.Err())
	}
}

// makeDo returns an installation that was not renewed, if it lives.
func makeDo(i Installation, now time.Time, err error) (Installation, bool, error) {
	if i.lives(now) {
		return i.clone(), true, nil
	}
	return Installation{}, false, fmt.Errorf("%w: %w", ErrRunOut, err)
}

// find returns what is known of a workspace, from memory or from the store.
func (t *Tokens) find(ctx context.Context, w Workspace) (known, error) {
	t.mu.Lock()
	before, ok := t.known[w.key()]
	changes := t.changes
	t.mu.Unlock()
	if ok && (t.now().Before(before.until) || !before.spent.IsZero()) {
		return before, nil
	}
	i, stored, err := t.store.Load(ctx, w)
	if err != nil {
		if !ok || before.missing || !before.installation.lives(t.now()) {
			return known{}, err
		}
		// A store that is down must not silence a workspace whose token we hold.
		t.log.WarnContext(ctx, "Slack installation not read, the one in memory serves", "workspace", w.String(), "err", err)
		before.until = t.now().Add(retryAfter)
		t.keep(w, before, changes)
		return before, nil
	}
	if !stored {
		t.drop(w, changes)
		return known{missing: true}, nil
	}
	k := known{installation: i, until: t.now().Add(knownFor)}
	t.keep(w, k, changes)
	return k, nil
}

// renewal joins the renewal of a workspace's token that is under way, or begins
// one. It runs to its end whoever still waits: Slack's answer to a spent refresh
// token must not be lost.
func (t *Tokens) renewal(ctx context.Context, w Workspace, k known) *flight {
	t.mu.Lock()
	defer t.mu.Unlock()
	f := t.renewals[w.key()]
	if f == nil {
		f = &flight{done: make(chan struct{})}
		t.renewals[w.key()] = f
		t.running.Go(func() {
			f.installation, f.ok, f.err = t.renew(context.WithoutCancel(ctx), w, k)
			t.mu.Lock()
			delete(t.renewals, w.key())
			t.mu.Unlock()
			close(f.done)
		})
	}
	return f
}

// renew makes a token fresh, under the lock, from what the store has: another
// replica may have been faster. k is what the caller knows.
func (t *Tokens) renew(ctx context.Context, w Workspace, k known) (Installation, bool, error) {
	unlock, err := t.lock(ctx, w)
	if err != nil {
		return t.failed(ctx, w, k, err)
	}
	defer unlock()
	ctx, stop := context.WithTimeout(ctx, LockTime-time.Second)
	defer stop()

	t.mu.Lock()
	if latest, ok := t.known[w.key()]; ok && !latest.missing {
		k = latest // a renewal may have ended since the caller looked
	}
	t.mu.Unlock()
	if t.now().Before(k.rest) {
		return makeDo(k.installation, t.now(), k.err)
	}
	i, ok, err := t.store.Load(ctx, w)
	if err != nil {
		return t.failed(ctx, w, k, err)
	}
	if !ok {
		t.change(w, nil)
		return Installation{}, false, nil
	}
	if !k.spent.IsZero() && k.spent.Reveal() == i.RefreshToken.Reveal() {
		return t.save(ctx, k.installation, k.spent)
	}
	if !i.due(t.now()) {
		t.change(w, &known{installation: i})
		return i, true, nil
	}
	if i.RefreshToken.IsZero() {
		return t.failed(ctx, w, known{installation: i}, errors.New("there is no refresh token"))
	}
	fresh, err := t.app.refresh(ctx, i, t.now)
	if err != nil {
		return t.failed(ctx, w, known{installation: i}, err)
	}
	t.log.InfoContext(ctx, "Slack token renewed", "workspace", w.String(), "ends", fresh.ExpiresAt)
	return t.save(ctx, fresh, i.RefreshToken)
}

// save stores a fresh installation before anybody uses it. If that fails it is
// used all the same, because it is the only one that is sure to live, and saving
// is tried again.
func (t *Tokens) save(ctx context.Context, fresh Installation, spent Secret) (Installation, bool, error) {
	k := &known{installation: fresh}
	if err := t.store.Save(ctx, fresh); err != nil {
		k.spent, k.rest, k.err = spent, t.now().Add(retryAfter), err
		t.log.ErrorContext(ctx, "renewed Slack token not stored: it is lost if this process ends before the store works again",
			"workspace", fresh.Workspace().String(), "err", err)
	}
	t.change(fresh.Workspace(), k)
	if !fresh.lives(t.now()) {
		return makeDo(fresh, t.now(), k.err)
	}
	return fresh, true, nil
}

// failed remembers that a renewal failed, so that it is not tried again at once,
// and makes do with k.
func (t *Tokens) failed(ctx context.Context, w Workspace, k known, err error) (Installation, bool, error) {
	now := t.now()
	k.rest, k.err, k.until = now.Add(retryAfter), err, now.Add(retryAfter)
	t.mu.Lock()
	if _, ok := t.known[w.key()]; ok { // else it was erased meanwhile
		t.put(w, k)
	}
	t.mu.Unlock()
	level := slog.LevelWarn
	if !k.installation.lives(now) {
		level = slog.LevelError
	}
	t.log.Log(ctx, level, "Slack token not renewed", "workspace", w.String(), "ends", k.installation.ExpiresAt, "err", err)
	return makeDo(k.installation, now, err)
}

// Install stores an installation in place of what its workspace had.
func (t *Tokens) Install(ctx context.Context, i Installation) error {
	w := i.Workspace()
	if err := i.check(); err != nil {
		return fmt.Errorf("install the Slack app: %w", err)
	}
	unlock, err := t.lock(ctx, w) // a renewal of the older token must not end after us
	if err != nil {
		return fmt.Errorf("install the Slack app in %v: %w", w, err)
	}
	defer unlock()
	if err := t.store.Save(ctx, i); err != nil {
		return fmt.Errorf("install the Slack app in %v: %w", w, err)
	}
	t.change(w, &known{installation: i.clone()})
	return nil
}

// Forget erases the token of exactly this workspace and all that the erasers
// know of it. Call it for app_uninstalled, and for tokens_revoked if that lists
// a bot. Everything is tried whatever fails; on an error call it again.
func (t *Tokens) Forget(ctx context.Context, w Workspace) error {
	return t.forget(ctx, w, time.Time{})
}

// ForgetSince is Forget for a removal that happened at this moment, the
// event_time of Slack's event: if the app was installed again since, nothing is
// erased. Slack sends an event up to three times more, minutes later
// (https://docs.slack.dev/apis/events-api#retries).
func (t *Tokens) ForgetSince(ctx context.Context, w Workspace, removed time.Time) error {
	return t.forget(ctx, w, removed.Add(time.Second)) // event_time is in whole seconds
}

func (t *Tokens) forget(ctx context.Context, w Workspace, unlessAfter time.Time) error {
	w = w.normal()
	if err := w.check(); err != nil {
		return fmt.Errorf("forget a Slack workspace: %w", err)
	}
	again, err := t.erase(ctx, w, unlessAfter)
	if again {
		t.log.InfoContext(ctx, "Slack workspace kept: installed again after the removal", "workspace", w.String())
		return nil
	}
	errs := []error{err}
	for _, erase := range t.erasers {
		errs = append(errs, erase(ctx, w))
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("forget the Slack workspace %v: %w", w, err)
	}
	t.log.InfoContext(ctx, "Slack workspace forgotten", "workspace", w.String())
	return nil
}

// erase erases a workspace's token, unless it is of an installation after some moment.
func (t *Tokens) erase(ctx context.Context, w Workspace, unlessAfter time.Time) (again bool, err error) {
	unlock, err := t.lock(ctx, w) // a renewal must not save what we erase
	if err == nil {
		defer unlock()
	}
	if !unlessAfter.IsZero() {
		// What cannot be read is erased.
		if i, ok, failed := t.store.Load(ctx, w); failed == nil && ok && i.InstalledAt.After(unlessAfter) {
			return true, nil
		}
	}
	err = errors.Join(err, t.store.Delete(ctx, w))
	t.change(w, nil)
	return false, err
}

// Close waits for the renewals under way, until ctx is done. Call it once no
// more calls of Token begin.
func (t *Tokens) Close(ctx context.Context) error {
	done := make(chan struct{})
	go func() {
		t.running.Wait()
		close(done)
	}()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("Slack tokens: a renewal is under way: %w", ctx.Err())
	}
}

func (t *Tokens) lock(ctx context.Context, w Workspace) (func(), error) {
	ctx, stop := context.WithTimeout(ctx, lockWait)
	defer stop()
	return t.locker.Lock(ctx, "slack token of "+w.key())
}

// change puts k, just saved or read under the lock, in place of what is known; nil erases it.
func (t *Tokens) change(w Workspace, k *known) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.changes++
	delete(t.known, w.key())
	if k != nil {
		k.until = t.now().Add(knownFor)
		t.put(w, *k)
	}
}

// keep puts k unless something was saved or erased since changes was read.
func (t *Tokens) keep(w Workspace, k known, changes uint64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.changes == changes {
		t.put(w, k)
	}
}

// drop is keep for nothing.
func (t *Tokens) drop(w Workspace, changes uint64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.changes == changes {
		delete(t.known, w.key())
	}
}

// miss remembers that a workspace is served by the other of team and enterprise.
func (t *Tokens) miss(w Workspace) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if _, ok := t.known[w.key()]; !ok {
		t.put(w, known{missing: true, until: t.now().Add(knownFor)})
	}
}

// put must be called with the mutex held.
func (t *Tokens) put(w Workspace, k known) {
	t.known[w.key()] = k
	for key, other := range t.known {
		if len(t.known) <= maxKnown {
			return
		}
		if key != w.key() && other.spent.IsZero() { // what is not stored is nowhere else
			delete(t.known, key)
		}
	}
}
