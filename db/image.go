package db

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"io"

	"tarikh/index"
	"tarikh/timeline"
)

// The image of the index (see index.WriteImage) in the file: an opening reads it, and of the
// tables only what changed since. It is no part of the record. One that is damaged, cut off or of
// another format is passed over, and the tables are read.

// blockBytes is how much of an image is one row: a transaction each, between which others write.
const blockBytes = 64 << 10

// castagnoli is the polynomial of CRC-32C, which processors know.
func castagnoli() *crc32.Table { return crc32.MakeTable(crc32.Castagnoli) }

// image is one of those that the file has.
type image struct {
	number, revision, blocks int64
}

// newestImage is the one to read; false where none can be.
func newestImage(ctx context.Context, s *session) (i image, ok bool, err error) {
	err = s.each(ctx, `select image, revision, blocks from index_image where format = ?1
		and revision <= (select coalesce(max(number), 0) from revision) order by revision desc, image desc limit 1`,
		[]any{index.ImageFormat()}, func(r rowScanner) error {
			ok = true
			return r.Scan(&i.number, &i.revision, &i.blocks)
		})
	return i, ok, err
}

// errNoImage is that no image can be used.
var errNoImage = errors.New("no image of the index")

// fromImage is the index as of an image, with what is not in images as the transaction at hand
// sees it. Where there is none to use the error is errNoImage.
func fromImage(ctx context.Context, s *session) (*index.Index, error) {
	i, ok, err := newestImage(ctx, s)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, errNoImage
	}
	c := index.Changes{Revision: i.revision}
	f := &facts{s: s, changes: &c}
	for _, kind := range []timeline.Kind{timeline.KindActor, timeline.KindTimeline} {
		if err := f.all(ctx, kind); err != nil {
			return nil, err
		}
	}
	blocks := &blockReader{ctx: ctx, s: s, image: i}
	x, err := index.ReadImage(blocks, blocks.image.blocks*blockBytes, c)
	switch {
	case blocks.err != nil:
		return nil, blocks.err
	case err != nil:
		return nil, fmt.Errorf("%w: %w", errNoImage, err)
	}
	return x, nil
}

// blockReader reads an image block by block. A block that is missing or not as it was written ends
// the image; err is what went wrong besides.
type blockReader struct {
	ctx   context.Context
	s     *session
	image image
	next  int64
	rest  []byte
	err   error
}

func (b *blockReader) Read(p []byte) (int, error) {
	for len(b.rest) == 0 {
		if b.next == b.image.blocks {
			return 0, io.EOF
		}
		if err := b.block(); err != nil {
			return 0, err
		}
	}
	n := copy(p, b.rest)
	b.rest = b.rest[n:]
	return n, nil
}

func (b *blockReader) block() error {
	var sum int64
	found := false
	b.err = b.s.sweep(b.ctx, "select sum, data from index_block where image = ?1 and pos = ?2",
		[]any{b.image.number, b.next}, func(v values) error {
			found = true
			sum, b.rest = v.number(0), v.bytes(1)
			return nil
		})
	switch {
	case b.err != nil:
		return b.err
	case !found:
		return fmt.Errorf("block %d of %d is missing: %w", b.next, b.image.blocks, io.ErrUnexpectedEOF)
	case sum != sumOf(b.rest):
		b.rest = nil
		return fmt.Errorf("block %d of %d has another sum: %w", b.next, b.image.blocks, io.ErrUnexpectedEOF)
	}
	b.next++
	return nil
}

func sumOf(data []byte) int64 { return int64(crc32.Checksum(data, castagnoli())) }

// KeepIndex writes the image of the index, so that the next opening reads it. Others read and write
// meanwhile. A public service that withholds something keeps none. Without an index the tables are
// read for it, in the memory of a part of it; told, where it is not nil, hears how many events and
// sources are done.
func (d *DB) KeepIndex(ctx context.Context, told func(done int)) error {
	if d.options.Unindexed {
		return d.keep(ctx, func(w *blockWriter) (int64, error) { return d.imageTables(ctx, w, told) })
	}
	x, hidden := d.newest()
	if len(hidden) > 0 {
		return nil
	}
	return d.keep(ctx, func(w *blockWriter) (int64, error) { return x.Revision(), x.WriteImage(w) })
}

// keep writes an image and deletes those before it. write gives the revision that it stands for.
func (d *DB) keep(ctx context.Context, write func(*blockWriter) (int64, error)) error {
	w := &blockWriter{ctx: ctx, d: d}
	err := w.begin()
	var revision int64
	if err == nil {
		revision, err = write(w)
	}
	if err == nil {
		err = w.end(revision)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("keep the index: %w", err), w.giveUp())
	}
	return w.deleteOthers()
}

