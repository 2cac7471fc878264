package api

import (
	"context"
	"slices"
	"strings"

	"shouwang/internal/access"
	"shouwang/internal/mode"
	"shouwang/internal/territory"
)

// Catalogue is what people at a place may ask for and what is done for them there: the
// work lines with the items in force, each with its desk, times and end.
type Catalogue struct {
	PlaceID   string           `json:"place_id"`
	Place     string           `json:"place"`
	Playbook  string           `json:"playbook" doc:"Empty: what is in force. Else the playbook that is looked at as if an incident used it here"`
	InForce   []CatalogueBook  `json:"in_force" nullable:"false" doc:"The everyday playbook, then that of each incident that covers the place"`
	Books     []CatalogueBook  `json:"books" nullable:"false" doc:"The playbooks to look at"`
	Lines     []CatalogueLine  `json:"lines" nullable:"false"`
	Chains    []CatalogueChain `json:"chains" nullable:"false"`
	Calendar  *WorkCalendar    `json:"calendar"`
	Places    []DocPlace       `json:"places" nullable:"false"`
	MayEdit   bool             `json:"may_edit" doc:"The reader may change items at this place"`
	Why       string           `json:"why" doc:"Why not"`
	Roles     []CatalogueWord  `json:"roles" nullable:"false" doc:"Desks that a new item may name"`
	Proofs    []CatalogueWord  `json:"proofs" nullable:"false"`
	Waiting   int              `json:"waiting" doc:"Changes of items here that wait for the level above"`
	Confident int              `json:"confidential" doc:"How many of the items are confidential"`
}

// CatalogueWord is a word with its id.
type CatalogueWord struct {
	ID    string `json:"id"`
	Title Words  `json:"title"`
}

// CatalogueBook is a playbook of a catalogue.
type CatalogueBook struct {
	ID       string `json:"id"`
	Title    Words  `json:"title"`
	Version  int    `json:"version"`
	Incident string `json:"incident" doc:"The incident that brought it; empty for the everyday one"`
	Name     string `json:"name" doc:"What the incident is called"`
}

// CatalogueLine is a work line with its items.
type CatalogueLine struct {
	ID    string          `json:"id"`
	Title Words           `json:"title"`
	Items []CatalogueItem `json:"items" nullable:"false"`
}

// CatalogueItem is one item in force.
type CatalogueItem struct {
	ID         string         `json:"id"`
	Key        string         `json:"key" doc:"cases.ID, as overrides name it"`
	Playbook   string         `json:"playbook"`
	Title      Words          `json:"title"`
	Hint       Words          `json:"hint"`
	Icon       string         `json:"icon"`
	Ask        bool           `json:"ask" doc:"Residents see it on their page"`
	Urgency    string         `json:"urgency" enum:"life,today,routine"`
	Essential  bool           `json:"essential"`
	As         string         `json:"as" doc:"round, post, notice or goods that serves it; empty for a case"`
	Served     Words          `json:"served" doc:"What that noun is called"`
	Off        bool           `json:"off" doc:"What serves it is switched off here"`
	Role       string         `json:"role"`
	Desk       Words          `json:"desk"`
	Take       SpanWords      `json:"take"`
	Within     SpanWords      `json:"within"`
	Hold       SpanWords      `json:"hold"`
	Silence    SpanWords      `json:"silence"`
	Consent    SpanWords      `json:"consent"`
	Clock      string         `json:"clock"`
	Pause      SpanWords      `json:"pause"`
	PauseWhy   []Words        `json:"pause_why" nullable:"false"`
	Proof      string         `json:"proof"`
	ProofWords Words          `json:"proof_words"`
	Sees       []Words        `json:"sees" nullable:"false"`
	Only       string         `json:"only"`
	OnlyWords  Words          `json:"only_words"`
	Chain      string         `json:"chain"`
	ChainWords Words          `json:"chain_words"`
	Opens      Words          `json:"opens"`
	Added      string         `json:"added" doc:"The place that added it; empty for the playbook's own"`
	Changes    []OverrideInfo `json:"changes" nullable:"false" doc:"What places above and this one change in it, or want to"`
}

// SpanWords is a length of time as it is written and in words; empty where there is none.
type SpanWords struct {
	ISO string `json:"iso"`
	ZH  string `json:"zh"`
	EN  string `json:"en"`
}

// CatalogueChain is a chain of custody that items begin.
type CatalogueChain struct {
	ID      string         `json:"id"`
	Title   Words          `json:"title"`
	Subject Words          `json:"subject"`
	Take    SpanWords      `json:"take"`
	Again   SpanWords      `json:"again"`
	Legs    []CatalogueLeg `json:"legs" nullable:"false"`
	With    []Words        `json:"with" nullable:"false"`
}

