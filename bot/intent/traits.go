package intent

import (
	"slices"
	"strings"
)

// traitCues are the words that people use for kinds of work. A "-" in front
// means the opposite: an introvert wants fewer people.
var traitCues = []struct{ trait, words string }{
	{"coding", "code;coding;programming;program;scripting;software;computers;computer;linux;developing;algorithms"},
	{"maths", "math;maths;mathematics;statistics;stats;numbers;calculus;algebra;quantitative;analytics"},
	{"data", "data;spreadsheets;excel;databases;dashboards;sql;analyzing;analysing;analysis;analytical"},
	{"design", "design;designing;art;drawing;draw;creative;creativity;visual;aesthetics;ui;ux;user interface;user-interface;sketching;painting;artistic;photoshop;beautiful"},
	{"writing", "writing;write;documentation;words;docs;language;literature;storytelling;journalism;explaining"},
	{"research", "research;experiments;science;experimenting;reading;learning;curious;curiosity;exploring"},
	{"planning", "planning;organizing;organising;organized;organised;plan;strategy;business;schedules;coordinating;detail;roadmaps"},
	{"people", "people;social;talking;teamwork;team;teams;communication;communicating;collaborating;extrovert;extroverted;outgoing;helping;teaching;-introvert;-introverts;-introverted;-shy;-alone;-solo;-quiet;meetings;meeting;mentoring;extroverts;collaboration"},
	{"leading", "leading;leadership;managing;management;manage;lead;mentoring;bossing"},
	{"customers", "customers;customer;clients;client;helping;selling;sales;users;support;phone;calls;helpdesk"},
	{"hardware", "hardware;electronics;cables;gadgets;tinkering;hands on;hands-on;building computers;devices;robots;fixing computers;machines;soldering"},
	{"investigation", "fixing;troubleshooting;puzzles;puzzle;detective;debugging;investigating;problem solving;solving;mysteries;hacking;forensics;hack;breaking;problems"},
	{"routine", "routine;repetitive;predictable;same;structured;structure;consistency"},
	{"on-call", "oncall;on call;pager;night shifts;nights;night;weekends"},
	{"incidents", "stress;stressful;pressure;emergencies;emergency;firefighting;incidents;-calm;-relaxed;adrenaline;-stressfree;-chill"},
	{"office-hours", "regular hours;9 to 5;nine to five;work life balance;worklife;wlb;office hours;stable hours;flexible"},
	{"travel", "travel;travelling;traveling;on site;trips"},
	{"remote", "remote;remotely;home;wfh;anywhere;telework;work from home"},
}

// traitIndex finds a trait by its words.
var traitIndex = func() map[string][]Trait {
	m := map[string][]Trait{}
	for _, c := range traitCues {
		for _, w := range strings.Split(c.words, ";") {
			want := int8(1)
			if w[0] == '-' {
				want, w = -1, w[1:]
			}
			m[w] = append(m[w], Trait{c.trait, want})
		}
	}
	return m
}()

// traitStarts are the first words of phrases for traits.
var traitStarts = func() map[string]bool {
	m := map[string]bool{}
	for words := range traitIndex {
		if first, _, more := strings.Cut(words, " "); more {
			m[first] = true
		}
	}
	return m
}()

// turning words make what follows unwanted, until another makes it wanted.
var (
	unwanting = wordSet("no non not dont without hate hates dislike dislikes cant avoid avoiding never less little low minimal nor isnt doesnt least bad terrible suck weak few fewer tired sick detest loathe rather-not zero hating nothing free")
	wanting   = wordSet("like likes love loves enjoy enjoys prefer good great but want wants interested into passionate with more lots much strong adore dig and-like wanna fond high loving fan better okay")
)

// traits are the likes and dislikes said, each once, in order.
func (s *sentence) traits() []Trait {
	var out []Trait
	want := int8(1)
	ts := s.m.tokens
	for i := 0; i < len(ts); i++ {
		w := ts[i].text
		if strings.ContainsAny(ts[i].gap, ".;") {
			want = 1
		}
		if strings.Contains(ts[i].gap, ",") && want < 0 && i+1 < len(ts) && (wanting[w] || wanting[ts[i+1].text]) {
			want = 1
		}
		if ts[i].gap != "" && (w == "remote" || w == "remotely" || w == "wfh") {
			want = 1 // after a pause it is wished for: "no coding, remote"
		}
		switch {
		case unwanting[w]:
			want = -1
			if i+1 < len(ts) && ts[i+1].text == "mind" {
				want = 0
			}
			continue
		case wanting[w] && !(w == "like" && i > 0 && (ts[i-1].text == "dont" || ts[i-1].text == "not")) && !(i > 0 && unwanting[ts[i-1].text]):
			want = 1
		}
		found, n := traitIndex[w], 1
		for span := 3; span >= 2; span-- {
			if i+span > len(ts) || !traitStarts[w] {
				continue
			}
			if f := traitIndex[s.m.join(i, span)]; f != nil {
				found, n = f, span
				break
			}
		}
		for _, t := range found {
			t.Want *= want
			if !slices.ContainsFunc(out, func(o Trait) bool { return o.Name == t.Name }) {
				out = append(out, t)
			}
		}
		i += n - 1
	}
	return out
}

// merge lays newer wishes over older ones.
func merge(old, add []Trait) []Trait {
	out := slices.Clone(old)
	for _, t := range add {
		if at := slices.IndexFunc(out, func(o Trait) bool { return o.Name == t.Name }); at >= 0 {
			out[at] = t
		} else {
			out = append(out, t)
		}
	}
	return out
}
