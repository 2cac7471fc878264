package api

import (
	"context"

	"shouwang/internal/access"
	"shouwang/internal/need"
)

// Case is one need as this viewer may see it. Words, contact, reply and the way stand
// only in the answer about one case.
type Case struct {
	ID         string     `json:"id"`
	Number     string     `json:"number"`
	Item       string     `json:"item"`
	Title      Words      `json:"title"`
	Line       Words      `json:"line"`
	Icon       string     `json:"icon"`
	Urgency    string     `json:"urgency" enum:",life,today,routine"`
	PlaceID    string     `json:"place_id"`
	PlaceName  string     `json:"place_name"`
	Incident   string     `json:"incident"`
	Origin     string     `json:"origin"`
	Confidence bool       `json:"confidence" doc:"told in confidence: nobody else knows of it"`
	Opened     string     `json:"opened"`
	NotedBy    string     `json:"noted_by" doc:"who wrote it down for whoever asked"`
	Stage      string     `json:"stage" enum:"waiting,taken,offered,paused,joined,answered,closed"`
	Desk       CaseDesk   `json:"desk"`
	Above      *CaseDesk  `json:"above" doc:"the desk that was told because this one was silent"`
	Level      int        `json:"level" doc:"how often it climbed"`
	Holder     string     `json:"holder" doc:"who took it, by name"`
	Mine       bool       `json:"mine"`
	ForMe      string     `json:"for_me" enum:",mine,reopened,offered,climbed,desk" doc:"why it stands before this viewer now"`
	Offer      *CaseOffer `json:"offer"`
	Due        string     `json:"due" doc:"until when it is to be answered"`
	Late       bool       `json:"late"`
	Next       string     `json:"next" doc:"when something happens by itself"`
	NextVerb   string     `json:"next_verb" doc:"what happens then: climb, lapse, grant, resume, close, expire, forget"`
	Resume     string     `json:"resume"`
	Reason     string     `json:"reason" doc:"why it is paused"`
	Answered   string     `json:"answered"`
	AnswerBy   string     `json:"answer_by"`
	MetBy      string     `json:"met_by" enum:",government,community,volunteer,neighbour,self"`
	Reopened   int        `json:"reopened"`
	Closed     string     `json:"closed"`
	How        string     `json:"how" enum:",confirmed,noted,silent,withdrawn,lapsed"`
	Rating     int        `json:"rating"`
	Parent     string     `json:"parent"`
	Same       string     `json:"same"`
	Version    int64      `json:"version"`
	May        []string   `json:"may" nullable:"false" doc:"what this viewer may do with it now"`
	PauseWhy   []string   `json:"pause_why" nullable:"false"`
	Proof      string     `json:"proof" doc:"what an answer names"`
	Chain      bool       `json:"chain" doc:"somebody always has its subject: see its custodies"`
	Alarm      bool       `json:"alarm" doc:"it has a page for its response"`

	Words   string     `json:"words"`
	Contact string     `json:"contact"`
	Reply   string     `json:"reply"`
	Proven  string     `json:"proven" doc:"the proof that was named"`
	Link    string     `json:"link" doc:"where whoever asked follows it; when it was opened, and to its desk"`
	Steps   []CaseStep `json:"steps" nullable:"false"`
	Parts   []Case     `json:"parts" nullable:"false"`
	// Kin is the relative who asked for the household.
	Kin *CaseKin `json:"kin" doc:"a relative asked for the household: who they are"`
	// Against is what an objection is about.
	Against *CaseMeasure `json:"against" doc:"of an objection: the measure, and what this viewer may decide"`
}

// brief leaves out what is sealed, so that a receipt does not keep it open.
func (w Case) brief() any {
	w.Words, w.Contact, w.Reply, w.Proven, w.Link, w.Steps, w.Parts, w.Against, w.Kin = "", "", "", "", "", []CaseStep{}, []Case{}, nil, nil
	return w
}

// CaseKin is a relative who asked for a household.
type CaseKin struct {
	Name     string `json:"name"`
	Relation string `json:"relation" enum:"daughter,son,spouse,sibling,grandchild,other"`
}

// CaseItem is an item of the catalogue in force at a place.
type CaseItem struct {
	ID         string `json:"id"`
	Title      Words  `json:"title"`
	Line       Words  `json:"line"`
	Hint       Words  `json:"hint"`
	Icon       string `json:"icon"`
	Urgency    string `json:"urgency"`
	Essential  bool   `json:"essential"`
	Confidence bool   `json:"confidence"`
	Desk       Words  `json:"desk" doc:"whose desk gets it"`
}

// CaseDesk is a desk as people say it.
type CaseDesk struct {
	PlaceID   string `json:"place_id"`
	PlaceName string `json:"place_name"`
	Role      string `json:"role"`
	RoleTitle Words  `json:"role_title"`
}

// CaseOffer is a transfer that waits.
type CaseOffer struct {
	To    CaseDesk `json:"to"`
	By    string   `json:"by"`
	At    string   `json:"at"`
	Until string   `json:"until" doc:"when silence grants it"`
}

