package store

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"shouwang/internal/journal"
)

var _ = promised("an answer kept too long is let go, the operation stays known", func(t *testing.T, w *world) {
	do := func(id string) journal.Receipt {
		t.Helper()
		op := journal.Op{ID: id, Hash: "h"}
		r, err := w.Commit(w.ctx, &op, []byte(`{"word":"`+id+`"}`), journal.Change{Entry: journal.Entry{Verb: "thing.done", Thing: "things", ThingID: id}})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	const old = receiptChunk + 3 // more than one turn of the writer
	for i := range old {
		do(fmt.Sprint("old", i))
	}
	w.advance(time.Hour)
	do("young")
	n, err := w.ForgetReceipts(w.ctx, w.clock().Add(-time.Minute))
	if err != nil || n != old {
		t.Fatal(n, err)
	}
	w.reopen(t) // so that nothing is answered from memory
	if r := do("old7"); !r.Repeat || len(r.Body) != 0 {
		t.Errorf("an old operation again: %+v", r)
	}
	if r := do("young"); !r.Repeat || string(r.Body) != `{"word":"young"}` {
		t.Errorf("a young one again: %+v", r)
	}
	if _, err := w.Commit(w.ctx, &journal.Op{ID: "old7", Hash: "other"}, nil, journal.Change{Entry: journal.Entry{Verb: "thing.done", Thing: "things"}}); !errors.Is(err, ErrOpReused) {
		t.Errorf("another body under an old id: %v", err)
	}
	if n, err := w.ForgetReceipts(w.ctx, w.clock().Add(-time.Minute)); n != 0 || err != nil {
		t.Error("again:", n, err)
	}
})
