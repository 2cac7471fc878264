package dispatch

import (
	"slices"
	"sort"
	"time"

	"shouwang/internal/mode"
	"shouwang/internal/people"
)

// TeamMember is one post of a team: who holds it and what they lack for it now.
type TeamMember struct {
	Post  people.Post
	Lacks []people.Lack
}

// Team is the posts of one place that a form puts together. Captain and Deputy are
// helpers, empty while nobody is.
type Team struct {
	Place           string // id
	Captain, Deputy string
	Members         []TeamMember
	Empty           int // posts without anybody
	Unfit           int // holders who lack something
}

// Teams puts posts together as a form says, in the order in which their places
// come. posts are those of the incident and of the everyday system that stand below
// the place asked about; at says of which place of the form's kind a path is a part,
// "" for none. It is pure: the same posts and people give the same teams.
func Teams(book *mode.Playbook, form *mode.TeamForm, posts []people.Post, of map[string]*people.Helper, at func(path string) string, now time.Time) []Team {
	where := map[string]int{}
	var out []Team
	for _, p := range posts {
		if !inForm(book, form, p, now) {
			continue
		}
		place := at(p.Path)
		if place == "" {
			continue
		}
		i, ok := where[place]
		if !ok {
			i = len(out)
			where[place] = i
			out = append(out, Team{Place: place})
		}
		m := TeamMember{Post: p}
		switch h := of[p.HelperID]; {
		case p.HelperID == "":
			out[i].Empty++
		case h != nil:
			item, _ := book.Post(p.Item)
			if m.Lacks = people.Lacks(h, item.Require, now); len(m.Lacks) > 0 {
				out[i].Unfit++
			}
		}
		out[i].Members = append(out[i].Members, m)
	}
	out = slices.DeleteFunc(out, func(t Team) bool { // an everyday captain alone is no team of the emergency
		return !slices.ContainsFunc(t.Members, func(m TeamMember) bool { return book.OwnPost(m.Post.Item) })
	})
	for i := range out {
		out[i].lead(form)
	}
	return out
}

// Without says whether a team stands without a kind of post that its form names, since
// that post is declared to be switched on later and is not.
func (t *Team) Without(book *mode.Playbook, form *mode.TeamForm) bool {
	return slices.ContainsFunc(form.Posts, func(id string) bool {
		item, _ := book.Post(id)
		return item.Later && !slices.ContainsFunc(t.Members, func(m TeamMember) bool { return m.Post.Item == id })
	})
}

// inForm says whether a post belongs to a form: items that the form's playbook
// declares are its incident's, the others the everyday system's.
func inForm(book *mode.Playbook, form *mode.TeamForm, p people.Post, now time.Time) bool {
	if !slices.Contains(form.Posts, p.Item) || !p.Until.IsZero() && !now.Before(p.Until) {
		return false
	}
	return book.Extends == "" || book.OwnPost(p.Item) == (p.Incident != "")
}

// lead orders the members as the form names their posts and finds who leads.
func (t *Team) lead(form *mode.TeamForm) {
	sort.SliceStable(t.Members, func(i, j int) bool {
		a, b := &t.Members[i].Post, &t.Members[j].Post
		if x, y := slices.Index(form.Posts, a.Item), slices.Index(form.Posts, b.Item); x != y {
			return x < y
		}
		return a.Path < b.Path || a.Path == b.Path && a.N < b.N
	})
	var captain *people.Post
	for i := range t.Members {
		if p := &t.Members[i].Post; p.Item == form.Captain {
			captain, t.Captain = p, p.HelperID
			break
		}
	}
	second := form.Deputy
	if second == "" {
		if captain != nil && captain.DeputyID != "" {
			t.Deputy = captain.DeputyID
			return
		}
		second = form.Captain
	}
	for i := range t.Members {
		if p := &t.Members[i].Post; p.Item == second && p != captain && p.HelperID != t.Captain {
			t.Deputy = p.HelperID
			return
		}
	}
}

// Able returns up to n helpers who could take a post of an item: they lack nothing
// for it and hold no post, in the order given. all counts every such helper.
func Able(item *mode.PostItem, pool []people.Helper, busy map[string]bool, n int, now time.Time) (few []string, all int) {
	for i := range pool {
		h := &pool[i]
		if busy[h.ID] {
			continue
		}
		if _, lacks := people.FirstLack(h, &item.Require, now); lacks {
			continue
		}
		if all++; len(few) < n {
			few = append(few, h.ID)
		}
	}
	return few, all
}
