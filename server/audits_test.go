package server

import (
	"bytes"
	"encoding/json"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// auditing is the folder with the audit suite, its libraries installed.
func auditing(t *testing.T) string {
	t.Helper()
	for _, tool := range []string{"node", "npm"} {
		if _, err := exec.LookPath(tool); err != nil {
			if os.Getenv("CI") != "" {
				t.Fatalf("%s is missing, and in CI the audits must run", tool)
			}
			t.Skipf("the audits did not run: %s is missing", tool)
		}
	}
	const folder = "testdata/audits"
	lock, err := os.Stat(filepath.Join(folder, "package-lock.json"))
	if err != nil {
		t.Fatal(err)
	}
	installed, err := os.Stat(filepath.Join(folder, "node_modules", ".package-lock.json"))
	if err == nil && !installed.ModTime().Before(lock.ModTime()) {
		return folder
	}
	npm := exec.CommandContext(t.Context(), "npm", "ci", "--no-audit", "--no-fund")
	npm.Dir = folder
	if out, err := npm.CombinedOutput(); err != nil {
		t.Fatalf("npm ci: %v\n%s", err, out)
	}
	return folder
}

func TestEveryAuditOfGraphQLOverHTTPPasses(t *testing.T) {
	folder := auditing(t)
	eachExecutor(t, func(t *testing.T, by func(*Options)) { passEveryAudit(t, folder, by) })
}

func passEveryAudit(t *testing.T, folder string, by func(*Options)) {
	listening := httptest.NewServer(serving(t, by).Handler())
	defer listening.Close()
	node := exec.CommandContext(t.Context(), "node", "run.mjs", listening.URL+"/graphql")
	node.Dir = folder
	node.Stderr = os.Stderr
	out, err := node.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var count struct{ Total, OK int }
	lines := bytes.Split(bytes.TrimSpace(out), []byte("\n"))
	if err := json.Unmarshal(lines[len(lines)-1], &count); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Logf("%d of %d audits pass", count.OK, count.Total)
	if count.Total != 61 || count.OK != count.Total {
		t.Errorf("%s", out)
	}
}
