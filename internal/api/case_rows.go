package api

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"

	"shouwang/internal/access"
	"shouwang/internal/need"
)

// keptRows are lines of lists of cases as they are sent, kept for those who get the same
// ones: colleagues who hold the same roles at the same places. A list that a thousand
// windows look at again and again is put together out of them. What hangs on who somebody
// is, and not on what they hold, is never kept; nor is anything told in confidence.
type keptRows struct {
	mu sync.Mutex
	of map[string]*peerRows
}

// peerRows are the lines of those who hold the same, as the tree and the rights stood.
type peerRows struct {
	gen   int64
	atlas *Atlas
	mu    sync.RWMutex
	lines map[line][]byte
}

// line is a case at one version (a picture never changes one in place) with the only
// thing about it that time alone changes.
type line struct {
	*need.Case
	late bool
}

// So many kinds of viewers, and lines of each, are kept; beyond that all begins anew.
const (
	mostPeers = 256
	mostLines = 4096
)

// peers are the lines of those who hold what the caller holds.
func (s *Server) peers(c *call, a *Atlas) *peerRows {
	gen := s.gen.Load()
	var held []string
	for _, g := range c.viewer.Grants() {
		held = append(held, fmt.Sprint(g.Role, "@", g.Path, g.Task()))
	}
	slices.Sort(held)
	key := strings.Join(held, " ") + "|" + strings.Join(c.emerg.Emergency, " ")
	k := &s.rows
	k.mu.Lock()
	defer k.mu.Unlock()
	p := k.of[key]
	if p == nil || p.gen != gen || p.atlas != a {
		if k.of == nil || len(k.of) >= mostPeers {
			k.of = map[string]*peerRows{}
		}
		p = &peerRows{gen: gen, atlas: a, lines: map[line][]byte{}}
		k.of[key] = p
	}
	return p
}

// personal says whether a case's line hangs on who looks at it, or on more than the case.
func personal(k *need.Case, x *need.Item, account string) bool {
	said := []string{k.OpenedBy, k.Noted, k.Holder, k.AnswerBy, k.Barred}
	if k.Offer != nil {
		said = append(said, k.Offer.By)
	}
	return k.Only != "" || slices.Contains(said, account) || !k.Closed.IsZero() || x.Ask && !x.Essential && x.Urgency == "routine" || // may stand on the board
		slices.ContainsFunc(said, func(by string) bool {
			return strings.HasPrefix(by, access.OutsideActor) || strings.HasPrefix(by, access.KinActor)
		})
}

// caseRows is caseList as it is sent.
func (s *Server) caseRows(ctx context.Context, c *call, in *caseListInput) (CaseList, error) {
	a, err := s.ground(ctx)
	if err != nil {
		return CaseList{}, err
	}
	if in.Closed == "" { // what was closed is asked of the database: nobody waits for that
		done, err := s.look(ctx)
		if err != nil {
			return CaseList{}, err
		}
		defer done()
	}
	out, found, quals, err := s.casesIn(ctx, c, a, in)
	if err != nil {
		return out, err
	}
	p := s.peers(c, a)
	out.rows = make([][]byte, 0, len(found))
	for _, x := range found {
		raw, err := s.caseRow(ctx, c, a, p, x.Case, quals)
		if err != nil {
			return out, err
		}
		out.rows = append(out.rows, raw)
	}
	return out, nil
}

func (s *Server) caseRow(ctx context.Context, c *call, a *Atlas, p *peerRows, k *need.Case, quals []string) ([]byte, error) {
	item, err := s.keptItem(ctx, k)
	if err != nil {
		return nil, err
	}
	own, key := personal(k, &item, c.viewer.Account()), line{k, k.Late(c.now)}
	if !own {
		p.mu.RLock()
		raw, ok := p.lines[key]
		p.mu.RUnlock()
		if ok {
			return raw, nil
		}
	}
	w, err := s.caseWire(ctx, c, a, *k, item, quals)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := huma.DefaultJSONFormat.Marshal(&b, w); err != nil {
		return nil, err
	}
	raw := bytes.TrimRight(b.Bytes(), "\n")
	if !own {
		p.mu.Lock()
		if len(p.lines) >= mostLines {
			clear(p.lines)
		}
		p.lines[key] = raw
		p.mu.Unlock()
	}
	return raw, nil
}

// sent writes answers as JSON; a list whose lines are written already only puts them in.
var sent = huma.Format{Unmarshal: json.Unmarshal, Marshal: func(w io.Writer, v any) error {
	list, ok := v.(CaseList)
	if !ok || list.rows == nil {
		return huma.DefaultJSONFormat.Marshal(w, v)
	}
	var frame bytes.Buffer
	list.Items = []Case{}
	if err := huma.DefaultJSONFormat.Marshal(&frame, list); err != nil {
		return err
	}
	before, after, ok := bytes.Cut(frame.Bytes(), []byte(`"items":[]`))
	if !ok {
		return fmt.Errorf("the frame of a list of cases is %s", frame.Bytes())
	}
	size := frame.Len()
	for _, raw := range list.rows {
		size += len(raw) + 1
	}
	b := append(append(make([]byte, 0, size), before...), `"items":[`...)
	for i, raw := range list.rows {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, raw...)
	}
	_, err := w.Write(append(append(b, ']'), after...))
	return err
}}