// CatalogueLeg is one stretch of a chain.
type CatalogueLeg struct {
	ID     string    `json:"id"`
	Title  Words     `json:"title"`
	By     []Words   `json:"by" nullable:"false"`
	Within SpanWords `json:"within"`
	Ends   []Words   `json:"ends" nullable:"false"`
}

// WorkCalendar is the working time of a place.
type WorkCalendar struct {
	Zone     string         `json:"zone"`
	Week     []string       `json:"week" nullable:"false"`
	Hours    []string       `json:"hours" nullable:"false"`
	Holidays []NamedDay     `json:"holidays" nullable:"false"`
	Workdays []NamedDay     `json:"workdays" nullable:"false"`
	Changes  []OverrideInfo `json:"changes" nullable:"false"`
}

// NamedDay is one civil day with what it is.
type NamedDay struct {
	Day   string `json:"day"`
	Title Words  `json:"title"`
}

type catalogueQuery struct {
	PlaceID  string `query:"place_id"`
	Code     string `query:"place_code"`
	Playbook string `query:"playbook" doc:"Look at this one as if an incident used it here"`
}

func (s *Server) needsInForce() {
	read(s, Op{ID: "catalogue-read", Path: "/catalogue", Action: access.PlaybookRead, Summary: "What people may ask for at a place: the work lines and their items in force, with desk, times, proof and who changed what"}, s.needs)
}

// forceAt is what is in force at a place, ready to be asked for its items: the everyday
// playbook and that of each incident which covers it, all with what places change.
func (s *Server) forceAt(ctx context.Context, c *call, a *Atlas, p *territory.Place) (mode.Force, []CatalogueBook, []mode.Override, error) {
	var force mode.Force
	var books []CatalogueBook
	var rows []mode.Override
	add := func(b *mode.Playbook, incident, name string) error {
		use, own, err := s.inUse(ctx, b)
		if err != nil {
			return err
		}
		if p != nil {
			use = use.At(p.Path, s.placeFacts(a, p))
		}
		force, rows = append(force, use), append(rows, own...)
		books = append(books, CatalogueBook{ID: b.ID, Title: words(b.Title), Version: b.Version, Incident: incident, Name: name})
		return nil
	}
	normal, err := s.current(ctx, "normal")
	if err != nil {
		return nil, nil, nil, err
	}
	if err := add(normal, "", ""); err != nil || p == nil {
		return force, books, rows, err
	}
	f, err := s.force(ctx, c.now)
	if err != nil {
		return nil, nil, nil, err
	}
	seen := map[string]bool{}
	for _, d := range f.decls {
		b := f.book(d.Incident)
		if b == nil || seen[b.ID] || !territory.Inside(p.Path, d.Path) || len(b.Zones) > 0 && !f.covers(d.Incident, p.Path) {
			continue
		}
		seen[b.ID] = true
		i, _, err := s.Store.Incident(ctx, d.Incident)
		if err == nil {
			err = add(b, d.Incident, i.Title)
		}
		if err != nil {
			return nil, nil, nil, err
		}
	}
	return force, books, rows, nil
}

// covers says whether an incident's measures hold at a path, above it or below it.
func (f *inForce) covers(incident, path string) bool {
	return slices.ContainsFunc(f.measures, func(m mode.Measure) bool {
		return m.Incident == incident && (territory.Inside(path, m.Path) || territory.Inside(m.Path, path))
	})
}

