package servers

import (
	"testing"
	"time"

	"shouwang/internal/store/pgtest"
)

// A synchronous standby is promoted when the first database dies: nothing that was
// acknowledged is lost, and writes come back within half a minute without anybody
// touching the servers.
func TestStandbyPromoted(t *testing.T) {
	var second *pgtest.Cluster
	f := newFleet(t, "", func(c *pgtest.Cluster, dsn string) string {
		if second == nil {
			var err error
			if second, err = c.Standby(); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(second.Stop)
		}
		return c.With(dsn, second)
	})
	if err := f.lay(10 * time.Second); err != nil {
		t.Fatal(err)
	}
	ears, err := f.ears(2)
	if err != nil {
		t.Fatal(err)
	}
	c := f.begin(32)
	warm := time.Now()
	time.Sleep(3 * time.Second)
	if rate := c.rate(warm.Add(time.Second), time.Now()); rate < leastRate {
		t.Errorf("void: %.0f acknowledged writes a second, at least %d are needed", rate, leastRate)
	}
	died := time.Now()
	if err := f.cluster.Crash(); err != nil {
		t.Fatal(err)
	}
	if err := second.Promote(); err != nil {
		t.Fatal(err)
	}
	promoted := time.Since(died)
	out := c.silence(died)
	t.Logf("the standby took over after %s, the first acknowledgement came after %s", promoted.Round(time.Millisecond), out.Round(time.Millisecond))
	if out > 30*time.Second {
		t.Errorf("writes came back after %s", out)
	}
	time.Sleep(2 * time.Second)
	c.end()
	time.Sleep(8 * time.Second)
	hush(ears, 20*time.Second)
	f.db = second.With(f.db, f.cluster)
	f.conclude(c, ears)
}
