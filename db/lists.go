package db

import (
	"encoding/json"
	"strings"
	"unicode/utf8"

	"tarikh/names"
	"tarikh/timeline"
)

// Lists of a row (titles, summaries, tags) are kept as JSON. A page reads hundreds of them, nearly
// all without an escape: those are cut out of the row's text instead of decoded.

// readList reads a list as json.Unmarshal does.
func readList[T any](text string, into *[]T) error {
	if text == "[]" {
		return nil
	}
	switch list := any(into).(type) {
	case *[]timeline.Text:
		if texts, ok := cutTexts(text); ok {
			*list = texts
			return nil
		}
	case *[]string:
		if words, ok := cutWords(text); ok {
			*list = words
			return nil
		}
	}
	return json.Unmarshal([]byte(text), into)
}

// cutTexts reads texts as timeline.Text writes them, where nothing is escaped and every language
// is two or three letters.
func cutTexts(text string) (all []timeline.Text, ok bool) {
	rest, ok := strings.CutPrefix(text, "[")
	all = make([]timeline.Text, 0, strings.Count(text, `{"lang":"`))
	for ok {
		var one timeline.Text
		var lang string
		if rest, ok = strings.CutPrefix(rest, `{"lang":`); ok {
			lang, rest, ok = cutWord(rest)
		}
		if ok = ok && isLanguage(lang); ok {
			rest, ok = strings.CutPrefix(rest, `,"text":`)
		}
		if ok {
			one.Lang = names.Language(lang)
			one.Text, rest, ok = cutWord(rest)
		}
		if ok {
			all = append(all, one)
			rest, ok = strings.CutPrefix(rest, "}")
		}
		if rest == "]" {
			return all, ok
		}
		if ok {
			rest, ok = strings.CutPrefix(rest, ",")
		}
	}
	return nil, false
}

// cutWords reads words of which none is escaped.
func cutWords(text string) (all []string, ok bool) {
	rest, ok := strings.CutPrefix(text, "[")
	for ok {
		var word string
		if word, rest, ok = cutWord(rest); !ok {
			break
		}
		all = append(all, word)
		if rest == "]" {
			return all, true
		}
		rest, ok = strings.CutPrefix(rest, ",")
	}
	return nil, false
}

// cutWord cuts a JSON string without escapes off a text.
func cutWord(text string) (word, rest string, ok bool) {
	text, ok = strings.CutPrefix(text, `"`)
	if !ok {
		return "", "", false
	}
	for i := range len(text) {
		switch c := text[i]; {
		case c == '"':
			return text[:i], text[i+1:], utf8.ValidString(text[:i])
		case c == '\\', c < 0x20:
			return "", "", false
		}
	}
	return "", "", false
}

// isLanguage says whether a tag is two or three small letters, which are one whatever they are.
func isLanguage(tag string) bool {
	for i := range len(tag) {
		if tag[i] < 'a' || tag[i] > 'z' {
			return false
		}
	}
	return len(tag) == 2 || len(tag) == 3
}
