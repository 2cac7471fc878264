package register

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"shouwang/internal/plan"
)

// book is a register in memory, with everything the import asks of a store.
type book struct {
	persons map[string]Person
	sources map[string]Source
	homes   map[string]Household
	n       int
}

func newBook() *book {
	return &book{persons: map[string]Person{}, sources: map[string]Source{}, homes: map[string]Household{}}
}

func (b *book) id() string { b.n++; return fmt.Sprintf("%06d", b.n) }

func key(r *Record) string {
	if r.Index != "" {
		return "n" + r.Index
	}
	return "d" + r.Door + "|" + r.Name + "|" + r.Birth
}

// take imports a file as the API does and returns verdicts and what was written.
func (b *book) take(origin, today string, rows []Row) (map[int]plan.Verdict, Import) {
	for i := range rows {
		rows[i].Line, rows[i].Path, rows[i].Index, rows[i].Date = i, "1."+rows[i].Door+".", rows[i].IDNumber, rows[i].Verified
	}
	records, verdicts := Gather(rows)
	in := Among{ByKey: map[string]Someone{}, Named: map[string]bool{}, ByIndex: map[string][]Someone{}, AtDoor: map[string][]Someone{}, May: func(string) bool { return true }}
	for _, p := range b.sorted() {
		s := Someone{p.ID, p.Name, p.Birth, p.PlaceID, p.Path}
		in.AtDoor[p.PlaceID] = append(in.AtDoor[p.PlaceID], s)
		if p.IDNumber != "" {
			in.ByIndex[p.IDNumber] = append(in.ByIndex[p.IDNumber], s)
		}
	}
	var claims []Claim
	for _, r := range records {
		c := Claim{Record: r, Key: key(r)}
		same := false
		for _, x := range b.sources {
			if x.From == origin && x.Key == c.Key {
				p := b.persons[x.PersonID]
				in.ByKey[c.Key], same = Someone{p.ID, p.Name, p.Birth, p.PlaceID, p.Path}, string(x.Fields) == string(r.JSON())
			}
		}
		if !same {
			claims = append(claims, c)
			continue
		}
		in.Named[in.ByKey[c.Key].ID] = true
		for _, l := range r.Lines {
			verdicts[l] = plan.Verdict{Outcome: plan.Unchanged}
		}
	}
	claims = Match(claims, in, verdicts)
	for i := range claims {
		for _, x := range b.sources {
			if c := &claims[i]; c.Person != "" && x.From == origin && x.PersonID == c.Person {
				c.Source = x.ID
			}
		}
	}
	heads := map[string]int{}
	for _, p := range b.persons {
		heads[p.PlaceID]++
	}
	homes := map[string]Household{}
	for _, h := range b.homes {
		if h.Until.IsZero() {
			homes[h.PlaceID] = h
		}
	}
	now, _ := time.Parse("2006-01-02", today)
	m := Settle(claims, Files{Origin: origin, Persons: b.persons, Sources: b.sources, Homes: homes, Heads: heads, NewID: b.id, Now: now, Today: today})
	for l, v := range m.Verdicts {
		verdicts[l] = v
	}
	for _, p := range m.Persons {
		p.Version++
		b.persons[p.ID] = p
	}
	for _, x := range m.Sources {
		x.Version++
		b.sources[x.ID] = x
	}
	for _, h := range m.Households {
		h.Version++
		b.homes[h.ID] = h
	}
	return verdicts, m
}

func (b *book) sorted() []Person {
	var out []Person
	for _, p := range b.persons {
		out = append(out, p)
	}
	slices.SortFunc(out, func(x, y Person) int { return strings.Compare(x.ID, y.ID) })
	return out
}

func genRow(t *rapid.T) Row {
	pick := func(name string, from ...string) string { return rapid.SampledFrom(from).Draw(t, name) }
	r := Row{Facts: Facts{Door: pick("door", "a", "b", "c"), Name: pick("name", "王一", "王二", "李三"), Birth: pick("birth", "", "1980-01-01", "1990-01-01"),
		IDNumber: pick("number", "", "", "N1", "N2", "N3"), Phone: pick("phone", "", "1", "2", "3"), Tenure: pick("tenure", "", "own", "rent"),
		Verified: pick("verified", "", "2026-01-01", "2026-02-01", "2026-03-01")}}
	if rapid.Bool().Draw(t, "cared") {
		r.Care = []Care{{Group: pick("group", "alone", "child")}}
	}
	return r
}

