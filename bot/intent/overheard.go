package intent

import (
	"slices"
)

// speaks says whether an overheard message is surely a question that the
// catalogue answers. Speaking out of turn is the worse fault.
func (s *sentence) speaks(got Reading) bool {
	in := got.Intent
	if in.Ask < Overview || in.Ask > List || len(s.m.tokens) > 60 {
		return false
	}
	if len(in.Roles) == 0 && in.Category == "" && in.Ask != Recommend {
		return false
	}
	if in.Ask != Compare && len(s.named()) > 0 && !slices.ContainsFunc(s.named(), func(u *unit) bool { return !bareNames[s.m.tokens[u.from].text] || u.to-u.from > 1 || s.peopleAfter(u) }) {
		return false // "native Android UI" is no role
	}
	if s.definite() {
		return false
	}
	plain := s.asksOpenly() && s.plainly(in) && !s.personal()
	return plain || s.asks() && s.likelyMeant() > meant
}

// meant is how likely a question must be one for the bot where the rules do
// not find it plain: chosen so that two of a hundred messages about work that
// are none would be answered at most.
const meant = 0.9

// likelyMeant is how likely the message is one for the bot, by what was learned.
func (s *sentence) likelyMeant() float64 {
	if s.r.weights == nil {
		return 0
	}
	var room [2]float64
	return s.r.weights.spoken.Likelihoods(room[:0], s.features(false).sums)[1]
}

// asks says whether anything in the message has the form of a question.
func (s *sentence) asks() bool {
	if s.question() {
		return true
	}
	for i, u := range s.us {
		if (i == 0 || u.breaks) && s.opensAsking(i, len(s.us)) {
			return true
		}
	}
	return false
}

// bareNames are names without their noun: overheard, they are things.
var bareNames = wordSet("ios android firmware embedded mainframe gis rpa erp nlp blockchain robotics telecom malware iam noc salesforce web3 voip platform cloud data network security mobile infrastructure support ai ml")

// teamTalk are words of the work at hand, not of careers.
var teamTalk = wordSet("repo ticket tickets pr prs deploy deployed okta resets tonight workspace merge merged staging prod approval standup owns url branch commit outage ping dm reviewer backlog sprint")

// peopleAfter says whether the name is followed by its people: "embedded people".
func (s *sentence) peopleAfter(u *unit) bool {
	return u.to < len(s.m.tokens) && slices.Contains([]string{"people", "folks", "devs", "teams", "jobs", "roles", "guys"}, s.m.tokens[u.to].text)
}

// personal says whether the message speaks to or of particular people.
func (s *sentence) personal() bool {
	if s.anyPhrase("this repo;this channel;the repo;this server") && !s.cuedHere() || slices.ContainsFunc(s.us, func(u unit) bool { return u.kind == kindWord && teamTalk[u.word] }) || s.anyPhrase("this week;fix this;next sprint;on call schedule;right now") {
		return true
	}
	if s.has("my", "our", "his", "her", "he", "she", "we", "us", "yesterday", "today", "tomorrow", "lol", "haha") && !s.anyPhrase("do i;should i;can i;how i;my career;wants to;want to become;want to be;become a;become an;does she;does he") {
		return true
	}
	if s.has("you", "your", "youre", "u") && !s.anyPhrase("do you need;you need;do you become;do you get;would you recommend;do you recommend;you recommend;how do you become;can you become;do you have to;should you;can you get;if you;you have to;do you think;did you;do you do;you get;you guys;what do you;how do you") {
		return true
	}
	if s.has("you", "your") && len(s.named()) > 0 && !s.named()[0].plural && s.anyPhrase("are you;have you;can you;could you;will you;would you") && !s.anyPhrase("would you recommend;can you become;can you be;can you get") {
		return true
	}
	return false
}

