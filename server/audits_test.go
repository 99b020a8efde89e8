package server

import (
	"bytes"
	"encoding/json"
	"net/http/httptest"
	"os"
	"os/exec"
	"testing"

	"tarikh/internal/npmtest"
)

func TestEveryAuditOfGraphQLOverHTTPPasses(t *testing.T) {
	folder := npmtest.Install(t, "testdata/audits", "the audits")
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
