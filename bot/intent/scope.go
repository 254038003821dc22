package intent

import (
	"slices"
	"strings"
)

var (
	greetings = wordSet(`hi hello hey hiya yo hola sup greetings heya howdy hii morning evening afternoon gm gn bonjour hallo namaste ciao moin salut salam
		thanks thank thx ty cheers tysm thanku appreciated merci danke gracias obrigado bye goodbye cya later goodnight farewell night welcome
		ok okay k cool nice great awesome perfect lol haha wow sweet super excellent understood gotcha noted yes yeah yep no nope sure`)
	polite = wordSet(`there all everyone guys team bot careerbot mate friend a lot so much very you u for the help me see your good that it is helpful was nice to meet
		day have great buddy man again this us folks is everybody and im new here dude sir madam please people today now appreciate how are doing whats up going`)
)

// meta reads what is said to the bot about itself: greetings, thanks, "what
// can you do?", "how do you know?".
func (s *sentence) meta() (Reading, bool) {
	if s.whyAsked() && !slices.ContainsFunc(s.named(), func(u *unit) bool { return !u.weak }) {
		return Reading{Intent: Intent{Ask: Why}}, true
	}
	if len(s.named()) > 0 || len(s.outsiders()) > 0 || s.ctx.Last.Ask == Recommend && len(s.traits()) > 0 {
		return no()
	}
	if s.jobWord() && s.has("choose", "pick", "decide", "find", "suggest", "recommend") {
		return no()
	}
	if s.greeting() || s.anyPhrase("who are you;what are you;are you a real;real person;or a bot;or a human;are you a bot;are you human;are you real;are you an ai;are you ai;are you a robot;are you there;what can you do;what do you do;what can i ask;how do you work;how does this work;how do i use you;how do i use this;how to use this;what is this bot;talking to a;talking to;your name;who made you;who built you;who created you;what else can you;what do you know;what can you help;can you help me;help me out;how can you help;what are your commands;what commands;show commands;i need help;need some help;i need your help;need help;help please;what questions can;use this bot;are you chatgpt;is this a bot;you a bot") && s.content() <= 7 {
		return sure(Intent{Ask: Help})
	}
	if s.has("thanks", "thank", "ty", "thx", "tysm", "bye", "goodbye", "appreciate", "appreciated", "cheers", "hello", "hey", "hi") && s.content() <= 4 && !s.cued() && len(s.us) <= 9 || s.anyPhrase("can you answer;can u answer;do you speak;can you speak;are u;u a bot;can u tell me;can u do;can u help;can you tell me") && s.content() <= 3 {
		return sure(Intent{Ask: Help})
	}
	if s.has("help", "commands", "menu", "start", "options", "instructions", "usage", "tutorial") && s.content() <= 2 && !s.has("desk") && s.ctxless() && !s.cuedHere() {
		return sure(Intent{Ask: Help})
	}
	if s.has("help") && s.content() <= 3 && s.has("me") && !s.jobWord() {
		return sure(Intent{Ask: Help})
	}
	if s.phrase("career guidance") || s.phrase("career advice") && s.has("help", "need", "give", "want") {
		if len(s.traits()) == 0 && s.content() <= 5 {
			return sure(Intent{Ask: Help})
		}
	}
	return no()
}

func (s *sentence) ctxless() bool { return len(s.us) <= 3 }

// whyAsked says whether the message asks where the last answer is from.
func (s *sentence) whyAsked() bool {
	if len(s.us) > 8 {
		return false
	}
	if s.anyPhrase("how do you know;where is that from;where is this from;where does that come from;where did you get;what is your source;whats your source;what are your sources;says who;why do you say;how did you get;where does this come from;where do you get;according to who;why that;why is that;why this;how so;how come;what makes you say;source for that;sources for that;explain that answer;how did you understand;get your data;your data from;data come from;data from;numbers come from;figures come from;your information from;get your information;get this data") {
		return true
	}
	if s.has("source", "sources", "why", "citation", "citations") && s.content() <= 2 && len(s.us) <= 3 {
		return true
	}
	return false
}

