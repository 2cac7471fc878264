package api

import (
	"context"
	"fmt"
	"net/http"
	"sort"
	"strings"

	"shouwang/internal/access"
	"shouwang/internal/dispatch"
	"shouwang/internal/mode"
	"shouwang/internal/territory"
)

// PlaybookDoc is a playbook as it reads at a place, item by item, with the file and
// what places change in it.
type PlaybookDoc struct {
	ID       string            `json:"id"`
	Title    Words             `json:"title"`
	Version  int               `json:"version"`
	Hash     string            `json:"hash"`
	Current  bool              `json:"current" doc:"The version that new incidents use"`
	Source   string            `json:"source"`
	Page     string            `json:"page" doc:"What the place itself changes, as text to edit"`
	Saw      string            `json:"saw"`
	PlaceID  string            `json:"place_id"`
	Place    string            `json:"place"`
	MayEdit  bool              `json:"may_edit"`
	Why      string            `json:"why" doc:"Why the place's page may not be edited"`
	Items    []DocItem         `json:"items" nullable:"false"`
	Changes  []OverrideInfo    `json:"changes" nullable:"false" doc:"What holds or waits here: of the place itself and of those above"`
	Versions []PlaybookVersion `json:"versions" nullable:"false"`
	Newer    bool              `json:"newer" doc:"The program ships another version than the one in use"`
	MayTake  bool              `json:"may_take" doc:"The reader may review and take a new version"`
	Places   []DocPlace        `json:"places" nullable:"false" doc:"Places that may have a page: the reader's communities and what is above them"`
}

// DocPlace is a place to read a playbook at.
type DocPlace struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Changes int    `json:"changes"`
}

// DocItem is one item in words.
type DocItem struct {
	Section string   `json:"section" enum:"zones,posts,rounds,cases,notices,goods,end"`
	Key     string   `json:"key"`
	Title   Words    `json:"title"`
	Text    Words    `json:"text"`
	Zones   []string `json:"zones" nullable:"false"`
	Off     bool     `json:"off"`
	Added   bool     `json:"added"`
	Line    int      `json:"line" doc:"Where it stands in the file"`
}

// PlaybookVersion is one kept version.
type PlaybookVersion struct {
	Hash    string `json:"hash"`
	Version int    `json:"version"`
	At      string `json:"at"`
	Current bool   `json:"current"`
}

func (s *Server) playbookDocs() {
	type query struct {
		ID      string `path:"id"`
		PlaceID string `query:"place_id"`
		Place   string `query:"place_code"`
		Hash    string `query:"hash" doc:"A kept version; empty: the one in use"`
	}
	read(s, Op{ID: "playbook-read", Path: "/playbooks/{id}", Action: access.PlaybookRead, Summary: "A playbook as it reads at a place, with its file and what places change"},
		func(ctx context.Context, c *call, in *query) (PlaybookDoc, error) {
			if err := s.may(c, access.PlaybookRead, ""); err != nil {
				return PlaybookDoc{}, err
			}
			b, err := s.current(ctx, in.ID)
			if err != nil {
				return PlaybookDoc{}, err
			}
			now := b.Hash
			if in.Hash != "" && in.Hash != now {
				if b, err = s.playbook(ctx, in.Hash); err != nil {
					return PlaybookDoc{}, err
				}
				if b.ID != in.ID {
					return PlaybookDoc{}, ErrNoPlaybook.With(in.Hash, in.ID)
				}
			}
			return s.playbookDoc(ctx, c, b, now, in.PlaceID, in.Place)
		})
	type diffQuery struct {
		ID   string `path:"id"`
		From string `query:"from" doc:"A kept version; empty: the one in use"`
		To   string `query:"to" doc:"A kept version; empty: the one that ships with the program"`
	}
	read(s, Op{ID: "playbook-diff", Path: "/playbooks/{id}/diff", Action: access.PlaybookRead, Summary: "What differs between two versions, field by field"},
		func(ctx context.Context, c *call, in *diffQuery) (Items[ChangeLine], error) {
			out := Items[ChangeLine]{Items: []ChangeLine{}}
			if err := s.may(c, access.PlaybookRead, ""); err != nil {
				return out, err
			}
			a, err := s.current(ctx, in.ID)
			if err == nil && in.From != "" {
				a, err = s.playbook(ctx, in.From)
			}
			if err != nil {
				return out, err
			}
			b := s.Playbooks[in.ID]
			if in.To != "" {
				if b, err = s.playbook(ctx, in.To); err != nil {
					return out, err
				}
			}
			out.Items = changeLines(dispatch.Lines(a, b))
			out.Total = len(out.Items)
			return out, nil
		})
	read(s, Op{ID: "override-try", Method: http.MethodPost, Path: "/playbooks/{id}/overrides/try", Action: access.PlaybookOverride, Summary: "What a page would cause on every community, before it is published"}, s.try)
}

