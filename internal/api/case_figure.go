package api

import (
	"cmp"
	"context"
	"slices"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/need"
	"shouwang/internal/territory"
)

// CaseFigure is how the cases of one line or one place went. What counts fewer than five
// is not said; nor is what could be found by subtracting the others from the whole.
type CaseFigure struct {
	ID     string `json:"id" doc:"of the line or the place; empty for the whole"`
	Title  Words  `json:"title"`
	Told   int    `json:"told" doc:"written down in the time, without those withdrawn or lapsed; 0 where few"`
	Few    bool   `json:"few" doc:"too few to be shown, or hidden with one that is"`
	Closed *int   `json:"closed" doc:"percent of told that are closed"`
	OnTime *int   `json:"on_time" doc:"percent, answered by their time, of those answered or past it"`
	Good   *int   `json:"good" doc:"percent, done and well, of those rated"`
}

// CaseFigures are the figures of a place.
type CaseFigures struct {
	From   string       `json:"from"`
	All    CaseFigure   `json:"all"`
	Lines  []CaseFigure `json:"lines" nullable:"false" doc:"by line of the catalogue, in the order of their ids"`
	Places []CaseFigure `json:"places" nullable:"false" doc:"by the places right below, in the order of the tree"`
	Hushed int          `json:"hushed" doc:"told in confidence: at least so many, in steps of five, from the community upward; 0 for fewer"`
}

// hushedStep is in what steps the sum of what was told in confidence is said, so that one
// more or less does not show.
const hushedStep = access.SmallestCell

func (s *Server) figureOps() {
	type input struct {
		ID    string `path:"id"`
		Weeks int    `query:"weeks" default:"12" minimum:"1" maximum:"104" doc:"how many weeks back, the current one included"`
	}
	read(s, Op{ID: "place-figures", Path: "/places/{id}/case-figures", Action: access.OverviewRead, Summary: "How the cases of a place went, by line and by place: closed, on time, satisfied; never of fewer than five, never of persons"},
		func(ctx context.Context, c *call, in *input) (CaseFigures, error) {
			a, p, err := s.place(ctx, c, access.OverviewRead, in.ID, "")
			if err != nil {
				return CaseFigures{}, err
			}
			monday := c.now.In(zoneTime)
			monday = time.Date(monday.Year(), monday.Month(), monday.Day()-(int(monday.Weekday())+6)%7, 0, 0, 0, 0, zoneTime)
			return s.caseFigures(ctx, a, p, monday.Add(-time.Duration(in.Weeks-1)*week), c.now)
		})
}

// caseFigures adds the cases up by line and by the places right below.
func (s *Server) caseFigures(ctx context.Context, a *Atlas, p *territory.Place, from, now time.Time) (CaseFigures, error) {
	out := CaseFigures{From: stamp(from), Lines: []CaseFigure{}, Places: []CaseFigure{}}
	rows, err := s.Store.CaseFigures(ctx, p.Path, from, now)
	if err != nil {
		return out, err
	}
	type group struct {
		id    string
		title Words
		sum   need.Figure
	}
	lines, below, all := map[string]*group{}, map[string]*group{}, need.Figure{}
	kids := a.Children(p.ID)
	for _, r := range rows {
		all.Add(r.Figure)
		x, err := s.keptItem(ctx, &need.Case{Book: r.Book})
		if err != nil {
			return out, err
		}
		g := lines[x.Line]
		if g == nil {
			g = &group{id: x.Line, title: words(x.LineTitle)}
			if x.Line == "" || g.title.ZH == "" {
				g.title = Words{"其他", "Other"}
			}
			lines[x.Line] = g
		}
		g.sum.Add(r.Figure)
		at := p
		if i := slices.IndexFunc(kids, func(k *territory.Place) bool { return territory.Inside(r.Path, k.Path) }); i >= 0 {
			at = kids[i]
		}
		g = below[at.ID]
		if g == nil {
			g = &group{id: at.ID, title: Words{at.Name, at.Name}}
			if at.ID == p.ID {
				g.title = Words{at.Name + "（本处）", at.Name + " (itself)"}
			}
			below[at.ID] = g
		}
		g.sum.Add(r.Figure)
	}
	wire := func(gs []*group) []CaseFigure {
		told := make([]int, len(gs))
		for i, g := range gs {
			told[i] = g.sum.Told
		}
		shown, out := access.SmallCells(told), []CaseFigure{}
		for i, g := range gs {
			out = append(out, figureWire(g.id, g.title, g.sum, shown[i]))
		}
		return out
	}
	var ls, ps []*group
	for _, g := range lines {
		ls = append(ls, g)
	}
	slices.SortFunc(ls, func(x, y *group) int { return cmp.Compare(x.id, y.id) })
	for _, k := range kids {
		if g := below[k.ID]; g != nil {
			ps = append(ps, g)
		}
	}
	if g := below[p.ID]; g != nil && len(ps) > 0 {
		ps = append(ps, g)
	}
	out.Lines, out.Places = wire(ls), wire(ps)
	_, enough := access.SmallCell(all.Told)
	out.All = figureWire("", Words{}, all, enough)
	if info, _ := p.Kind.Info(); info.Rank <= communityRank {
		n, err := s.Store.CasesHushed(ctx, p.Path, from)
		if err != nil {
			return out, err
		}
		out.Hushed = n / hushedStep * hushedStep
	}
	return out, nil
}

// communityRank is the rank of a community: below it nothing is said of what was told in
// confidence.
var communityRank = func() int {
	info, _ := territory.Community.Info()
	return info.Rank
}()

// figureWire says of a figure what may be said. Of what its shares are of no number is
// said, so nothing is found by subtracting them.
func figureWire(id string, title Words, f need.Figure, shown bool) CaseFigure {
	w := CaseFigure{ID: id, Title: title, Few: !shown}
	if !shown {
		return w
	}
	share := func(part, whole int) *int {
		if _, enough := access.SmallCell(whole); !enough {
			return nil
		}
		n := need.Share(part, whole)
		return &n
	}
	w.Told, w.Closed, w.OnTime, w.Good = f.Told, share(f.Closed, f.Told), share(f.OnTime, f.Judged), share(f.Good, f.Rated)
	return w
}
