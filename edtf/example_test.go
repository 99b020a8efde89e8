package edtf_test

import (
	"fmt"

	"tarikh/edtf"
)

func Example() {
	siege := edtf.MustParse("2012-04/2013-01-28")
	start, end := siege.Start(), siege.End()
	fmt.Println("began", start.First, "to", start.Last)
	fmt.Println("ended", end.First, "to", end.Last)
	fmt.Println(siege.Display("en"))
	// Output:
	// began 2012-04-01 to 2012-04-30
	// ended 2013-01-28 to 2013-01-28
	// April 2012 – 28 January 2013
}

func ExampleParse_refused() {
	_, err := edtf.Parse("2004-06~-11")
	fmt.Println(err)
	// Output:
	// "2004-06~-11" is no EDTF date: level 2 (a qualifier of a part of a date) is not supported at column 8
}

func ExampleCertain() {
	capture := edtf.MustParse("2012-04")
	start, end := capture.Start(), capture.End()
	first, _ := edtf.ParseDay("2012-04-01")
	for _, last := range []edtf.Day{first + 14, first + 29} {
		w := edtf.Window{From: first, To: last}
		fmt.Println(w.To, edtf.Possible(start, end, w), edtf.Certain(start, end, w))
	}
	// Output:
	// 2012-04-15 true false
	// 2012-04-30 true true
}

func ExampleValue_Display() {
	v := edtf.MustParse("[2012-04-03..2012-04-06]")
	fmt.Println(v.Display("en"))
	fmt.Println(v.Display("fr"))
	fmt.Println(v.Display("ar"))
	// Output:
	// between 3 and 6 April 2012
	// entre le 3 et le 6 avril 2012
	// بين 3 و6 أبريل 2012
}
