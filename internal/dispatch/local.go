package dispatch

import (
	"encoding/json"
	"fmt"
	"time"

	"shouwang/internal/mode"
	"shouwang/internal/people"
	"shouwang/internal/territory"
)

// LocalRow says what one override of a place causes in a plan: how many posts and
// targets of the item it changes stand there.
type LocalRow struct {
	Override string    `json:"override"`
	PlaceID  string    `json:"place_id"`
	Place    string    `json:"place"`
	Title    mode.Text `json:"title"`
	Old      string    `json:"old"` // JSON
	New      string    `json:"new"`
	Reason   string    `json:"reason"`
	Author   string    `json:"author"`
	At       time.Time `json:"at"`
	Posts    int       `json:"posts"`
	Targets  int       `json:"targets"`
}

// locals lists what the overrides in use cause in this plan.
func (w *work) locals(out *Plan) {
	by := map[string]*mode.Override{}
	for i := range w.s.Overrides {
		by[w.s.Overrides[i].ID] = &w.s.Overrides[i]
	}
	for _, l := range w.s.Playbook.Local {
		o := by[l.Override]
		if o == nil || !territory.Inside(l.Path, w.s.Incident.Path) && !territory.Inside(w.s.Incident.Path, l.Path) {
			continue
		}
		r := LocalRow{Override: o.ID, PlaceID: o.PlaceID, Title: w.s.Playbook.Say(o.Key), Old: o.Was, New: o.Value, Reason: o.Reason, Author: o.Author, At: o.At}
		if i := w.s.Ground.Find(l.Path); i >= 0 {
			r.Place = w.s.Ground.Spots[i].Name
		}
		r.Posts, r.Targets = w.want.Share(w.s.Playbook, w.s.Ground, l)
		out.Local = append(out.Local, r)
	}
}

// longer warns of measures that hold beyond what a place's override allows, stops a
// plan whose version no longer knows a zone in use, and asks for somewhere to go.
func (w *work) longer(add func(level, zh, en string)) {
	over, drawn := 0, map[string]bool{}
	unknown := map[string]bool{}
	for i := range w.s.Measures {
		m := &w.s.Measures[i]
		if !m.InForce(w.now) || m.Incident != w.s.Incident.ID {
			continue
		}
		drawn[m.Zone] = true
		if _, ok := w.s.Playbook.Zone(m.Zone); !ok {
			unknown[m.Zone] = true
		}
		if latest, limited := w.s.Playbook.LatestAt(m.Zone, m.Path, m.From, nil); limited && m.Until.After(latest.Add(24*time.Hour)) {
			over++
		}
	}
	for z := range unknown {
		add("stop", fmt.Sprintf("这一版预案没有分区“%s”，还有地点划在里面：请先解除或改划。", z), fmt.Sprintf("This version has no zone \"%s\", and places are drawn in it: lift or change them first.", z))
	}
	if over > 0 {
		add("warn", fmt.Sprintf("%d 处措施的截止晚于当地放宽后的最长期限，请改早。", over), fmt.Sprintf("%d measures end later than the place's own longest term; make them end earlier.", over))
	}
	for _, z := range w.s.Playbook.Zones {
		if to, ok := w.s.Playbook.Zone(z.To); ok && drawn[z.ID] && !drawn[to.ID] {
			add("warn", fmt.Sprintf("划了%s，还没有在场所上划%s：人走了去哪里？", z.Title.ZH, to.Title.ZH), fmt.Sprintf("%s is drawn, but no site as %s: where are people to go?", z.Title.EN, to.Title.EN))
		}
	}
}

// Line is one thing that changed for a post, in words.
type Line struct {
	Key   string    `json:"key"`
	Title mode.Text `json:"title"`
	Old   string    `json:"old"` // JSON, empty where it is new
	New   string    `json:"new"` // JSON, empty where it is gone
}

// Briefing tells the holder of one post what changed when its incident went onto
// another version of its playbook, until it is acknowledged.
type Briefing struct {
	ID       string
	Incident string
	PostID   string
	PlaceID  string
	Path     string
	Playbook string
	From, To string // content hashes
	Lines    []Line
	At       time.Time
	Seen     time.Time // acknowledged; zero while it waits
	SeenBy   string    // account
	Version  int64
	Act      string
}

// Lines lists what differs between two versions, named in the words of the new one,
// or of the old one for what is gone.
func Lines(old, next *mode.Playbook) []Line {
	var out []Line
	for _, e := range mode.Edits(old, next) {
		t := next.Say(e.Key)
		if e.New == "" {
			t = old.Say(e.Key)
		}
		out = append(out, Line{e.Key, t, e.Old, e.New})
	}
	return out
}

// brief makes a briefing for every post that an upgrade touches and somebody holds.
func (a *Applied) brief(p *Plan, s *State, now time.Time) {
	if p.Upgrade == nil {
		return
	}
	tell := func(o *people.Post) {
		if o.HelperID == "" && o.DeputyID == "" || !open(o, now) {
			return
		}
		var lines []Line
		for _, l := range p.Upgrade.Lines {
			if s.Playbook.Touches(l.Key, o.Item, o.Zone) {
				lines = append(lines, l)
			}
		}
		if len(lines) > 0 {
			a.Briefings = append(a.Briefings, Briefing{ID: stableID(now, "briefing", p.ID, o.ID), Incident: s.Incident.ID, PostID: o.ID, PlaceID: o.PlaceID, Path: o.Path,
				Playbook: s.Playbook.ID, From: p.Upgrade.From, To: s.Playbook.Hash, Lines: lines, At: now, Act: p.ID})
		}
	}
	written := map[string]bool{}
	for i := range a.Posts {
		written[a.Posts[i].ID] = true
		tell(&a.Posts[i])
	}
	for i := range s.Posts {
		if o := &s.Posts[i]; o.Incident == s.Incident.ID && !written[o.ID] {
			tell(o)
		}
	}
}

// Upgrade says that a plan brings an incident onto another version of its playbook.
type Upgrade struct {
	From  string `json:"from"` // content hash
	To    string `json:"to"`
	Lines []Line `json:"lines"`
	Posts int    `json:"posts"` // held posts for which something changes
}

// upgrade notes the change of version, when there is one.
func (w *work) upgrade(out *Plan) {
	if w.s.Before == nil || w.s.Before.Hash == w.s.Playbook.Hash {
		return
	}
	out.Upgrade = &Upgrade{From: w.s.Before.Hash, To: w.s.Playbook.Hash, Lines: Lines(w.s.Before, w.s.Playbook)}
	for i := range out.Fills {
		f := &out.Fills[i]
		if f.HelperID == "" && f.DeputyID == "" {
			continue
		}
		for _, l := range out.Upgrade.Lines {
			if w.s.Playbook.Touches(l.Key, f.Item, f.Zone) {
				out.Upgrade.Posts++
				break
			}
		}
	}
}

// Plain is a JSON value as people read it on one line.
func Plain(v string) string {
	var s string
	if json.Unmarshal([]byte(v), &s) == nil {
		return s
	}
	return v
}