func (s *Server) playbookDoc(ctx context.Context, c *call, b *mode.Playbook, now, placeID, placeCode string) (PlaybookDoc, error) {
	d := PlaybookDoc{ID: b.ID, Title: words(b.Title), Version: b.Version, Hash: b.Hash, Current: b.Hash == now, Source: b.Source, Items: []DocItem{}, Changes: []OverrideInfo{},
		Versions: []PlaybookVersion{}, Newer: s.Playbooks[b.ID].Hash != now, MayTake: s.may(c, access.PlaybookUpgrade, "") == nil, Places: []DocPlace{}}
	a, err := s.ground(ctx)
	if err != nil {
		return d, err
	}
	use, rows, err := s.inUse(ctx, b)
	if err != nil {
		return d, err
	}
	p, ok := a.Place(placeID)
	if placeID == "" {
		p, ok = a.ByCode(placeCode)
	}
	if (placeID != "" || placeCode != "") && (!ok || s.may(c, access.PlaceRead, p.Path) != nil) {
		return d, errNotHere(c)
	}
	path, at := "", b
	if ok {
		path, d.PlaceID, d.Place = p.Path, p.ID, p.Name
		at = use.At(p.Path, s.placeFacts(a, p))
		d.MayEdit = d.Current && s.may(c, access.PlaybookOverride, p.Path) == nil
	}
	var own []mode.Override
	for _, o := range rows {
		if path == "" || o.Path != "" && territory.Inside(path, o.Path) {
			d.Changes = append(d.Changes, s.overrideWire(ctx, c, a, use, o))
		}
		if ok && o.PlaceID == p.ID {
			own = append(own, o)
		}
	}
	d.Page, d.Saw = mode.Page(b.ID, own), mode.PagePrint(own)
	switch {
	case !ok:
		d.Why = c.say(mode.Text{ZH: "请先选一个地点。", EN: "Choose a place first."})
	case !d.Current:
		d.Why = c.say(mode.Text{ZH: "这是旧版，只能看。", EN: "This is an old version, to read only."})
	case !d.MayEdit:
		d.Why = c.say(mode.Text{ZH: "您不管这个地点，只能看。", EN: "This place is not yours; you may read."})
	}
	d.Items = docItems(at, mode.Where(b.Source))
	vs, err := s.Store.PlaybookVersions(ctx, b.ID)
	if err != nil {
		return d, err
	}
	seen := map[string]bool{}
	for _, v := range vs {
		seen[v.Hash] = true
		d.Versions = append(d.Versions, PlaybookVersion{v.Hash, v.Number, stamp(v.At), v.Hash == now})
	}
	if !seen[b.Hash] {
		d.Versions = append([]PlaybookVersion{{b.Hash, b.Version, "", b.Hash == now}}, d.Versions...)
	}
	count := map[string]int{}
	for _, o := range rows {
		count[o.PlaceID]++
	}
	for i := range a.Places {
		q := &a.Places[i]
		if (q.Kind == territory.Community || q.Kind == territory.Subdistrict) && s.may(c, access.PlaceRead, q.Path) == nil {
			d.Places = append(d.Places, DocPlace{q.ID, q.Name, count[q.ID]})
		}
	}
	return d, nil
}

