package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"strings"

	"shouwang/internal/app"
)

// shell is what a command speaks through: results on out, everything else on err.
type shell struct {
	world    *World
	in       io.Reader
	out, err io.Writer
	lang     string
	from     *resolver // where settings come from
	kind     string    // of the world, where a command says so
	trial    bool      // a world that is not there yet is not made: a scratch one stands for it
}

// say picks the sentence of the language spoken.
func (s *shell) say(zh, en string) string {
	if s.lang == "en" {
		return en
	}
	return zh
}

// note tells of progress.
func (s *shell) note(zh, en string) { fmt.Fprintln(s.err, s.say(zh, en)) }

// config is the world as the flags name it.
func (s *shell) config() app.Config {
	w := s.world
	return app.Config{Data: w.Data, DB: w.DB, Keys: w.Keys, Ring: w.Ring, Kind: s.kind, Version: revision,
		Log: slog.New(slog.NewTextHandler(s.err, &slog.HandlerOptions{Level: slog.LevelWarn}))}
}

// with opens the world as somebody and does something with it. With --data the
// person at the machine acts, called as; with --server the token says who acts,
// and as, where given, is another token.
func (s *shell) with(ctx context.Context, as string, do func(*app.Client) error) error {
	w := s.world
	switch {
	case w.Server != "" && w.Data != "":
		return s.both()
	case w.Server != "":
		token := w.Token
		if as != "" {
			token = as
		}
		return do(app.Remote(w.Server, token, s.lang))
	}
	cfg := s.config()
	if s.trial && cfg.IsNew() {
		scratch, clear, err := cfg.Trial()
		if err != nil {
			return err
		}
		defer clear()
		cfg = scratch
		s.note("数据目录还不存在：这次只在临时目录里试，不会新建。", "There is no data directory yet: this is tried in a scratch folder, and none is made.")
	}
	a, err := app.Open(ctx, cfg)
	if err != nil {
		return err
	}
	defer a.Close()
	if as == "" {
		as = "operator"
	}
	c, err := a.Client(as, s.lang)
	if err != nil {
		return err
	}
	return do(c)
}

func (s *shell) both() error {
	fmt.Fprintln(s.err, s.say("✗ --data 和 --server 只能给一个。没有做任何事。", "✗ Give either --data or --server, not both. Nothing was done."))
	return exit(app.ExitUsage)
}

// line writes one value as one line of JSON.
func (s *shell) line(w io.Writer, v any) {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	_ = e.Encode(v)
}

// raw writes an answer of the API as it came, on one line.
func (s *shell) raw(b []byte) { fmt.Fprintln(s.out, strings.TrimSpace(string(b))) }

// table writes rows in columns that line up, Chinese characters counted as two.
// Columns whose heading begins with ">" are set to the right.
func (s *shell) table(head []string, rows [][]string) {
	right := make([]bool, len(head))
	wide := make([]int, len(head))
	for i, h := range head {
		if strings.HasPrefix(h, ">") {
			right[i], head[i] = true, h[1:]
		}
		wide[i] = width(head[i])
	}
	for _, r := range rows {
		for i, c := range r {
			wide[i] = max(wide[i], width(c))
		}
	}
	for _, r := range append([][]string{head}, rows...) {
		var b strings.Builder
		for i, c := range r {
			pad := strings.Repeat(" ", wide[i]-width(c))
			switch {
			case right[i]:
				b.WriteString(pad + c)
			case i == len(r)-1:
				b.WriteString(c)
			default:
				b.WriteString(c + pad)
			}
			b.WriteString("  ")
		}
		fmt.Fprintln(s.out, strings.TrimRight(b.String(), " "))
	}
}

// width is how many cells a text takes on a terminal.
func width(text string) (n int) {
	for _, r := range text {
		switch {
		case r >= 0x1100 && r <= 0x115f, r >= 0x2e80 && r <= 0xa4cf, r >= 0xac00 && r <= 0xd7a3, r >= 0xf900 && r <= 0xfaff,
			r >= 0xfe30 && r <= 0xfe6f, r >= 0xff00 && r <= 0xff60, r >= 0xffe0 && r <= 0xffe6, r >= 0x20000 && r <= 0x3fffd:
			n += 2
		default:
			n++
		}
	}
	return n
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return strings.TrimSpace(line)
}
