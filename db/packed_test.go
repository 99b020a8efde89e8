package db

import (
	"context"
	"path/filepath"
	"testing"

	"pgregory.net/rapid"
)

// Whatever a row holds, packing gives its columns back.
func TestPackedColumnsComeBack(t *testing.T) {
	ctx := context.Background()
	d := opened(t, filepath.Join(t.TempDir(), "t.db"), Options{Unindexed: true})
	s, err := d.reader(ctx)
	must(t, err)
	defer d.release(s)
	text := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"", unitSeparator, "a" + unitSeparator, "تمبكتو", "\x00b", "1"}))
	rapid.Check(t, func(rt *rapid.T) {
		plain := rapid.StringMatching(`[a-z0-9\-]*`).Draw(rt, "plain")
		number := rapid.Int64().Draw(rt, "number")
		first, second := text.Draw(rt, "first"), text.Draw(rt, "second")
		query := "select " + packed(columns("j.value->>0 j.value->>1 null"), "j.value->>2", "null", "j.value->>3") +
			" from json_each(?) j"
		var rows int
		err := s.sweep(ctx, query, []any{list([][]any{{plain, number, first, second}})}, func(r values) error {
			rows++
			u := unpacked{rest: r.text(0)}
			var one, none, two string
			if got := u.text(); got != plain {
				rt.Errorf("plain: %q, want %q", got, plain)
			}
			if got := u.number(); got != number {
				rt.Errorf("number: %d, want %d", got, number)
			}
			if _, given := u.count(); given {
				rt.Error("a null was given as a number")
			}
			u.free(&one, &none, &two)
			if one != valid(first) || none != "" || two != valid(second) {
				rt.Errorf("free: %q, %q, %q, want %q and %q", one, none, two, first, second)
			}
			return u.ended()
		})
		if err != nil || rows != 1 {
			rt.Fatal(rows, err)
		}
	})
}

// valid is a text as JSON brings it in.
func valid(s string) string {
	var all []string
	if readList(list([]string{s}), &all) != nil || len(all) == 0 {
		return ""
	}
	return all[0]
}

func TestUnpackingSaysWhatIsWrong(t *testing.T) {
	for _, text := range []string{"", "a", "a\x1f", "a\x1fx\x1f", "a\x1f2\x1fx", "a\x1f2\x1fxyz", "a\x1f-1\x1fxy", "a\x1f1\x1f1\x1fxy"} {
		u := unpacked{rest: text}
		var free string
		u.text()
		u.free(&free)
		if u.ended() == nil {
			t.Errorf("%q was unpacked to the end", text)
		}
	}
}
