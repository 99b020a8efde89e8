package db

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
)

// sweeper keeps the statements that read many rows, below database/sql: what that checks, converts
// and allocates for each value costs as much as SQLite itself.
type sweeper struct {
	stmts  map[string]driver.Stmt
	texts  map[string]string // statements by what stands for them
	values values
}

// values are the columns of the row at hand. They are good until the next row; their texts stay.
type values []driver.Value

func (v values) number(i int) int64 { n, _ := v[i].(int64); return n }
func (v values) is(i int) bool      { return v.number(i) != 0 }
func (v values) text(i int) string  { s, _ := v[i].(string); return s }
func (v values) bytes(i int) []byte { b, _ := v[i].([]byte); return b }

// count is a number that may be missing.
func (v values) count(i int) *int {
	n, ok := v[i].(int64)
	if !ok {
		return nil
	}
	c := int(n)
	return &c
}

// real is a real number that may be missing.
func (v values) real(i int) *float64 {
	f, ok := v[i].(float64)
	if !ok {
		return nil
	}
	return &f
}

// contextRows is after how many rows a sweep asks its context whether to go on.
const contextRows = 256

// sweep runs a query and hands every row to take. Its arguments are of the driver's own types: int64
// and string, such as a list as json_each reads it. It is [session.each] for many rows.
func (s *session) sweep(ctx context.Context, text string, args []any, take func(values) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.statements++
	return s.sweepUncounted(ctx, text, args, take)
}

func (s *session) sweepUncounted(ctx context.Context, text string, args []any, take func(values) error) error {
	err := s.conn.Raw(func(c any) error { return s.sweeps.run(ctx, c, text, args, take) })
	if err != nil {
		s.broken = true
		return explain(fmt.Errorf("sweep %.60q: %w", text, err))
	}
	return nil
}

func (s *sweeper) run(ctx context.Context, conn any, text string, args []any, take func(values) error) (err error) {
	st, err := s.prepared(conn, text)
	if err != nil {
		return err
	}
	query, ok := st.(driver.StmtQueryContext)
	if !ok {
		return errDriver
	}
	named := make([]driver.NamedValue, len(args))
	for i, v := range args {
		named[i] = driver.NamedValue{Ordinal: i + 1, Value: v}
	}
	rows, err := query.QueryContext(context.Background(), named)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	columns := len(rows.Columns())
	for len(s.values) < columns {
		s.values = append(s.values, nil)
	}
	row := s.values[:columns]
	for n := 0; ; n++ {
		if n%contextRows == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if err := rows.Next(row); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		if err := take(row); err != nil {
			return err
		}
	}
}

// exec runs a statement that gives no rows.
func (s *sweeper) exec(conn any, text string) error {
	st, err := s.prepared(conn, text)
	if err != nil {
		return err
	}
	exec, ok := st.(driver.StmtExecContext)
	if !ok {
		return errDriver
	}
	_, err = exec.ExecContext(context.Background(), nil)
	return err
}

// statement is the text that a name stands for, made on first use.
func (s *sweeper) statement(name string, text func() string) string {
	made, ok := s.texts[name]
	if !ok {
		if s.texts == nil {
			s.texts = map[string]string{}
		}
		made = text()
		s.texts[name] = made
	}
	return made
}

// prepared is the statement of that text, planned on first use.
func (s *sweeper) prepared(conn any, text string) (driver.Stmt, error) {
	if st := s.stmts[text]; st != nil {
		return st, nil
	}
	c, ok := conn.(driver.ConnPrepareContext)
	if !ok {
		return nil, errDriver
	}
	st, err := c.PrepareContext(context.Background(), text)
	if err != nil {
		return nil, err
	}
	if s.stmts == nil {
		s.stmts = map[string]driver.Stmt{}
	}
	s.stmts[text] = st
	return st, nil
}

func (s *sweeper) close() {
	for _, st := range s.stmts {
		_ = st.Close()
	}
}
