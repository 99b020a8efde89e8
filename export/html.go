package export

import (
	"html"
	"net/url"
	"strings"

	"tarikh/names"
	"tarikh/timeline"
)

// htmlText makes HTML of a text: nothing in it is markup, its line breaks stay. What a
// spreadsheet would run as a formula gets its first letter as a character reference, which
// changes nothing for a reader of HTML (compare [disarm]).
func htmlText(s string) string {
	s = strings.ReplaceAll(html.EscapeString(s), "\n", "<br>")
	if strings.ContainsAny(s[:min(len(s), 1)], "=+-@") {
		return map[byte]string{'=': "&#61;", '+': "&#43;", '-': "&#45;", '@': "&#64;"}[s[0]] + s[1:]
	}
	return s
}

// paragraph is a text in its language and direction.
func paragraph(t timeline.Text) string {
	if t.Text == "" {
		return ""
	}
	return `<p lang="` + html.EscapeString(string(t.Lang)) + `" dir="` + dir(t.Lang) + `">` +
		htmlText(t.Text) + `</p>`
}

func words(lang names.Language, s string) string {
	return paragraph(timeline.Text{Lang: lang, Text: s})
}

// link is an anchor where the address is one of the web, else the words alone.
func link(address, s string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return htmlText(s)
	}
	return `<a href="` + html.EscapeString(address) + `">` + htmlText(s) + `</a>`
}
