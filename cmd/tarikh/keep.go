package main

import (
	"fmt"
	"time"

	"tarikh/db"
)

// keepIndex writes the image of the index where so much has changed that the next opening would read
// the whole record. What was written before it stands, whatever becomes of it: so what goes wrong is
// told and is no error.
func (s *shell) keepIndex(d *db.DB, quiet bool) {
	stale, err := d.IndexStale(s.ctx)
	if err == nil && stale {
		told := time.Now()
		err = d.KeepIndex(s.ctx, func(done int) {
			if quiet || time.Since(told) < linesEvery {
				return
			}
			told = time.Now()
			_, _ = fmt.Fprintf(s.err, "%d events and sources packed for the next start\n", done)
		})
	}
	if err != nil {
		s.notice(fmt.Sprintf("the record is written, and the next start reads all of it anew: %v", err))
	}
}
