package need

import (
	"errors"
	"testing"
	"time"

	"shouwang/internal/fault"
)

// A batch goes only when it says everything: each household answers each question, nobody
// stays at home without somebody who minds them, and there is a seat for all.
func TestABatchSaysWhoGoesAndWhatStaysBehind(t *testing.T) {
	now := time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	born := func(y int) time.Time { return time.Date(y, 5, 1, 0, 0, 0, 0, time.UTC) }
	asked := []string{"left-dependant", "left-pet"}
	whole := func() (Batch, []Home) {
		return Batch{Vehicle: "2 号车", Seats: 2, Site: "隔离点", Basis: "令第 3 号", Until: now.Add(time.Hour), Opened: now},
			[]Home{{Door: "d", Going: 1, Left: []time.Time{born(1990)}, Stays: []Stays{{Chain: "left-dependant", Nobody: true}, {Chain: "left-pet", Who: "acc"}}}}
	}
	for _, x := range []struct {
		name  string
		spoil func(*Batch, []Home)
		want  *fault.Def
	}{
		{"whole", func(*Batch, []Home) {}, nil},
		{"nobody goes", func(_ *Batch, h []Home) { h[0].Going = 0 }, ErrBatch},
		{"no vehicle", func(x *Batch, _ []Home) { x.Vehicle = " " }, ErrBatch},
		{"no basis", func(x *Batch, _ []Home) { x.Basis = "" }, ErrBatch},
		{"an end in the past", func(x *Batch, _ []Home) { x.Until = now }, ErrBatch},
		{"too few seats", func(_ *Batch, h []Home) { h[0].Going = 3 }, ErrSeats},
		{"a question not answered", func(_ *Batch, h []Home) { h[0].Stays = h[0].Stays[:1] }, ErrStays},
		{"nobody and somebody at once", func(_ *Batch, h []Home) { h[0].Stays[1].Nobody = true }, ErrStays},
		{"a child left alone", func(_ *Batch, h []Home) { h[0].Left = []time.Time{born(2018)} }, ErrAlone},
		{"two old people left alone", func(_ *Batch, h []Home) { h[0].Left = []time.Time{born(1940), born(1944)} }, ErrAlone},
		{"a child with a grown-up", func(_ *Batch, h []Home) { h[0].Left = []time.Time{born(2018), born(1985)} }, nil},
		{"a child with somebody by name", func(_ *Batch, h []Home) {
			h[0].Left, h[0].Stays[0] = []time.Time{born(2018)}, Stays{Chain: "left-dependant", Who: "acc"}
		}, nil},
		{"everybody goes", func(_ *Batch, h []Home) { h[0].Left = nil }, nil},
	} {
		b, homes := whole()
		x.spoil(&b, homes)
		err := b.Check(homes, asked, func(d string) string { return d }, func(c string) string { return c })
		if x.want == nil && err != nil || x.want != nil && !errors.Is(err, x.want) {
			t.Fatalf("%s: %v", x.name, err)
		}
	}
}