// docItems says every item of a playbook in words.
func docItems(b *mode.Playbook, where map[string]int) []DocItem {
	var out []DocItem
	add := func(section, key string, title, text mode.Text, zones []string, off bool, only string) {
		out = append(out, DocItem{Section: section, Key: key, Title: words(title), Text: words(text), Zones: append([]string{}, zones...), Off: off, Added: only != "", Line: where[key]})
	}
	for i := len(b.Zones) - 1; i >= 0; i-- {
		z := b.Zones[i]
		add("zones", "zones."+z.ID, z.Title, z.Rule, []string{z.ID}, false, "")
		for _, m := range z.Measures {
			t := mode.Text{ZH: "依据：" + m.Basis.ZH + "。最长 " + m.Longest.Say("zh") + "。", EN: "Basis: " + m.Basis.EN + ". At most " + m.Longest.Say("en") + "."}
			if m.Release != "" {
				t.ZH, t.EN = t.ZH+"满足条件即可提前解除。", t.EN+" It may end early when its condition is met."
			}
			add("zones", "zones."+z.ID+"."+m.ID, mode.Text{ZH: z.Title.ZH + " " + m.Title.ZH, EN: z.Title.EN + ": " + m.Title.EN}, t, []string{z.ID}, false, "")
		}
	}
	for _, p := range b.Posts {
		k, _ := territory.Kind(p.Per).Info()
		per := mode.Text{ZH: k.ZH, EN: k.EN}
		if p.Per == "site" {
			per = mode.Text{ZH: "场所", EN: "site"}
		}
		t := mode.Text{ZH: fmt.Sprintf("每个%s设 %d 人", per.ZH, p.Count), EN: fmt.Sprintf("%d for each %s", p.Count, per.EN)}
		if p.Deputy > 0 {
			t.ZH, t.EN = t.ZH+"，另备替补", t.EN+", with a deputy"
		}
		add("posts", "posts."+p.ID, p.Title, mode.Text{ZH: t.ZH + "。" + p.Duty.ZH + "。", EN: t.EN + ". " + p.Duty.EN + "."}, p.Zones, p.Later, p.Only)
	}
	for _, r := range b.Rounds {
		var zh, en []string
		for _, o := range r.Outcomes {
			if !o.System {
				zh, en = append(zh, o.ZH), append(en, o.EN)
			}
		}
		by, _ := b.Post(r.By)
		add("rounds", "rounds."+r.ID, r.Title, mode.Text{ZH: by.Title.ZH + "来做，限时 " + r.Due.Say("zh") + "。每处都要有结果：" + strings.Join(zh, "、") + "。",
			EN: "By the " + by.Title.EN + ", within " + r.Due.Say("en") + ". Each must get an outcome: " + strings.Join(en, ", ") + "."}, r.Zones, r.Later, r.Only)
	}
	for _, x := range b.Cases {
		add("cases", "cases."+x.ID, x.Title, mode.Text{ZH: "时限 " + x.Within.Say("zh") + "。", EN: "Within " + x.Within.Say("en") + "."}, nil, false, "")
	}
	for _, n := range b.Notices {
		add("notices", "notices."+n.ID, n.Title, n.Body, n.Zones, false, n.Only)
	}
	for _, x := range b.Goods {
		add("goods", "goods."+x.ID, x.Title, mode.Text{ZH: "每 " + x.Every.Say("zh") + "一次。", EN: "Every " + x.Every.Say("en") + "."}, x.Zones, false, x.Only)
	}
	days := int(b.Demobilize.Keep.Hours() / 24)
	if days > 0 {
		add("end", "demobilize", mode.Text{ZH: "解除与交回", EN: "Demobilization"}, mode.Text{ZH: fmt.Sprintf("解除后资料保存 %d 天，到期删除；没办完的按名字交回常态岗位。", days), EN: fmt.Sprintf("Data are kept %d days after the end, then deleted; what is unfinished goes by name to the everyday posts.", days)}, nil, false, "")
	}
	return out
}

// TryRow is what a page would cause at one community, with every zone of the
// playbook drawn on it in turn.
type TryRow struct {
	PlaceID string    `json:"place_id"`
	Place   string    `json:"place"`
	Zones   []TryZone `json:"zones" nullable:"false"`
	Changed bool      `json:"changed"`
}

// TryZone is one zone of a try: before → after.
type TryZone struct {
	Zone    string    `json:"zone"`
	Title   Words     `json:"title"`
	Posts   [2]int    `json:"posts"`
	Targets [2]int    `json:"targets"`
	Dues    [2]string `json:"dues" doc:"Shortest time of any round there, in words"`
	Longest [2]string `json:"longest" doc:"Longest the zone may hold there, in words"`
}

// TryReply is a try over the communities of a place.
type TryReply struct {
	Errors []PageIssue `json:"errors" nullable:"false"`
	Rows   []TryRow    `json:"rows" nullable:"false"`
}

