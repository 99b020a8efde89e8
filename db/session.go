package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"sync"
)

// session is one connection kept for life with the statements prepared on it: a
// statement is planned once, and a transaction is two prepared statements.
type session struct {
	mu         sync.Mutex // one statement at a time; gqlgen's fields run side by side
	conn       *sql.Conn
	stmts      map[string]*sql.Stmt
	inserts    inserter
	sweeps     sweeper
	statements int  // run since reset, begin, commit and the revision's probe not counted
	broken     bool // a statement failed: the connection or its transaction may be lost
}

// rowScanner is the row at hand.
type rowScanner interface{ Scan(into ...any) error }

// scanInto scans every row into the same variables: for queries of one row.
func scanInto(into ...any) func(rowScanner) error {
	return func(r rowScanner) error { return r.Scan(into...) }
}

// openSession takes a connection out of the pool for good.
func openSession(ctx context.Context, pool *sql.DB) (*session, error) {
	conn, err := pool.Conn(ctx)
	if err != nil {
		return nil, explain(err)
	}
	return &session{conn: conn, stmts: map[string]*sql.Stmt{}}, nil
}

// close ends the connection. It does not go back to its pool, which would hand it
// out again with whatever transaction is still open on it.
func (s *session) close() {
	for _, st := range s.stmts {
		_ = st.Close()
	}
	_ = s.conn.Raw(func(any) error {
		s.inserts.close()
		s.sweeps.close()
		return driver.ErrBadConn
	})
	_ = s.conn.Close()
}

// prepared is the statement of that text, planned on first use.
func (s *session) prepared(ctx context.Context, text string) (*sql.Stmt, error) {
	if st := s.stmts[text]; st != nil {
		return st, nil
	}
	st, err := s.conn.PrepareContext(ctx, text)
	if err != nil {
		return nil, fmt.Errorf("prepare %.60q: %w", text, err)
	}
	s.stmts[text] = st
	return st, nil
}

// each runs a query and hands every row to scan. It owns Close and Err.
func (s *session) each(ctx context.Context, text string, args []any, scan func(rowScanner) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.statements++
	return s.eachUncounted(ctx, text, args, scan)
}

func (s *session) eachUncounted(ctx context.Context, text string, args []any, scan func(rowScanner) error) (err error) {
	defer func() {
		if err != nil {
			s.broken = true
			err = explain(err)
		}
	}()
	st, err := s.prepared(ctx, text) //nolint:sqlclosecheck // kept for the session's life
	if err != nil {
		return err
	}
	rows, err := st.QueryContext(ctx, args...)
	if err != nil {
		return fmt.Errorf("query %.60q: %w", text, err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return fmt.Errorf("scan %.60q: %w", text, err)
		}
	}
	return rows.Err()
}

// exec runs a statement that gives no rows.
func (s *session) exec(ctx context.Context, text string, args ...any) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.statements++
	return s.control(ctx, text, args...)
}

// control runs a statement that is not counted, such as commit.
func (s *session) control(ctx context.Context, text string, args ...any) error {
	st, err := s.prepared(ctx, text) //nolint:sqlclosecheck // kept for the session's life
	if err == nil {
		_, err = st.ExecContext(ctx, args...)
	}
	return s.controlled(text, err)
}

func (s *session) controlled(text string, err error) error {
	if err != nil {
		s.broken = true
		return explain(fmt.Errorf("run %.60q: %w", text, err))
	}
	return nil
}

// beginRead begins a transaction that reads, and endRead ends it. Every question does both, so they go
// below database/sql; neither waits for anything.
func (s *session) beginRead() error { return s.raw("begin") }
func (s *session) endRead() error   { return s.raw("rollback") }

func (s *session) raw(text string) error {
	return s.controlled(text, s.conn.Raw(func(c any) error { return s.sweeps.exec(c, text) }))
}

// list writes row numbers as the one-argument list that json_each reads: one
// statement for any number of keys, never planned again.
func list[T any](items []T) string {
	b, err := json.Marshal(items)
	if err != nil {
		return "[]" // numbers and strings always encode
	}
	if items == nil {
		return "[]"
	}
	return string(b)
}
