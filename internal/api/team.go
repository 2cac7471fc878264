package api

import (
	"context"
	"slices"

	"shouwang/internal/access"
	"shouwang/internal/dispatch"
	"shouwang/internal/mode"
	"shouwang/internal/people"
	"shouwang/internal/territory"
)

// TeamForm is how posts stand together at a place, and how its teams stand now.
type TeamForm struct {
	ID       string     `json:"id"`
	Incident string     `json:"incident" doc:"Empty: the everyday system"`
	Title    Words      `json:"title"`
	Per      string     `json:"per"`
	Teams    int        `json:"teams"`
	Whole    int        `json:"whole" doc:"Teams that lack nothing"`
	Posts    int        `json:"posts"`
	Empty    int        `json:"empty"`
	Unfit    int        `json:"unfit" doc:"Holders who lack what their post requires"`
	Items    []TeamItem `json:"items" nullable:"false"`
}

// TeamItem is one kind of post of a form.
type TeamItem struct {
	ID    string `json:"id"`
	Title Words  `json:"title"`
	Posts int    `json:"posts"`
	Off   bool   `json:"off" doc:"Declared, but switched off here"`
	Able  int    `json:"able" doc:"Helpers here without a post who could take it; 0 for those who may not read the roll"`
}

// TeamBoard is the teams of one form.
type TeamBoard struct {
	TeamForm
	List []Team `json:"list" nullable:"false"`
	Next string `json:"next"`
}

// Team is one team and what it lacks.
type Team struct {
	PlaceID   string       `json:"place_id"`
	PlaceName string       `json:"place_name"`
	Captain   *Holder      `json:"captain"`
	Deputy    *Holder      `json:"deputy"`
	Empty     int          `json:"empty"`
	Unfit     int          `json:"unfit"`
	Members   []TeamMember `json:"members" nullable:"false"`
}

// TeamMember is one post of a team.
type TeamMember struct {
	PostID    string   `json:"post_id"`
	Title     Words    `json:"title"`
	PlaceName string   `json:"place_name"`
	Zone      string   `json:"zone"`
	Holder    *Holder  `json:"holder"`
	Lacks     *Words   `json:"lacks" doc:"What the holder lacks for it now; null: nothing"`
	Able      []Holder `json:"able" nullable:"false" doc:"Up to three who could take an empty one"`
}

type teamQuery struct {
	ID string `path:"id"`
}

type teamListQuery struct {
	ID       string `path:"id"`
	Form     string `path:"form"`
	Incident string `query:"incident_id"`
	Lacking  bool   `query:"lacking" doc:"Only teams that lack something"`
	Cursor   string `query:"cursor"`
	Limit    int    `query:"limit" minimum:"1" maximum:"200" default:"40"`
}

func (s *Server) teams() {
	read(s, Op{ID: "team-forms", Path: "/places/{id}/teams", Action: access.PostRead, Summary: "How posts stand together as teams at a place, and what is lacking"}, s.teamForms)
	read(s, Op{ID: "team-list", Path: "/places/{id}/teams/{form}", Action: access.PostRead, Summary: "The teams of one form: captain, deputy, members, and who could fill what is empty"}, s.teamList)
}

// muster is what teams at one place are reckoned from.
type muster struct {
	a     *Atlas
	top   *territory.Place
	f     *inForce
	posts map[string][]people.Post // by incident
	pool  []people.Helper          // of the roll here, for whoever may read it
	of    map[string]*people.Helper
	busy  map[string]bool
	able  map[string]dispatchAble
}

type dispatchAble struct {
	few []string
	all int
}