// greeting says whether the message is nothing but politeness.
func (s *sentence) greeting() bool {
	if len(s.us) > 9 {
		return false
	}
	greets := false
	for _, u := range s.us {
		if u.kind != kindWord {
			return false
		}
		switch {
		case greetings[u.word] || drawnOut[squeeze(u.word)]:
			greets = true
		case polite[u.word] || !strings.ContainsFunc(u.word, wordRune):
		default:
			return false
		}
	}
	return greets || s.anyPhrase("see you;good day;how are you;whats up;take care;have a nice;nice to meet;good night;talk soon;see ya;well done;good job;good bot;that is all;thats all")
}

// squeeze takes letters back that are drawn out: "heyyy" and "hey" are both "hey".
func squeeze(w string) string {
	return string(slices.Compact([]rune(w)))
}

// drawnOut are the polite words as [squeeze] leaves them.
var drawnOut = func() map[string]bool {
	m := map[string]bool{}
	for w := range greetings {
		m[squeeze(w)] = true
	}
	return m
}()

// beyond reads what is about work and yet not about a role: interviews, CVs,
// openings, companies, schools, and things to buy.
func (s *sentence) beyond() (Reading, bool) {
	out := func() (Reading, bool) {
		if s.overheard {
			return Reading{Intent: Intent{Ask: Silent}}, true
		}
		return sure(Intent{Ask: OutOfScope})
	}
	switch {
	case s.has("interview", "interviews", "interviewer", "interviewers", "interviewing", "resume", "resumes", "cv", "cvs", "linkedin", "referral", "referrals", "recruiter", "recruiters", "headhunter", "coverletter", "visa", "h1b", "leetcode", "internship", "internships", "onsite", "imposter", "impostor") &&
		!s.has("difference", "vs") && !(s.has("internship", "internships", "leetcode", "visa", "onsite") && s.cuedBesidesJob()):
		return out()
	case s.anyPhrase("cover letter;job offer;job hunt;job search;job hunting;job searching;job opening;job openings;open positions;job posting;job postings;job board;job boards;job fair;notice period;hiring manager;hiring process;hiring practices;best practices;counter offer;job application;application status;two weeks notice;career fair;got fired;get fired;quit my job;my boss;my manager keeps;my manager is;my lead keeps;my manager wont;my manager says;my application;my portfolio;data entry jobs;hiring now;your job;your work;your company;this company;salary negotiation;job listing;job listings;selection process;work culture;work quality;company culture;dress code;code review;pull request;stack overflow;impostor syndrome;imposter syndrome;which companies;what companies;best companies;top companies;companies that;companies to"):
		return out()
	case s.has("negotiate", "negotiating", "negotiation", "apply", "applied", "applying", "vacancy", "vacancies", "recruitment", "recruit", "recruiting", "openings", "layoff", "severance") && !s.asked(Compare, 9) && !s.hasFacet(Overview, "outlook"):
		return out()
	case s.anyPhrase("need a position;need a job;looking for a job;looking for a position;looking for job;looking for work;any openings;openings available;jobs available;need job;want a job;get me a job;find me a job;job vacancies") && !s.asked(Prerequisites, 8) && !s.has("how", "which", "what"):
		return out()
	case (s.phrase("laid off") || s.phrase("got fired") || s.phrase("im quitting")) && len(s.named()) == 0:
		return out()
	case s.hasFacet(Prerequisites, "degree") && s.has("or") && s.has("major", "degree", "course", "branch") && slices.ContainsFunc(s.us, func(u unit) bool { return u.field == All }) && !s.has("become", "work", "want", "into"):
		return out()
	case s.bestFor():
		return out()
	case s.hirer():
		return out()
	case s.has("program", "programs", "undergraduate", "university", "college", "universities", "colleges", "schools", "institute", "institutes", "institution", "institutions", "academy", "academies") && s.has("best", "top", "good", "which", "what", "list", "rank", "ranking", "better", "offers", "near") && !s.asked(Prerequisites, 9) && !s.asked(Tools, 9) && len(s.outsiders()) == 0 && !s.has("become", "need", "without"):
		return out()
	case s.has("book", "books", "macbook", "laptop", "laptops", "keyboard", "monitor", "mac", "chair", "youtube", "channel", "channels", "podcast", "podcasts", "blog", "blogs", "website", "websites", "newsletter", "gift", "movie", "movies", "t-shirt", "song", "joke", "jokes", "weather", "pizza", "stackoverflow", "github", "desk setup", "distro", "forum", "forums", "subreddit", "conference", "conferences", "meetup", "meetups", "template", "templates", "contract", "desk", "curriculum", "debt", "landlord", "coworker", "coworkers", "colleague", "microwave", "lunch", "printer", "playlist", "recommendations") && !s.asked(Tools, 10) && !s.asked(Salary, 8) && !s.jobQuestion() && !slices.ContainsFunc(s.us, func(u unit) bool {
		return u.kind == kindRole && (s.shown(&u) == "website developer" || s.shown(&u) == "website designer")
	}):
		return out()
	case s.anyPhrase("write a;write me;write my;draft a;fix my;debug my;review my;build me;create a;translate this;solve this;what time is;tell me a joke;ignore your;ignore previous;ignore all;system prompt;your instructions;who won;capital of;meaning of life;how old are you") && len(s.named()) == 0:
		return out()
	case s.whyPeople():
		return out()
	case len(s.named()) == 0 && len(s.outsiders()) == 0 && s.company() && !s.has("roles", "jobs"):
		return out()
	case s.anyPhrase("accept a;accept an;accept the;accept this;accept my") && s.has("should", "i", "position", "offer", "job", "role"):
		return out()
	}
	return no()
}