// definite says whether the role is one person: "the DBA approved", "our DBA".
func (s *sentence) definite() bool {
	for at, u := range s.us {
		i := at
		for i > 1 && s.us[i-1].kind == kindWord && (goodModifiers[s.us[i-1].word] || s.us[i-1].word == "call" || s.us[i-1].word == "oncall" || s.us[i-1].word == "on" || s.us[i-1].word == "new" || s.us[i-1].word == "whole") {
			i--
		}
		if u.kind != kindRole || i == 0 || s.us[i-1].kind != kindWord || u.plural {
			continue
		}
		if (s.us[i-1].word == "a" || s.us[i-1].word == "an") || at+1 < len(s.us) && s.us[at+1].kind == kindWord && jobNouns[s.us[at+1].word] && s.us[i-1].word == "the" {
			continue // "the data engineer salaries"
		}
		switch s.us[i-1].word {
		case "the", "our", "my", "your", "this", "that", "their", "his", "her":
			if i > 1 && s.us[i-2].kind == kindWord && !s.startsWith("who") && (s.us[i-2].word == "of" || s.us[i-2].word == "for" || s.us[i-2].word == "is" || s.us[i-2].word == "about" || s.us[i-2].word == "between") && s.question() {
				continue
			}
			return true
		}
	}
	return false
}

// jobNouns make a role of "the data engineer", not a person.
var jobNouns = wordSet("salary salaries role job career position path pay skills ladder profession field roles jobs")

// asksOpenly says whether it has the form of a question or request.
func (s *sentence) asksOpenly() bool {
	if len(s.us) == 0 {
		return false
	}
	for i, u := range s.us {
		if u.kind != kindWord || !(i == 0 || u.breaks || s.us[i-1].kind == kindWord && openers[s.us[i-1].word]) {
			continue
		}
		switch u.word {
		case "career", "careers":
			return s.question() && i == 0
		case "what", "whats", "how", "hows", "which", "who", "where", "is", "are", "do", "does", "can", "could", "should", "would", "will", "did", "anyone", "anybody", "somebody", "someone", "any", "suggest", "recommend", "list", "compare", "explain", "difference", "tell", "wat", "wht":
			if i+1 < len(s.us) && s.us[i+1].kind == kindWord && s.us[i+1].word == "to" && u.word != "how" && u.word != "where" {
				continue
			}
			if weak := u.word == "is" || u.word == "are" || u.word == "do" || u.word == "does" || u.word == "can" || u.word == "should"; weak && i == 0 && (s.cuedHere() || s.asked(Compare, 8) && s.has("difference", "differences")) && len(s.us) <= 14 {
				return true
			}
			return s.question() || u.word != "is" && u.word != "are" && u.word != "do" && u.word != "can" && u.word != "will" && u.word != "did" && u.word != "would" && u.word != "could"
		}
	}
	return s.question() && slices.ContainsFunc(s.us, func(u unit) bool {
		return u.kind == kindWord && (u.word == "what" || u.word == "how" || u.word == "which" || u.word == "vs" || u.word == "difference" || u.word == "salary" || u.word == "pay" || u.word == "is" || u.word == "are" || u.word == "do" || u.word == "does" || u.word == "ballpark")
	})
}

// openers may stand before a question.
var openers = wordSet("hn ask hi hey hello guys folks so ok and but question curious wondering know idea anyone please all everyone team if ")

// plainly says whether the question is asked in so many words and little else.
func (s *sentence) plainly(in Intent) bool {
	unexplained, total := 0, 0
	covered := make([]bool, len(s.us))
	weight := 0
	for _, h := range s.hits {
		if h.cue.ask < Overview || h.cue.ask > Path && h.cue.ask != Recommend && h.cue.ask != List {
			continue
		}
		if h.cue.ask == in.Ask || slices.Contains(in.Also, h.cue.ask) {
			weight = max(weight, h.cue.weight)
		}
		for i := h.from; i < h.to; i++ {
			covered[i] = true
		}
	}
	for i, u := range s.us {
		total++
		if u.kind == kindWord && !covered[i] && !stopWords[u.word] && !goodModifiers[u.word] && !levelWords[u.word] && !techWords[u.word] && !openers[u.word] && !isNumber(u.word) {
			unexplained++
		}
	}
	if weight < 5 && in.Ask != Path && in.Ask != Compare {
		return false
	}
	return unexplained <= 1+total/6
}
