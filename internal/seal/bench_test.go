package seal

import (
	"fmt"
	"testing"
)

func BenchmarkSeal(b *testing.B) {
	s, _ := newSealer(b)
	where, plain := Context("persons", "id_number", "01h00000000000000000000001"), []byte("99020319500101123X")
	must(b, s, "register", "p", where, "")
	for b.Loop() {
		if _, err := s.Seal(bg, "register", "p", where, plain); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOpen(b *testing.B) {
	s, _ := newSealer(b)
	where := Context("persons", "id_number", "01h00000000000000000000001")
	sealed := must(b, s, "register", "p", where, "99020319500101123X")
	for b.Loop() {
		if _, err := s.Open(bg, "register", "p", where, sealed); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkIndex(b *testing.B) {
	s, _ := newSealer(b)
	for b.Loop() {
		s.Index("persons.id_number", "99020319500101123X")
	}
}

// One run makes and seals one field each for 130,000 new subjects.
func BenchmarkNewSubjects130000(b *testing.B) {
	items := make([]Item, 130_000)
	for i := range items {
		id := fmt.Sprintf("01h%023d", i)
		items[i] = Item{Subject: id, Context: Context("persons", "phone", id), Bytes: []byte("12900001234")}
	}
	for b.Loop() {
		s, _ := newSealer(b)
		if _, err := s.SealAll(bg, "register", items); err != nil {
			b.Fatal(err)
		}
	}
}

// One run opens one field each of 130,000 subjects after a fresh start.
func BenchmarkColdOpen130000(b *testing.B) {
	first, ring := newSealer(b)
	items := make([]Item, 130_000)
	for i := range items {
		id := fmt.Sprintf("01h%023d", i)
		items[i] = Item{Subject: id, Context: Context("persons", "phone", id), Bytes: []byte("12900001234")}
	}
	sealed, err := first.SealAll(bg, "register", items)
	if err != nil {
		b.Fatal(err)
	}
	for i := range items {
		items[i].Bytes = sealed[i]
	}
	for b.Loop() {
		got, err := New(first.root, ring).OpenAll(bg, "register", items)
		if err != nil || got[len(got)-1].Err != nil {
			b.Fatal(err)
		}
	}
}
