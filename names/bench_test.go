package names_test

import (
	"testing"

	"tarikh/names"
)

var spellings = map[string]string{
	"folded arabic":  "جماعه نصره الاسلام والمسلمين",
	"written arabic": "جماعة نصرة الإسلام والمسلمين",
	"vowelled":       "تِمْبُكْتُو فِي مَالِي",
	"folded latin":   "region de tombouctou et de gao",
	"written latin":  "Région de Tombouctou et d’Agué",
}

func TestFoldingWhatIsFoldedDoesNotAllocate(t *testing.T) {
	for _, s := range []string{"region de tombouctou", "جماعه نصره الاسلام", "оδοσ", ""} {
		folded := names.Fold(s)
		if n := testing.AllocsPerRun(100, func() { names.Fold(folded) }); n != 0 {
			t.Errorf("%q: %v allocations", folded, n)
		}
	}
}

func BenchmarkFold(b *testing.B) {
	for name, s := range spellings {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				names.Fold(s)
			}
		})
	}
}

func BenchmarkSkeleton(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		names.Skeleton("Tombouctou")
	}
}

func BenchmarkPick(b *testing.B) {
	langs := []names.Language{"en", "fr", "ar"}
	for b.Loop() {
		names.Pick(langs, "ar-MR")
	}
}
