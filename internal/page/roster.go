package page

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"time"
)

// turnBoard is what the API says of a place's shifts.
type turnBoard struct {
	PlaceID string `json:"place_id"`
	Place   string
	From    string
	Days    int
	Cut     bool
	Shifts  []turnShift
	Draft   *struct{ Draft []turnShift }
}

type turnShift struct {
	Item           string
	Title          both
	PlaceID        string `json:"place_id"`
	Place          string
	HelperID       string `json:"helper_id"`
	Name           string
	From, Until    string
	State          string
	begins, ending time.Time
}

// rosterSheet is a week of one building, or of one place whose posts are held by turns.
type rosterSheet struct {
	Name, Days string
	Draft      bool
	Columns    []rosterDay
	Rows       []rosterRow
	People     string
	Open       string
	No, Of     string
}

type rosterDay struct{ Day, Week string }

// rosterRow is one post at one time of day.
type rosterRow struct {
	Post  string // empty below its first time
	Span  int
	Hours string
	Cells [][]rosterName
}

// rosterName is who stands there; empty is a line to write on.
type rosterName struct {
	Name string
	Done bool
}

const rosterWeek = 7

// roster prints who stands where at a place and below, one sheet for each building and
// week. With draft, a roster that is not published; it says so.
func (p *Pages) roster(j *job) (printed, error) {
	q, ask := j.r.URL.Query(), url.Values{}
	for _, k := range []string{"from", "days", "draft"} {
		if v := q.Get(k); v != "" {
			ask.Set(k, v)
		}
	}
	var b turnBoard
	if err := j.ask("/places/"+url.PathEscape(j.r.PathValue("place"))+"/roster?"+ask.Encode(), &b); err != nil {
		return printed{}, err
	}
	draft := q.Get("draft") != "" && b.Draft != nil
	if draft {
		b.Shifts = b.Draft.Draft
	}
	place, ok, err := j.Store.Place(j.ctx, b.PlaceID)
	if err != nil {
		return printed{}, err
	}
	if !ok || len(b.Shifts) == 0 {
		return printed{}, ErrNoSheet.With(b.Place)
	}
	sheets, err := j.weeks(&b, draft)
	if err != nil {
		return printed{}, err
	}
	if len(sheets) > maxSheets || b.Cut {
		return printed{}, ErrTooMuch.With(maxSheets, max(len(sheets), maxSheets+1))
	}
	for i := range sheets {
		sheets[i].No, sheets[i].Of = strconv.Itoa(i+1), strconv.Itoa(len(sheets))
	}
	card, _, err := j.Store.ContactAt(j.ctx, place.Path)
	if err != nil {
		return printed{}, err
	}
	j.Title = put(j.t["roster-title"], b.Place)
	return printed{"roster", struct {
		print
		Phone  string
		Sheets []rosterSheet
	}{j.print, card.Card.Phone, sheets}, "print.roster", place.ID, place.Path, len(b.Shifts)}, nil
}

// weeks divides what is to be printed into sheets: by place, then by seven days.
func (j *job) weeks(b *turnBoard, draft bool) ([]rosterSheet, error) {
	first, err := time.ParseInLocation(time.DateOnly, b.From, civil)
	if err != nil {
		return nil, err
	}
	by := map[string][]turnShift{}
	var places []turnShift
	for _, s := range b.Shifts {
		if s.State == "dropped" {
			continue
		}
		from, err1 := time.Parse(time.RFC3339, s.From)
		until, err2 := time.Parse(time.RFC3339, s.Until)
		if err := cmp.Or(err1, err2); err != nil {
			return nil, err
		}
		if s.begins, s.ending = from.In(civil), until.In(civil); by[s.PlaceID] == nil {
			places = append(places, s)
		}
		by[s.PlaceID] = append(by[s.PlaceID], s)
	}
	slices.SortStableFunc(places, func(x, y turnShift) int {
		return cmp.Or(cmp.Compare(len(x.Place), len(y.Place)), cmp.Compare(x.Place, y.Place))
	})
	var out []rosterSheet
	for _, at := range places {
		for d := 0; d < b.Days; d += rosterWeek {
			from := first.AddDate(0, 0, d)
			if s := j.week(by[at.PlaceID], from, min(rosterWeek, b.Days-d)); len(s.Rows) > 0 {
				s.Name, s.Draft = at.Place, draft
				out = append(out, s)
			}
		}
	}
	return out, nil
}

// week is one sheet.
func (j *job) week(shifts []turnShift, from time.Time, days int) rosterSheet {
	s := rosterSheet{Days: dated(j.Lang, from) + " – " + dated(j.Lang, from.AddDate(0, 0, days-1))}
	for d := range days {
		day := from.AddDate(0, 0, d)
		s.Columns = append(s.Columns, rosterDay{day.Format(map[string]string{"zh": "1月2日", "en": "2 Jan"}[j.Lang]), j.t["week-"+strconv.Itoa(int(day.Weekday()))]})
	}
	type key struct{ post, hours string }
	rows := map[key]*rosterRow{}
	var order []key
	people := map[string]bool{}
	open := 0
	for _, x := range shifts {
		d := int(x.begins.Sub(from) / (24 * time.Hour))
		if x.begins.Before(from) || d >= days {
			continue
		}
		k := key{j.say(x.Title), clock(x.begins) + "–" + clock(x.ending)}
		if rows[k] == nil {
			rows[k] = &rosterRow{Post: k.post, Hours: k.hours, Cells: make([][]rosterName, days)}
			order = append(order, k)
		}
		rows[k].Cells[d] = append(rows[k].Cells[d], rosterName{x.Name, x.State == "done"})
		if people[x.HelperID] = x.HelperID != ""; x.HelperID == "" {
			open++
		}
	}
	delete(people, "")
	slices.SortFunc(order, func(a, b key) int { return cmp.Or(cmp.Compare(a.post, b.post), cmp.Compare(a.hours, b.hours)) })
	for i, k := range order {
		r := *rows[k]
		if i > 0 && order[i-1].post == k.post {
			r.Post = ""
		} else {
			for r.Span = 1; i+r.Span < len(order) && order[i+r.Span].post == k.post; {
				r.Span++
			}
		}
		s.Rows = append(s.Rows, r)
	}
	s.People = j.count("roster-people", len(people))
	if s.Open = j.t["roster-full"]; open > 0 {
		s.Open = j.count("roster-open", open)
	}
	return s
}
