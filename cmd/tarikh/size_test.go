package main

import "testing"

func TestSizes(t *testing.T) {
	for text, want := range map[string]size{
		"0": 0, "1048576": 1 << 20, "64MiB": 64 << 20, "1 KiB": 1 << 10, "2GiB": 2 << 30,
	} {
		var s size
		if err := s.UnmarshalText([]byte(text)); err != nil || s != want {
			t.Errorf("%s is %d, %v", text, s, err)
		}
	}
	for _, text := range []string{"", "-1", "1.5MiB", "64MB", "MiB", "9000000000GiB", "18446744073709551616"} {
		var s size
		if err := s.UnmarshalText([]byte(text)); err == nil {
			t.Errorf("%s is taken for %d", text, s)
		}
	}
}
