package crash

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"shouwang/internal/store"
	"shouwang/internal/territory"
	"shouwang/test/processtest"
)

var acts = flag.Int("crash.acts", 4, "how many times the server is killed during each kind of bulk act; 4 is the short form of the suite")

const (
	other   = "330200001002"
	perFile = 1200 // residents
)

// world2 is the ground of the crash tests with a second community, whose doors
// nobody records at, and a token that may change all of it.
func (s *server) world2() (token string) {
	s.t.Helper()
	raw, err := os.ReadFile(ground(s.t))
	if err != nil {
		s.t.Fatal(err)
	}
	file := filepath.Join(s.t.TempDir(), "places.csv")
	rows := string(raw) + other + ",社区,己社区,330200001000,,,,,\n"
	if err := os.WriteFile(file, []byte(rows), 0o600); err != nil {
		s.t.Fatal(err)
	}
	var done map[string]any
	s.command(&done, "import", "places", file)
	var made struct{ Token string }
	s.command(&made, "token", "create", "--role", "commander", "--place", "3302")
	return made.Token
}

// post asks the server one thing; status is 0 when no answer came.
func (s *server) post(token, path, op string, body []byte, head map[string]string) (status int, raw []byte) {
	q, _ := http.NewRequest("POST", "http://"+s.addr+"/api/v1"+path, bytes.NewReader(body))
	q.Header.Set("Authorization", "Bearer "+token)
	q.Header.Set("Content-Type", "application/json")
	q.Header.Set("Operation-Id", op)
	for k, v := range head {
		q.Header.Set(k, v)
	}
	r, err := http.DefaultClient.Do(q)
	if err != nil {
		return 0, nil
	}
	defer r.Body.Close()
	if raw, err = io.ReadAll(r.Body); err != nil {
		return 0, nil
	}
	return r.StatusCode, raw
}

// kills does one thing over and over: twice to its end, to learn how long it takes,
// then with the server killed somewhere in it, until some kill came in the middle. act returns whether it was
// answered as done; look is asked after each start, and after it the world is sound.
func (s *server) kills(n int, dice *rand.Rand, act func(i int) bool, look func(i int, answered bool) (done bool)) {
	s.t.Helper()
	var long time.Duration
	for i := range 2 {
		began := time.Now()
		if !act(i) {
			s.t.Fatalf("one was refused:\n%s", s.Said())
		}
		if long = time.Since(began); !look(i, true) {
			s.t.Fatal("what was done is not to be seen")
		}
	}
	midway, all := 0, 0
	for i := 2; i < n+2 || midway == 0 && i < 5*n; i++ {
		answer := make(chan bool, 1)
		go func() { answer <- act(i) }()
		time.Sleep(long * time.Duration(5+dice.IntN(90)) / 100)
		s.Kill()
		answered := <-answer
		if err := s.Sound(); err != nil { // begins from the kill, too
			s.t.Fatal(err)
		}
		s.start()
		done := look(i, answered)
		if answered && !done {
			s.t.Fatal("answered as done, and it is not there")
		}
		if !answered {
			midway++
		}
		if done {
			all++
		}
	}
	s.t.Logf("%d in the middle of one (it takes %s), %d were done", midway, long.Round(time.Millisecond), all)
	if midway == 0 {
		s.t.Error("void: no kill came in the middle")
	}
	s.Stop()
	if err := s.Sound(); err != nil {
		s.t.Fatal(err)
	}
}

// open looks at the data of a server that is not running.
func (s *server) open() *store.Store {
	s.t.Helper()
	d, err := store.Open(context.Background(), "sqlite:"+filepath.Join(s.data, "shouwang.db"), store.Options{Clock: time.Now})
	if err != nil {
		s.t.Fatal(err)
	}
	return d
}

