package db

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
)

// inserter keeps the statements that write rows, below database/sql: what that copies and
// converts for each value costs as much as a third of an insert.
type inserter struct {
	stmts map[insertShape]driver.Stmt
	args  []driver.NamedValue // of the statement at hand
}

// insertShape is what tells one insert statement from another.
type insertShape struct {
	into, tail    string
	columns, rows int
}

// rowsTogether is how many rows one statement inserts: a statement for each row costs a third more.
const rowsTogether = 20

// insert writes rows into a table, many by one statement. tail is what follows the values, such as
// an upsert. Between statements it ends when the context does.
func (s *session) insert(ctx context.Context, into, tail string, rows [][]any) error {
	return s.insertBy(ctx, rowsTogether, into, tail, rows)
}

// insertSingly is insert with a statement for each row, for the tables of FTS5: whenever a statement of
// many rows begins, FTS5 writes what it has gathered as a segment of its own, and joins the many small
// ones afterwards.
func (s *session) insertSingly(ctx context.Context, into string, rows [][]any) error {
	return s.insertBy(ctx, 1, into, "", rows)
}

func (s *session) insertBy(ctx context.Context, together int, into, tail string, rows [][]any) error {
	if len(rows) == 0 {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	err := s.conn.Raw(func(c any) error {
		for len(rows) > 0 {
			n := 1
			if len(rows) >= together {
				n = together
			}
			s.statements++
			if err := s.inserts.run(ctx, c, insertShape{into, tail, len(rows[0]), n}, rows[:n]); err != nil {
				return fmt.Errorf("insert into %.30s: %w", into, err)
			}
			rows = rows[n:]
		}
		return nil
	})
	if err != nil {
		s.broken = true
	}
	return explain(err)
}

// run inserts as many rows as the statement takes. A statement is short, so the context is asked
// before it and not while it runs: for that the driver would start a goroutine each time.
func (i *inserter) run(ctx context.Context, conn any, shape insertShape, rows [][]any) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	st, err := i.prepared(conn, shape)
	if err != nil {
		return err
	}
	exec, ok := st.(driver.StmtExecContext)
	if !ok {
		return errDriver
	}
	i.args = i.args[:0]
	for _, row := range rows {
		for _, v := range row {
			if n, isInt := v.(int); isInt {
				v = int64(n)
			}
			i.args = append(i.args, driver.NamedValue{Ordinal: len(i.args) + 1, Value: v})
		}
	}
	_, err = exec.ExecContext(context.Background(), i.args)
	clear(i.args) // the texts of large rows
	return err
}

var errDriver = errors.New("the database driver prepares no statements with contexts")

// prepared is the statement of that shape, planned on first use.
func (i *inserter) prepared(conn any, shape insertShape) (driver.Stmt, error) {
	if st := i.stmts[shape]; st != nil {
		return st, nil
	}
	c, ok := conn.(driver.ConnPrepareContext)
	if !ok {
		return nil, errDriver
	}
	st, err := c.PrepareContext(context.Background(), insertText(shape))
	if err != nil {
		return nil, err
	}
	if i.stmts == nil {
		i.stmts = map[insertShape]driver.Stmt{}
	}
	i.stmts[shape] = st
	return st, nil
}

func (i *inserter) close() {
	for _, st := range i.stmts {
		_ = st.Close()
	}
}

// insertText is "insert into table (columns) values (?,…),…".
func insertText(shape insertShape) string {
	one := make([]byte, 0, 2*shape.columns+2)
	one = append(one, '(')
	for i := range shape.columns {
		if i > 0 {
			one = append(one, ',')
		}
		one = append(one, '?')
	}
	one = append(one, ')')
	text := append([]byte("insert into "+shape.into+" values "), one...)
	for range shape.rows - 1 {
		text = append(append(text, ','), one...)
	}
	return string(append(append(text, ' '), shape.tail...))
}
