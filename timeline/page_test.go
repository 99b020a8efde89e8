package timeline

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestAPageIsHeldToItsLimits(t *testing.T) {
	n := func(n int) *int { return &n }
	tests := []struct {
		name        string
		first, last *int
		nested      bool
		size        int
		code        Code
		field       string
	}{
		{"nothing asked", nil, nil, false, 50, "", ""},
		{"nothing asked, nested", nil, nil, true, 50, "", ""},
		{"none", n(0), nil, false, 0, "", ""},
		{"the most", n(500), nil, false, 500, "", ""},
		{"the last most", nil, n(500), false, 500, "", ""},
		{"the most, nested", nil, n(100), true, 100, "", ""},
		{"one more", n(501), nil, false, 0, CodeTooLarge, "first"},
		{"one more from the end", nil, n(501), false, 0, CodeTooLarge, "last"},
		{"one more, nested", n(101), nil, true, 0, CodeTooLarge, "first"},
		{"less than none", n(-1), nil, false, 0, CodeInvalid, "first"},
		{"less than none from the end", nil, n(-1), false, 0, CodeInvalid, "last"},
		{"from both ends", n(1), n(1), false, 0, CodeInvalid, "last"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p, err := NewPage(test.first, nil, test.last, nil, test.nested)
			wantMistake(t, err, test.code, test.field, "")
			if err == nil && p.Size() != test.size {
				t.Errorf("the page has %d", p.Size())
			}
		})
	}
	if (Page{}).Size() != DefaultPage {
		t.Error("the zero page is no default page")
	}
}

func TestACursorComesBackAsItWas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := Cursor{
			Mark:   rapid.StringMatching(`[A-Za-z0-9_-]{12}`).Draw(t, "mark"),
			Values: rapid.SliceOfN(rapid.String(), 0, 4).Draw(t, "values"),
			ID:     rapid.String().Draw(t, "id"),
		}
		text := c.Encode()
		got, err := DecodeCursor("after", text, c.Mark, len(c.Values))
		c.Version = cursorVersion
		if err != nil || !reflect.DeepEqual(got, c) {
			t.Fatalf("%+v came back as %+v, %v", c, got, err)
		}
		if strings.ContainsAny(text, "+/= \n") {
			t.Fatalf("%q needs escaping in an address", text)
		}
	})
}

func TestACursorOfAnotherQuestionIsRefused(t *testing.T) {
	good := Cursor{Mark: "m", Values: []string{"1", "2"}, ID: "ev_1"}
	for name, try := range map[string]struct {
		text, mark string
		values     int
	}{
		"another mark":  {good.Encode(), "n", 2},
		"another order": {good.Encode(), "m", 1},
		"nothing":       {"", "m", 2},
		"no base64":     {"***", "m", 2},
		"no JSON":       {"AAAA", "m", 2},
		"no version":    {"e30", "m", 2}, // {}
		"cut short":     {good.Encode()[:8], "m", 2},
	} {
		_, err := DecodeCursor("after", try.text, try.mark, try.values)
		var e *Error
		if !errors.As(err, &e) || e.Code != CodeInvalid || e.Field != "after" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTheMarkTellsQuestionsApart(t *testing.T) {
	yes := true
	order := []*EventOrder{{Field: OrderTime}}
	marks := map[string]string{}
	for name, mark := range map[string]string{
		"plain":        QuestionMark(order, nil, ""),
		"a filter":     QuestionMark(order, &EventWhere{Contested: &yes}, ""),
		"an order":     QuestionMark([]*EventOrder{{Field: OrderTitle}}, nil, ""),
		"a parent":     QuestionMark(order, nil, "lo_1"),
		"empty is not": QuestionMark(order, &EventWhere{Type: []string{}}, ""),
	} {
		if other, twice := marks[mark]; twice {
			t.Errorf("%s and %s have one mark", name, other)
		}
		marks[mark] = name
	}
	again := QuestionMark(order, &EventWhere{Contested: &yes}, "")
	if QuestionMark(order, &EventWhere{Contested: &yes}, "") != again {
		t.Error("one question has two marks")
	}
}

func FuzzDecodeCursor(f *testing.F) {
	f.Add(Cursor{Mark: "m", Values: []string{"-500"}, ID: "ev_1"}.Encode(), "m", 1)
	f.Add("", "", 0)
	f.Add("e30", "m", 1)
	f.Fuzz(func(t *testing.T, text, mark string, values int) {
		c, err := DecodeCursor("after", text, mark, values)
		switch {
		case err != nil && CodeOf(err) != CodeInvalid:
			t.Fatalf("%q: %v", text, err)
		case err == nil && (c.Mark != mark || len(c.Values) != values):
			t.Fatalf("%q is taken as %+v", text, c)
		case err != nil:
			return
		}
		if again, err := DecodeCursor("after", c.Encode(), mark, values); err != nil || !reflect.DeepEqual(again, c) {
			t.Fatalf("%+v came back as %+v, %v", c, again, err)
		}
	})
}
