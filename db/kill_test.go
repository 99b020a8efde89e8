package db

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tarikh/timeline"
)

// writerFile names the database that this test binary writes to when it is started
// as a writer by the test below.
const writerFile = "TARIKH_TEST_WRITER_FILE"

// writeUntilKilled writes ten events at a time and says so after each write.
func writeUntilKilled(path string) int {
	ctx := context.Background()
	fail := func(err error) int {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	d, err := Open(ctx, path, Options{})
	if err != nil {
		return fail(err)
	}
	for n := 0; ; n++ {
		w, err := d.Write(ctx, someone(), func(tx *Tx) error {
			records := []*timeline.Record{source("paper"), actor("army"), location("gao")}
			for i := range 10 {
				records = append(records, event(fmt.Sprintf("e-%d-%d-%d", os.Getpid(), n, i), func(e *timeline.EventRecord) {
					e.Claims = []timeline.ClaimRecord{killed(i)}
					e.Places = []timeline.PlaceRecord{{Location: ref("gao"), Role: timeline.RoleSite, Precision: timeline.PlaceExact}}
				}))
			}
			outcomes, err := tx.Put(ctx, records)
			for _, o := range outcomes {
				if err == nil {
					err = o.Err
				}
			}
			return err
		})
		if err != nil {
			return fail(err)
		}
		fmt.Printf("e-%d-%d revision %d\n", os.Getpid(), n, w.Revision)
	}
}

func TestAWriterKilledAtAnyMomentLosesNothingThatItAcknowledged(t *testing.T) {
	kills := 100
	if testing.Short() {
		kills = 10
	}
	const perFile = 10
	random := rand.New(rand.NewPCG(uint64(kills), 1))
	path, acknowledged, total := "", []string(nil), 0
	for n := range kills {
		if n%perFile == 0 { // each file is begun by a writer that may be killed while it makes it
			path, acknowledged = filepath.Join(t.TempDir(), "killed.db"), nil
		}
		said := killWriter(t, path, n%2 == 0, time.Duration(random.IntN(60_000))*time.Microsecond)
		acknowledged, total = append(acknowledged, said...), total+len(said)
		checkSurvivor(t, path, acknowledged)
	}
	want(t, "that anything was written at all", total > kills/4, true)
	t.Logf("%d kills, %d acknowledged writes", kills, total)
}

// killWriter starts a writer, kills it a while after its start or its first write,
// and gives the writes that it acknowledged.
func killWriter(t *testing.T, path string, fromStart bool, after time.Duration) []string {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), writerFile+"="+path)
	var complaint strings.Builder
	cmd.Stderr = &complaint
	out, err := cmd.StdoutPipe()
	must(t, err)
	must(t, cmd.Start())
	kill := func() { time.Sleep(after); _ = cmd.Process.Kill() }
	if fromStart {
		go kill()
	}
	var said []string
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if len(said) == 0 && !fromStart {
			go kill()
		}
		said = append(said, lines.Text())
	}
	_ = cmd.Wait() // it was killed
	want(t, "what the writer complained of", complaint.String(), "")
	return said
}

// checkSurvivor opens the file that a killed writer left.
func checkSurvivor(t *testing.T, path string, acknowledged []string) {
	t.Helper()
	d, err := Open(context.Background(), path, Options{})
	must(t, err)
	defer d.Close()
	viewed(t, d, func(v *View) {
		for _, said := range acknowledged {
			name, _, _ := strings.Cut(said, " ")
			for i := range 10 {
				key := fmt.Sprintf("%s-%d", name, i)
				_, ok := v.x.Resolve(timeline.KindEvent, key)
				want(t, "that the acknowledged "+key+" is there", ok, true)
			}
		}
	})
	healthy(t, d)
}
