package notice

import (
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"mime"
	"net/mail"
	"net/smtp"
	"strings"
	"testing"
	"time"

	"shouwang/internal/notice/posttest"
)

func mailTo(t *testing.T, p *posttest.Post, scheme string) *Mail {
	m, err := ReadMail(p.URL(scheme), "守望 <desk@example.cn>")
	if err != nil {
		t.Fatal(err)
	}
	m.TLS, m.Clock = p.Trust, func() time.Time { return time.Date(2026, 11, 22, 6, 0, 0, 0, time.UTC) }
	return m
}

// A message comes through both kinds of privacy whole: its words are read back out of
// what lies at the server as a mailbox reads them.
func TestMail(t *testing.T) {
	for scheme, implicit := range map[string]bool{"smtp": false, "smtps": true} {
		t.Run(scheme, func(t *testing.T) {
			p := posttest.New(t, func(p *posttest.Post) { p.Implicit = implicit })
			m := mailTo(t, p, scheme)
			title := "今晚八点集合，请带好证件、手电和雨衣，二号楼架空层见，找方小莲" // longer than one encoded word
			batch := []Message{{ID: "n:1", To: "a@example.cn", Title: title, Body: "第一行\n.\n第三行", Link: "https://x/n/1"}, {ID: "n:2", To: "no@example.cn", Title: "集合", Body: "x"}}
			for range 2 { // the second time as after a crash
				errs := m.Send(t.Context(), batch)
				if errs[0] != nil || errs[1] == nil || !strings.Contains(errs[1].Error(), "550") || strings.Contains(errs[1].Error(), "no@") {
					t.Fatal(errs)
				}
			}
			got, err := mail.ReadMessage(strings.NewReader(p.Got["a@example.cn"]))
			if err != nil {
				t.Fatal(err)
			}
			subject, err := new(mime.WordDecoder).DecodeHeader(got.Header.Get("Subject"))
			from, err2 := mail.ParseAddress(got.Header.Get("From"))
			if err != nil || err2 != nil || subject != title || from.Name != "守望" || from.Address != "desk@example.cn" || got.Header.Get("To") != "<a@example.cn>" {
				t.Fatalf("%q %v %v %v", subject, from, err, err2)
			}
			text, err := io.ReadAll(base64.NewDecoder(base64.StdEncoding, got.Body))
			if err != nil || string(text) != "第一行\r\n.\r\n第三行\r\n\r\nhttps://x/n/1\r\n" || got.Header.Get("Content-Type") != "text/plain; charset=utf-8" {
				t.Fatalf("%q %v", text, err)
			}
			if got.Header.Get("Date") != "Sun, 22 Nov 2026 06:00:00 +0000" || strings.Contains(got.Header.Get("Message-ID"), "n:1") || !strings.HasSuffix(got.Header.Get("Message-ID"), "@example.cn>") {
				t.Fatal(got.Header)
			}
			for _, line := range strings.Split(p.Got["a@example.cn"], "\r\n") {
				if len(line) > 998 || strings.ContainsFunc(line, func(r rune) bool { return r > 126 || r < 32 }) {
					t.Fatalf("%q", line)
				}
			}
			if p.Clear > 0 {
				t.Fatal("spoken without TLS")
			}
		})
	}
}

// What would break out of a heading, or name a second receiver, reaches no server.
func TestMailRefusesWhatBreaksOut(t *testing.T) {
	p := posttest.New(t, func(*posttest.Post) {})
	m := mailTo(t, p, "smtp")
	batch := []Message{
		{ID: "1", To: "a@example.cn", Title: "x\r\nBcc: b@example.cn"}, {ID: "2", To: "a@example.cn", Title: "x\nBcc: b@example.cn"},
		{ID: "3", To: "a@example.cn>\r\nRCPT TO:<b@example.cn", Title: "x"}, {ID: "4", To: "a@example.cn, b@example.cn", Title: "x"},
		{ID: "5", To: "", Title: "x"}, {ID: "6", To: "b <a@example.cn>", Title: "x"}, {ID: "7", To: "方@example.cn", Title: "x"},
	}
	for i, err := range m.Send(t.Context(), batch) {
		if err == nil {
			t.Error("taken:", batch[i].ID)
		}
	}
	if len(p.Got) > 0 || p.Lines > 0 {
		t.Fatal(p.Got, p.Lines)
	}
	if errs := m.Send(t.Context(), []Message{{ID: "8\r\nBcc: b@example.cn", To: "a@example.cn", Title: "x", Body: "x\r\n.\r\nMAIL FROM:<b@example.cn>"}}); errs[0] != nil || len(p.Got) != 1 || strings.Contains(p.Got["a@example.cn"], "Bcc") {
		t.Fatal(errs, p.Got)
	}
}