func (s *Server) try(ctx context.Context, c *call, in *pageInput) (TryReply, error) {
	out := TryReply{Errors: []PageIssue{}, Rows: []TryRow{}}
	g, err := s.pageAt(ctx, c, access.PlaybookOverride, in.ID, in.Body.PlaceID, in.Body.PlaceCode)
	if err != nil {
		return out, err
	}
	ds, wrong := mode.ReadOverrides(g.base, g.place.Path, g.facts, []byte(in.Body.Text))
	if len(wrong) > 0 {
		out.Errors = issues(c, wrong)
		return out, nil
	}
	before, rows, err := s.inUse(ctx, g.book)
	if err != nil {
		return out, err
	}
	var next []mode.Override
	for _, o := range rows {
		if o.PlaceID != g.place.ID {
			next = append(next, o)
		}
	}
	for i, d := range ds { // as if the level above had consented
		o := d.Override
		o.ID, o.PlaceID, o.At, o.Approved = fmt.Sprint("try", i), g.place.ID, c.now, c.now
		next = append(next, o)
	}
	after := g.book.With(next)
	top := g.place
	if sub := g.atlas.UpTo(g.place.Path, territory.Subdistrict); sub != nil {
		top = sub
	}
	lo, hi := g.atlas.Span(top.Path)
	ground := &mode.Ground{Spots: g.atlas.Ground.Spots[lo:hi]}
	var communities []*territory.Place
	for i := lo; i < hi; i++ {
		if p := &g.atlas.Places[i]; p.Kind == territory.Community {
			out.Rows = append(out.Rows, TryRow{PlaceID: p.ID, Place: p.Name, Zones: []TryZone{}})
			communities = append(communities, p)
		}
	}
	for i := len(g.book.Zones) - 1; i >= 0; i-- {
		z := g.book.Zones[i]
		var two [2][]TryZone
		for k, b := range []*mode.Playbook{before, after} {
			m := mode.Measure{ID: "try", Incident: "try", Zone: z.ID, PlaceID: top.ID, Path: top.Path, Basis: "try", From: c.now, Until: c.now.AddDate(0, 0, 1)}
			d := mode.DesiredAt(b, ground, []mode.Measure{m}, mode.Scope{Incident: "try", Path: top.Path}, c.now)
			two[k] = tried(b, ground, d, communities, c)
		}
		for j := range out.Rows {
			w := TryZone{Zone: z.ID, Title: words(z.Title)}
			for k, b := range []*mode.Playbook{before, after} {
				w.Posts[k], w.Targets[k], w.Dues[k] = two[k][j].Posts[0], two[k][j].Targets[0], two[k][j].Dues[0]
				if here, ok := b.ZoneAt(z.ID, communities[j].Path); ok && len(here.Measures) > 0 {
					least := here.Measures[0].Longest
					for _, m := range here.Measures {
						if m.Longest.Length() < least.Length() {
							least = m.Longest
						}
					}
					w.Longest[k] = least.Say(c.lang)
				}
			}
			out.Rows[j].Changed = out.Rows[j].Changed || w.Posts[0] != w.Posts[1] || w.Targets[0] != w.Targets[1] || w.Dues[0] != w.Dues[1] || w.Longest[0] != w.Longest[1]
			out.Rows[j].Zones = append(out.Rows[j].Zones, w)
		}
	}
	return out, nil
}

// tried sums what is asked of each community, in one pass over the sorted ground.
func tried(b *mode.Playbook, g *mode.Ground, d *mode.Desired, at []*territory.Place, c *call) []TryZone {
	out := make([]TryZone, len(at))
	find := func(path string) int {
		i := sort.Search(len(at), func(i int) bool { return at[i].Path > path }) - 1
		if i < 0 || !territory.Inside(path, at[i].Path) {
			return -1
		}
		return i
	}
	for _, x := range d.Slots {
		if i := find(g.Spots[x.Spot].Path); i >= 0 {
			out[i].Posts[0]++
		}
	}
	for _, r := range d.Rounds {
		for _, aim := range r.Aims {
			if i := find(g.Spots[aim.Spot].Path); i >= 0 {
				out[i].Targets[0]++
			}
		}
	}
	for i, p := range at {
		var least *mode.Span
		for _, r := range d.Rounds {
			due, near := r.Due, 0
			for _, x := range r.Dues {
				if len(x.Path) > near && territory.Inside(p.Path, x.Path) {
					due, near = x.Span, len(x.Path)
				}
			}
			if len(r.Aims) > 0 && (least == nil || due.Length() < least.Length()) {
				span := due
				least = &span
			}
		}
		if least != nil {
			out[i].Dues[0] = least.Say(c.lang)
		}
	}
	return out
}