// CaseStep is one thing that happened to it.
type CaseStep struct {
	At    string    `json:"at"`
	Verb  string    `json:"verb"`
	By    string    `json:"by" doc:"by name; empty: whoever asked, or the clock"`
	Noted bool      `json:"noted" doc:"said by whoever asked, written down by this person"`
	To    *CaseDesk `json:"to"`
	Who   string    `json:"who"`
	Why   string    `json:"why"`
	Words string    `json:"words"`
}

func deskWire(a *Atlas, d need.Desk) CaseDesk {
	info, _ := access.Role(d.Role).Info()
	return CaseDesk{d.PlaceID, a.FullName(d.Path), d.Role, Words{info.ZH, info.EN}}
}

func (s *Server) caseWire(ctx context.Context, c *call, a *Atlas, k need.Case, x need.Item, quals []string) (Case, error) {
	r := x.Rule()
	verb, next := need.Clock(r, &k)
	w := Case{ID: k.ID, Number: k.Number, Item: k.Item, Title: words(x.Title), Line: words(x.LineTitle), Icon: x.Icon, Urgency: x.Urgency, PlaceID: k.PlaceID, PlaceName: a.FullName(k.Path),
		Incident: k.Incident, Origin: k.Origin, Confidence: k.Only != "", Opened: stamp(k.Opened), NotedBy: s.accountName(ctx, k.Noted), Stage: string(k.Stage()), Desk: deskWire(a, k.Desk), Level: k.Level,
		Holder: s.accountName(ctx, k.Holder), Mine: k.Holder != "" && k.Holder == c.viewer.Account(), Due: stamp(k.Due), Late: k.Late(c.now), Next: stamp(next), NextVerb: string(verb),
		Resume: stamp(k.Resume), Reason: k.Reason, Answered: stamp(k.Answered), AnswerBy: s.accountName(ctx, k.AnswerBy), MetBy: k.MetBy, Reopened: k.Reopened, Closed: stamp(k.Closed), How: k.How,
		Rating: k.Rating, Parent: k.Parent, Same: k.Same, Version: k.Version, May: []string{}, PauseWhy: r.Reasons, Proof: r.Proof, Chain: x.Chained != nil, Alarm: x.Response != nil, Steps: []CaseStep{}, Parts: []Case{}}
	if w.PauseWhy == nil {
		w.PauseWhy = []string{}
	}
	if k.Above.PlaceID != "" {
		d := deskWire(a, k.Above)
		w.Above = &d
	}
	if k.Offer != nil {
		w.Offer = &CaseOffer{deskWire(a, k.Offer.To), s.accountName(ctx, k.Offer.By), stamp(k.Offer.At), stamp(k.Offer.Until)}
	}
	w.ForMe = s.forMe(c, &k)
	for _, v := range need.Possible(&k) {
		if s.mayMove(c, &k, v, quals) == nil {
			w.May = append(w.May, string(v))
		}
	}
	if word, err := s.boardMay(ctx, c, &k, &x); err != nil {
		return w, err
	} else if word != "" {
		w.May = append(w.May, word)
	}
	if !s.sees(c, k.Path) && !s.onDesk(c, k.Desk) && !w.Mine { // the very door is for who works on it
		if b := a.House(k.Path); b != nil {
			w.PlaceID, w.PlaceName = b.ID, a.FullName(b.Path)
		}
	}
	return w, nil
}

// caseWords adds what is sealed, and the way a case went.
func (s *Server) caseWords(ctx context.Context, c *call, a *Atlas, k *need.Case, w *Case) error {
	w.Words, w.Contact, w.Reply, w.Proven = k.Words, k.Contact, k.Reply, k.Proof
	if r, ok, err := s.kinOf(ctx, k); err != nil {
		return err
	} else if ok {
		w.Kin = &CaseKin{r.Name, r.Relation}
	}
	if s.onDesk(c, k.Desk) || w.Mine {
		w.Link = s.caseLink(k)
	}
	steps, err := s.Store.CaseSteps(ctx, k.ID, true)
	if err != nil {
		return err
	}
	for _, x := range steps {
		e := CaseStep{At: stamp(x.At), Verb: string(x.Verb), By: s.accountName(ctx, x.By), Noted: x.Noted, Who: s.accountName(ctx, x.Who), Why: x.Why, Words: x.Words}
		if p, ok := a.Place(x.To.PlaceID); ok {
			d := deskWire(a, need.Desk{PlaceID: p.ID, Path: p.Path, Role: x.To.Role})
			e.To = &d
		}
		w.Steps = append(w.Steps, e)
	}
	if w.Against, err = s.about(ctx, c, a, k, steps); err != nil {
		return err
	}
	parts, err := s.Store.CasesWith(ctx, k.ID, false)
	if err != nil {
		return err
	}
	for _, p := range parts {
		x, err := s.keptItem(ctx, &p)
		if err != nil {
			return err
		}
		if p.Only != "" && p.Only != k.Only {
			continue // told in confidence: its own people alone know of it
		}
		pw, err := s.caseWire(ctx, c, a, p, x, nil)
		if err != nil {
			return err
		}
		if !p.Answered.IsZero() { // the parent is answered out of what its parts came to
			full, _, err := s.Store.Case(ctx, p.ID)
			if err != nil {
				return err
			}
			pw.Reply = full.Reply
		}
		w.Parts = append(w.Parts, pw)
	}
	return nil
}
