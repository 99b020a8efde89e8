package names

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// minSkeleton is the least number of letters of a skeleton. غاو and جاو leave one: that says
// nothing.
const minSkeleton = 3

// Skeleton gives the consonants of a name, roughly, in Arabic letters: names of one skeleton are
// worth proposing to each other, and nothing more. تمبكتو, تنبكتو, تومبوكتو, Tombouctou, Timbuktu
// and Tin Buktu all give "تمبكت". It is "" for names that leave less than three letters.
//
// From the folded name, words run together:
//
//   - the Arabic article goes, with the letters that are written onto it (ال, وال, بال, …; al-,
//     el-, ed-);
//   - vowels and half-vowels go (ا و ي ه; a e i o u w y h), and ح ع, which Latin letters do not
//     tell apart;
//   - letters that the other script cannot tell apart become one: ث ط are ت, ذ ض are د, ص is س, ظ
//     is ز, ق is ك; and ج is غ, as Arabic writes the g of Gao and Goundam with either;
//   - Latin letters become the Arabic ones of their usual sound in French and English (ch and sh
//     ش, kh خ, gh and g غ, c before e i y س); doubled letters count once;
//   - نب becomes مب, as it is spoken.
//
// Other scripts stand as they are folded.
func Skeleton(s string) string {
	bones := make([]rune, 0, 32)
	for word := range strings.SplitSeq(Fold(s), " ") {
		first, _ := utf8.DecodeRuneInString(word)
		switch {
		case unicode.Is(unicode.Arabic, first):
			bones = appendArabicBones(bones, withoutArticle(word))
		case !isLatinArticle(word):
			bones = appendLatinBones(bones, word)
		}
	}
	for i, r := range bones {
		if r == 'ب' && i > 0 && bones[i-1] == 'ن' {
			bones[i-1] = 'م'
		}
	}
	if countLetters(bones) < minSkeleton {
		return ""
	}
	return string(bones)
}

func countLetters(runes []rune) int {
	n := 0
	for _, r := range runes {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}

// withoutArticle drops the article and what is written onto it from a folded Arabic word, where two
// letters or more remain: بالي (Bali) and والي keep theirs.
func withoutArticle(word string) string {
	for _, prefix := range [...]string{"وبال", "فبال", "وال", "فال", "بال", "كال", "ولل", "لل", "ال"} {
		rest, found := strings.CutPrefix(word, prefix)
		if found && utf8.RuneCountInString(rest) >= 2 {
			return rest
		}
	}
	return word
}

// isLatinArticle knows the article as it is written apart in Latin letters, assimilated to the
// letter that follows or not: Ansar al-Din, Ansar ad-Din, Ansar ed-Dine.
func isLatinArticle(word string) bool {
	switch word {
	case "al", "el", "ul", "wal", "ad", "ed", "an", "en", "ar", "er", "as", "es", "ash", "at", "az":
		return true
	}
	return false
}

func appendArabicBones(bones []rune, word string) []rune {
	for _, r := range word {
		switch r {
		case 'ا', 'و', 'ي', 'ه', 'ح', 'ع':
			continue
		case 'ث', 'ط':
			r = 'ت'
		case 'ذ', 'ض':
			r = 'د'
		case 'ص':
			r = 'س'
		case 'ظ':
			r = 'ز'
		case 'ق':
			r = 'ك'
		case 'ج':
			r = 'غ'
		}
		bones = append(bones, r)
	}
	return bones
}

// appendLatinBones also takes words of other scripts, which it leaves as they are.
func appendLatinBones(bones []rune, word string) []rune {
	letters := slices.CompactFunc([]rune(word), func(a, b rune) bool { return a == b && a > '9' })
	for len(letters) > 0 {
		sound, size := latinSound(letters)
		for _, r := range sound {
			if r != 0 {
				bones = append(bones, r)
			}
		}
		letters = letters[size:]
	}
	return bones
}

// latinSound returns the Arabic letters, at most two, for the first sound of letters (which are not
// empty), and how many of the letters write it. A vowel has none.
func latinSound(letters []rune) (sound [2]rune, size int) {
	var next rune
	if len(letters) > 1 {
		next = letters[1]
	}
	if r := latinPair(letters[0], next); r != 0 {
		return [2]rune{r}, 2
	}
	switch letters[0] {
	case 'c':
		return [2]rune{latinC(next)}, 1
	case 'x':
		return [2]rune{'ك', 'س'}, 1
	}
	return [2]rune{latinSingle(letters[0])}, 1
}

// latinPair reads two letters that write one sound, 0 when these do not.
func latinPair(a, b rune) rune {
	switch string([]rune{a, b}) {
	case "kh":
		return 'خ'
	case "gh", "dj", "dg":
		return 'غ'
	case "ch", "sh":
		return 'ش'
	case "th":
		return 'ت'
	case "dh":
		return 'د'
	case "ph":
		return 'ف'
	case "ck", "cq":
		return 'ك'
	}
	return 0
}

// latinC reads c by the letter after it: macina with س, tombouctou with ك.
func latinC(next rune) rune {
	switch next {
	case 'e', 'i', 'y':
		return 'س'
	}
	return 'ك'
}

// latinSingle reads one letter; 0 for vowels, half-vowels and h.
func latinSingle(r rune) rune {
	switch r {
	case 'a', 'e', 'i', 'o', 'u', 'w', 'y', 'h':
		return 0
	case 'b', 'p':
		return 'ب'
	case 'd':
		return 'د'
	case 'f', 'v':
		return 'ف'
	case 'g', 'j':
		return 'غ'
	case 'k', 'q':
		return 'ك'
	case 'l':
		return 'ل'
	case 'm':
		return 'م'
	case 'n':
		return 'ن'
	case 'r':
		return 'ر'
	case 's':
		return 'س'
	case 't':
		return 'ت'
	case 'z':
		return 'ز'
	}
	return r
}
