package edtf

import "fmt"

// A ParseError tells why a text is no EDTF expression that this package reads.
type ParseError struct {
	Input  string // the whole text
	Offset int    // in bytes from the start of the whole text; the column is one more
	Reason string // in words, without the column
}

// Error names the text (its first 64 bytes), the reason and the column, counted from 1.
func (e *ParseError) Error() string {
	return fmt.Sprintf("%q is no EDTF date: %s at column %d", shorten(e.Input), e.Reason, e.Offset+1)
}

// fail returns the error of a reason at an offset.
func (p *parser) fail(at int, reason string) error {
	return &ParseError{Input: p.text, Offset: at, Reason: reason}
}

// levelTwo returns the error of a feature that only level 2 has.
func (p *parser) levelTwo(at int, feature string) error {
	return p.fail(at, "level 2 ("+feature+") is not supported")
}
