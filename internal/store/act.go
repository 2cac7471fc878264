package store

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"shouwang/internal/journal"
	"shouwang/internal/territory"
)

// actItem is a row of act_items: one changed object under a bulk act.
type actItem struct {
	act, thing, id, path string
	n                    int64
	leaf                 []byte
}

func init() {
	define("act_items", "act n thing thing_id path leaf", 2, func(a *actItem) []any {
		return []any{&a.act, &a.n, &a.thing, &a.id, &a.path, &a.leaf}
	}, nil, nil)
}

// Act is a bulk act being staged: its new rows are written in chunks that no
// reader sees, its changes of existing rows stand beside them as images or wait, and
// Finish makes all of it valid by one small commit. A crash before that leaves nothing.
type Act struct {
	ID      string
	Valid   func(r journal.Receipt) // called once the act is valid, before anything else is done
	s       *Store
	n       int64
	size    int // rows a chunk
	pace    pace
	changes []stmt // of existing rows that have no image, as their items' leaves have them
	images  map[string]bool
	leaves  [][]byte
	added   map[string]int // new rows by table
	queue   []prepared
	began   int64              // the last entry this server knew when the act began
	late    map[string][][]any // by table: rows that follow their place by the last commit
	moved   []string           // paths below which rows follow their places elsewhere
}

type prepared struct {
	m    *mapping
	args []any
	item *actItem
	cede int64 // the version at which the row in force gives its key up; 0: there is none
}

// Begin opens a bulk act with the verb of its entry.
func (s *Store) Begin(ctx context.Context, verb string) (*Act, error) {
	now := s.opt.Clock()
	a := &Act{ID: journal.NewID(now), s: s, began: s.Last(), size: leastChunk, added: map[string]int{}, images: map[string]bool{}, late: map[string][][]any{}}
	c := &command{done: make(chan outcome, 1), stmts: []stmt{{
		"INSERT INTO acts (id, verb, pending, started, server) VALUES (?1, ?2, ?3, ?4, ?5)", []any{a.ID, verb, true, millis(now), s.server}, 1}}}
	_, err := s.send(ctx, s.fast, c)
	return a, err
}