func (s *Server) muster(ctx context.Context, c *call, id string) (*muster, error) {
	a, p, err := s.named(ctx, c, access.PostRead, id)
	if err != nil {
		return nil, err
	}
	m := &muster{a: a, top: p, posts: map[string][]people.Post{}, of: map[string]*people.Helper{}, busy: map[string]bool{}, able: map[string]dispatchAble{}}
	if m.f, err = s.force(ctx, c.now); err != nil {
		return nil, err
	}
	var held []string
	for _, i := range append(m.f.others(""), "") {
		if m.posts[i], err = s.postsOf(ctx, c, a, i, p.Path); err != nil {
			return nil, err
		}
		for _, x := range m.posts[i] {
			if !ended(x, c) {
				held = append(held, x.HelperID, x.DeputyID)
				m.busy[x.HelperID], m.busy[x.DeputyID] = true, true
			}
		}
	}
	if s.may(c, access.HelperList, p.Path) == nil {
		if m.pool, err = s.Store.HelpersUnder(ctx, p.Path); err != nil {
			return nil, err
		}
	}
	slices.Sort(held)
	held = slices.DeleteFunc(slices.Compact(held), func(id string) bool { return id == "" })
	hs, err := s.Store.Helpers(ctx, held)
	if err != nil {
		return nil, err
	}
	for _, list := range [][]people.Helper{m.pool, hs} {
		for i := range list {
			m.of[list[i].ID] = &list[i]
		}
	}
	return m, nil
}

// books are the playbooks whose forms hold here: those of the incidents that cover
// the place, then the everyday one.
func (s *Server) books(ctx context.Context, m *muster) (map[string]*mode.Playbook, []string, error) {
	out, order := map[string]*mode.Playbook{}, []string{}
	for _, i := range m.f.others("") {
		if len(m.posts[i]) > 0 {
			b, _, err := s.inUse(ctx, m.f.books[i])
			if err != nil {
				return nil, nil, err
			}
			out[i], order = b, append(order, i)
		}
	}
	if s.Playbooks["normal"] != nil {
		b, err := s.current(ctx, "normal")
		if err != nil {
			return nil, nil, err
		}
		if out[""], _, err = s.inUse(ctx, b); err != nil {
			return nil, nil, err
		}
		order = append(order, "")
	}
	return out, order, nil
}

// teamsOf reckons the teams of a form.
func (m *muster) teamsOf(c *call, book *mode.Playbook, incident string, form *mode.TeamForm) []dispatch.Team {
	posts := m.posts[incident]
	if incident != "" {
		posts = append(slices.Clone(posts), m.posts[""]...)
	}
	return dispatch.Teams(book, form, posts, m.of, func(path string) string {
		up := m.a.Up(path)
		for i := len(up) - 1; i >= 0; i-- {
			if k := up[i].Kind; (string(k) == form.Per || form.Per == "site" && k.Site()) && territory.Inside(up[i].Path, m.top.Path) {
				return up[i].ID
			}
		}
		return ""
	}, c.now)
}

// could says who could take a post of an item below a path.
func (m *muster) could(c *call, item *mode.PostItem, path string) dispatchAble {
	key := item.ID + "|" + path
	if x, ok := m.able[key]; ok {
		return x
	}
	lo, hi := territory.Range(path)
	var here []people.Helper
	for i := range m.pool {
		if p := m.pool[i].Path; p >= lo && p < hi {
			here = append(here, m.pool[i])
		}
	}
	few, all := dispatch.Able(item, here, m.busy, 3, c.now)
	m.able[key] = dispatchAble{few, all}
	return m.able[key]
}

func (m *muster) form(c *call, book *mode.Playbook, incident string, form *mode.TeamForm, teams []dispatch.Team) TeamForm {
	w := TeamForm{ID: form.ID, Incident: incident, Title: words(form.Title), Per: form.Per, Teams: len(teams), Items: []TeamItem{}}
	n := map[string]int{}
	for i := range teams {
		t := &teams[i]
		w.Posts, w.Empty, w.Unfit = w.Posts+len(t.Members), w.Empty+t.Empty, w.Unfit+t.Unfit
		if t.Empty == 0 && t.Unfit == 0 && !t.Without(book, form) {
			w.Whole++
		}
		for _, x := range t.Members {
			n[x.Post.Item]++
		}
	}
	for _, id := range form.Posts {
		item, _ := book.Post(id)
		w.Items = append(w.Items, TeamItem{ID: id, Title: words(item.Title), Posts: n[id], Off: n[id] == 0 && item.Later, Able: m.could(c, &item, m.top.Path).all})
	}
	return w
}