func (s *Server) needs(ctx context.Context, c *call, in *catalogueQuery) (Catalogue, error) {
	out := Catalogue{Playbook: in.Playbook, InForce: []CatalogueBook{}, Books: []CatalogueBook{}, Lines: []CatalogueLine{}, Chains: []CatalogueChain{}, Places: []DocPlace{}}
	if err := s.may(c, access.PlaybookRead, ""); err != nil {
		return out, err
	}
	a, err := s.ground(ctx)
	if err != nil {
		return out, err
	}
	p, ok := a.Place(in.PlaceID)
	if in.PlaceID == "" {
		p, ok = a.ByCode(in.Code)
	}
	if (in.PlaceID != "" || in.Code != "") && (!ok || s.may(c, access.PlaceRead, p.Path) != nil) {
		return out, errNotHere(c)
	}
	if !ok {
		p = nil
	}
	force, books, rows, err := s.forceAt(ctx, c, a, p)
	if err != nil {
		return out, err
	}
	out.InForce = books
	for _, id := range append([]string{"normal"}, s.playbookIDs()...) {
		if b := s.Playbooks[id]; b != nil {
			out.Books = append(out.Books, CatalogueBook{ID: id, Title: words(b.Title), Version: b.Version})
		}
	}
	if in.Playbook != "" {
		if force, rows, err = s.lookAt(ctx, a, p, in.Playbook); err != nil {
			return out, err
		}
	}
	w := &catalogueWriter{s: s, ctx: ctx, c: c, a: a, p: p, force: force, rows: rows}
	w.write(&out)
	if p != nil {
		out.PlaceID, out.Place = p.ID, p.Name
		out.MayEdit = s.may(c, access.PlaybookOverride, p.Path) == nil
	}
	switch {
	case p == nil:
		out.Why = c.say(mode.Text{ZH: "请先选一个地点。", EN: "Choose a place first."})
	case !out.MayEdit:
		out.Why = c.say(mode.Text{ZH: "您不管这个地点，只能看。", EN: "This place is not yours; you may read."})
	}
	for i := range a.Places {
		if q := &a.Places[i]; (q.Kind == territory.Community || q.Kind == territory.Subdistrict) && s.may(c, access.PlaceRead, q.Path) == nil {
			out.Places = append(out.Places, DocPlace{ID: q.ID, Name: q.Name})
		}
	}
	return out, nil
}

// lookAt is what would be in force at a place if an incident used a playbook there.
func (s *Server) lookAt(ctx context.Context, a *Atlas, p *territory.Place, id string) (force mode.Force, rows []mode.Override, err error) {
	for _, id := range slices.Compact([]string{"normal", id}) {
		b, err := s.current(ctx, id)
		if err != nil {
			return nil, nil, err
		}
		use, own, err := s.inUse(ctx, b)
		if err != nil {
			return nil, nil, err
		}
		if p != nil {
			use = use.At(p.Path, s.placeFacts(a, p))
		}
		force, rows = append(force, use), append(rows, own...)
	}
	return force, rows, nil
}

// catalogueWriter says a catalogue in words.
type catalogueWriter struct {
	s     *Server
	ctx   context.Context
	c     *call
	a     *Atlas
	p     *territory.Place
	force mode.Force
	rows  []mode.Override
}

func (w *catalogueWriter) write(out *Catalogue) {
	at := map[string]int{}
	for _, l := range w.force.Lines() {
		at[l.ID] = len(out.Lines)
		out.Lines = append(out.Lines, CatalogueLine{ID: l.ID, Title: words(l.Title), Items: []CatalogueItem{}})
	}
	used := map[string]bool{}
	for _, e := range w.force.Catalogue() {
		i, ok := at[e.Line]
		if !ok {
			i = len(out.Lines)
			at[e.Line] = i
			out.Lines = append(out.Lines, CatalogueLine{ID: e.Line, Title: Words{ZH: "未归条线", EN: "In no work line"}, Items: []CatalogueItem{}})
		}
		item := w.item(e)
		out.Lines[i].Items = append(out.Lines[i].Items, item)
		if e.Confidential() {
			out.Confident++
		}
		for _, x := range item.Changes {
			if x.State == "waits" {
				out.Waiting++
			}
		}
		if c, ok := e.Book.Chain(e.Chain); ok && !used[e.Book.ID+c.ID] {
			used[e.Book.ID+c.ID] = true
			out.Chains = append(out.Chains, chainWire(e.Book, c))
		}
	}
	out.Lines = slices.DeleteFunc(out.Lines, func(l CatalogueLine) bool { return len(l.Items) == 0 })
	out.Calendar = w.calendar()
	for _, r := range mode.Desks {
		out.Roles = append(out.Roles, CatalogueWord{r, roleWords(r)})
	}
	for _, x := range mode.Proofs {
		out.Proofs = append(out.Proofs, CatalogueWord{x.ID, words(x.Title)})
	}
}

