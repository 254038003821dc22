package bot

import (
	"context"
	"strconv"

	"careerbot/bot/intent"
)

// About says what is kept about a person: what they last asked about, and the
// settings that the adapter keeps, in words. It holds no more than that.
func (b *Bot) About(ctx context.Context, person string, settings []Fact) Answer {
	m := b.mind.Load()
	k := newComposer(m.view)
	k.kind(Help)
	k.title("What is kept about you")
	all, err := b.memory.Owned(ctx, person)
	switch {
	case err != nil:
		b.trouble(err)
		k.kind(Partial)
		k.lead("I cannot look up what is kept about you just now. Whatever it is, it is forgotten " + forgotten + ".")
	case len(all) == 0 && len(settings) == 0:
		k.lead("Nothing is kept about you.")
	case len(all) == 0:
		k.lead("Your settings are kept, and nothing of what we talked about.")
	default:
		k.lead("I remember what " + count(len(all), "conversation", "conversations") + " of ours " + isAre(len(all)) + " about. It is forgotten " + forgotten + ".")
		var f Facts
		f.Heading = "What we spoke about"
		for i, c := range all {
			about := "which role you meant"
			if c.Context.Last.Ask != intent.None {
				about = k.inWords(c.Context.Last)
			}
			f.Facts = append(f.Facts, Fact{"Conversation " + strconv.Itoa(i+1), about + "; last at " + c.At.UTC().Format("15:04 UTC")})
		}
		k.add(f)
	}
	if len(settings) > 0 {
		k.add(Facts{Heading: "Your settings", Facts: settings})
	}
	k.note("No message text is stored.")
	k.a.About = m.label(k.a.Understood)
	return k.a
}

// Forget erases the conversations of a person, and says so. erased tells
// whether the adapter has erased what it keeps itself.
func (b *Bot) Forget(ctx context.Context, person string, erased error) Answer {
	a := Answer{Kind: Help, Title: "Forgotten", Lead: "Done. Nothing is kept about you any more: no conversation, no setting."}
	a.About = b.mind.Load().label(a.Understood)
	err := b.memory.Forget(ctx, person)
	for _, e := range []error{err, erased} {
		if e != nil {
			b.trouble(e)
			a.Kind, a.Title, a.Lead = Partial, "Not yet forgotten",
				"I cannot reach what is kept about you just now, so it is not erased yet. Please try again in a minute; conversations are forgotten by themselves "+forgotten+"."
		}
	}
	return a
}

// forgotten says when, after TimeToLive.
const forgotten = "half an hour after our last exchange"

func isAre(n int) string {
	if n == 1 {
		return "was"
	}
	return "were"
}