// imageTables writes the image of what the tables hold.
func (d *DB) imageTables(ctx context.Context, w *blockWriter, told func(done int)) (revision int64, err error) {
	s, err := d.reader(ctx)
	if err != nil {
		return 0, err
	}
	defer d.release(s)
	if err := s.control(ctx, "pragma cache_size = -2048"); err != nil { // every page is read once
		return 0, err
	}
	s.broken = true // and the connection is not used again
	if err := s.beginRead(); err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, s.endRead()) }()
	if revision, _, err = probe(ctx, s); err != nil {
		return 0, err
	}
	image := &telling{Imager: index.NewImager(w), told: told}
	f := &facts{s: s, changes: &index.Changes{}, to: image}
	for _, kind := range []timeline.Kind{timeline.KindSource, timeline.KindLocation, timeline.KindEvent} {
		if err := f.all(ctx, kind); err != nil {
			return 0, err
		}
	}
	return revision, image.End()
}

// telling tells how much an image has taken.
type telling struct {
	*index.Imager
	told func(done int)
	done int
}

func (t *telling) Take(c *index.Changes) {
	t.done += len(c.Sources) + len(c.Events)
	t.Imager.Take(c)
	if t.told != nil {
		t.told(t.done)
	}
}

// blockWriter writes an image block by block.
type blockWriter struct {
	ctx   context.Context
	d     *DB
	image int64
	next  int64
	block bytes.Buffer
}

// begin takes a number for the image; nobody reads one that has no format yet.
func (w *blockWriter) begin() error {
	return w.d.jot(w.ctx, func(s *session) error {
		return s.each(w.ctx, `insert into index_image (image, format, revision, blocks)
			select 1 + max((select coalesce(max(image), 0) from index_image), (select coalesce(max(image), 0) from index_block)), '', 0, 0
			returning image`, nil, scanInto(&w.image))
	})
}

func (w *blockWriter) Write(p []byte) (int, error) {
	for rest := p; len(rest) > 0; {
		n := min(len(rest), blockBytes-w.block.Len())
		w.block.Write(rest[:n])
		if rest = rest[n:]; w.block.Len() == blockBytes {
			if err := w.flush(); err != nil {
				return 0, err
			}
		}
	}
	return len(p), nil
}

func (w *blockWriter) flush() error {
	data := w.block.Bytes()
	err := w.d.jot(w.ctx, func(s *session) error {
		return s.exec(w.ctx, "insert into index_block (image, pos, sum, data) values (?, ?, ?, ?)",
			w.image, w.next, sumOf(data), data)
	})
	w.block.Reset()
	w.next++
	return err
}

// end makes the image one that is read.
func (w *blockWriter) end(revision int64) error {
	if err := w.flush(); err != nil {
		return err
	}
	return w.d.jot(w.ctx, func(s *session) error {
		return s.exec(w.ctx, "update index_image set format = ?, revision = ?, blocks = ? where image = ?",
			index.ImageFormat(), revision, w.next, w.image)
	})
}

// giveUp deletes what was written of an image that was not finished.
func (w *blockWriter) giveUp() error {
	if w.image == 0 || w.d.closed() {
		return nil // the next image takes the rest away
	}
	w.ctx = context.WithoutCancel(w.ctx)
	return w.delete("= ?", w.image)
}

// deleteOthers deletes every other image, and what is left of those that were cut off. An image
// that another process is writing just now is lost with them: it is made again.
func (w *blockWriter) deleteOthers() error { return w.delete("<> ?", w.image) }

// delete deletes images in steps, between which others write.
func (w *blockWriter) delete(which string, image int64) error {
	err := w.d.jot(w.ctx, func(s *session) error {
		return s.exec(w.ctx, "delete from index_image where image "+which, image)
	})
	for more := int64(1); err == nil && more > 0; {
		err = w.d.jot(w.ctx, func(s *session) error {
			more = 0
			return s.each(w.ctx, `delete from index_block where rowid in
				(select rowid from index_block where image `+which+` limit 2) returning 1`, []any{image}, func(rowScanner) error {
				more++
				return nil
			})
		})
	}
	return err
}

// jot does a little writing that is no change of the record: it raises no revision, and is lost
// without harm in a power cut.
func (d *DB) jot(ctx context.Context, do func(*session) error) error {
	s, err := d.writer(ctx)
	if err != nil {
		return err
	}
	defer d.giveBack(d.writing, s)
	for _, text := range []string{"pragma synchronous = normal", "begin immediate"} {
		if err := s.control(ctx, text); err != nil {
			return err
		}
	}
	if err := do(s); err != nil {
		return errors.Join(err, s.control(context.WithoutCancel(ctx), "rollback"))
	}
	return s.control(context.WithoutCancel(ctx), "commit")
}
