package api

import (
	"context"
	"net/http"

	"shouwang/internal/access"
	"shouwang/internal/fault"
	"shouwang/internal/mode"
	"shouwang/internal/store"
)

// ErrNoPlaybook says that there is no playbook of that name.
var ErrNoPlaybook = fault.Define(fault.Invalid, "SW-1499",
	"没有名为“{0}”的预案（可用：{1}）。没有写入任何数据。",
	"There is no playbook \"{0}\" (there are: {1}). Nothing was written.")

// PlaybookInfo is a playbook in force, as far as people choose by it.
type PlaybookInfo struct {
	ID      string         `json:"id"`
	Title   Words          `json:"title"`
	Version int            `json:"version"`
	Hash    string         `json:"hash"`
	Zones   []PlaybookZone `json:"zones" nullable:"false"`
	Posts   []PlaybookItem `json:"posts" nullable:"false"`
	Rounds  []PlaybookItem `json:"rounds" nullable:"false"`
}

// PlaybookZone is one zone a playbook knows, from mild to strict.
type PlaybookZone struct {
	ID       string            `json:"id"`
	Title    Words             `json:"title"`
	Rule     Words             `json:"rule"`
	Stricter string            `json:"stricter_than"`
	Look     string            `json:"look" enum:"evacuate,lockdown,control,precaution" doc:"How it is drawn, by what it declares"`
	Measures []PlaybookMeasure `json:"measures" nullable:"false"`
}

// PlaybookMeasure is one measure of a zone with its usual basis and longest term.
type PlaybookMeasure struct {
	ID      string `json:"id"`
	Title   Words  `json:"title"`
	Basis   Words  `json:"basis"`
	Longest int    `json:"longest_days"`
}

// PlaybookItem is a post or round that a playbook opens.
type PlaybookItem struct {
	ID    string `json:"id"`
	Title Words  `json:"title"`
	Per   string `json:"per"`
	Count int    `json:"count"`
}

func words(t mode.Text) Words { return Words{t.ZH, t.EN} }

func (s *Server) playbooks() {
	read(s, Op{ID: "playbook-list", Path: "/playbooks", Action: access.PlaybookRead, Summary: "The playbooks that can be activated"},
		func(ctx context.Context, c *call, _ *struct{}) ([]PlaybookInfo, error) {
			if err := s.may(c, access.PlaybookRead, ""); err != nil {
				return nil, err
			}
			out := []PlaybookInfo{}
			for _, id := range s.playbookIDs() {
				b, err := s.current(ctx, id)
				if err != nil {
					return nil, err
				}
				out = append(out, playbookInfo(b))
			}
			return out, nil
		})
	type playbookCheckInput struct {
		Body struct {
			Text string `json:"text" maxLength:"1048576"`
		}
	}
	type issue struct {
		Line    int    `json:"line"`
		Column  int    `json:"column"`
		Code    string `json:"code"`
		Message string `json:"message"`
	}
	type result struct {
		Errors []issue `json:"errors" nullable:"false"`
	}
	read(s, Op{ID: "playbook-check", Method: http.MethodPost, Path: "/playbooks/check", Action: access.PlaybookCheck, Summary: "Check a playbook's text, every error with line and column"},
		func(ctx context.Context, c *call, in *playbookCheckInput) (result, error) {
			out := result{Errors: []issue{}}
			if err := s.may(c, access.PlaybookCheck, ""); err != nil {
				return out, err
			}
			var bases []*mode.Playbook
			for _, id := range s.playbookIDs() {
				bases = append(bases, s.Playbooks[id])
			}
			_, problems := mode.Load([]byte(in.Body.Text), append(bases, s.Playbooks["normal"])...)
			for _, p := range problems {
				text := p.ZH
				if c.lang == "en" {
					text = p.EN
				}
				out.Errors = append(out.Errors, issue{p.Line, p.Column, p.Code, text})
			}
			return out, nil
		})
}

// playbookIDs lists the playbooks of emergencies in a fixed order.
func (s *Server) playbookIDs() []string {
	var out []string
	for id, b := range s.Playbooks {
		if b.Extends != "" {
			out = append(out, id)
		}
	}
	sortStrings(out)
	return out
}

func playbookInfo(b *mode.Playbook) PlaybookInfo {
	out := PlaybookInfo{ID: b.ID, Title: words(b.Title), Version: b.Version, Hash: b.Hash, Zones: []PlaybookZone{}, Posts: []PlaybookItem{}, Rounds: []PlaybookItem{}}
	for _, z := range b.Zones {
		w := PlaybookZone{z.ID, words(z.Title), words(z.Rule), z.Stricter, b.Look(z.ID), []PlaybookMeasure{}}
		for _, m := range z.Measures {
			w.Measures = append(w.Measures, PlaybookMeasure{m.ID, words(m.Title), words(m.Basis), int(m.Longest.Length().Hours() / 24)})
		}
		out.Zones = append(out.Zones, w)
	}
	for _, p := range b.Posts {
		if !p.Later {
			out.Posts = append(out.Posts, PlaybookItem{p.ID, words(p.Title), p.Per, p.Count})
		}
	}
	for _, r := range b.Rounds {
		if !r.Later {
			out.Rounds = append(out.Rounds, PlaybookItem{r.ID, words(r.Title), r.Per, 1})
		}
	}
	return out
}

// playbook returns a pinned version by its hash: the shipped one when it is that,
// otherwise the text kept when an incident was declared with it.
func (s *Server) playbook(ctx context.Context, hash string) (*mode.Playbook, error) {
	for _, b := range s.Playbooks {
		if b.Hash == hash {
			return b, nil
		}
	}
	s.mu.Lock()
	b := s.pinned[hash]
	s.mu.Unlock()
	if b != nil {
		return b, nil
	}
	row, ok, err := s.Store.Playbook(ctx, hash)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, ErrNoPlaybook.With(hash, "")
	}
	b, problems := mode.Load([]byte(row.Body), s.Playbooks["normal"])
	if b == nil {
		return nil, fault.ErrInternal.With().At(problems[0].Code)
	}
	b.Hash = hash // as it was when it was kept, whatever the playbook below it is now
	s.mu.Lock()
	s.pinned[hash] = b
	s.mu.Unlock()
	return b, nil
}

// keep returns the row that keeps a playbook version, to be written when an
// incident is declared with it; nil when it is kept already.
func (s *Server) keep(ctx context.Context, b *mode.Playbook, c *call) (*store.PlaybookRow, error) {
	_, ok, err := s.Store.Playbook(ctx, b.Hash)
	if err != nil || ok {
		return nil, err
	}
	return &store.PlaybookRow{Hash: b.Hash, ID: b.ID, Number: b.Version, Body: b.Source, At: c.now}, nil
}
