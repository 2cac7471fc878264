package access_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"shouwang/internal/access"
)

var cheap = access.Cost{MemoryKiB: 64, Passes: 1, Threads: 1}

func TestPasswords(t *testing.T) {
	ctx := context.Background()
	p := access.NewPasswords(cheap, 0)
	good := "长塘里三号楼的门前有两棵树"
	h, err := p.New(ctx, "chen", good)
	if err != nil || !strings.HasPrefix(string(h), "$argon2id$v=19$m=64,t=1,p=1$") || strings.Contains(string(h), good) {
		t.Fatal(h, err)
	}
	again, _ := p.New(ctx, "chen", good)
	if again == h {
		t.Error("two hashes of one password are equal: no salt")
	}
	acc := &access.Account{ID: "1", Login: "chen", PasswordHash: h}
	if stale, err := p.Check(ctx, acc, good); err != nil || stale {
		t.Errorf("right password: %v %v", stale, err)
	}
	if stale, err := access.NewPasswords(access.Cost{MemoryKiB: 128, Passes: 1, Threads: 1}, 0).Check(ctx, acc, good); err != nil || !stale {
		t.Errorf("another cost: %v %v", stale, err)
	}
	disabled := &access.Account{ID: "2", Login: "li", PasswordHash: h, Disabled: true}
	var texts []string
	for name, a := range map[string]*access.Account{"unknown": nil, "disabled": disabled, "no password": {ID: "3"}, "wrong": acc,
		"broken": {PasswordHash: "$argon2id$x"}, "foreign": {PasswordHash: "$2a$10$abcdefghijklmnopqrstuv"}, "huge": {PasswordHash: "$argon2id$v=19$m=4000000000,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$" + access.Hash(strings.Repeat("A", 43))}} {
		pw := good
		if name == "wrong" {
			pw = good + "!"
		}
		_, err := p.Check(ctx, a, pw)
		if !errors.Is(err, access.ErrWrongLogin) {
			t.Errorf("%s: %v", name, err)
		}
		texts = append(texts, err.Error())
	}
	if slices.Sort(texts); texts[0] != texts[len(texts)-1] {
		t.Errorf("the answers differ: %q", texts)
	}
	for _, weak := range []string{"", "short", "12345678901", "111111111111", "123456789012", "Qwerty123456", "xxchenxxyyzz1", strings.Repeat("长", 12), strings.Repeat("ab", 600), "ADMINISTRATOR"} {
		if _, err := p.New(ctx, "chen", weak); !errors.Is(err, access.ErrWeakPassword) {
			t.Errorf("%.20q was taken", weak)
		}
	}
}

// An unknown login takes as long as a wrong password: compared by the median of
// interleaved tries at a cost that dwarfs everything else.
func TestUnknownLoginTakesAsLong(t *testing.T) {
	ctx := context.Background()
	p := access.NewPasswords(access.Cost{MemoryKiB: 4096, Passes: 1, Threads: 1}, 1)
	h, err := p.New(ctx, "chen", "correct horse battery staple")
	if err != nil {
		t.Fatal(err)
	}
	accounts := []*access.Account{{ID: "1", PasswordHash: h}, nil, {ID: "2", PasswordHash: h, Disabled: true}, {ID: "3"}}
	took := make([][]time.Duration, len(accounts))
	for range 101 {
		for i, a := range accounts {
			start := time.Now()
			_, _ = p.Check(ctx, a, "wrong horse battery staple")
			took[i] = append(took[i], time.Since(start))
		}
	}
	for i := range took {
		slices.Sort(took[i])
	}
	base := took[0][50]
	for i := range took {
		if d := took[i][50]; d < base/2 || d > base*2 {
			t.Errorf("account %d: median %v, a wrong password %v", i, d, base)
		}
	}
	t.Logf("medians %v %v %v %v", took[0][50], took[1][50], took[2][50], took[3][50])
}

// No more hashes than slots at once; who cannot wait is told so.
func TestPasswordsAreBounded(t *testing.T) {
	p := access.NewPasswords(access.Cost{MemoryKiB: 16 * 1024, Passes: 8, Threads: 1}, 1)
	var wg sync.WaitGroup
	busy := make(chan error, 8)
	for range 8 {
		wg.Go(func() {
			ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
			defer cancel()
			_, err := p.Check(ctx, nil, "x")
			busy <- err
		})
	}
	wg.Wait()
	n := 0
	for range 8 {
		if errors.Is(<-busy, access.ErrBusy) {
			n++
		}
	}
	if n == 0 {
		t.Error("eight at once in one slot, and nobody waited")
	}
}

// try goes through the limiter until it is let in or the time is over; it
// returns how many tries were let in.
func hammer(l *access.Limiter, a access.Attempt, from time.Time, lasting time.Duration) (in int) {
	for now := from; now.Before(from.Add(lasting)); {
		wait := l.Begin(a, now)
		if wait == 0 {
			in++
			wait = 100 * time.Millisecond
		}
		now = now.Add(wait)
	}
	return in
}