func (s *Server) teamForms(ctx context.Context, c *call, in *teamQuery) (Items[TeamForm], error) {
	out := Items[TeamForm]{Items: []TeamForm{}}
	m, err := s.muster(ctx, c, in.ID)
	if err != nil {
		return out, err
	}
	books, order, err := s.books(ctx, m)
	if err != nil {
		return out, err
	}
	for _, i := range order {
		for k := range books[i].Teams {
			form := &books[i].Teams[k]
			out.Items = append(out.Items, m.form(c, books[i], i, form, m.teamsOf(c, books[i], i, form)))
		}
	}
	out.Total = len(out.Items)
	return out, nil
}

func (s *Server) teamList(ctx context.Context, c *call, in *teamListQuery) (TeamBoard, error) {
	out := TeamBoard{List: []Team{}}
	m, err := s.muster(ctx, c, in.ID)
	if err != nil {
		return out, err
	}
	books, _, err := s.books(ctx, m)
	if err != nil {
		return out, err
	}
	book := books[in.Incident]
	if book == nil {
		return out, errNotHere(c)
	}
	form, ok := book.Team(in.Form)
	if !ok {
		return out, errNotHere(c)
	}
	from, err := offset(in.Cursor)
	if err != nil {
		return out, err
	}
	teams := m.teamsOf(c, book, in.Incident, &form)
	out.TeamForm = m.form(c, book, in.Incident, &form, teams)
	if in.Lacking {
		teams = slices.DeleteFunc(teams, func(t dispatch.Team) bool { return t.Empty == 0 && t.Unfit == 0 && !t.Without(book, &form) })
	}
	teams = teams[min(from, len(teams)):]
	if len(teams) > in.Limit {
		teams, out.Next = teams[:in.Limit], offsetCursor(from+in.Limit)
	}
	for i := range teams {
		out.List = append(out.List, m.team(c, book, &teams[i]))
	}
	return out, nil
}

func (m *muster) holder(id string) *Holder {
	if h := m.of[id]; h != nil {
		return &Holder{HelperID: h.ID, Name: h.Name, WorkPhone: h.WorkPhone, Away: h.Away}
	}
	return nil
}

func (m *muster) team(c *call, book *mode.Playbook, t *dispatch.Team) Team {
	p, _ := m.a.Place(t.Place)
	w := Team{PlaceID: p.ID, PlaceName: m.a.FullName(p.Path), Captain: m.holder(t.Captain), Deputy: m.holder(t.Deputy), Empty: t.Empty, Unfit: t.Unfit, Members: []TeamMember{}}
	near := p.Path // who could fill it is looked for in the community
	if up := m.a.UpTo(p.Path, territory.Community); up != nil {
		near = up.Path
	}
	for _, x := range t.Members {
		item, _ := book.Post(x.Post.Item)
		y := TeamMember{PostID: x.Post.ID, Title: words(item.Title), PlaceName: m.a.FullName(x.Post.Path), Zone: x.Post.Zone, Holder: m.holder(x.Post.HelperID), Able: []Holder{}}
		if len(x.Lacks) > 0 {
			l := words(people.LackText(x.Lacks, func(id string) mode.Text { t, _ := book.Talent(id); return t }))
			y.Lacks = &l
		}
		if x.Post.HelperID == "" {
			for _, id := range m.could(c, &item, near).few {
				if h := m.holder(id); h != nil {
					y.Able = append(y.Able, *h)
				}
			}
		}
		w.Members = append(w.Members, y)
	}
	return w
}
