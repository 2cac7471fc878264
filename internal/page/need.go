package page

import (
	"cmp"
	"context"
	"encoding/json"
	"html/template"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/mode"
	"shouwang/internal/need"
	"shouwang/internal/territory"
	"shouwang/playbooks"
)

// Needs is where residents tell a need and follow it without an account.
type Needs interface {
	NeedsFor(ctx context.Context, placeID string) ([]need.Item, error)
	OpenFor(ctx context.Context, placeID, item, slip string) (id, token string, err error)
	ObjectFor(ctx context.Context, placeID, measure, said, contact, slip string) (id, token string, err error)
	BoardAt(ctx context.Context, placeID string) ([]need.Posting, error)
	AnswerPosting(ctx context.Context, placeID, id, said, slip string) (reply, token string, err error)
	ReportPosting(ctx context.Context, placeID, id string) error
	SayThread(ctx context.Context, id, token, reply, said string) error
	MetByNeighbour(ctx context.Context, id, token string) error
	TrackCase(ctx context.Context, id, token string) (need.Tracked, error)
	CaseSeen(ctx context.Context, k *need.Case) ([]need.Seen, error)
	SayCase(ctx context.Context, id, token string, verb need.Verb, said, contact string, rating int) error
}

// icons are the drawings of the catalogue's pictures.
var icons = func() map[string]string {
	m := map[string]string{}
	if err := json.Unmarshal(playbooks.Icons, &m); err != nil {
		panic("page: " + err.Error()) // part of the binary
	}
	return m
}()

func drawing(name string) template.HTML {
	d, ok := icons[name]
	if !ok {
		d = icons["question"]
	}
	return template.HTML(`<svg class="pic" viewBox="0 0 24 24" aria-hidden="true"><path d="` + d + `"/></svg>`)
}

// tile is one picture to tap.
type tile struct {
	ID, Title, Hint string
	Pic             template.HTML
	Life, Quiet     bool
}

// needing is the page of pictures.
type needing struct {
	frame
	Title, Slip, Wrong string
	Alarm              string // where danger is told, or empty
	Demo               bool
	Tiles              []tile
	Few                bool   // the few of the large page
	Where              bool   // the code is a house's or wider: which door is asked
	Door               string // what was typed as the door
	All                string // where the others are, or empty
	Call               phone
}

// needs shows the pictures of what may be asked at a place, and opens a case when one is
// tapped. A slip in the form makes a second tap, or going back, the same case.
func (p *Pages) needs(w http.ResponseWriter, r *http.Request) {
	ctx, now := r.Context(), p.Clock()
	g, ok := p.doorOf(w, r, now)
	if !ok {
		return
	}
	id := g.place.ID
	v := needing{frame: p.frame(r), Demo: p.Demo, Title: g.say(), Slip: access.QRNonce()}
	status := http.StatusOK
	if r.Method == http.MethodPost {
		r.Body = http.MaxBytesReader(w, r.Body, 1<<12)
		if r.PostFormValue("item") == need.Objection {
			http.Redirect(w, r, "/r/"+r.PathValue("token")+"/object"+tail(r, v.frame), http.StatusSeeOther)
			return
		}
		if r.PostFormValue("another") == "" {
			if x, at := p.again(ctx, r, id, r.PostFormValue("item"), now); x != nil {
				p.alreadyAsked(w, r, v, x, at, now)
				return
			}
		}
		var done bool
		if status, v.Wrong, done = p.posted(w, r, id, words[v.Lang]["need-many"], func() (string, error) {
			door := strings.TrimSpace(r.PostFormValue("door"))
			at, err := p.doorSaid(ctx, g, door)
			if err != nil {
				return "", err
			}
			kase, token, err := p.Needs.OpenFor(ctx, at, r.PostFormValue("item"), r.PostFormValue("slip"))
			if err == nil && door != "" && at == id { // no such door is known: what was written goes along
				err = p.Needs.SayCase(ctx, kase, token, need.Note, words[v.Lang]["where-else"]+door, "", 0)
			}
			if err == nil {
				err = p.remember(ctx, w, r, kase, token)
			}
			return v.to("/c/" + kase + "/" + token), err
		}); done {
			return
		}
	}
	items, err := p.Needs.NeedsFor(ctx, id)
	if err != nil {
		p.failed(w, r, err)
		return
	}
	bands, err := p.holds(ctx, v.Lang, g, now)
	if err != nil {
		p.failed(w, r, err)
		return
	}
	v.Where, v.Door = g.place.Kind != territory.Door, r.PostFormValue("door")
	if v.Few = r.URL.Query().Get("few") == "1"; v.Few {
		items = few(items)
		v.All = "?lang=" + v.Lang + big(v.Big) + at(r)
	}
	for _, x := range items {
		if x.Response != nil {
			v.Alarm = "/r/" + r.PathValue("token") + "/alarm" + tail(r, v.frame)
			continue
		}
		if x.ID == need.Objection && len(bands) == 0 { // nothing holds: nothing to object to
			continue
		}
		v.Tiles = append(v.Tiles, tile{x.ID, pick(v.Lang, x.Title), pick(v.Lang, x.Hint), drawing(x.Icon), x.Urgency == mode.Life, x.Only != ""})
	}
	contact, _, err := p.Store.ContactAt(ctx, g.place.Path)
	if err != nil {
		p.failed(w, r, err)
		return
	}
	v.Call = calling(v.Lang, contact.Card)
	w.Header().Set("Cache-Control", "no-store")
	p.send(w, r, status, "needs", residentCSS, v.Lang, v)
}

