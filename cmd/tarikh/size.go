package main

import (
	"fmt"
	"math/bits"
	"strconv"
	"strings"
)

// size is a number of bytes, written as such or in binary units (IEC 80000-13): 64MiB.
type size int

// UnmarshalText reads a size. What is negative, no whole number, of another unit or more
// than this machine can count is an error that says so.
func (s *size) UnmarshalText(text []byte) error {
	number, shift := string(text), 0
	for i, unit := range []string{"KiB", "MiB", "GiB"} {
		if rest, ok := strings.CutSuffix(number, unit); ok {
			number, shift = rest, 10*(i+1)
			break
		}
	}
	n, err := strconv.ParseUint(strings.TrimSpace(number), 10, 63)
	if err != nil || bits.Len64(n)+shift > strconv.IntSize-1 {
		return fmt.Errorf("%q is no size such as 0, 1048576 or 64MiB", text)
	}
	*s = size(n << shift)
	return nil
}
