package servers

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"shouwang/internal/store/pgtest"
)

var (
	long  = flag.Int("servers.n", 1, "how many times over the faults are gone through; 1 is the short form of the suite")
	seed  = flag.Uint64("servers.seed", 1, "seed of the moments of the faults")
	limit = flag.Duration("servers.wait", 5*time.Second, "the longest that a client may wait for an acknowledgement")
)

// leastRate is the acknowledged writes a second below which a run proves nothing.
const leastRate = 100

// Three servers, broken in every way we know while clients write and listen: what
// was acknowledged is there once, nobody waits long, nobody misses an entry, and
// work by the clock is done once.
func TestThreeServersBroken(t *testing.T) {
	f := newFleet(t, "", nil)
	dice := rand.New(rand.NewPCG(*seed, 1))
	if err := f.lay(time.Duration(*long) * 20 * time.Second); err != nil {
		t.Fatal(err)
	}
	ears, err := f.ears(4)
	if err != nil {
		t.Fatal(err)
	}
	c := f.begin(32)
	warm := time.Now()
	time.Sleep(3 * time.Second)
	rate := c.rate(warm.Add(time.Second), time.Now())
	if rate < leastRate {
		t.Errorf("void: %.0f acknowledged writes a second, at least %d are needed", rate, leastRate)
	}
	cuts := 0 // of the relays, over all rounds
	for range *long {
		f.killed(c, dice)
		cuts = f.cut(c, dice)
		f.stopped(c, dice, 11*time.Second)
		f.parted(c, dice)
		f.crashed(c)
	}
	f.imported()
	time.Sleep(time.Second)
	c.end()
	time.Sleep(6 * time.Second) // the last of the work by the clock
	moves := hush(ears, 20*time.Second)
	f.conclude(c, ears)
	t.Logf("%.0f acknowledged writes/s before the faults, %d COMMITs cut, listeners moved %d times", rate, cuts, moves)
	if cuts < 3 || moves < 8 {
		t.Errorf("void: %d COMMITs were cut and listeners moved %d times", cuts, moves)
	}
}

// report prints how long a fault was felt and holds it against the limit.
func (f *fleet) report(c *team, what string, from time.Time) {
	f.t.Helper()
	time.Sleep(500 * time.Millisecond)
	o := c.outage(from)
	f.t.Logf("%-44s longest wait of any client %s", what, o.Round(time.Millisecond))
	if o > *limit {
		f.t.Errorf("%s: a client waited %s, at most %s is allowed", what, o, *limit)
	}
}

// killed kills each server once under load and starts it again.
func (f *fleet) killed(c *team, dice *rand.Rand) {
	for _, i := range dice.Perm(len(f.nodes)) {
		from := time.Now()
		f.nodes[i].End(syscall.SIGKILL)
		time.Sleep(time.Duration(200+dice.IntN(600)) * time.Millisecond)
		f.report(c, fmt.Sprint("server ", i, " killed"), from)
		f.nodes[i].Start()
		f.nodes[i].Ready()
	}
}

// cut cuts wires at COMMIT in each way, on each server.
func (f *fleet) cut(c *team, dice *rand.Rand) (n int) {
	from := time.Now()
	for _, way := range []pgtest.Cut{pgtest.Silent, pgtest.Blind, pgtest.Never} {
		for _, i := range dice.Perm(len(f.nodes)) {
			had := f.nodes[i].relay.Cuts()
			f.nodes[i].relay.CutAt(way)
			for began := time.Now(); f.nodes[i].relay.Cuts() == had && time.Since(began) < time.Second; {
				time.Sleep(10 * time.Millisecond)
			}
		}
	}
	for _, x := range f.nodes {
		n += x.relay.Cuts()
	}
	f.report(c, "wires cut at COMMIT", from)
	return n
}

// stopped stops a server in the middle of its work and lets it go on.
func (f *fleet) stopped(c *team, dice *rand.Rand, pause time.Duration) {
	i := dice.IntN(len(f.nodes))
	from := time.Now()
	f.nodes[i].Signal(syscall.SIGSTOP)
	time.Sleep(pause)
	f.nodes[i].Signal(syscall.SIGCONT)
	f.report(c, fmt.Sprintf("server %d stopped for %s", i, pause), from)
}

// parted cuts a server off from the database for a while.
func (f *fleet) parted(c *team, dice *rand.Rand) {
	i := dice.IntN(len(f.nodes))
	from := time.Now()
	f.nodes[i].relay.Drop(true)
	time.Sleep(1500 * time.Millisecond)
	f.nodes[i].relay.Up()
	f.report(c, fmt.Sprintf("server %d cut off from the database", i), from)
}

// crashed kills the whole database and starts it again; what counts is how long it
// takes from then on.
func (f *fleet) crashed(c *team) {
	f.t.Helper()
	if err := f.cluster.Crash(); err != nil {
		f.t.Error(err)
	}
	time.Sleep(700 * time.Millisecond)
	if err := f.cluster.Restart(); err != nil {
		f.t.Fatal(err)
	}
	up := time.Now()
	back := c.silence(up)
	f.t.Logf("%-44s first acknowledgement after %s", "database killed and up again", back.Round(time.Millisecond))
	if back > *limit {
		f.t.Errorf("the first write came back %s after the database, at most %s is allowed", back, *limit)
	}
	time.Sleep(500 * time.Millisecond)
}

