package intent

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// What the rules' own reading is worth beside the learned likelihoods, in
// natural logarithms: chosen on messages that neither knew.
var (
	ruleWorth  = 2.5
	blankWorth = 0.5 // where no rule held
)

// reconsider weighs the rules' reading against what was learned, and reads
// the sentence anew where the weights speak loudly for something else.
func (s *sentence) reconsider(got Reading) Reading {
	if s.r.weights == nil || got.Intent.Ask < Overview || got.Intent.Ask > OutOfScope || s.m.language != "" || s.strange() {
		return got
	}
	var room [Classes]float64
	p := s.r.weights.asked.Likelihoods(room[:0], s.features(false).sums)
	ruled := int(got.Intent.Ask - Overview)
	worth := ruleWorth
	if got.Intent.Ask == OutOfScope {
		worth = blankWorth
	}
	p[ruled] *= math.Exp(worth)
	all := 0.0
	for _, v := range p {
		all += v
	}
	order := make([]int, Classes)
	for k := range p {
		p[k] /= all
		order[k] = k
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(p[b], p[a]) })
	var readings []Reading // the likeliest first
	for _, k := range order {
		other, ok := got, true
		if k != ruled {
			other, ok = s.as(askOf(k))
		}
		if !ok {
			continue
		}
		if k != ruled {
			s.narrow(&other)
			other = s.certain(other)
		}
		other.Likelihood = p[k]
		readings = append(readings, other)
		if other.Likelihood >= sureEnough || len(readings) == 2 {
			break
		}
	}
	return either(readings)
}

// sureEnough is how likely a question must be to be answered without asking
// back: of those that are less likely, hardly half are what was asked.
const sureEnough = 0.5

// either is the first of the readings, or a choice of the first two where it
// is not likely enough and both can be answered.
func either(rs []Reading) Reading {
	answerable := func(r Reading) bool {
		return r.Certain == Sure && r.Intent.Ask >= Overview && r.Intent.Ask <= List
	}
	r := rs[0]
	if r.Likelihood < sureEnough && len(rs) == 2 && answerable(r) && answerable(rs[1]) && r.Intent.String() != rs[1].Intent.String() {
		r.Certain, r.Options = Choose, []Intent{r.Intent, rs[1].Intent}
	}
	return r
}

// strange says whether most of the words are none that the weights were
// learned from: there is nothing to weigh then.
func (s *sentence) strange() bool {
	known, unknown := 0, 0
	for i := range s.us {
		u := &s.us[i]
		if u.kind != kindWord {
			known++
			continue
		}
		if isNumber(u.word) {
			continue
		}
		var f features
		if f.add('w', u.word); s.r.weights.asked.Knows(f.sums[0]) {
			known++
		} else {
			unknown++
		}
	}
	return unknown >= known
}

// as reads the sentence as a question of that kind, if it can be one.
func (s *sentence) as(a Ask) (Reading, bool) {
	named := s.named()
	switch a {
	case Help, OutOfScope:
		return sure(Intent{Ask: a})
	case UnknownRole:
		if out := s.outsiders(); len(out) > 0 {
			return sure(Intent{Ask: UnknownRole, Outside: outsideName(out[0].outside)})
		}
	case List:
		cat, _ := s.category()
		if cat == "" {
			cat = All
		}
		return sure(Intent{Ask: List, Category: cat})
	case Recommend:
		return s.asRecommend(named)
	case Compare:
		if len(named) > 0 && len(named)+len(s.outsiders()) > 1 {
			in := Intent{Ask: Compare, Roles: ids(s.setAgainst(named)), Aspect: s.aspect()}
			if len(s.outsiders()) > 0 {
				in.Facets = append(in.Facets, "unknown_role")
			}
			return sure(in)
		}
	case Path:
		return s.asPath(named)
	default:
		return s.asAbout(a, named)
	}
	return no()
}

func (s *sentence) asRecommend(named []*unit) (Reading, bool) {
	in := Intent{Ask: Recommend, Traits: s.traits()}
	if len(named) > 0 && s.presentJob(named) {
		in.Roles = ids(named[:1])
	}
	if cat, sureField := s.category(); sureField && cat != All && len(named) == 0 && !s.likedField() {
		in.Category = cat
	}
	in.Traits = in.Traits[:min(len(in.Traits), 8)]
	return sure(in)
}

// asPath reads a move whose wording no rule knows: by what the occupations
// are said to be, else by their order.
func (s *sentence) asPath(named []*unit) (Reading, bool) {
	if got, ok := s.path(); ok {
		return got, ok
	}
	at := func(u *unit) int { return slices.IndexFunc(s.us, func(x unit) bool { return x.from == u.from }) }
	switch {
	case len(named) >= 2:
		from, to := named[0], named[1]
		if s.wishBefore(at(from)) && !s.wishBefore(at(to)) {
			from, to = to, from
		}
		return sure(Intent{Ask: Path, Roles: ids([]*unit{from, to})})
	case len(named) == 1:
		in := Intent{Ask: Path, Roles: ids(named), Facets: []string{"from_outside"}}
		if out := s.outsiders(); len(out) > 0 {
			in.Outside = outsideName(out[0].outside)
			if out[0].from > named[0].from && !s.wishBefore(at(named[0])) {
				in.Facets[0] = "to_outside"
			}
		}
		return sure(in)
	}
	return no()
}

// asAbout reads a question about roles or a field; one that names neither is
// about the roles that were spoken of.
func (s *sentence) asAbout(a Ask, named []*unit) (Reading, bool) {
	in := Intent{Ask: a}
	named = s.askedOf(s.meant(named, a))
	in.Roles = ids(named)
	if len(named) == 0 {
		in.Category, _ = s.category()
		if in.Category == "" {
			if len(s.ctx.Last.Roles) == 0 {
				return no()
			}
			in.Roles = slices.Clone(s.ctx.Last.Roles)
			s.askAll(&in)
			return Reading{Intent: in, Inherited: true}, true
		}
	}
	s.askAll(&in)
	if len(s.outsiders()) > 0 {
		in.Facets = append(in.Facets, "unknown_role")
	}
	return sure(in)
}

// mostWeighed is how many of the weights an explanation shows.
const mostWeighed = 6

// weighed lists what the weights found that speaks loudest for the question.
func (s *sentence) weighed(a Ask) []Word {
	if s.r.weights == nil || a < Overview || a > OutOfScope {
		return nil
	}
	m, class := s.r.weights.asked, int(a-Overview)
	f := s.features(true)
	speaks := func(sum uint32) float64 {
		all := 0.0
		for k := range Classes {
			all += m.Weight(sum, k)
		}
		return m.Weight(sum, class) - all/float64(Classes)
	}
	slices.SortStableFunc(f.sums, func(a, b uint32) int { return cmp.Compare(speaks(b), speaks(a)) })
	var out []Word
	for _, sum := range f.sums[:min(len(f.sums), mostWeighed)] {
		if by := speaks(sum); by > 0 {
			out = append(out, Word{f.names[sum], fmt.Sprintf("weighs %.1f for %s", by, a.Label())})
		}
	}
	p := m.Likelihoods(nil, f.sums)
	return append(out, Word{"all together", fmt.Sprintf("%.0f %% likely to ask for %s", 100*p[class], a.Label())})
}