// Whatever files come in whatever order: every line has one verdict, the same file
// again changes nothing, a door has a household exactly while people live there,
// a file has one record of a person, and every field's winner is the latest.
func TestImportsKeepTheRegister(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := newBook()
		for i := range rapid.IntRange(1, 4).Draw(t, "files") {
			origin := rapid.SampledFrom([]string{"甲", "乙"}).Draw(t, "origin")
			rows := rapid.SliceOfN(rapid.Custom(genRow), 0, 8).Draw(t, "rows")
			before := len(b.persons)
			verdicts, m := b.take(origin, fmt.Sprintf("2026-04-%02d", i+1), slices.Clone(rows))
			if len(verdicts) != len(rows) {
				t.Fatalf("%d verdicts for %d rows", len(verdicts), len(rows))
			}
			inserted := 0
			for _, v := range verdicts {
				if v.Outcome == plan.Inserted {
					inserted++
				}
			}
			if inserted != len(b.persons)-before {
				t.Fatalf("%d lines say inserted, %d people came", inserted, len(b.persons)-before)
			}
			b.check(t)
			again, none := b.take(origin, fmt.Sprintf("2026-04-%02d", i+11), slices.Clone(rows))
			if len(none.Persons)+len(none.Sources)+len(none.Households) > 0 {
				t.Fatalf("the same file again wrote %+v after %+v", none, m)
			}
			for _, v := range again {
				if v.Outcome != plan.Unchanged && v.Outcome != plan.Rejected {
					t.Fatalf("the same file again: %v", v)
				}
			}
		}
	})
}

func (b *book) check(t *rapid.T) {
	living := map[string]int{}
	for _, h := range b.homes {
		if h.Until.IsZero() {
			living[h.PlaceID]++
		}
	}
	lived := map[string]bool{}
	for _, p := range b.persons {
		lived[p.PlaceID] = true
		if h := b.homes[p.HouseholdID]; h.PlaceID != p.PlaceID || !h.Until.IsZero() {
			t.Fatalf("%+v is in household %+v", p, h)
		}
	}
	for door, n := range living {
		if n != 1 || !lived[door] {
			t.Fatalf("%d households at %s, lived in: %v", n, door, lived[door])
		}
	}
	per := map[[2]string]int{}
	best := map[string]Source{}
	for _, s := range b.sources {
		per[[2]string{s.From, s.PersonID}]++
		if f, err := ReadFacts(s.Fields); err == nil && f.Phone != "" && s.Date > best[s.PersonID].Date {
			best[s.PersonID] = s
		}
	}
	for k, n := range per {
		if n != 1 {
			t.Fatalf("%d records of %v", n, k)
		}
	}
	for id, s := range best {
		if w := b.persons[id].Won["phone"]; w.Date != s.Date {
			t.Fatalf("phone of %s won by %v, latest is %s of %s", id, w, s.ID, s.Date)
		}
	}
}

func TestImportByExample(t *testing.T) {
	one := func(name, birth, number, phone, verified string) Row {
		return Row{Facts: Facts{Door: "a", Name: name, Birth: birth, IDNumber: number, Phone: phone, Verified: verified}}
	}
	at := func(r Row, door string) Row { r.Door = door; return r }
	for _, x := range []struct {
		name  string
		files [][]Row
		want  string // outcomes of the last file
		phone string // of the first person afterwards
	}{
		{"the newer visit wins", [][]Row{{one("王一", "1980-01-01", "N1", "1", "2026-02-01"), one("王一", "1980-01-01", "N1", "2", "2026-03-01")}}, "inserted updated", "2"},
		{"the older visit loses", [][]Row{{one("王一", "", "N1", "1", "2026-03-01"), one("王一", "", "N1", "2", "2026-02-01")}}, "inserted unchanged", "1"},
		{"blank says nothing", [][]Row{{one("王一", "", "N1", "1", "2026-03-01")}, {one("王一", "", "N1", "", "2026-03-01")}}, "unchanged", "1"},
		{"found by number at another door: moved", [][]Row{{one("王一", "", "N1", "1", "2026-03-01")}, {at(one("王一", "", "N1", "", "2026-03-05"), "b")}}, "updated", "1"},
		{"a masked number is found by door, name and birth", [][]Row{{one("王一", "1980-01-01", "N1", "1", "2026-03-01")}, {one("王一", "1980-01-01", "", "2", "2026-03-05")}}, "updated", "2"},
		{"a number under another name and door", [][]Row{{one("王一", "", "N1", "1", "")}, {at(one("李三", "", "N1", "2", ""), "b")}}, "rejected", "1"},
		{"two of one name, the line does not say which", [][]Row{{one("王一", "1980-01-01", "N1", "1", ""), one("王一", "1990-01-01", "N2", "2", "")}, {one("王一", "", "", "3", "")}}, "rejected", "1"},
		{"another number for the same person", [][]Row{{one("王一", "1980-01-01", "N1", "1", "")}, {one("王一", "1980-01-01", "N2", "2", "")}}, "rejected", "1"},
	} {
		b := newBook()
		got := ""
		for i, f := range x.files {
			verdicts, _ := b.take(fmt.Sprint("文件", i), fmt.Sprintf("2026-04-%02d", i+1), f)
			got = ""
			for l := range f {
				got += string(verdicts[l].Outcome) + " "
			}
		}
		if got != x.want+" " || b.sorted()[0].Phone != x.phone {
			t.Errorf("%s: %s, phone %s; want %s, %s", x.name, got, b.sorted()[0].Phone, x.want, x.phone)
		}
	}
}
