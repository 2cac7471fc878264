package page

import (
	"html/template"
	"net/url"
	"strconv"

	"shouwang/internal/fault"
	"shouwang/internal/territory"
)

// ErrNotAHouse refuses to print a board of something that is not one house.
var ErrNotAHouse = fault.Define(fault.Invalid, "SW-2104",
	"楼栋板一次印一栋楼或一个单元，{0}不是。没有印出任何内容。请打开一栋楼再印；整片地方请印地点表。",
	"A board is printed for one building or one stairwell; {0} is neither. Nothing was printed. Open a building and print again; for a whole area print the list of places.")

// Limits of one page of a board: what is wider goes on its side, then onto further
// pages by stairwell, then by floor.
const (
	boardAcross, boardDown = 8, 18  // upright
	wideAcross, wideDown   = 14, 10 // on its side
)

// boardTones are the states of a door in the order of the screen's legend.
var boardTones = []string{"todo", "ok", "help", "again", "refused", "gone"}

// boardSheet is one page of a board: floors from above, stairwells side by side.
type boardSheet struct {
	Way, Name, Round string
	Due, Missing     string
	Chips            []chip
	QR               template.HTML
	Legend           []boardMark
	Units            []boardUnit
	Rows             []boardRow
	Blank            []int
	Wide, Asked      bool
	page
}

type boardMark struct{ Tone, Word, Count string }

type boardUnit struct {
	Name string
	Span int
}

type boardRow struct {
	Floor int
	Units [][]boardDoor
}

// boardDoor is one door: its number, how many live there, what the round found.
// What kind of help is asked for stays off paper.
type boardDoor struct {
	Room, People, Tone, Word, Hint string
	None                           bool
}

// stairs are the doors of one stairwell by floor, no line longer than a page.
type stairs struct {
	id, name string
	across   int
	floors   map[int][]boardDoor
}

// house prints the board of a building or of one stairwell as it stands.
func (p *Pages) house(j *job) (printed, error) {
	id := j.r.PathValue("place")
	var b board
	path := "/places/" + url.PathEscape(id) + "/board"
	if r := j.r.URL.Query().Get("round"); r != "" {
		path += "?round_id=" + url.QueryEscape(r)
	}
	if err := j.ask(path, &b); err != nil {
		return printed{}, err
	}
	g, ok, err := j.at(j.ctx, b.Place.ID)
	if err != nil || !ok {
		return printed{}, ErrNoSheet.With(id)
	}
	if info, _ := g.place.Kind.Info(); info.Rank < 70 || g.place.Kind == territory.Door {
		return printed{}, ErrNotAHouse.With(g.place.Name)
	}
	all, doors, tally := j.stairs(&b, g)
	if doors == 0 {
		return printed{}, ErrNoSheet.With(g.say())
	}
	first := boardSheet{Way: way(g), Name: g.house(), Asked: b.Round != nil, Legend: j.legend(tally)}
	if b.Round != nil {
		first.Round, first.Due = j.say(b.Round.Title), moment(j.Lang, stamp(b.Round.Due))
		first.Missing = put2(put(j.t["board-missing"], strconv.Itoa(b.Round.Missing)), strconv.Itoa(b.Round.Total), "")
	} else {
		first.Round = put(j.t["doors-n"], strconv.Itoa(doors))
	}
	n := 0
	if first.Chips, err = j.chips(g, &n); err != nil {
		return printed{}, err
	}
	if first.QR, err = qr(j.base(j.r) + "/console/buildings/" + url.PathEscape(g.place.ID)); err != nil {
		return printed{}, err
	}
	card, _, err := j.Store.ContactAt(j.ctx, g.place.Path)
	if err != nil {
		return printed{}, err
	}
	first.Phone = card.Card.Phone
	sheets := boardPages(&first, all)
	if len(sheets) > maxSheets {
		return printed{}, ErrTooMuch.With(maxSheets, len(sheets))
	}
	j.Title = put(j.t["board-title"], g.say())
	return printed{"board", struct {
		print
		Sheets []boardSheet
	}{j.print, sheets}, "print.board", g.place.ID, g.place.Path, doors}, nil
}

// stairs lays the doors out by stairwell and counts them by state.
func (j *job) stairs(b *board, g ground) (all []*stairs, doors int, tally map[string]int) {
	tally = map[string]int{}
	of := map[string]*stairs{}
	for _, u := range b.Units {
		x := &stairs{id: u.ID, name: u.Name, floors: map[int][]boardDoor{}}
		all, of[u.ID] = append(all, x), x
	}
	for _, f := range b.Floors {
		for _, c := range f.Cells {
			u := of[c.UnitID]
			if u == nil { // the place is itself a stairwell, or a house without
				u = &stairs{id: c.UnitID, name: g.place.Name, floors: map[int][]boardDoor{}}
				all, of[c.UnitID] = append(all, u), u
			}
			d := boardDoor{Room: c.Room, People: j.count("people-here", c.People), Hint: j.hint(c.Hints)}
			if c.State != "none" {
				d.Tone, d.Word = c.State, j.t["tone-"+c.State]
			}
			tally[c.State]++
			doors++
			u.floors[f.Floor] = append(u.floors[f.Floor], d)
			u.across = max(u.across, len(u.floors[f.Floor]))
		}
	}
	kept := all[:0]
	for _, u := range all {
		if u.across > 0 {
			kept = append(kept, u)
		}
	}
	return kept, doors, tally
}

// legend is what each shape means, with how many doors of the house have it.
func (j *job) legend(tally map[string]int) []boardMark {
	var out []boardMark
	for _, tone := range boardTones {
		if tally[tone] > 0 {
			out = append(out, boardMark{tone, j.t["tone-"+tone], strconv.Itoa(tally[tone])})
		}
	}
	if tally["none"] > 0 && len(out) > 0 {
		out = append(out, boardMark{"", j.t["tone-none"], strconv.Itoa(tally["none"])})
	}
	return out
}
