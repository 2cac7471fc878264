package crash

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"shouwang/internal/store"
	"shouwang/test/processtest"
)

var (
	rounds = flag.Int("crash.n", 50, "how many times the server is killed")
	seed   = flag.Uint64("crash.seed", 1, "seed of the moments of killing")
)

const (
	clients  = 16
	doors    = 1200
	leastPer = 100 // acknowledged writes a second, below which a run proves nothing
)

// outcome is what a run found.
type outcome struct {
	tried, acked, open   int // operations; open: never answered
	lost, doubled, wrong []string
	unsound              []string
	perSecond            float64
	kills                int
	midway               int // operations that a kill left without an answer
	slowestStart         time.Duration
}

func (o outcome) String() string {
	return fmt.Sprintf("%d kills, %d tried, %d acknowledged, %.0f/s, %d left open by a kill and settled; lost %d, doubled %d, wrong %d, unsound %d; slowest start %s",
		o.kills, o.tried, o.acked, o.perSecond, o.midway, len(o.lost), len(o.doubled), len(o.wrong), len(o.unsound), o.slowestStart.Round(time.Millisecond))
}

// run lets the clients write, kills the server n times in the middle of it, starts
// it again, and compares.
func run(t *testing.T, s *server, n int, dice *rand.Rand) outcome {
	token, round, places := s.world(doors)
	first := map[string]int64{}
	for _, d := range places {
		first[d.id] = d.version
	}
	var o outcome
	var mu sync.Mutex
	var acks atomic.Int64
	file := filepath.Join(t.TempDir(), "log")
	log := newLogbook(t, file)
	web := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: clients}}
	team := make([]*client, clients)
	for i := range team {
		team[i] = &client{n: i, http: web, base: "http://" + s.addr, token: token, round: round, log: log, batch: 1, at: map[string]int64{}, acks: &acks,
			wrong: func(text string) {
				mu.Lock()
				defer mu.Unlock()
				o.wrong = append(o.wrong, text)
			}}
		for _, d := range places[i*len(places)/clients : (i+1)*len(places)/clients] {
			team[i].doors = append(team[i].doors, d.id)
			team[i].at[d.id] = d.version
		}
		if i < 2 {
			team[i].batch = 5 // phones that come back from a stairwell
		}
	}
	all := func(ctx context.Context, do func(*client, context.Context)) {
		var wg sync.WaitGroup
		for _, c := range team {
			wg.Go(func() { do(c, ctx) })
		}
		wg.Wait()
	}
	var worked time.Duration
	for range n {
		ctx, stop := context.WithCancel(context.Background())
		began := time.Now()
		time.AfterFunc(time.Duration(150+dice.IntN(500))*time.Millisecond, func() {
			worked += time.Since(began)
			s.Kill()
			stop()
		})
		all(ctx, (*client).run)
		<-ctx.Done()
		o.kills++
		for _, c := range team {
			o.midway += len(c.open)
		}
		web.CloseIdleConnections()
		began = time.Now()
		s.start()
		o.slowestStart = max(o.slowestStart, time.Since(began))
		settle, end := context.WithTimeout(context.Background(), 30*time.Second)
		all(settle, (*client).settle)
		end()
		if o.kills%10 == 0 {
			s.Kill() // the check itself begins from a kill, too
			o.compare(t, s, file, round, first)
			if len(o.lost)+len(o.doubled)+len(o.unsound) > 0 {
				break
			}
			s.start()
		}
	}
	o.perSecond = float64(acks.Load()) / worked.Seconds()
	s.Stop()
	log.close()
	o.compare(t, s, file, round, first)
	return o
}

// compare holds the log against the journal and the rows on disk.
func (o *outcome) compare(t *testing.T, s *server, file, round string, first map[string]int64) {
	t.Helper()
	if err := s.Sound(); err != nil {
		o.unsound = append(o.unsound, err.Error())
	}
	ctx := context.Background()
	d, err := store.Open(ctx, "sqlite:"+filepath.Join(s.data, "shouwang.db"), store.Options{Clock: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	done, perDoor := map[string]int{}, map[string]int64{}
	for at := int64(0); ; {
		es, err := d.Entries(ctx, at, 5000)
		if err != nil {
			t.Fatal(err)
		}
		if len(es) == 0 {
			break
		}
		for _, e := range es {
			if e.Verb == "target.recorded" {
				done[e.Op]++
				perDoor[e.PlaceID]++
			}
		}
		at = es[len(es)-1].Seq
	}
	o.tried, o.acked, o.open, o.lost, o.doubled = 0, 0, 0, nil, nil
	for op, c := range readLog(t, file) {
		o.tried++
		if c.acked {
			o.acked++
			if done[op] == 0 {
				o.lost = append(o.lost, op)
			}
		} else {
			o.open++
		}
		if done[op] > 1 || c.seen > 1 {
			o.doubled = append(o.doubled, op)
		}
		delete(done, op)
	}
	for op := range done {
		o.unsound = append(o.unsound, "an operation nobody tried: "+op)
	}
	targets, err := d.Targets(ctx, round, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range targets { // a row that moved without an entry, or an entry without its row
		if x.Version != first[x.PlaceID]+perDoor[x.PlaceID] {
			o.unsound = append(o.unsound, fmt.Sprintf("door %s is at version %d after %d records", x.PlaceID, x.Version, perDoor[x.PlaceID]))
		}
	}
}

// Killed under load again and again, the server loses nothing that it acknowledged
// and does nothing twice.
func TestNothingAcknowledgedIsLost(t *testing.T) {
	s := newServer(t, processtest.Binary(t, ""))
	o := run(t, s, *rounds, rand.New(rand.NewPCG(*seed, 1)))
	t.Log(o)
	if o.perSecond < leastPer {
		t.Errorf("void: %.0f acknowledged writes a second, at least %d are needed", o.perSecond, leastPer)
	}
	if o.midway == 0 {
		t.Error("void: no kill came in the middle of a write")
	}
	report(t, o)
	if o.open > 0 {
		t.Errorf("%d operations were never settled", o.open)
	}
}

// The same checks must catch a server that answers before it commits.
func TestCheckerCatchesAnAnswerBeforeTheCommit(t *testing.T) {
	s := newServer(t, processtest.Binary(t, "planted"), "SHOUWANG_PLANTED=answer-before-commit")
	o := run(t, s, 10, rand.New(rand.NewPCG(*seed, 2)))
	t.Log(o)
	if len(o.lost) == 0 {
		t.Fatal("a server that answers before it commits was not caught: the crash test proves nothing")
	}
}

func report(t *testing.T, o outcome) {
	t.Helper()
	for what, list := range map[string][]string{"acknowledged and lost": o.lost, "done twice": o.doubled, "wrong answers": o.wrong, "unsound": o.unsound} {
		if len(list) > 0 {
			t.Errorf("%d %s, e.g. %s", len(list), what, strings.Join(list[:min(3, len(list))], " | "))
		}
	}
}
