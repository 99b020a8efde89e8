package server

import (
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"
)

func TestTheTableOfTheDocsIsThatOfTheDefaults(t *testing.T) {
	text, err := os.ReadFile("../docs/limits.md")
	if err != nil {
		t.Fatal(err)
	}
	row := regexp.MustCompile("(?m)^\\| `([a-z-]+)` \\| ([^|]+?) \\|")
	var documented, real []string
	for _, found := range row.FindAllStringSubmatch(string(text), -1) {
		documented = append(documented, found[1]+" = "+found[2])
	}
	l := DefaultLimits()
	for _, m := range l.members() {
		real = append(real, m.name+" = "+m.String())
	}
	if !reflect.DeepEqual(documented, real) {
		t.Errorf("docs/limits.md:\n%s\n\nDefaultLimits:\n%s", strings.Join(documented, "\n"), strings.Join(real, "\n"))
	}
}

func TestEveryLimitHasAName(t *testing.T) {
	var l Limits
	if got, want := len(l.members()), reflect.TypeOf(l).NumField(); got != want {
		t.Errorf("%d names for %d limits", got, want)
	}
	seen := map[any]bool{}
	for _, m := range l.members() {
		if seen[m.count] || seen[m.time] {
			t.Errorf("%s stands for another's member", m.name)
		}
		if m.count != nil {
			seen[m.count] = true
		} else {
			seen[m.time] = true
		}
	}
}

func TestTheDefaultsAreRight(t *testing.T) {
	if err := DefaultLimits().check(); err != nil {
		t.Error(err)
	}
	if DefaultLimits().Body != 128<<10 || DefaultLimits().Depth != 20 || DefaultLimits().Fields != 500 {
		t.Error("not those that were agreed")
	}
}

func TestALimitIsSetByItsName(t *testing.T) {
	l := DefaultLimits()
	for name, value := range map[string]string{"depth": "30", "time": "1m", "rate": "0"} {
		if err := l.Set(name, value); err != nil {
			t.Error(err)
		}
	}
	if l.Depth != 30 || l.Time != time.Minute || l.Rate != 0 {
		t.Errorf("%+v", l)
	}
	for _, bad := range [][2]string{{"nothing", "1"}, {"depth", "deep"}, {"depth", "0"}, {"depth", "-1"},
		{"time", "10"}, {"time", "0s"}, {"time", "-1s"}, {"queue", "-1"}} {
		if err := l.Set(bad[0], bad[1]); err == nil || !strings.Contains(err.Error(), bad[0]) {
			t.Errorf("%v: %v", bad, err)
		}
	}
}

func TestLimitsThatDoNotGoTogetherAreRefused(t *testing.T) {
	l := DefaultLimits()
	l.Write = l.Time
	if err := l.check(); err == nil || !strings.Contains(err.Error(), "write") {
		t.Error(err)
	}
}
