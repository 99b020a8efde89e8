package main

import (
	"bufio"
	"bytes"
	"context"
	"database/sql"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// screen is what a running command printed so far.
type screen struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (s *screen) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(b)
}

func (s *screen) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

var address = regexp.MustCompile(`Tarikh answers at (http://\S+)/graphql`)

// serving runs serve in process until stop, which returns its exit code; base is where it
// answers.
func serving(t *testing.T, args ...string) (base string, out, mistakes *screen, stop func() int) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	out, mistakes = &screen{}, &screen{}
	code := make(chan int, 1)
	go func() {
		args := append([]string{"serve", "--addr", "127.0.0.1:0"}, args...)
		code <- run(ctx, args, streams{strings.NewReader(""), out, mistakes}, noEnv)
	}()
	var once sync.Once
	stopped := -1
	stop = func() int {
		once.Do(func() { cancel(); stopped = <-code })
		return stopped
	}
	t.Cleanup(func() { stop() })
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if m := address.FindStringSubmatch(out.String()); m != nil {
			return m[1], out, mistakes, stop
		}
		if len(code) > 0 {
			break
		}
	}
	t.Fatalf("serve did not start: %s%s", out, mistakes)
	return "", nil, nil, nil
}

// ask posts a document and returns the answer.
func ask(t *testing.T, base, body string) string {
	t.Helper()
	r, err := http.Post(base+"/graphql", "application/json", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	answer, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(answer)
}

const countEvents = `{"query": "{ events { totalCount } }"}`

func TestServeFillsANewDatabaseAnswersAndEnds(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	base, out, mistakes, stop := serving(t, "--db", path)
	if answer := ask(t, base, countEvents); strings.Contains(answer, "errors") || strings.Contains(answer, `"totalCount":0`) {
		t.Errorf("got %s", answer)
	}
	pasted := regexp.MustCompile(`(?m)^  curl .* -d '(.*)'$`).FindStringSubmatch(out.String())
	if pasted == nil || !strings.Contains(ask(t, base, pasted[1]), "تمبكتو") {
		t.Errorf("the question to paste is not answered:\n%s", out)
	}
	page, err := http.Get(base + "/graphiql/")
	if err != nil {
		t.Fatal(err)
	}
	page.Body.Close()
	if page.StatusCode != http.StatusOK || !strings.Contains(out.String(), base+"/graphiql/") {
		t.Errorf("the playground: %s\n%s", page.Status, out)
	}
	must(t, "", "backup", "--db", path, path+".copy") // while serving
	if code := stop(); code != 0 {
		t.Errorf("exit %d: %s", code, mistakes)
	}
	must(t, "", "doctor", "--db", path+".copy")

	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	_, _, mistakes, stop = serving(t, "--db", path)
	if code := stop(); code != 0 || strings.Contains(mistakes.String(), "was filled") {
		t.Errorf("the second start: exit %d: %s", code, mistakes)
	}
	if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
		t.Error("the second start wrote to the database")
	}
}

func TestServeEmptyLeavesANewDatabaseEmpty(t *testing.T) {
	base, _, _, _ := serving(t, "--empty", "--db", filepath.Join(t.TempDir(), "x.db"))
	if answer := ask(t, base, countEvents); !strings.Contains(answer, `"totalCount":0`) {
		t.Errorf("got %s", answer)
	}
}

func TestServeReadOnlyWithoutADatabaseUsesATemporaryOne(t *testing.T) {
	temporary := t.TempDir()
	t.Setenv("TMPDIR", temporary)
	path := filepath.Join(t.TempDir(), "x.db")
	base, _, mistakes, stop := serving(t, "--read-only", "--db", path)
	if answer := ask(t, base, countEvents); strings.Contains(answer, "errors") || strings.Contains(answer, `"totalCount":0`) {
		t.Errorf("got %s", answer)
	}
	if !strings.Contains(mistakes.String(), "in a temporary file") {
		t.Errorf("it does not say so: %s", mistakes)
	}
	if code := stop(); code != 0 {
		t.Errorf("exit %d", code)
	}
	for _, folder := range []string{temporary, filepath.Dir(path)} {
		if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
			t.Errorf("left in %s: %v, %v", folder, left, err)
		}
	}
}