// doorSaid is the door that somebody wrote who read the code of a house: the only one
// there with these numbers; else the place of the code itself.
func (p *Pages) doorSaid(ctx context.Context, g ground, typed string) (string, error) {
	said := figures.FindAllString(typed, -1)
	if len(said) == 0 || g.place.Kind != territory.Building && g.place.Kind != territory.Apartment {
		return g.place.ID, nil
	}
	doors, err := p.Store.PlacesUnder(ctx, g.place.Path, territory.Door)
	if err != nil {
		return "", err
	}
	found := ""
	for _, d := range doors {
		x, ok, err := p.at(ctx, d.ID)
		if err != nil {
			return "", err
		}
		has := figures.FindAllString(strings.TrimPrefix(x.house(), g.house()), -1)
		if !ok || len(has) < len(said) || !slices.Equal(has[len(has)-len(said):], said) {
			continue
		}
		if found != "" { // 502 is in each stairwell: which one stays in their words
			return g.place.ID, nil
		}
		found = d.ID
	}
	return cmp.Or(found, g.place.ID), nil
}

var figures = regexp.MustCompile(`[0-9]+`)

// few are the pictures of the large page: those the playbooks chose, else the first.
func few(items []need.Item) []need.Item {
	var out []need.Item
	for _, x := range items {
		if x.Few && x.Only == "" {
			out = append(out, x)
		}
	}
	if len(out) == 0 {
		out = items
	}
	return out[:min(len(out), fewMost)]
}

// fewMost is how many pictures somebody who sees badly is asked to choose from.
const fewMost = 8

func big(on bool) string {
	if on {
		return "&big=1"
	}
	return ""
}

// stop is one station of a case's way, as of a parcel's.
type stop struct {
	Title, When, More string
	Done, Now         bool
}

// handWay is how one subject of a case goes from hand to hand.
type handWay struct {
	Title string
	Stops []stop
}

// ways puts the hands of a case into words: the stretch, the role that answers, and by
// when it is to be handed on.
func ways(lang string, ws []need.Way, now time.Time) (out []handWay) {
	for _, w := range ws {
		x := handWay{Title: pick(lang, w.Subject)}
		for i, h := range w.Stops {
			last := i == len(w.Stops)-1 && w.Ended.IsZero()
			s := stop{Title: pick(lang, h.Leg), When: near(lang, h.At, now), More: pick(lang, h.Who), Done: !last, Now: last}
			if last && !h.Due.IsZero() {
				s.More += " · " + strings.ReplaceAll(words[lang]["track-hand-due"], "{0}", near(lang, h.Due, now))
			}
			x.Stops = append(x.Stops, s)
		}
		if !w.Ended.IsZero() {
			x.Stops = append(x.Stops, stop{Title: pick(lang, w.How), When: near(lang, w.Ended, now), Done: true})
		}
		out = append(out, x)
	}
	return out
}

