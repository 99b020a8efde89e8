package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"tarikh/db"
)

// progress tells how far an import is: as a bar of the bytes read where a person looks at a
// terminal, else as a line now and then.
type progress struct {
	shell *shell
	bar   *progressbar.ProgressBar // nil: no terminal
	quiet bool
	told  time.Time // when the last line was printed
}

// linesEvery is how often a line is printed where there is no terminal.
const linesEvery = 5 * time.Second

func (s *shell) newProgress(names []string, quiet bool) *progress {
	p := &progress{shell: s, quiet: quiet, told: time.Now()}
	if f, ok := s.err.(*os.File); ok && !quiet && term.IsTerminal(int(f.Fd())) {
		p.bar = progressbar.NewOptions64(totalSize(names),
			progressbar.OptionSetWriter(s.err), progressbar.OptionShowBytes(true),
			progressbar.OptionSetDescription("reading"), progressbar.OptionThrottle(100*time.Millisecond),
			progressbar.OptionClearOnFinish())
	}
	return p
}

// totalSize is the size of all files in bytes; -1 where one of them has none, such as a pipe.
func totalSize(names []string) int64 {
	total := int64(0)
	for _, name := range names {
		info, err := os.Stat(name)
		if name == standard || err != nil || !info.Mode().IsRegular() {
			return -1
		}
		total += info.Size()
	}
	return total
}

// watch counts the bytes read.
func (p *progress) watch(r io.Reader) io.Reader {
	if p.bar == nil {
		return r
	}
	return io.TeeReader(r, p.bar)
}

// chunk is told after every chunk of records.
func (p *progress) chunk(r db.ImportReport) {
	if p.bar != nil || p.quiet || time.Since(p.told) < linesEvery {
		return
	}
	p.told = time.Now()
	_, _ = fmt.Fprintf(p.shell.err, "%d records read, %d of them wrong\n", r.Read, r.Rejected)
}

// end takes the bar off the terminal.
func (p *progress) end() {
	if p.bar != nil {
		_ = p.bar.Clear()
	}
}
