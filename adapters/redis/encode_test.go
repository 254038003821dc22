package redis

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"careerbot/bot"
	"careerbot/bot/intent"
)

// What is added to a conversation must be added to its encoding, and to this.
func TestEncodingLeavesNoFieldOut(t *testing.T) {
	for _, c := range []struct {
		v      any
		fields int
	}{{bot.Conversation{}, 3}, {intent.Context{}, 3}, {intent.Intent{}, 15}, {intent.Trait{}, 2}} {
		if n := reflect.TypeOf(c.v).NumField(); n != c.fields {
			t.Errorf("%T has %d fields, of which %d are known: encode the new ones, and give the encoding another version", c.v, n, c.fields)
		}
	}
}

func TestEveryAskAndAspectComesBack(t *testing.T) {
	for a := intent.None; a <= intent.Why; a++ {
		for p := intent.AnyAspect; p <= intent.AspectProgression; p++ {
			c := bot.Conversation{At: time.Unix(1, 2).UTC(), Context: intent.Context{Last: intent.Intent{Ask: a, Aspect: p}}}
			b, err := encode(c, [idLen]byte{1}, time.Unix(3, 0))
			if err != nil {
				t.Fatal(err)
			}
			got, err := decode(b)
			if err != nil || !reflect.DeepEqual(got.conv, c) || got.id != [idLen]byte{1} || !got.until.Equal(time.Unix(3, 0)) {
				t.Fatalf("%v about %v: got %+v, %v", a, p, got, err)
			}
		}
	}
}

func TestAConversationThatIsTooLargeIsAnError(t *testing.T) {
	c := about(strings.Repeat("x", maxConversation))
	if _, err := encode(c, [idLen]byte{}, time.Now()); !errors.Is(err, errTooLarge) {
		t.Errorf("got %v", err)
	}
}

func FuzzDecode(f *testing.F) {
	whole, err := encode(about("data-engineer"), [idLen]byte{}, time.Now())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	f.Add([]byte{})
	f.Add([]byte{conversationVersion})
	f.Add([]byte("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"))
	f.Add(append([]byte{conversationVersion, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, "\xff\xff\xff\xff\xff\xff\xff\xff\x7f"...))
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := decode(b)
		if err != nil {
			if !errors.Is(err, errGarbage) || !reflect.DeepEqual(s, stored{}) {
				t.Errorf("got %+v, %v", s, err)
			}
			return
		}
		again, err := encode(s.conv, s.id, s.until)
		if err != nil && !errors.Is(err, errTooLarge) {
			t.Fatal(err)
		}
		if err == nil {
			if s2, err := decode(again); err != nil || !reflect.DeepEqual(s2, s) {
				t.Errorf("%x is %+v\nand %x is %+v, %v", b, s, again, s2, err)
			}
		}
	})
}
