package access

import (
	"testing"
	"time"
)

func TestOnlyTokensHaveAHash(t *testing.T) {
	good := QRToken(make([]byte, 16))
	if len(good) != 22 || HashQR(good) == "" {
		t.Fatalf("a token of 128 bits: %q %q", good, HashQR(good))
	}
	other := make([]byte, 16)
	other[15] = 1
	if HashQR(QRToken(other)) == HashQR(good) {
		t.Error("two tokens share a hash")
	}
	for _, bad := range []string{"", "demo", good + "A", good[:21], good[:21] + "B", "../../../etc/passwd...."} {
		if HashQR(bad) != "" {
			t.Errorf("%q has a hash", bad)
		}
	}
	if a, b := QRNonce(), QRNonce(); a == b || len(a) != 32 {
		t.Errorf("nonces %q %q", a, b)
	}
}

func TestGuessesSlowDownAndAreForgiven(t *testing.T) {
	l, now := NewLimiter(), time.Unix(1e9, 0)
	for i := range 60 {
		if w := l.Guess("10.0.0.1", now); w != 0 {
			t.Fatalf("guess %d waits %v", i, w)
		}
	}
	if w := l.Guess("10.0.0.1", now); w == 0 {
		t.Error("the sixty-first guess does not wait")
	}
	if w := l.Guess("10.0.0.2", now); w != 0 {
		t.Errorf("another network waits %v", w)
	}
	if w := l.Guess("10.0.0.1", now.Add(time.Hour)); w != 0 {
		t.Errorf("after an hour it waits %v", w)
	}
}
