package plan

import (
	"testing"

	"pgregory.net/rapid"
)

type item struct {
	Key string
	Val int
}

func key(i *item) string { return i.Key }

func items(t *rapid.T, name string) []item {
	return rapid.SliceOfDistinct(rapid.Custom(func(t *rapid.T) item {
		return item{rapid.StringMatching(`[a-e][0-3]`).Draw(t, "k"), rapid.IntRange(0, 2).Draw(t, "v")}
	}), func(i item) string { return i.Key }).Draw(t, name)
}

// Applying a difference gives what was wanted, and applying the reverse gives
// back what was there.
func TestDiffAppliesAndTakesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want, have := items(t, "want"), items(t, "have")
		same := func(a, b *item) bool { return *a == *b }
		got := apply(have, Diff(want, key, have, key, same))
		equal(t, got, want)
		back := apply(got, Diff(have, key, got, key, same))
		equal(t, back, have)
		for _, s := range Diff(want, key, want, key, same) {
			if s.Act != Keep {
				t.Fatalf("what is there differs from itself: %v", s)
			}
		}
		c := Count(Diff(want, key, have, key, same))
		if c.Create+c.Keep+c.Change != len(want) || c.Keep+c.Change+c.Close != len(have) {
			t.Fatalf("counts %+v do not add up to %d wanted, %d there", c, len(want), len(have))
		}
	})
}

func apply(have []item, steps []Step[item, item]) []item {
	m := map[string]item{}
	for _, h := range have {
		m[h.Key] = h
	}
	for _, s := range steps {
		if s.Act == Close {
			delete(m, s.Key)
		} else {
			m[s.Key] = *s.Want
		}
	}
	var out []item
	for _, v := range m {
		out = append(out, v)
	}
	return out
}

func equal(t *rapid.T, a, b []item) {
	m := map[item]int{}
	for _, x := range a {
		m[x]++
	}
	for _, x := range b {
		m[x]--
	}
	for x, n := range m {
		if n != 0 {
			t.Fatalf("%v is %d times too often", x, n)
		}
	}
}

func TestPrintSeparatesItsPieces(t *testing.T) {
	if NewPrint().Text("ab", "c").ID() == NewPrint().Text("a", "bc").ID() {
		t.Fatal("two contents, one name")
	}
	first := NewPrint().Text("a").Int(1).ID()
	if again := NewPrint().Text("a").Int(1).ID(); again != first {
		t.Fatal("one content, two names")
	}
}