// imported sends one file to all servers at one time: each row goes in once.
func (f *fleet) imported() {
	f.t.Helper()
	var rows strings.Builder
	rows.WriteString("小区,楼号,单元,室,姓名,性别,与户主关系\n")
	const people = 200
	for i := range people {
		fmt.Fprintf(&rows, "戊里,%d,%d,%d0%d,王%c%c,女,户主\n", i/100+1, i%100/50+1, i%50/5+1, i%5+1, []rune("一二三四五六七八九十")[i%10], []rune("甲乙丙丁戊己庚辛壬癸")[i/10%10])
	}
	var mu sync.Mutex
	var wg sync.WaitGroup
	total, unchanged := 0, 0
	for i := range f.nodes {
		wg.Go(func() {
			var out struct{ Inserted, Unchanged, Rejected int }
			for range 5 {
				status, raw, err := f.do(context.Background(), i, "POST", "/imports/residents", fmt.Sprint("import-", i), []byte(rows.String()))
				if err == nil && status == 200 && json.Unmarshal(raw, &out) == nil {
					break
				}
				f.t.Logf("import at server %d: %d %.300s %v", i, status, raw, err)
				time.Sleep(300 * time.Millisecond)
			}
			mu.Lock()
			defer mu.Unlock()
			total += out.Inserted
			unchanged += out.Unchanged
		})
	}
	wg.Wait()
	for _, n := range f.nodes {
		if status, _, err := f.do(context.Background(), 0, "GET", "/me", "", nil); err != nil {
			f.t.Logf("%d %v\n%.2000s", status, err, n.Said())
		}
	}
	if total != people || unchanged != 2*people {
		f.t.Errorf("one file of %d people at three servers: %d inserted, %d unchanged", people, total, unchanged)
	}
}

// conclude judges and stops everything, then lets the binary verify.
func (f *fleet) conclude(c *team, ears []*ear) {
	f.t.Helper()
	v, err := f.judge(c, ears)
	if err != nil {
		f.t.Fatal(err)
	}
	f.t.Logf("%d tried, %d acknowledged; lost %d, doubled %d, unsound %d, feed %d, jobs %d, wrong answers %d",
		v.tried, v.acked, len(v.lost), len(v.doubled), len(v.unsound), len(v.feed), len(v.jobs), len(c.wrong))
	for what, list := range map[string][]string{"acknowledged and lost": v.lost, "done twice": v.doubled, "unsound": v.unsound, "of the feed": v.feed, "of the work by the clock": v.jobs, "wrong answers": c.wrong} {
		if len(list) > 0 {
			f.t.Errorf("%d %s, e.g. %s", len(list), what, strings.Join(list[:min(3, len(list))], " | "))
		}
	}
	if v.acked != v.tried {
		f.t.Errorf("%d operations were never settled", v.tried-v.acked)
	}
	for _, n := range f.nodes {
		n.End(syscall.SIGTERM)
	}
	var sound struct {
		Entries     int64
		Checkpoints int
		Problems    []struct{ ZH, EN string }
	}
	if err := f.nodes[1].Command(&sound, "verify"); err != nil || len(sound.Problems) > 0 || sound.Entries == 0 || sound.Checkpoints == 0 {
		f.t.Errorf("verify: %+v %v", sound, err)
	}
}

// A server that does not know an operation again must be caught.
func TestCatchesOperationsDoneTwice(t *testing.T) {
	// Whether a kill falls between a commit and its reply is chance: on a busy machine
	// a few kills may all miss, so there are several tries.
	for try := range 4 {
		f := newFleet(t, "planted", nil, "SHOUWANG_PLANTED=operation-not-kept")
		dice := rand.New(rand.NewPCG(*seed, 2+uint64(try)<<8))
		c := f.begin(8)
		for range 3 {
			time.Sleep(500 * time.Millisecond)
			f.killed(c, dice)
		}
		c.end()
		v, err := f.judge(c, nil)
		if err != nil {
			t.Fatal(err)
		}
		if t.Logf("doubled %d", len(v.doubled)); len(v.doubled) > 0 {
			return
		}
	}
	t.Fatal("a server that does operations twice was not caught: the test proves nothing")
}

// A stream that goes on at the end after a failed read must be caught.
func TestCatchesAStreamThatSkips(t *testing.T) {
	f := newFleet(t, "planted", nil, "SHOUWANG_PLANTED=jump-after-error")
	dice := rand.New(rand.NewPCG(*seed, 3))
	ears, err := f.ears(4)
	if err != nil {
		t.Fatal(err)
	}
	c := f.begin(8)
	for range 3 {
		time.Sleep(500 * time.Millisecond)
		for _, i := range dice.Perm(len(f.nodes)) {
			f.nodes[i].relay.Drop(true)
			time.Sleep(700 * time.Millisecond)
			f.nodes[i].relay.Up()
		}
	}
	c.end()
	hush(ears, 15*time.Second)
	v, err := f.judge(c, ears)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("feed %d", len(v.feed))
	if len(v.feed) == 0 {
		t.Fatal("a stream that skips was not caught: the test proves nothing")
	}
}