// A server that takes a few messages and hangs up gets the rest on another connection.
func TestMailGoesOnWhenTheServerHangsUp(t *testing.T) {
	p := posttest.New(t, func(p *posttest.Post) { p.Most = 2 })
	var batch []Message
	for i := range 20 {
		batch = append(batch, Message{ID: fmt.Sprint(i), To: fmt.Sprintf("h%d@example.cn", i), Title: "集合"})
	}
	for i, err := range mailTo(t, p, "smtp").Send(t.Context(), batch) {
		if err != nil {
			t.Error(i, err)
		}
	}
	if len(p.Got) != 20 || p.Lines > 12 {
		t.Fatal(len(p.Got), p.Lines)
	}
}

// Whatever keeps mail from going says so for each message, in time and without a word
// of the password.
func TestMailThatCannotGo(t *testing.T) {
	strange := func(m *Mail) { m.TLS = nil }
	for name, x := range map[string]struct {
		set  func(*posttest.Post)
		then func(*Mail)
	}{
		"a password that is wrong":    {func(p *posttest.Post) { p.NoAuth = true }, nil},
		"a certificate nobody trusts": {func(*posttest.Post) {}, strange},
		"nobody there":                {func(p *posttest.Post) {}, func(m *Mail) { m.Port = "1" }},
		"a server that says nothing":  {func(p *posttest.Post) { p.Mute = true }, nil},
	} {
		t.Run(name, func(t *testing.T) {
			p := posttest.New(t, x.set)
			m := mailTo(t, p, "smtp")
			if x.then != nil {
				x.then(m)
			}
			ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
			defer cancel()
			for _, err := range m.Send(ctx, []Message{{ID: "1", To: "a@example.cn"}, {ID: "2", To: "b@example.cn"}}) {
				if err == nil || strings.Contains(err.Error(), "s3cret") || strings.Contains(err.Error(), "@") {
					t.Fatal(err)
				}
			}
			if len(p.Got) > 0 {
				t.Fatal(p.Got)
			}
		})
	}
	// Another machine that offers no privacy is told nothing; one's own may relay.
	p := posttest.New(t, func(p *posttest.Post) { p.NoTLS = true })
	m := mailTo(t, p, "smtp")
	if err := m.Send(t.Context(), []Message{{ID: "1", To: "a@example.cn"}})[0]; err != nil {
		t.Fatal(err)
	}
	before := p.Clear
	m.User = ""                    // so that nothing but the rule itself stops it
	m.Host = "loopback.example.cn" // the same server under a name that is not this machine's
	if err := m.greetAs(t, p); err == nil || p.Clear != before {
		t.Fatal("spoken to another machine without TLS", err)
	}
}

// greetAs opens a conversation with the server as if it stood at the channel's host.
func (m *Mail) greetAs(t *testing.T, p *posttest.Post) error {
	c, err := smtp.Dial(p.Line.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	return m.greet(c, p.Trust)
}

func TestReadMail(t *testing.T) {
	for address, want := range map[string]string{
		"smtp://u:p%40ss@mail.example.cn":   "mail.example.cn 587 u p@ss false",
		"smtps://u:p@mail.example.cn":       "mail.example.cn 465 u p true",
		"smtp://127.0.0.1:25":               "127.0.0.1 25   false",
		"http://u:s3cret@mail.example.cn":   "",
		"smtp://":                           "",
		"smtp://u:s3%cret@mail.example.cn":  "",
		"smtp://u:s3cret@mail.example.cn/x": "",
	} {
		m, err := ReadMail(address, "desk@example.cn")
		if (err != nil) != (want == "") {
			t.Fatal(address, err)
		}
		if err != nil && (strings.Contains(err.Error(), "s3") || strings.Contains(err.Error(), "mail.")) {
			t.Fatal(err)
		}
		if err == nil && fmt.Sprintln(m.Host, m.Port, m.User, m.Password, m.Implicit) != want+"\n" {
			t.Errorf("%s: %+v", address, m)
		}
	}
	for _, from := range []string{"", "desk", "desk@example.cn, b@example.cn"} {
		if _, err := ReadMail("smtp://mail.example.cn", from); err == nil {
			t.Error(from)
		}
	}
}
