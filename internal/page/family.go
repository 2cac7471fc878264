package page

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/need"
)

// Families is where a household lets a relative act for it, and the relative acts.
type Families interface {
	KinAt(ctx context.Context, placeID string) (list []access.Kin, asked []need.Tracked, ok bool, err error)
	LetKinIn(ctx context.Context, placeID string, k access.Kin, slip string) (id, link string, err error)
	EndKin(ctx context.Context, placeID, id string) error
	KinHome(ctx context.Context, id, token string) (access.Kin, []need.Item, []need.Tracked, error)
	OpenForKin(ctx context.Context, id, token, item, slip string) (kase string, err error)
	TrackForKin(ctx context.Context, id, token, kase string) (access.Kin, need.Tracked, error)
	SayForKin(ctx context.Context, id, token, kase string, verb need.Verb, said, contact string, rating int) error
}

// kinDays are the lengths that a household chooses among.
var kinDays = []int{30, 90, 365}

// madeShows is how long the address of a relative stands on the page after it was made.
const madeShows = 15 * time.Minute

// relative is one who may act, as the household sees them at its door.
type relative struct {
	ID, Who, Until, Purpose string
	Confirm, Follow         bool
}

// errand is a case in a list.
type errand struct{ Title, When, Stage, Link, Note string }

// option is one of a list to choose from.
type option struct {
	Value, Title string
	Chosen       bool
}

// familyPage is the page on which a household lets relatives in.
type familyPage struct {
	frame
	Title, Place, Slip, Wrong, Said, Back, Made, Text string
	Demo                                              bool
	Kin                                               []relative
	Asked                                             []errand
	Relations, Days                                   []option
	Name, Purpose                                     string
	Confirm                                           bool
}

// family shows who may act for the household of a door, lets one in, and ends one.
func (p *Pages) family(w http.ResponseWriter, r *http.Request) {
	ctx, now, token := r.Context(), p.Clock(), r.PathValue("token")
	g, ok := p.doorOf(w, r, now)
	if !ok {
		return
	}
	id := g.place.ID
	kin, asked, ok, err := p.Families.KinAt(ctx, id)
	if err != nil || !ok {
		p.noAsk(w, r, now, err)
		return
	}
	v := familyPage{frame: p.frame(r), Demo: p.Demo, Place: g.house(), Slip: access.QRNonce()}
	t, here := words[v.Lang], "/r/"+token
	v.Title, v.Back, v.Purpose = t["family-head"], here+tail(r, v.frame), t["family-usual"]
	status, relation, long := http.StatusOK, access.Relations[0], "90"
	if r.Method == http.MethodPost {
		r.Body = http.MaxBytesReader(w, r.Body, 1<<13)
		var done bool
		if status, v.Wrong, done = p.posted(w, r, "family|"+id, t["need-many"], func() (string, error) {
			to, err := p.familySaid(r, id, now)
			return here + "/family" + tail(r, v.frame) + to, err
		}); done {
			return
		}
		v.Name, v.Purpose, v.Confirm = r.PostFormValue("name"), r.PostFormValue("purpose"), r.PostFormValue("confirm") != ""
		relation, long = r.PostFormValue("relation"), r.PostFormValue("days")
	}
	for _, x := range access.Relations {
		v.Relations = append(v.Relations, option{x, t["family-"+x], x == relation})
	}
	for _, n := range kinDays {
		s := strconv.Itoa(n)
		v.Days = append(v.Days, option{s, put(t["family-days"], s), s == long})
	}
	if r.URL.Query().Get("said") == "ended" {
		v.Said = t["family-ended"]
	}
	for i := range kin {
		k := &kin[i]
		v.Kin = append(v.Kin, relative{k.ID, t["family-"+k.Relation] + " " + k.Short(), day(v.Lang, k.Until.Add(-time.Minute)), k.Purpose, k.Confirm, k.Follow})
		if k.ID == r.URL.Query().Get("made") && now.Sub(k.Given) < madeShows && k.GivenBy == "" {
			v.Made = p.base(r) + "/k/" + k.ID + "/" + p.Store.KinToken(k.ID)
			v.Text = "sms:?body=" + url.PathEscape(put(t["family-sms-text"], v.Made))
		}
	}
	for i := range asked {
		v.Asked = append(v.Asked, p.errand(v.Lang, &asked[i], now, v.to("/c/"+asked[i].Case.ID+"/"+p.Store.CaseToken(asked[i].Case.ID))))
	}
	w.Header().Set("Cache-Control", "no-store")
	p.send(w, r, status, "family", residentCSS, v.Lang, v)
}

// familySaid does what a household sent, and says how its page goes on.
func (p *Pages) familySaid(r *http.Request, placeID string, now time.Time) (string, error) {
	if end := r.PostFormValue("end"); end != "" {
		return "&said=ended", p.Families.EndKin(r.Context(), placeID, end)
	}
	k := access.Kin{Name: r.PostFormValue("name"), Relation: r.PostFormValue("relation"), Purpose: r.PostFormValue("purpose"), Confirm: r.PostFormValue("confirm") != ""}
	if n, err := strconv.Atoi(r.PostFormValue("days")); err == nil && slices.Contains(kinDays, n) {
		l := now.In(civil)
		k.Until = time.Date(l.Year(), l.Month(), l.Day()+n, 0, 0, 0, 0, civil).UTC()
	}
	id, _, err := p.Families.LetKinIn(r.Context(), placeID, k, r.PostFormValue("slip"))
	return "&made=" + url.QueryEscape(id), err
}

// kinStages are the stages that a list of a relative's tells apart.
var kinStages = []string{"waiting", "taken", "answered", "closed"}

