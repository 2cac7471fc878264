package api

import "sync"

// turns lets writes to one thing go one after the other. Without them two that come
// together would be decided on the same state, and one of them in vain: the commit
// would find that out, but only after its group.
type turns struct {
	mu sync.Mutex
	at map[string]*turn
}

type turn struct {
	mu sync.Mutex
	n  int // who has it or waits for it
}

// take waits for the thing's turn and returns how to pass it on.
func (t *turns) take(thing string) (pass func()) {
	t.mu.Lock()
	if t.at == nil {
		t.at = map[string]*turn{}
	}
	x := t.at[thing]
	if x == nil {
		x = &turn{}
		t.at[thing] = x
	}
	x.n++
	t.mu.Unlock()
	x.mu.Lock()
	return t.pass(thing, x)
}

// try takes the thing's turn if nobody has it or waits for it.
func (t *turns) try(thing string) (pass func(), free bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.at == nil {
		t.at = map[string]*turn{}
	}
	if t.at[thing] != nil {
		return nil, false
	}
	x := &turn{n: 1}
	x.mu.Lock()
	t.at[thing] = x
	return t.pass(thing, x), true
}

// pass returns how to pass a turn on.
func (t *turns) pass(thing string, x *turn) func() {
	return func() {
		x.mu.Unlock()
		t.mu.Lock()
		defer t.mu.Unlock()
		if x.n--; x.n == 0 {
			delete(t.at, thing)
		}
	}
}