func (w *catalogueWriter) item(e mode.Entry) CatalogueItem {
	b := e.Book
	out := CatalogueItem{ID: e.ID, Key: "cases." + e.ID, Playbook: b.ID, Title: words(e.Title), Hint: words(e.Hint), Icon: e.Icon, Ask: e.Ask, Urgency: e.Urgency, Essential: e.Essential,
		As: e.As, Role: e.Role, Take: spanWords(e.Take), Within: spanWords(e.Within), Hold: spanWords(e.Hold), Silence: spanWords(e.Silence), Consent: spanWords(e.Consent),
		Clock: e.Clock, Pause: spanWords(e.Pause.Longest), PauseWhy: []Words{}, Proof: e.Proof, ProofWords: namedWords(mode.Proofs, e.Proof), Sees: []Words{}, Only: e.Only, Chain: e.Chain,
		Changes: w.changes(b, "cases."+e.ID)}
	if e.Role != "" {
		out.Desk = roleWords(e.Role)
	}
	for _, r := range e.Sees {
		out.Sees = append(out.Sees, roleWords(r))
	}
	for _, y := range e.Pause.Why {
		out.PauseWhy = append(out.PauseWhy, namedWords(mode.PauseReasons, y))
	}
	if e.Only != "" {
		t, _ := b.Talent(e.Only)
		out.OnlyWords = words(t)
	}
	if c, ok := b.Chain(e.Chain); ok {
		out.ChainWords = words(c.Title)
	}
	out.Served, out.Off = served(b, e.As)
	switch kind, id, _ := strings.Cut(e.Opens, "."); kind {
	case "case":
		if x, ok := b.Case(id); ok {
			out.Opens = words(x.Title)
		}
	case "round":
		if x, ok := b.Round(id); ok {
			out.Opens = words(x.Title)
		}
	}
	if e.Added != "" {
		for _, o := range w.rows {
			if o.Kind == "add" && o.Playbook == b.ID && o.Key == "cases."+e.ID {
				if p, ok := w.a.Place(o.PlaceID); ok {
					out.Added = p.Name
				}
			}
		}
	}
	return out
}

// served names what serves an item instead of a case, and whether it is switched off.
func served(b *mode.Playbook, as string) (title Words, off bool) {
	switch kind, id, _ := strings.Cut(as, "."); kind {
	case "round":
		x, _ := b.Round(id)
		return words(x.Title), x.Later
	case "post":
		x, _ := b.Post(id)
		return words(x.Title), x.Later
	case "notice":
		x, _ := b.Notice(id)
		return words(x.Title), false
	case "goods":
		x, _ := b.GoodsOf(id)
		return words(x.Title), false
	}
	return Words{}, false
}

// changes lists what the places above and this one change of one thing, or want to.
func (w *catalogueWriter) changes(b *mode.Playbook, key string) []OverrideInfo {
	out := []OverrideInfo{}
	for _, o := range w.rows {
		if w.p != nil && o.Playbook == b.ID && (o.Key == key || strings.HasPrefix(o.Key, key+".")) && o.Path != "" && territory.Inside(w.p.Path, o.Path) {
			out = append(out, w.s.overrideWire(w.ctx, w.c, w.a, b, o))
		}
	}
	return out
}

func (w *catalogueWriter) calendar() *WorkCalendar {
	for i := len(w.force) - 1; i >= 0; i-- {
		b := w.force[i]
		if b.Calendar == nil {
			continue
		}
		days := func(list []mode.DayItem) []NamedDay {
			out := []NamedDay{}
			for _, d := range list {
				out = append(out, NamedDay{d.Day, words(d.Title)})
			}
			return out
		}
		return &WorkCalendar{Zone: b.Calendar.Zone, Week: b.Calendar.Week, Hours: b.Calendar.Hours, Holidays: days(b.Calendar.Holidays), Workdays: days(b.Calendar.Workdays), Changes: w.changes(b, "calendar")}
	}
	return nil
}

func chainWire(b *mode.Playbook, c mode.ChainItem) CatalogueChain {
	out := CatalogueChain{ID: c.ID, Title: words(c.Title), Subject: words(c.Subject), Take: spanWords(mode.SpanOf(c.Take)), Again: spanWords(mode.SpanOf(c.Again)), Legs: []CatalogueLeg{}, With: []Words{}}
	for _, l := range c.Legs {
		leg := CatalogueLeg{ID: l.ID, Title: words(l.Title), By: []Words{}, Within: spanWords(mode.SpanOf(l.Within)), Ends: []Words{}}
		for _, by := range l.By {
			if x, ok := b.Post(by); ok {
				leg.By = append(leg.By, words(x.Title))
			} else {
				leg.By = append(leg.By, namedWords(mode.Outsiders, by))
			}
		}
		for _, e := range l.Ends {
			leg.Ends = append(leg.Ends, words(e.Title))
		}
		out.Legs = append(out.Legs, leg)
	}
	for _, id := range c.With {
		if x, ok := b.Chain(id); ok {
			out.With = append(out.With, words(x.Title))
		}
	}
	return out
}

func spanWords(s mode.Span) SpanWords {
	if s.Length() <= 0 {
		return SpanWords{}
	}
	return SpanWords{s.Text, s.Say("zh"), s.Say("en")}
}

func namedWords(list []mode.Named, id string) Words {
	for _, x := range list {
		if x.ID == id {
			return words(x.Title)
		}
	}
	return Words{}
}

func roleWords(role string) Words {
	i, _ := access.Role(role).Info()
	return Words{ZH: i.ZH, EN: i.EN}
}
