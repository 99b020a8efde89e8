// Package names says how names meet: under which form two spellings of a name or a word are the
// same (Fold), which spellings are worth proposing to each other though they are not (Skeleton),
// and in which language and direction a text stands (Language, Direction, Pick).
//
// Four strengths of meeting, and no more is claimed for any of them:
//
//   - Fold is equality. It joins what writers of one script vary without meaning it: vowel marks,
//     hamza seats, ta marbuta, Persian keyboards, accents, capitals, hyphens. أنصار الدين and
//     انصار الدين meet; أنصار الدين and أنصار الله do not.
//   - Forms widens a question: what Arabic writes onto a word (و, ب, ال, …) does not hide it.
//   - Skeleton only proposes. It leaves the consonants, roughly, so that تمبكتو, تنبكتو, Tombouctou
//     and Timbuktu propose each other. So do names that have nothing to do with each other (Niger,
//     Nigeria); somebody or some table of aliases has to confirm.
//   - What neither joins (الجزائر and Algérie, Taoudénit and تاودني) needs an alias in the record.
//
// The package knows nobody: no store, no record, no query language. It reads the Unicode tables of
// golang.org/x/text, holds no state, and everything in it may be called from many goroutines.
package names

// FoldVersion changes when Fold gives another form for any text. Whoever keeps folded texts keeps it
// beside them, and folds anew when it differs.
const FoldVersion = 2