// Killed while half a community moves, the server has moved all of it or nothing.
func TestKilledDuringAMove(t *testing.T) {
	s := newServer(t, processtest.Binary(t, ""))
	token := s.world2()
	s.start()
	grid, to := s.place(token, community+"-01"), map[bool]place{}
	to[true], to[false] = s.place(token, other), s.place(token, community)
	there := false
	act := func(i int) bool {
		var plan struct{ Plan string }
		status, raw := s.post(token, "/places/"+grid.ID+"/move", fmt.Sprint("plan-", i), []byte(`{"to":"`+to[!there].ID+`"}`), nil)
		if status == 0 {
			return false
		}
		if err := json.Unmarshal(raw, &plan); err != nil || plan.Plan == "" {
			t.Errorf("plan %d: %d %s", i, status, raw)
			return false
		}
		status, raw = s.post(token, "/reshapes/"+plan.Plan+"/apply", fmt.Sprint("apply-", i), nil, nil)
		if status != 0 && status != http.StatusOK && status != http.StatusServiceUnavailable {
			t.Errorf("apply %d: %d %s", i, status, raw)
		}
		return status == http.StatusOK
	}
	look := func(i int, _ bool) bool {
		g := s.place(token, grid.ID)
		in := map[bool]place{true: s.place(token, other), false: s.place(token, community)}
		moved := g.ParentID == to[!there].ID
		if moved {
			there = !there
		}
		if in[there].Doors != doors || in[!there].Doors != 0 || g.ParentID != to[there].ID {
			t.Fatalf("a half: %d doors in the one, %d in the other, the grid below %s", in[there].Doors, in[!there].Doors, g.ParentID)
		}
		return moved
	}
	s.kills(*acts, rand.New(rand.NewPCG(*seed, 3)), act, look)
	d := s.open()
	defer d.Close()
	if bad, err := d.Astray(t.Context()); err != nil || len(bad) > 0 {
		t.Fatal(bad, err)
	}
	ps, err := d.PlacesUnder(t.Context(), "", territory.Door)
	if err != nil || len(ps) != doors {
		t.Fatal(len(ps), err)
	}
}

// place is what the tests read of a place.
type place struct {
	ID, Code  string
	ParentID  string `json:"parent_id"`
	Doors     int
	Residents int
}

func (s *server) place(token, key string) (p place) {
	s.t.Helper()
	s.get(token, "/places/"+key, &p)
	return p
}

// Killed while a register comes in, the server has all of the file or none of it.
func TestKilledDuringAnImport(t *testing.T) {
	s := newServer(t, processtest.Binary(t, ""))
	token := s.world2()
	s.start()
	have := 0
	act := func(i int) bool {
		status, raw := s.post(token, "/imports/residents", fmt.Sprint("import-", i), register(i), map[string]string{"Content-Type": "application/octet-stream", "File-Name": url.PathEscape(fmt.Sprintf("%d.csv", i))})
		if status != 0 && status != http.StatusOK && status != http.StatusServiceUnavailable {
			t.Errorf("import %d: %d %s", i, status, raw)
		}
		return status == http.StatusOK
	}
	look := func(i int, _ bool) bool {
		n := s.place(token, community).Residents
		if n != have && n != have+perFile {
			t.Fatalf("a half: %d residents after %d of %d", n, have, perFile)
		}
		done := n > have
		have = n
		return done
	}
	s.kills(*acts, rand.New(rand.NewPCG(*seed, 4)), act, look)
}

// register is a file of invented residents, another for each number.
func register(n int) []byte {
	var b strings.Builder
	b.WriteString("小区,楼号,单元,室,姓名,性别,与户主关系\n")
	signs := []rune("甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥")
	for i := range perFile {
		d := i % doors
		fmt.Fprintf(&b, "戊里,%d,%d,%d,某%c%c,女,户主\n", d/100+1, d%100/50+1, (d%50/5+1)*100+d%5+1, signs[n/len(signs)], signs[n%len(signs)])
	}
	return []byte(b.String())
}