// errand puts a case into a line of a list.
func (p *Pages) errand(lang string, x *need.Tracked, now time.Time, link string) errand {
	stage := "waiting"
	switch x.Case.Stage() {
	case need.Answered:
		stage = "answered"
	case need.Closed:
		stage = "closed"
	case need.Taken, need.Paused:
		stage = "taken"
	}
	return errand{Title: pick(lang, x.Item.Title), When: near(lang, x.Case.Opened, now), Stage: words[lang]["kin-stage-"+stage], Link: link}
}

// kinPage is the page of a relative.
type kinPage struct {
	frame
	Title, Hello, Slip, Wrong string
	Demo                      bool
	Tiles                     []tile
	Cases                     []errand
	Call                      phone
}

// kin shows a relative what they may ask for and how it goes, and opens a case when a
// picture is tapped.
func (p *Pages) kin(w http.ResponseWriter, r *http.Request) {
	ctx, now := r.Context(), p.Clock()
	id, token := r.PathValue("id"), r.PathValue("token")
	v := kinPage{frame: p.frame(r), Demo: p.Demo, Slip: access.QRNonce()}
	status := http.StatusOK
	if r.Method == http.MethodPost {
		r.Body = http.MaxBytesReader(w, r.Body, 1<<12)
		if wait := p.guesses.Open("kin|"+id, now); wait > 0 {
			w.Header().Set("Retry-After", strconv.Itoa(int(wait/time.Second)+1))
			status, v.Wrong = http.StatusTooManyRequests, words[v.Lang]["need-many"]
		} else if kase, err := p.Families.OpenForKin(ctx, id, token, r.PostFormValue("item"), r.PostFormValue("slip")); err == nil {
			http.Redirect(w, r, v.to("/k/"+id+"/"+token+"/"+kase), http.StatusSeeOther)
			return
		} else if !p.kinWrong(w, r, now, err, &v.Wrong, v.Lang) {
			return
		} else {
			status = http.StatusUnprocessableEntity
		}
	}
	k, items, cases, err := p.Families.KinHome(ctx, id, token)
	if err != nil {
		p.noAsk(w, r, now, err)
		return
	}
	g, ok, err := p.at(ctx, k.PlaceID)
	if err != nil || !ok {
		p.noAsk(w, r, now, err)
		return
	}
	t := words[v.Lang]
	v.Title, v.Hello = put(t["kin-head"], g.house()), pair(t["kin-sub"], k.Name, day(v.Lang, k.Until.Add(-time.Minute)))
	for _, x := range items {
		v.Tiles = append(v.Tiles, tile{x.ID, pick(v.Lang, x.Title), pick(v.Lang, x.Hint), drawing(x.Icon), x.Urgency == "life", false})
	}
	for i := range cases {
		e := p.errand(v.Lang, &cases[i], now, v.to("/k/"+id+"/"+token+"/"+cases[i].Case.ID))
		if !cases[i].Own {
			e.Note = t["kin-home"]
		}
		v.Cases = append(v.Cases, e)
	}
	contact, _, err := p.Store.ContactAt(ctx, g.place.Path)
	if err != nil {
		p.failed(w, r, err)
		return
	}
	v.Call = calling(v.Lang, contact.Card)
	w.Header().Set("Cache-Control", "no-store")
	p.send(w, r, status, "kin", residentCSS, v.Lang, v)
}

// kinWrong puts a refusal into words; false where the request was answered already.
func (p *Pages) kinWrong(w http.ResponseWriter, r *http.Request, now time.Time, err error, wrong *string, lang string) bool {
	if said, ok := wrongWords(err, lang); ok {
		*wrong = said
		return true
	}
	p.noAsk(w, r, now, err)
	return false
}

// kinCase is a case as a relative follows it, with what they may say of it.
func (p *Pages) kinCase(w http.ResponseWriter, r *http.Request) {
	ctx, now := r.Context(), p.Clock()
	id, token, kase := r.PathValue("id"), r.PathValue("token"), r.PathValue("case")
	v := tracking{frame: p.frame(r), Demo: p.Demo}
	status := http.StatusOK
	if r.Method == http.MethodPost {
		r.Body = http.MaxBytesReader(w, r.Body, 1<<14)
		rating, _ := strconv.Atoi(r.PostFormValue("rating"))
		verb := need.Verb(r.PostFormValue("verb"))
		err := p.Families.SayForKin(ctx, id, token, kase, verb, r.PostFormValue("words"), r.PostFormValue("contact"), rating)
		if err == nil {
			http.Redirect(w, r, v.to(r.URL.Path)+"&said="+string(verb), http.StatusSeeOther)
			return
		}
		if !p.kinWrong(w, r, now, err, &v.Wrong, v.Lang) {
			return
		}
		status = http.StatusUnprocessableEntity
		v.Typed, v.TypedContact, v.TypedFor = r.PostFormValue("words"), r.PostFormValue("contact"), string(verb)
	}
	k, x, err := p.Families.TrackForKin(ctx, id, token, kase)
	if err != nil {
		p.noAsk(w, r, now, err)
		return
	}
	if v.Wrong == "" {
		v.Said = words[v.Lang][saidWords[r.URL.Query().Get("said")]]
	}
	v.follow(&x, now)
	if v.Seen, err = p.seen(ctx, v.Lang, &x.Case, now); err != nil {
		p.failed(w, r, err)
		return
	}
	v.ForKin, v.Theirs, v.MayConfirm = v.to("/k/"+id+"/"+token), !x.Own, k.Confirm && x.Own
	w.Header().Set("Cache-Control", "no-store")
	p.send(w, r, status, "track", residentCSS, v.Lang, v)
}

// pair fills in two facts.
func pair(word, a, b string) string { return strings.NewReplacer("{0}", a, "{1}", b).Replace(word) }