// tracking is the page on which somebody follows their case.
type tracking struct {
	frame
	Title, Number, What, Hint, Place string
	Pic                              template.HTML
	Stops                            []stop
	Ways                             []handWay
	ReplyText, Wrong, Said           string
	Due, Closes, Keeps               string
	Asked, Teller, Kin               string
	ForKin                           string // of a relative: back to all they see
	Theirs, MayConfirm               bool   // the household asked itself; it may be said to be done here
	Answered, Closed, Open, Quiet    bool
	Again                            bool
	Forgotten                        string // when what was said was forgotten, or empty
	Contact                          bool
	Demo                             bool
	Paused                           string
	Object                           *objected
	Talk                             []spoken // of a neighbour's reply: what the two said
	Threads                          []thread // what neighbours answered
	Board, Reply                     bool     // it may be met by a neighbour; it is a neighbour's reply
	// What was typed when it was refused, and into which form: nothing is lost.
	Typed, TypedContact, TypedFor string
	MayThank, Thanked             bool
	Rescue                        *rescued // of an alarm
	Seen                          []sawRow // who opened what it says
	Hidden                        string   // why the desk took it off the board, or empty
}

// track shows where a case stands, and takes what whoever asked says of it.
func (p *Pages) track(w http.ResponseWriter, r *http.Request) {
	ctx, now := r.Context(), p.Clock()
	id, token := r.PathValue("case"), r.PathValue("token")
	x, err := p.Needs.TrackCase(ctx, id, token)
	if err != nil {
		p.noAsk(w, r, now, err)
		return
	}
	v := tracking{frame: p.frame(r), Demo: p.Demo}
	status := http.StatusOK
	if r.Method == http.MethodPost {
		r.Body = http.MaxBytesReader(w, r.Body, 1<<14)
		rating, _ := strconv.Atoi(r.PostFormValue("rating"))
		verb := need.Verb(r.PostFormValue("verb"))
		var err error
		switch {
		case verb == "say":
			err = p.Needs.SayThread(ctx, id, token, r.PostFormValue("reply"), r.PostFormValue("words"))
		case verb == "met":
			err = p.Needs.MetByNeighbour(ctx, id, token)
		case verb == "thank" && p.Thankings != nil:
			err = p.Thankings.ThankForCase(ctx, id, token, r.PostFormValue("words"), r.PostFormValue("from"))
		default:
			err = p.Needs.SayCase(ctx, id, token, verb, r.PostFormValue("words"), r.PostFormValue("contact"), rating)
		}
		if err == nil {
			http.Redirect(w, r, v.to(r.URL.Path)+"&said="+string(verb), http.StatusSeeOther)
			return
		}
		var ok bool
		if v.Wrong, ok = wrongWords(err, v.Lang); !ok {
			p.failed(w, r, err)
			return
		}
		status = http.StatusUnprocessableEntity
		v.Typed, v.TypedContact, v.TypedFor = r.PostFormValue("words"), r.PostFormValue("contact"), string(verb)
	}
	if p.Thankings != nil {
		if v.MayThank, v.Thanked, err = p.Thankings.CaseThanks(ctx, id, token); err != nil {
			p.failed(w, r, err)
			return
		}
	}
	if v.Wrong == "" {
		v.Said = words[v.Lang][saidWords[r.URL.Query().Get("said")]]
	}
	v.MayConfirm = true
	v.follow(&x, now)
	if v.Object, err = p.objected(ctx, v.Lang, &x, now); err != nil {
		p.failed(w, r, err)
		return
	}
	if v.Seen, err = p.seen(ctx, v.Lang, &x.Case, now); err != nil {
		p.failed(w, r, err)
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	p.send(w, r, status, "track", residentCSS, v.Lang, v)
}

// saidWords are what a page answers to a verb that was sent.
var saidWords = map[string]string{"note": "track-said-note", "confirm": "track-said-confirm", "reopen": "track-said-reopen", "say": "talk-sent", "met": "track-said-confirm", "withdraw": "track-said-withdraw"}

// tellers are all that teller may answer.
var tellers = []string{"track-you", "track-kin", "track-other", "track-noted", "track-desk"}

// teller is the word for who said what stands in a case: whoever asked, a relative for
// them, somebody at a desk who wrote it down, or another system.
func teller(x *need.Tracked) string {
	k := &x.Case
	for _, s := range x.Steps {
		if s.Verb == need.Note && s.Words == k.Words && s.By == "" {
			if s.Why == need.ByKin {
				return "track-kin"
			}
			return "track-you"
		}
	}
	switch {
	case k.OpenedBy == "":
		return "track-you"
	case x.Kin != nil:
		return "track-kin"
	case k.Origin == "open311":
		return "track-other"
	case k.Noted != "" && (k.Origin == "phone" || k.Origin == "person"):
		return "track-noted"
	}
	return "track-desk"
}

// follow puts the way of a case into words: what happened, what is now, what comes.
func (v *tracking) follow(x *need.Tracked, now time.Time) {
	k, t := &x.Case, words[v.Lang]
	v.Number, v.What, v.Hint, v.Pic = spaced(k.Number), pick(v.Lang, x.Item.Title), pick(v.Lang, x.Item.Hint), drawing(x.Item.Icon)
	if v.Asked = k.Words; v.Asked != "" {
		v.Teller = t[teller(x)]
	}
	if x.Kin != nil {
		v.Kin = pair(t["family-by"], t["family-"+x.Kin.Relation], x.Kin.Name)
	}
	v.Title, v.Place, v.Quiet, v.Contact = v.What, x.Door.Name, k.Only != "", k.Contact != ""
	st := k.Stage()
	v.Answered, v.Closed = st == need.Answered, st == need.Closed
	v.Open = !v.Answered && !v.Closed
	at := func(d time.Time) string {
		if d.IsZero() {
			return ""
		}
		return near(v.Lang, d, now)
	}
	desk := pick(v.Lang, x.Desk) + " · " + x.At
	taken := k.Holder != "" || v.Answered || v.Closed && k.How != "withdrawn"
	v.Stops = []stop{
		{Title: t["track-open"], When: at(k.Opened), More: desk, Done: true, Now: v.Open && !taken},
		{Title: t["track-taken"], When: firstAt(x.Steps, at, need.Take, need.Assign, need.Accept), Done: taken, Now: v.Open && taken},
		{Title: t["track-answered"], When: at(k.Answered), Done: !k.Answered.IsZero(), Now: v.Answered},
		{Title: t["track-closed"], When: at(k.Closed), Done: v.Closed && k.How != "withdrawn"},
	}
	if v.Closed && k.How == "withdrawn" {
		v.Stops = []stop{v.Stops[0], {Title: t["track-withdrawn"], When: at(k.Closed), Done: true}}
	}
	switch {
	case v.Open && !k.Paused.IsZero():
		v.Paused = at(k.Resume)
	case v.Open && !k.Due.IsZero():
		v.Due = near(v.Lang, k.Due, now)
	case v.Answered && k.Proved:
		v.Closes = at(k.Next)
	}
	if !v.Open {
		v.ReplyText = k.Reply
	}
	if v.Forgotten = at(k.Forgotten); v.Forgotten == "" && v.Closed && !k.Next.IsZero() {
		v.Keeps = day(v.Lang, k.Next)
	}
	v.rescued(x, now)
	v.chat(x, at)
	v.Again = k.Reopened > 0
	v.Ways = ways(v.Lang, x.Hands, now)
	if v.Open && k.Level > 0 {
		v.Stops[0].More += " · " + t["track-climbed"]
	}
}

func firstAt(steps []need.Step, at func(time.Time) string, verbs ...need.Verb) string {
	for i := len(steps) - 1; i >= 0; i-- {
		for _, v := range verbs {
			if steps[i].Verb == v {
				return at(steps[i].At)
			}
		}
	}
	return ""
}

// spaced is a case's number as it is read out: 26 0483 217.
func spaced(n string) string {
	if len(n) != 9 {
		return n
	}
	return n[:2] + " " + n[2:6] + " " + n[6:]
}
