package mode

// TeamForm says which posts of a place stand together, and who leads them. A team
// is no row: it is the holders of these posts, so what it lacks is what they lack.
type TeamForm struct {
	ID      string
	Title   Text
	Duty    Text
	Per     string   // kind of the place that has such a team
	Posts   []string // ids of post items at that place or below it
	Captain string   // one of Posts
	Deputy  string   // one of Posts; empty: the captain's own deputy
}

// Team returns the form of an id that this playbook itself declares.
func (p *Playbook) Team(id string) (TeamForm, bool) {
	return own(p.Teams, id, func(f TeamForm) string { return f.ID })
}

// OwnPost says whether this playbook itself declares a post item; otherwise it is
// one of the everyday system's.
func (p *Playbook) OwnPost(id string) bool {
	_, ok := own(p.Posts, id, func(x PostItem) string { return x.ID })
	return ok
}

func teamForm(n *node, ps *problems) TeamForm {
	return TeamForm{ID: n.get("id").str(), Title: text(n.get("title"), ps), Duty: text(n.get("duty"), ps), Per: n.get("per").str(),
		Posts: n.get("posts").strs(), Captain: n.get("captain").str(), Deputy: n.get("deputy").str()}
}

// team checks a form: it is made of posts that are declared, and led by one of them.
func (c *checker) team(f TeamForm, n *node) {
	if f.Per == "household" {
		c.ps.add(n.get("per"), ErrValue, "per", two{"队伍不能按户设", "a team is not set up per household"})
	}
	for _, x := range n.get("posts").list() {
		if _, ok := c.p.Post(x.str()); !ok && x.str() != "" {
			c.ps.add(x, ErrRef, "posts."+x.str(), two{"请用已声明的岗位。", "Name a post that is declared."})
		}
	}
	for _, x := range []struct{ key, id string }{{"captain", f.Captain}, {"deputy", f.Deputy}} {
		if x.id != "" && !in(f.Posts, x.id) {
			c.ps.add(n.get(x.key), ErrRef, "posts."+x.id, two{"队长、副队长要是本队 posts 里的岗位。", "Captain and deputy are posts of the team itself."})
		}
	}
}