// Insert stages new rows. They are encoded on all cores and written in chunks of
// some 20 ms of writer time.
func (a *Act) Insert(ctx context.Context, rows ...any) error {
	ps := make([]prepared, len(rows))
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	const part = 256
	for lo := 0; lo < len(rows); lo += part {
		hi := min(lo+part, len(rows))
		g.Go(func() (err error) {
			for i := lo; i < hi && err == nil; i++ {
				ps[i], err = a.prepare(ctx, rows[i], 0)
			}
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	for i := range ps {
		ps[i].item.n = a.n
		a.n++
		a.leaves = append(a.leaves, ps[i].item.leaf)
		a.added[ps[i].item.thing]++
	}
	a.queue = append(a.queue, ps...)
	if err := a.firstCodes(ctx, rows); err != nil {
		return err
	}
	for len(a.queue) >= a.size {
		if err := a.flush(ctx, a.queue[:a.size]); err != nil {
			return err
		}
	}
	return nil
}

// firstCodes stages the code that each new place bears. Such a row belongs to its
// place and has no item of its own.
func (a *Act) firstCodes(ctx context.Context, rows []any) error {
	for _, r := range rows {
		p, ok := r.(*territory.Place)
		if !ok {
			continue
		}
		c, err := a.prepare(ctx, firstCode(p, a.ID), 0)
		if err != nil {
			return err
		}
		c.item = nil
		a.queue = append(a.queue, c)
	}
	return nil
}

// Change stages a change of an existing row: its image beside it where the table
// allows that, otherwise it is written by Finish. Its own entry is dropped: the act's
// entry and its item stand for it. A row that changed meanwhile is a conflict, said by
// whatever writes the chunk, or by Finish.
func (a *Act) Change(ctx context.Context, ch journal.Change) error {
	p, err := a.prepare(ctx, ch.Row, ch.Base)
	if err != nil {
		return err
	}
	a.take(p, ch.Base)
	return nil
}

// take queues a changed row with its item.
func (a *Act) take(p prepared, base int64) {
	p.item.n = a.n
	a.n++
	a.leaves = append(a.leaves, p.item.leaf)
	row := p.m.table + "|" + p.item.id
	switch {
	case base > 0 && heired(p.m.table) && !a.images[row]:
		a.images[row] = true
		p.cede = base
	case base > 0:
		a.changes = append(a.changes, p.m.rewrite(p.args, base, false))
		p.m = nil // only the item is staged
	default:
		a.changes = append(a.changes, p.m.add(p.args))
		p.m = nil
	}
	a.queue = append(a.queue, p)
}

func (a *Act) prepare(ctx context.Context, row any, base int64) (prepared, error) {
	m, err := mappingOf(row)
	if err != nil {
		return prepared{}, err
	}
	if m.act == nil {
		return prepared{}, fmt.Errorf("store: %s rows cannot be staged", m.table)
	}
	*m.act(row), *m.version(row) = a.ID, base+1
	args, err := a.s.bind(ctx, m, row)
	if err != nil {
		return prepared{}, err
	}
	raw, err := json.Marshal(args)
	if err != nil {
		return prepared{}, err
	}
	it := &actItem{act: a.ID, thing: m.table, id: args[0].(string)}
	if i := slices.Index(m.cols, "path"); i >= 0 {
		it.path = args[i].(string)
	}
	if m.keys > 1 {
		it.id += "|" + fmt.Sprint(args[1])
	}
	it.leaf = journal.ItemLeaf(it.thing, it.id, it.path, raw)
	return prepared{m: m, args: args, item: it}, nil
}

// Finish writes what is left, then makes the act valid in one commit together
// with its entry (which bears the count and the manifest hash) and further changes.
func (a *Act) Finish(ctx context.Context, op *journal.Op, body []byte, entry journal.Entry, more ...journal.Change) (journal.Receipt, error) {
	if err := a.Write(ctx); err != nil {
		return journal.Receipt{}, err
	}
	root, err := journal.Manifest(a.leaves)
	if err != nil {
		return journal.Receipt{}, err
	}
	fields := map[string]any{}
	if len(entry.Payload) > 0 {
		if err := json.Unmarshal(entry.Payload, &fields); err != nil {
			return journal.Receipt{}, fmt.Errorf("store: act payload: %w", err)
		}
	}
	fields["items"], fields["manifest"] = a.n, hex.EncodeToString(root)
	if entry.Payload, err = json.Marshal(fields); err != nil {
		return journal.Receipt{}, err
	}
	entry.Act = a.ID
	c := &command{op: op, account: entry.Actor, body: body, done: make(chan outcome, 1)}
	c.stmts = append(append(c.stmts, a.changes...), a.followed()...)
	for _, ch := range append([]journal.Change{{Entry: entry}}, more...) {
		if err := a.s.stage(ctx, c, &ch, op); err != nil {
			return journal.Receipt{}, err
		}
	}
	c.stmts = append(c.stmts, stmt{sql: "UPDATE acts SET pending = ?2, items = ?3, manifest = ?4 WHERE id = ?1 AND pending AND NOT lost", args: []any{a.ID, false, a.n, root}, want: 1})
	r, err := a.s.send(ctx, a.s.fast, c)
	if err == nil {
		if a.Valid != nil {
			a.Valid(r)
		}
		a.s.known.clear()
		select {
		case a.s.folds <- struct{}{}:
		default:
		}
		a.s.grown.add(ctx, a.s, a.added)
		a.settled(ctx)
	}
	return r, err
}

// Drop takes back an act that will not be finished.
func (a *Act) Drop(ctx context.Context) error { return a.s.dropAct(ctx, a.ID) }
