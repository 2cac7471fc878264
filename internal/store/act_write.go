package store

import "context"

// insertMany returns the statement that adds n rows of a table; that of a whole
// batch is kept.
func (s *Store) insertMany(m *mapping, n int) string {
	if n < batch {
		return m.insert(n)
	}
	text, ok := s.batches.Load(m)
	if !ok {
		text, _ = s.batches.LoadOrStore(m, m.insert(n))
	}
	return text.(string)
}

// flush writes a chunk of the queue and sizes the next by the time it took.
func (a *Act) flush(ctx context.Context, ps []prepared) error {
	c := &command{done: make(chan outcome, 1), stmts: []stmt{{sql: "UPDATE acts SET pending = ?2 WHERE id = ?1 AND pending AND NOT lost", args: []any{a.ID, true}, want: 1}}}
	items := mappings[itemType]
	var run []any
	var runOf *mapping
	var n int
	emit := func() {
		if n > 0 {
			c.stmts = append(c.stmts, stmt{sql: a.s.insertMany(runOf, n), args: run, want: int64(n)})
		}
		run, n = nil, 0
	}
	add := func(m *mapping, args []any) {
		if runOf != m || n == batch {
			emit()
			runOf = m
		}
		run = append(run, args...)
		n++
	}
	c.stmts = append(c.stmts, cedes(ps, a.ID)...)
	for _, p := range ps {
		if p.m != nil {
			add(p.m, p.args)
		}
	}
	emit()
	for _, p := range ps {
		if p.item == nil {
			continue
		}
		args, err := values(items.fields(p.item))
		if err != nil {
			return err
		}
		add(items, args)
	}
	emit()
	o := a.s.bulky(c)
	if o.err != nil {
		return o.err
	}
	a.queue = a.queue[len(ps):]
	least := leastChunk
	if ps[0].cede > 0 {
		least = leastImages
	}
	a.size = a.pace.next(len(ps), o.took, least)
	return nil
}

// Write writes what was staged so far, so that Finish has little left to do.
func (a *Act) Write(ctx context.Context) error {
	for len(a.queue) > 0 {
		if err := a.flush(ctx, a.queue[:min(a.size, len(a.queue))]); err != nil {
			return err
		}
	}
	return nil
}
