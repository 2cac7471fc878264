package page

import (
	"html/template"
	"net/url"
	"strconv"
	"strings"
)

// Limits of one print.
const (
	maxSheets = 60 // stairwells at once
	maxRows   = 7  // floors on one page: more would not leave room for a pen
	maxAcross = 4  // doors side by side
	maxLabels = 2000
)

// board is a building of the API as far as a sheet shows it.
type board struct {
	Place struct {
		ID       string
		FullName string `json:"full_name"`
	}
	Crumbs []struct{ ID, Name, Kind string }
	Round  *struct {
		ID       string
		Title    both
		Due      string
		Missing  int
		Total    int
		Outcomes []outcome
	}
	Units  []struct{ ID, Name string }
	Floors []struct {
		Floor int
		Cells []struct {
			UnitID  string `json:"unit_id"`
			Room    string
			State   string
			Outcome string
			People  int
			Hints   []string
		}
	}
}

type outcome struct {
	ID, ZH, EN, Tone string
	System           bool
	Choose           []struct{ ID, ZH, EN string }
}

// sweepSheet is one A4 page: the floors of one stairwell as on the phone.
type sweepSheet struct {
	Way, Name, Round string
	Due              string
	Doors, People    string
	Chips            []chip
	QR               template.HTML
	Kinds            []kind
	Rows             []row
	Across           int
	Sum              []string
	Blank            []int
	page
}

type kind struct{ N, Word string }

type row struct {
	Floor int
	Cells []cell
}

// cell is one door. A box that was ticked before is printed ticked.
type cell struct {
	Room, People, Hint string
	Left, Right        []box
	None               bool
}

type box struct {
	Word       string
	Help, Done bool
}

// hintsOnPaper are those that say how to knock; what tells an illness or who lives
// alone stays off paper.
var hintsOnPaper = []string{"knock-long", "sign"}

// sweep makes the sheets of a round for a stairwell, a building or a micro-grid.
func (j *job) sweepData(b board) ([]sweepSheet, int, error) {
	type at struct {
		id, name string
		rows     []row
		doors    int
		people   int
	}
	var units []*at
	of := map[string]*at{}
	for _, u := range b.Units {
		x := &at{id: u.ID, name: u.Name}
		units, of[u.ID] = append(units, x), x
	}
	left, right, sum, kinds := j.boxes(b.Round.Outcomes)
	for _, f := range b.Floors {
		rows := map[*at]*row{}
		for _, c := range f.Cells {
			u := of[c.UnitID]
			if u == nil {
				u = &at{id: c.UnitID}
				units, of[c.UnitID] = append(units, u), u
			}
			if c.State == "none" {
				continue // the round does not ask for this door
			}
			r := rows[u]
			if r == nil || len(r.Cells) == maxAcross {
				u.rows = append(u.rows, row{Floor: f.Floor})
				r = &u.rows[len(u.rows)-1]
				rows[u] = r
			}
			u.doors++
			u.people += c.People
			r.Cells = append(r.Cells, cell{Room: c.Room, People: j.count("listed", c.People), Hint: j.hint(c.Hints), Left: tick(left, c.Outcome), Right: tick(right, c.Outcome)})
		}
	}
	var out []sweepSheet
	var doors, marks int
	for _, u := range units {
		if u.doors == 0 {
			continue
		}
		g, ok, err := j.at(j.ctx, u.id)
		if err != nil || !ok {
			return nil, 0, err
		}
		chips, err := j.chips(g, &marks)
		if err != nil {
			return nil, 0, err
		}
		code, err := qr(j.base(j.r) + "/m/sheet/" + url.PathEscape(b.Round.ID) + "/" + url.PathEscape(u.id))
		if err != nil {
			return nil, 0, err
		}
		card, _, err := j.Store.ContactAt(j.ctx, g.place.Path)
		if err != nil {
			return nil, 0, err
		}
		parts := split(u.rows)
		for n, rows := range parts {
			s := sweepSheet{Way: way(g), Name: g.house(), Round: j.say(b.Round.Title), Due: near(j.Lang, stamp(b.Round.Due), j.now), Doors: strconv.Itoa(u.doors), People: strconv.Itoa(u.people),
				Chips: chips, QR: code, Kinds: kinds, Rows: rows, Blank: make([]int, max(2, min(4, 10-len(rows))))}
			here := 0
			for _, r := range rows {
				s.Across = max(s.Across, len(r.Cells))
				here += len(r.Cells)
			}
			for i := range rows {
				for len(rows[i].Cells) < s.Across {
					rows[i].Cells = append(rows[i].Cells, cell{None: true})
				}
			}
			s.Sum = append([]string{j.count("sum-of", here)}, sum...)
			s.page = page{strconv.Itoa(n + 1), strconv.Itoa(len(parts)), card.Card.Phone}
			out = append(out, s)
		}
		doors += u.doors
	}
	return out, doors, nil
}