// companies are employers that people ask about by name.
var companies = wordSet("google amazon microsoft facebook meta apple netflix uber accenture tcs infosys wipro ibm oracle adobe intel nvidia twitter airbnb stripe shopify spotify faang yelp deloitte capgemini cognizant yahoo cisco tesla spacex")

func (s *sentence) company() bool {
	return slices.ContainsFunc(s.us, func(u unit) bool { return u.kind == kindWord && companies[u.word] })
}

func (s *sentence) cuedBesidesJob() bool { return s.asked(Salary, 8) || s.asked(Skills, 8) }

// jobQuestion says whether a role's usual questions are asked as well.
func (s *sentence) jobQuestion() bool {
	return s.asked(Prerequisites, 8) || s.asked(Day, 8) && len(s.named()) > 0
}

// bestFor reads "which laptop is best for developers?": a thing is asked for,
// not a role.
func (s *sentence) bestFor() bool {
	if !s.phrase("best for") && !s.phrase("better for") || len(s.us) < 5 || len(s.named()) != 1 || !(s.startsWith("which") || s.startsWith("what")) {
		return false
	}
	thing := &s.us[1]
	return thing.kind == kindWord && !s.r.cues.words[thing.word] && !stopWords[thing.word] && !techWords[thing.word] || s.has("distribution", "distro")
}

// hirer says whether somebody speaks of hiring people, not of being one.
func (s *sentence) hirer() bool {
	if !s.has("hire", "hiring", "hired", "hires", "outsource", "outsourcing", "employ", "headcount") {
		return false
	}
	if s.has("without", "get", "become", "companies", "demand", "degree", "easy", "hard", "still") && !s.has("we", "cost", "where", "our") {
		return false
	}
	return s.has("where", "cost", "how", "best", "good", "we", "our", "should", "when", "tips", "process", "need", "looking", "find") && !(s.has("hired") && !s.has("we", "how")) || s.overheard
}

// whyPeople reads "why do so many engineers hate X?": people's habits, not roles.
func (s *sentence) whyPeople() bool {
	if len(s.us) < 4 || s.us[0].kind != kindWord || s.us[0].word != "why" {
		return false
	}
	if s.hasFacet(Overview, "outlook") && s.has("career", "future", "demand", "worth", "saturated", "dying") {
		return false
	}
	return s.has("do", "does", "are", "did", "would", "dont", "cant", "is") && !s.has("paid", "pay", "salary", "salaries", "earn", "become", "be", "important", "need", "needed", "choose", "career")
}

// elsewhere says whether the role is only spoken of, in a question that is
// about something else.
func (s *sentence) elsewhere(named []*unit) bool {
	if s.cued() {
		return false
	}
	// what is left besides names and small words is what it is about
	left := 0
	for _, u := range s.us {
		if u.kind == kindWord && !stopWords[u.word] && !s.r.cues.words[u.word] && !levelWords[u.word] && !goodModifiers[u.word] && !techWords[u.word] {
			left++
		}
	}
	return left > 1 && left > len(named)
}
