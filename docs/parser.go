package docs

import (
	"fmt"
	"strings"
)

// fence opens and closes a block of code in Markdown.
const fence = "```"

// parser reads the lines of one file from the top. The first mistake ends it.
type parser struct {
	lines []string
	at    int // the line at hand, counted from 0
	err   error
}

func (p *parser) fail(format string, args ...any) {
	if p.err == nil {
		line := min(p.at+1, len(p.lines))
		p.err = fmt.Errorf("line %d: %s", line, fmt.Sprintf(format, args...))
	}
}

// line is the line at hand; false at the end.
func (p *parser) line() (string, bool) {
	if p.at >= len(p.lines) || p.err != nil {
		return "", false
	}
	return p.lines[p.at], true
}

// skipEmpty goes to the next line that holds something.
func (p *parser) skipEmpty() {
	for {
		if line, ok := p.line(); !ok || strings.TrimSpace(line) != "" {
			return
		}
		p.at++
	}
}

// titles reads the heading and the lines that say it in other languages.
func (p *parser) titles() map[string]string {
	titles := map[string]string{}
	for _, start := range []struct{ lang, sign string }{{"en", "# "}, {"fr", "fr: "}, {"ar", "ar: "}} {
		p.skipEmpty()
		line, _ := p.line()
		title, ok := strings.CutPrefix(line, start.sign)
		if !ok {
			p.fail("here belongs the title in %q, after %q", start.lang, start.sign)
			return titles
		}
		titles[start.lang] = strings.TrimSpace(title)
		p.at++
	}
	return titles
}

// prose reads up to the first block.
func (p *parser) prose() string {
	begin := p.at
	for {
		line, ok := p.line()
		if !ok {
			p.fail("there is no %sgraphql block", fence)
			return ""
		}
		if strings.HasPrefix(line, fence) {
			return strings.TrimSpace(strings.Join(p.lines[begin:p.at], "\n"))
		}
		p.at++
	}
}

// block reads a block of the language.
func (p *parser) block(lang string) string {
	p.skipEmpty()
	if line, _ := p.line(); strings.TrimSpace(line) != fence+lang {
		p.fail("here belongs a %s%s block", fence, lang)
		return ""
	}
	p.at++
	begin := p.at
	for {
		line, ok := p.line()
		if !ok {
			p.fail("the %s block is not closed", lang)
			return ""
		}
		p.at++
		if strings.TrimSpace(line) == fence {
			return strings.Trim(strings.Join(p.lines[begin:p.at-1], "\n"), "\n")
		}
	}
}

// label says whether the next line is this label, and goes past it.
func (p *parser) label(label string) bool {
	p.skipEmpty()
	line, _ := p.line()
	if strings.TrimSpace(line) != label {
		return false
	}
	p.at++
	return true
}

// end refuses what follows the last part.
func (p *parser) end() {
	p.skipEmpty()
	if _, ok := p.line(); ok {
		p.fail("nothing belongs here but Variables: before Answer:")
	}
}