// Killed while it makes backups, the server leaves none that is called whole and is
// not; a restore that is killed leaves no world, and the same command makes one.
func TestKilledDuringBackupAndRestore(t *testing.T) {
	s := newServer(t, processtest.Binary(t, ""))
	token := s.world2()
	dice := rand.New(rand.NewPCG(*seed, 5))
	dir, secret := t.TempDir(), filepath.Join(t.TempDir(), "secret")
	backups := filepath.Join(dir, "backups")
	var pair struct{ Recipient string }
	if err := json.Unmarshal(s.bare("backup", "keygen", "--out", secret), &pair); err != nil {
		t.Fatal(err)
	}
	lock := []string{"--to", backups, "--keys-to", backups + "-keys", "--recipient", pair.Recipient}
	s.start()
	if status, raw := s.post(token, "/imports/residents", "one", register(0), map[string]string{"Content-Type": "application/octet-stream", "File-Name": "one.csv"}); status != http.StatusOK {
		t.Fatal(status, string(raw))
	}
	s.Stop()
	s.More = []string{"--backup-to", backups, "--backup-keys-to", backups + "-keys", "--backup-recipient", pair.Recipient, "--backup-every", "1s"}
	had := map[string]bool{}
	for range *acts {
		s.start()
		unfinished(t, backups, had)
		time.Sleep(time.Duration(dice.IntN(60)) * time.Millisecond)
		s.Kill()
	}
	var made struct{ ID, Dir string }
	s.command(&made, append([]string{"backup", "make"}, lock...)...)
	var list struct {
		Backups []struct{ ID, Dir, State string }
	}
	if err := json.Unmarshal(s.bare("backup", "list", backups), &list); err != nil {
		t.Fatal(err)
	}
	states := map[string]int{}
	for _, b := range list.Backups {
		if states[b.State]++; b.State == "incomplete" && states[b.State] <= 3 { // whole, and not tried before
			s.bare("backup", "verify", b.Dir, "--keys-file", filepath.Join(backups+"-keys", b.ID+".keys.age"), "--identity", secret)
		}
	}
	t.Logf("%d kills during backups left %v", *acts, states)
	if states["interrupted"] == 0 || states["damaged"] > 0 {
		t.Error("a kill in the middle of a backup is to be seen as that and nothing else")
	}
	into := func() []string {
		return []string{"restore", made.Dir, "--keys-file", filepath.Join(backups+"-keys", made.ID+".keys.age"), "--identity", secret}
	}
	var long time.Duration
	for i := range *acts {
		r := newServer(t, s.Bin)
		c := r.Line(into()...)
		began := time.Now()
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		if i > 0 {
			time.Sleep(long * time.Duration(10+dice.IntN(85)) / 100)
			_ = c.Process.Kill()
		}
		err := c.Wait()
		if i == 0 {
			if long = time.Since(began); err != nil {
				t.Fatal(err)
			}
		}
		if _, missing := os.Stat(filepath.Join(r.data, "shouwang.db")); missing != nil { // nothing: the same command makes it
			var done map[string]any
			r.command(&done, into()...)
		}
		if err := r.Sound(); err != nil {
			t.Fatal(i, err)
		}
		r.start()
		if n := r.place(token, community).Residents; n != perFile {
			t.Fatalf("restored %d of %d residents", n, perFile)
		}
		r.Kill()
	}
	t.Logf("%d restores, %d of them killed; one takes %s", *acts, *acts-1, long.Round(time.Millisecond))
}

// unfinished waits until a backup is being made that was not there before.
func unfinished(t *testing.T, dir string, had map[string]bool) {
	t.Helper()
	for began := time.Now(); time.Since(began) < 20*time.Second; time.Sleep(time.Millisecond) {
		all, _ := filepath.Glob(filepath.Join(dir, "*.partial"))
		for _, f := range all {
			if !had[f] {
				had[f] = true
				return
			}
		}
	}
	t.Fatal("no backup began")
}

// bare runs a command that is of no world.
func (s *server) bare(args ...string) []byte {
	s.t.Helper()
	n := processtest.New(s.t, s.Bin, nil, nil)
	out, err := n.Line(args...).CombinedOutput()
	if err != nil {
		s.t.Fatalf("shouwang %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return out
}
