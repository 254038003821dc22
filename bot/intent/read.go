package intent

import (
	"slices"
	"strings"

	"careerbot/knowledge"
)

// Reader reads questions about the roles of one catalogue. It is immutable and
// safe for concurrent use.
type Reader struct {
	c             *knowledge.Catalog
	cues          *cueSet
	fieldsByWords map[string]field
	fieldStarts   map[string]bool   // their first words
	fields        map[string]string // by dashed name
	regions       map[string]string // of the catalogue's pay, by dashed name
	short         map[string]string // role ids by shortID
	weights       *weights          // nil for rules alone
}

// allCues is compiled once: it does not depend on the catalogue.
var allCues = newCueSet(cueTable)

// New returns a Reader for the roles, fields and regions of c.
func New(c *knowledge.Catalog) *Reader {
	r := &Reader{c: c, cues: allCues, regions: map[string]string{}, short: map[string]string{}, weights: learned()}
	r.fieldsByWords, r.fields = readFields(c)
	r.fieldStarts = map[string]bool{}
	for words := range r.fieldsByWords {
		first, _, _ := strings.Cut(words, " ")
		r.fieldStarts[first] = true
	}
	for _, role := range c.Roles() {
		r.short[shortID(role.ID)] = role.ID
		for _, p := range role.Pay {
			if p.Row.Own {
				r.regions[dashed(p.Region)] = p.Region
			}
		}
	}
	return r
}

// realWord says whether w is spelt right although it is no word of a name.
func (r *Reader) realWord(w string) bool {
	if stopWords[w] || r.cues.words[w] || realWords[w] || occupations[w] || outsideModifiers[w] || goodModifiers[w] || techWords[w] || isNumber(w) || len(w) < 2 {
		return true
	}
	if _, ok := placeNames.named(w); ok {
		return true
	}
	for _, end := range [...]string{"ing", "ed", "ment", "ments", "er", "ers", "es", "ly", "able", "ion", "ions", "ive", "ity", "al"} {
		if stem, ok := strings.CutSuffix(w, end); ok && len(stem) > 3 && (r.c.InName(stem) || stems[stem]) {
			return true
		}
	}
	return false
}

// realWords are English words that are nearly a word of a role's name.
var realWords = wordSet(`produce produces produced producer date dates datum test tests text texts master masters stuff staff clouds cloudy loud engine engines
	manage manages managed manger server servers serve serves lead leads leaf read head load loaded leader leaders led senor directory directories direct directs
	scientific science sciences architecture architectural develop develops developed developing design designs designed engineered fronted backed backlog front end ends back
	secure secured mobility mobiles supports supported platforms networked consult consults consulting consulted analysis analyses analyse analyze analyzed analysed program programs
	programme programmed programming tested testing testes taster faster poster web wed well games gamer gamed gate gave came name names same some cost costs post posts host hosts most
	user users use used usual product products production productive project projects projected protect object subject system systems site sites side sides sit size file files field
	business busy bus base based case cases care cars card cards hard hardly hand risk risks role roles rule rules roll role data database databases net nets next new news bet
	storage store story stories stage stages salary sale sales same service services server severe seven several senior seniors junior juniors technical technically technique techniques
	technology technologies tech teach teacher team teams term terms tea information inform informs informed cyber security securely content contents contest context contact contract contracts
	research researched search searches searching prompt prompts promote promoted prompted vision visions visit visual visually visuals robot robots robotic robotics cloud-based agile fragile
	release releases released relate related relay reliable reliability reliably capability site incident incidents accident accidents threat threats treat treats thread threads great
	owner owners own owned over other others order orders word words work works worked worker workers world writer writers write writes written white tie ties time times title titles
	computer computers compute computes computed commuter complete completely penetrate penetration architect financial finance graphic graphics video motion fashion visual digital media social brand mechanical technical industrial general global regional federal medical legal personal professional internal external original`)

var stems = wordSet("manag analys analyz develop test design engineer direct architect consult program research secur scien administ support network")

// Read reads what text asks, after the turns that ctx holds. overheard marks a
// message that was not said to the bot. It never fails: a message that is not
// understood is Certain Nothing or Near, or asks OutOfScope.
func (r *Reader) Read(text string, ctx Context, overheard bool) Reading {
	if !overheard {
		if in, ok := r.parse(strings.TrimSpace(text), ctx.empty()); ok {
			return Reading{Intent: in}
		}
	}
	m := read(text)
	if len(m.tokens) == 0 {
		if overheard {
			return Reading{Intent: Intent{Ask: Silent}}
		}
		if strings.TrimSpace(text) != "" && hasLetter(text) {
			return Reading{Intent: Intent{Ask: OutOfScope}}
		}
		return Reading{Certain: Nothing}
	}
	s := r.sentence(m, ctx, overheard)
	reading := s.decide()
	reading.Language = m.language
	reading.Intent = reading.Intent.fit()
	for i := range reading.Options {
		reading.Options[i] = reading.Options[i].fit()
	}
	if overheard && reading.Intent.Ask == Silent {
		return Reading{Intent: Intent{Ask: Silent}}
	}
	reading.read = s
	return reading
}

// sentence finds what a message is made of.
func (r *Reader) sentence(m message, ctx Context, overheard bool) *sentence {
	s := &sentence{r: r, m: m, ctx: ctx, overheard: overheard}
	s.us = r.units(m.tokens)
	s.hits = r.cues.find(s.us)
	s.asides()
	return s
}

func hasLetter(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return wordRune(r) && !ignorable(r) })
}

func (c Context) empty() bool { return c.Last.Ask == None && len(c.Roles) == 0 && len(c.Offered) == 0 }

// After is the context that a reading leaves for the next turn.
func (r *Reader) After(before Context, got Reading) Context {
	after := Context{Last: before.Last, Roles: slices.Clone(before.Roles)}
	in := got.Intent
	switch in.Ask {
	case None, Help, Why, OutOfScope, Silent:
		after.Offered = nil
		return after
	}
	if got.Certain == Nothing {
		return after
	}
	after.Last = in
	after.Last.Outside = "" // these are the person's own words, and words are not kept
	if !got.Inherited {
		after.Roles = nil
	}
	for _, id := range in.Roles {
		if !slices.Contains(after.Roles, id) {
			after.Roles = append(after.Roles, id)
		}
	}
	if over := len(after.Roles) - maxRemembered; over > 0 {
		after.Roles = after.Roles[over:]
	}
	if got.Certain == Choose || got.Certain == Near {
		after.Offered = slices.Clone(got.Options)
		for i := range after.Offered {
			after.Offered[i].Outside = ""
		}
	}
	return after
}

const maxRemembered = 8
