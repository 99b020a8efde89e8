// Package npmtest installs what tests need of other people's JavaScript, once for each lock file.
package npmtest

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// Install makes sure that a folder with a package-lock.json has the libraries of that very file, and gives
// the folder back. Where node or npm is missing the test is skipped, and says so by what, such as "the
// audits"; in CI it fails.
func Install(t *testing.T, folder, what string) string {
	t.Helper()
	for _, tool := range []string{"node", "npm"} {
		if _, err := exec.LookPath(tool); err != nil {
			if os.Getenv("CI") != "" {
				t.Fatalf("%s is missing, and in CI %s must run", tool, what)
			}
			t.Skipf("%s did not run: %s is missing", what, tool)
		}
	}
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
