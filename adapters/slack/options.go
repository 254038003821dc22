package slack

import (
	"careerbot/adapters/internal/fit"
)

// options answers a look-up: roles by field, or regions.
// https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element#external_select
func (a *Adapter) options(in interaction) []byte {
	if in.ActionID == homeAction+"."+homeRegion {
		return writeOptions(a.core.Regions(in.Value, maxOptions))
	}
	w := &blocks{b: make([]byte, 0, 4<<10)}
	w.raw(`{"option_groups":[`)
	// Groups stand in the order of their best option.
	found := a.core.Suggest(in.Value, mostSuggested)
	done := make(map[string]bool, len(found))
	for i, s := range found {
		if done[s.Category] {
			continue
		}
		if len(done) > 0 {
			w.raw(",")
		}
		done[s.Category] = true
		w.raw(`{"label":`)
		w.plain(nonEmpty(s.Category, "Roles"), maxOptionText)
		w.raw(`,"options":[`)
		n := 0
		for _, o := range found[i:] {
			if o.Category != s.Category || o.ID == "" || len(o.ID) > maxOptionValue {
				continue
			}
			if n++; n > 1 {
				w.raw(",")
			}
			title := o.Title
			if o.Own {
				title = fit.Runes(title, maxOptionText-len(ownMark)) + ownMark
			}
			w.option(title, o.ID)
		}
		w.raw(`]}`)
	}
	w.raw(`]}`)
	return w.b
}

// mostSuggested is how many roles a look-up offers: what a person reads
// through before typing a letter more.
const mostSuggested = 30

// ownMark is said of a company's own role.
const ownMark = " (your company)"

func (w *blocks) option(text, value string) {
	w.raw(`{"text":`)
	w.plain(text, maxOptionText)
	w.raw(`,"value":`)
	w.str(value)
	w.raw(`}`)
}

func writeOptions(names []string) []byte {
	w := &blocks{b: make([]byte, 0, 2<<10)}
	w.raw(`{"options":[`)
	for i, n := range names {
		if i > 0 {
			w.raw(",")
		}
		w.option(n, fit.Runes(n, maxOptionValue))
	}
	w.raw(`]}`)
	return w.b
}
