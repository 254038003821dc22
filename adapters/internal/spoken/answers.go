package spoken

import (
	"context"

	"careerbot/bot"
)

// Broken says that the program has a fault.
func Broken() bot.Answer {
	return bot.Answer{Kind: bot.Refused, Title: "Something went wrong", Lead: "Something went wrong on my side. Please ask again; if it stays so, tell who runs me."}
}

// TooFast is the one notice that a person's flood of messages gets.
func TooFast() bot.Answer {
	return bot.Answer{Kind: bot.Refused, Title: "One at a time",
		Lead: "That is faster than I answer one person. Give me a few seconds, then ask on."}
}

// InPrivate is the answer to a command that is said where others listen.
func InPrivate(what Command) bot.Answer {
	return bot.Answer{Kind: bot.Help, Title: "In private", Lead: "That is between you and me: use /career " + string(what) + ", whose answer only you see."}
}

// Teller says what is kept about a person. [bot.Bot] is one.
type Teller interface {
	About(ctx context.Context, person string, settings []bot.Fact) bot.Answer
}

// About says what is kept about a person, who chose this region for pay, or ""
// none.
func About(ctx context.Context, t Teller, person, region string) bot.Answer {
	var chosen []bot.Fact
	if region != "" {
		chosen = append(chosen, bot.Fact{Name: "Region for pay", Value: region})
	}
	answer := t.About(ctx, person, chosen)
	answer.Parts = append(answer.Parts, bot.Note{Text: "To erase it all: /career forget."})
	return answer
}
