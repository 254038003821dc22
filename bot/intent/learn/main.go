// Command learn learns the weights that package intent weighs a message by,
// from the messages of testdata, and says how well they do on messages that
// they were not learned from. It writes the same bytes for the same messages.
// Run it with go generate in the folder above.
package main

import (
	"fmt"
	"os"

	"careerbot/bot/intent"
	"careerbot/bot/intent/bank"
	"careerbot/bot/intent/linear"
	"careerbot/knowledge"
)

// folds is how many parts the messages are dealt out to, each of which is
// measured by what was learned from the others.
const folds = 6

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "learn:", err)
		os.Exit(1)
	}
}

func run() error {
	c, err := knowledge.Load(knowledge.Layer{FS: knowledge.Embedded()})
	if err != nil {
		return err
	}
	r := intent.NewUnlearned(c)
	var asked, spoken []lesson
	for _, file := range []string{"testdata/bank.jsonl", "testdata/written.jsonl"} {
		lines, err := bank.Read(file)
		if err != nil {
			return err
		}
		for _, l := range lines {
			if l.Untuned() {
				continue
			}
			var ctx intent.Context
			for _, text := range l.Context {
				ctx = r.After(ctx, r.Read(text, ctx, false))
			}
			features := r.Features(l.Text)
			follows := len(l.Context) > 0 && r.Read(l.Text, ctx, false).Inherited
			if class := intent.ClassOf(l.Intent); class >= 0 && !follows {
				asked = append(asked, lesson{l, linear.Example{Features: features, Class: class}})
			}
			if !l.Addressed {
				spoken = append(spoken, lesson{l, linear.Example{Features: features, Class: intent.SpokenClass(l.Intent)}})
			}
		}
	}
	for _, model := range []struct {
		file    string
		lessons []lesson
		classes int
	}{{"asked.model", asked, intent.Classes}, {"spoken.model", spoken, 2}} {
		if err := report(model.file, model.lessons, model.classes); err != nil {
			return err
		}
		if err := os.WriteFile(model.file, linear.Learn(examples(model.lessons), model.classes), 0o644); err != nil {
			return err
		}
	}
	return nil
}

type lesson struct {
	line    bank.Line
	example linear.Example
}

func examples(ls []lesson) []linear.Example {
	var out []linear.Example
	for _, l := range ls {
		out = append(out, l.example)
	}
	return out
}

// report measures each part by what is learned from the others.
func report(file string, ls []lesson, classes int) error {
	var right, total int
	for part := range folds {
		var others, these []lesson
		for _, l := range ls {
			if l.line.Part(folds) == part {
				these = append(these, l)
			} else {
				others = append(others, l)
			}
		}
		m, err := linear.Parse(string(linear.Learn(examples(others), classes)))
		if err != nil {
			return err
		}
		for _, l := range these {
			best, p := 0, m.Likelihoods(nil, l.example.Features)
			for k := range p {
				if p[k] > p[best] {
					best = k
				}
			}
			total++
			if best == l.example.Class || classes == intent.Classes && l.line.Takes(intent.ClassLabel(best)) {
				right++
			}
		}
	}
	fmt.Printf("%s: %d messages; %.1f %% right where not learned from\n", file, total, 100*float64(right)/float64(total))
	return nil
}