func TestGuessingSlowsDown(t *testing.T) {
	l := access.NewLimiter()
	in := hammer(l, access.Attempt{Login: "chen", Network: "n1"}, now, 24*time.Hour)
	if in < 20 || in > 250 {
		t.Errorf("%d guesses in a day from one place", in)
	}
	l, in = access.NewLimiter(), 0 // from ever new networks the login's own lane holds
	for s := range 24 * 3600 {
		if l.Begin(access.Attempt{Login: "chen", Network: fmt.Sprint(s)}, now.Add(time.Duration(s)*time.Second)) == 0 {
			in++
		}
	}
	if in > 3600 {
		t.Errorf("%d guesses in a day from everywhere", in)
	}
	l, in = access.NewLimiter(), 0 // one guess at each of many logins from one network
	for i := range 10_000 {
		if l.Begin(access.Attempt{Login: fmt.Sprint(i), Network: "n1"}, now.Add(time.Duration(i)*10*time.Millisecond)) == 0 {
			in++
		}
	}
	if in > 300 {
		t.Errorf("%d of 10,000 logins were tried in 100 s from one network", in)
	}
}

// While an attacker hammers, the owner signs in from a known device without
// delay, also from the attacker's own network; and nobody is ever locked out.
func TestOwnerIsNotKeptOut(t *testing.T) {
	l := access.NewLimiter()
	owner := access.Attempt{Login: "chen", Network: "n1", Device: "d1"}
	for i := range 100 {
		at := now.Add(time.Duration(i) * time.Minute)
		hammer(l, access.Attempt{Login: "chen", Network: "n1"}, at, 30*time.Second)
		if w := l.Begin(owner, at.Add(31*time.Second)); w != 0 {
			t.Fatalf("round %d: the owner waits %v", i, w)
		}
		l.Succeeded(owner, at.Add(32*time.Second))
	}
	end := now.Add(100 * time.Minute)
	if w := l.Begin(access.Attempt{Login: "chen", Network: "n2"}, end.Add(30*time.Second)); w != 0 {
		t.Errorf("from a new device elsewhere the owner waits %v after the attack", w)
	}
	for i := range 200 { // never longer than the cap, whatever was tried
		if w := l.Begin(access.Attempt{Login: "chen", Network: "n1"}, end.Add(time.Duration(i)*time.Second)); w > 15*time.Minute {
			t.Fatalf("a wait of %v", w)
		}
	}
}

func TestSuccessAndTime(t *testing.T) {
	l, a := access.NewLimiter(), access.Attempt{Login: "chen", Network: "n1"}
	for i := range 5 {
		if w := l.Begin(a, now); w != 0 {
			t.Fatalf("try %d waits %v", i, w)
		}
	}
	w := l.Begin(a, now)
	if w != time.Second {
		t.Fatalf("after five wrong tries: wait %v", w)
	}
	if l.Begin(a, now.Add(-24*time.Hour)) > 15*time.Minute {
		t.Error("a clock set back prolongs the wait")
	}
	if l.Begin(a, now.Add(w)) != 0 {
		t.Error("the wait is longer than said")
	}
	l.Succeeded(a, now.Add(w))
	for i := range 5 {
		if w := l.Begin(a, now.Add(2*time.Second)); w != 0 {
			t.Fatalf("after a success try %d waits %v", i, w)
		}
	}
	if l.Begin(access.Attempt{Login: "chen", Network: "n1"}, now.Add(6*time.Hour)) != 0 {
		t.Error("old failures are not forgiven")
	}
	// An attacker who owns an account here cannot wash the network's lane clean.
	l = access.NewLimiter()
	in := 0
	for i := range 3000 {
		at := now.Add(time.Duration(i) * 10 * time.Millisecond)
		if l.Begin(access.Attempt{Login: fmt.Sprint("victim", i), Network: "n"}, at) == 0 {
			in++
		}
		if own := (access.Attempt{Login: "own", Network: "n"}); l.Begin(own, at) == 0 {
			l.Succeeded(own, at)
		}
	}
	if in > 300 {
		t.Errorf("%d guesses beside own sign-ins in 30 s", in)
	}
}

// A flood of invented logins does not grow the memory without bound, and does
// not wash away what is known of a lane under attack.
func TestLimiterIsBounded(t *testing.T) {
	l := access.NewLimiter()
	a := access.Attempt{Login: "chen", Network: "n0"}
	for range 5 {
		l.Begin(a, now)
	}
	start := time.Now()
	for i := range 150_000 {
		l.Begin(access.Attempt{Login: fmt.Sprint(i), Network: fmt.Sprint("x", i)}, now)
	}
	if n := l.Lanes(); n > 100_010 {
		t.Errorf("%d lanes", n)
	}
	if l.Begin(a, now) == 0 {
		t.Error("the flood washed a lane clean")
	}
	if d := time.Since(start); d > 5*time.Second {
		t.Errorf("the flood took %v", d)
	}
}

func BenchmarkPasswordCheck(b *testing.B) {
	p := access.NewPasswords(access.DefaultCost, 1)
	for b.Loop() {
		_, _ = p.Check(context.Background(), nil, "some password of length")
	}
}