// split cuts a stairwell into pages of even height.
func split(rows []row) [][]row {
	n := (len(rows) + maxRows - 1) / maxRows
	var out [][]row
	for i := range n {
		out = append(out, rows[i*len(rows)/n:(i+1)*len(rows)/n])
	}
	return out
}

// boxes are the answers of a round as boxes, the good and the needy on the left,
// with the words of the counting line and the numbered kinds of help.
func (j *job) boxes(all []outcome) (left, right []tickable, sum []string, kinds []kind) {
	for _, o := range all {
		if o.System || o.ID == "lifted" {
			continue
		}
		b := tickable{o.ID, box{Word: j.say(both{o.ZH, o.EN}), Help: len(o.Choose) > 0}}
		if o.Tone == "ok" || o.Tone == "help" {
			left = append(left, b)
		} else {
			right = append(right, b)
		}
		sum = append(sum, b.Word)
		for _, c := range o.Choose {
			kinds = append(kinds, kind{strconv.Itoa(len(kinds) + 1), j.say(both{c.ZH, c.EN})})
		}
	}
	return left, right, append(sum, j.t["not-yet"]), kinds
}

type tickable struct {
	id string
	box
}

func tick(list []tickable, done string) []box {
	out := make([]box, len(list))
	for i, b := range list {
		out[i] = b.box
		out[i].Done = done != "" && b.id == done
	}
	return out
}

func (j *job) hint(hints []string) string {
	for _, h := range hints {
		if has(hintsOnPaper, h) {
			return j.t["hint-"+h]
		}
	}
	return ""
}

// way says where a stairwell is, from the subdistrict down to the micro-grid.
func way(g ground) string {
	var out []string
	for _, q := range g.up {
		if info, _ := q.Kind.Info(); info.Rank >= 30 && info.Rank <= 60 {
			out = append(out, q.Name)
		}
	}
	return strings.Join(out, " · ")
}

func (p *Pages) sweep(j *job) (printed, error) {
	place := j.r.URL.Query().Get("place")
	if place == "" {
		return printed{}, ErrNoSheet.With("place")
	}
	var b board
	if err := j.ask("/places/"+url.PathEscape(place)+"/board?round_id="+url.QueryEscape(j.r.PathValue("round")), &b); err != nil {
		return printed{}, err
	}
	if b.Round == nil {
		return printed{}, ErrNoSheet.With(b.Place.FullName)
	}
	if len(b.Units) > maxSheets {
		return printed{}, ErrTooMuch.With(maxSheets, len(b.Units))
	}
	if len(b.Units) == 0 && len(b.Crumbs) > 0 { // the place is itself a stairwell, or a house without
		last := b.Crumbs[len(b.Crumbs)-1]
		b.Units = append(b.Units, struct{ ID, Name string }{last.ID, last.Name})
	}
	sheets, doors, err := j.sweepData(b)
	if err != nil {
		return printed{}, err
	}
	if doors == 0 {
		return printed{}, ErrNoSheet.With(b.Place.FullName)
	}
	g, _, err := j.at(j.ctx, b.Place.ID)
	if err != nil {
		return printed{}, err
	}
	j.Title = put(j.t["sweep-title"], g.say())
	return printed{"sweep", struct {
		print
		Sheets []sweepSheet
	}{j.print, sheets}, "print.sweep", g.place.ID, g.place.Path, doors}, nil
}

// put fills the first blank of a word.
func put(word, arg string) string { return strings.ReplaceAll(word, "{0}", arg) }
