package edtf

import "testing"

func TestALoneDoubleDotIsNoLimit(t *testing.T) {
	var v Value
	if err := v.UnmarshalGQL(".."); err != nil || v.String() != "../.." {
		t.Errorf("got %q, %v", v, err)
	}
	if _, err := Parse(".."); err == nil {
		t.Error("the standard knows no lone ..")
	}
}
