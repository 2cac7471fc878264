package access_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/fault"
)

func TestSessionRules(t *testing.T) {
	for _, c := range []struct {
		roles    []access.Role
		idle     time.Duration
		absolute time.Duration
	}{
		{[]access.Role{access.Commander}, 15 * time.Minute, 8 * time.Hour},
		{[]access.Role{access.Admin}, 15 * time.Minute, 8 * time.Hour},
		{[]access.Role{access.Community}, 30 * time.Minute, 12 * time.Hour},
		{[]access.Role{access.Lead}, 12 * time.Hour, 12 * time.Hour},
		{[]access.Role{access.Resident}, 720 * time.Hour, 720 * time.Hour},
		{[]access.Role{access.Lead, access.Resident}, 12 * time.Hour, 12 * time.Hour},
		{[]access.Role{access.Lead, access.Commander}, 15 * time.Minute, 8 * time.Hour},
		{nil, 30 * time.Minute, 12 * time.Hour},
		{[]access.Role{"odd"}, 30 * time.Minute, 12 * time.Hour},
	} {
		if r := access.Rule(c.roles); r.Idle != c.idle || r.Absolute != c.absolute {
			t.Errorf("%v: %v", c.roles, r)
		}
	}
}

func TestSession(t *testing.T) {
	s, tok := access.NewSession("a", access.Browser, []access.Role{access.Community}, now)
	if access.HashToken(tok.Reveal()) != s.TokenHash || len(s.TokenHash) != 64 || strings.Contains(fmt.Sprintf("%+v", s), tok.Reveal()) {
		t.Fatal("the token does not match its hash, or is stored")
	}
	at := func(d time.Duration) bool { return s.Check(now.Add(d)) == nil }
	if !at(0) || !at(29*time.Minute) || at(30*time.Minute) {
		t.Error("idle limit")
	}
	for m := time.Duration(0); m < 12*time.Hour; m += 20 * time.Minute {
		if !at(m) {
			t.Fatalf("ended after %v", m)
		}
		s, _ = s.Touch(now.Add(m))
	}
	if at(12 * time.Hour) {
		t.Error("absolute limit")
	}
	if !errors.Is(s.Check(now.Add(13*time.Hour)), access.ErrSessionEnded) || !errors.Is(access.Session{}.Check(now), access.ErrSessionEnded) {
		t.Error("wrong fault")
	}
	if _, changed := s.Touch(s.LastSeen.Add(59 * time.Second)); changed {
		t.Error("each read becomes a write")
	}
	if e := s.End(now); e.Check(now) == nil || !e.End(now.Add(time.Hour)).Ended.Equal(now) {
		t.Error("an ended session is open")
	}
	api, tok2 := access.NewSession("a", access.APIToken, []access.Role{access.Commander}, now)
	if api.Check(now.Add(89*24*time.Hour)) != nil || api.Check(now.Add(90*24*time.Hour)) == nil || !strings.HasPrefix(tok2.Reveal(), "swt_") {
		t.Error("token limits")
	}
	for _, bad := range []string{"", "sws_", "x" + tok.Reveal(), tok.Reveal() + "=", tok.Reveal()[:40], "Bearer " + tok.Reveal()} {
		if access.HashToken(bad) != "" {
			t.Errorf("%q has a token's shape", bad)
		}
	}
	seen := map[string]bool{}
	for range 1000 {
		_, x := access.NewSession("a", access.Browser, nil, now)
		if seen[x.Reveal()] {
			t.Fatal("a token came twice")
		}
		seen[x.Reveal()] = true
	}
}

// Tokens and password hashes never show, whatever prints them.
func TestSecretsDoNotPrint(t *testing.T) {
	_, tok := access.NewSession("a", access.Browser, nil, now)
	acc := access.Account{Login: "chen", PasswordHash: "$argon2id$canary"}
	for _, v := range []any{tok, &tok, acc, &acc, acc.PasswordHash, []access.Account{acc}} {
		b, _ := json.Marshal(v)
		out := fmt.Sprintf("%v %+v %#v %s %q %x", v, v, v, v, v, v) + string(b)
		if strings.Contains(out, tok.Reveal()) || strings.Contains(out, "canary") || strings.Contains(out, fmt.Sprintf("%x", "canary")) {
			t.Errorf("%T prints its secret", v)
		}
	}
}

func TestRolesAndFaults(t *testing.T) {
	if len(access.Roles) != 14 {
		t.Errorf("%d roles", len(access.Roles))
	}
	for _, r := range access.Roles {
		if got, err := access.ParseRole(string(r.Role)); err != nil || got != r.Role || r.ZH == "" || r.EN == "" || r.At == "" ||
			!strings.Contains("console field resident", r.Face) || r.Session.Absolute == 0 {
			t.Errorf("%+v: %v", r, err)
		}
	}
	if _, err := access.ParseRole("king"); !errors.Is(err, access.ErrUnknownRole) || !strings.Contains(fault.As(err).Text("en"), "gridworker") {
		t.Errorf("unknown role: %v", err)
	}
	if v := access.Operator("system", now); !guard(t).Decide(v, access.TokenCreate, "1.2.", access.Context{}).Allowed ||
		!guard(t).Decide(v, access.IncidentApply, "1.2.", access.Context{}).Allowed || guard(t).Decide(v, access.FeedAudit, "1.", access.Context{}).Allowed {
		t.Error("the operator's rights are wrong")
	}
}