func TestServeReadOnlyChangesNothing(t *testing.T) {
	path := emptyDatabase(t)
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	base, _, _, stop := serving(t, "--read-only", "--db", path)
	if answer := ask(t, base, `{"query": "{ sources { totalCount } }"}`); !strings.Contains(answer, `"totalCount":1`) {
		t.Errorf("got %s", answer)
	}
	stop()
	if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
		t.Error("the file changed")
	}
}

func TestServeReadOnlyInAFolderThatCannotBeWrittenSaysSo(t *testing.T) {
	if os.Geteuid() <= 0 || runtime.GOOS == "windows" {
		t.Skip("whoever runs this may write to every folder")
	}
	path := emptyDatabase(t)
	if err := os.Chmod(filepath.Dir(path), 0o500); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(filepath.Dir(path), 0o700) })
	base, _, mistakes, _ := serving(t, "--read-only", "--db", path)
	if answer := ask(t, base, countEvents); strings.Contains(answer, "errors") {
		t.Errorf("got %s", answer)
	}
	if !strings.Contains(mistakes.String(), "cannot be written") {
		t.Errorf("it does not say so: %s", mistakes)
	}
	r := call(t, sourceLine("one"), "import", "--db", path, "-")
	if r.code != 77 && r.code != 69 {
		t.Errorf("a write there: %+v", r)
	}
}

func TestAPortInUseIsToldAndLeavesNothing(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	path := filepath.Join(t.TempDir(), "x.db")
	r := call(t, "", "serve", "--db", path, "--addr", l.Addr().String())
	if r.code != 69 || r.err != "tarikh: "+l.Addr().String()+" is in use by another program; choose another address with --addr\n" {
		t.Errorf("got %+v", r)
	}
	if _, err := os.Stat(path); !os.IsNotExist(err) {
		t.Error("a database was made for nothing")
	}
}

func TestALockedDatabaseIsToldAndNotWaitedForForEver(t *testing.T) {
	if testing.Short() {
		t.Skip("waits for the lock's time limit")
	}
	t.Parallel()
	path := emptyDatabase(t)
	pool, err := sql.Open("sqlite", path+"?_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	tx, err := pool.Begin()
	if err != nil {
		t.Fatal(err)
	}
	r := call(t, sourceLine("two"), "import", "--db", path, "-")
	if r.code != 69 || !strings.Contains(r.err, "locked") {
		t.Errorf("got %+v", r)
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	must(t, sourceLine("two"), "import", "--db", path, "-")
}

func TestASignalEndsServeCleanlyAndASecondAtOnce(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("there are no such signals here")
	}
	for _, signal := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
		command, _ := started(t)
		if err := command.Process.Signal(signal); err != nil {
			t.Fatal(err)
		}
		if err := command.Wait(); err != nil {
			t.Errorf("after %v: %v", signal, err)
		}
	}
	command, addr := started(t)
	slow, err := net.Dial("tcp", addr) // a request under way that keeps it from ending
	if err != nil {
		t.Fatal(err)
	}
	defer slow.Close()
	if _, err := io.WriteString(slow, "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{"); err != nil {
		t.Fatal(err)
	}
	time.Sleep(200 * time.Millisecond)
	begun := time.Now()
	for range 2 {
		if err := command.Process.Signal(os.Interrupt); err != nil {
			t.Fatal(err)
		}
		time.Sleep(200 * time.Millisecond)
	}
	if err := command.Wait(); err == nil || time.Since(begun) > 3*time.Second {
		t.Errorf("after two signals: %v in %v", err, time.Since(begun))
	}
}

// started runs serve as a process of its own and waits until it answers.
func started(t *testing.T) (*exec.Cmd, string) {
	t.Helper()
	command := exec.Command(os.Args[0], "serve", "--read-only", "--addr", "127.0.0.1:0", "--db", filepath.Join(t.TempDir(), "none.db"))
	command.Env = append(os.Environ(), asCommand+"=1", "TMPDIR="+t.TempDir()) // killed, it leaves its file
	out, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = command.Process.Kill() })
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if m := address.FindStringSubmatch(lines.Text()); m != nil {
			go func() { _, _ = io.Copy(io.Discard, out) }()
			return command, strings.TrimPrefix(m[1], "http://")
		}
	}
	t.Fatal("serve printed no address")
	return nil, ""
}
