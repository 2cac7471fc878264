package page

import (
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"sort"
	"strconv"
	"strings"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/territory"
)

// looksBack is how far back a door page counts who looked.
const looksBack = 30 * 24 * time.Hour

// public is the page of one place as residents see it.
type public struct {
	frame
	Title, Place        string
	Door, Demo          bool
	NextBig, NextLong   string
	Last                string
	Bands               []band
	Coming              []next
	Call                phone
	Phones              []phone
	Appeal              appeal
	Looks               []count
	LookTotal           int
	Complaints, Address string
	English             string
	Need                string // where a need is told, or empty
	Neighbours          string // the board of the house, or empty
	Object              string // where somebody objects to a measure, or empty
	Fine                string // where whoever lives here says that they are fine, or empty
	Large               string // the page with three large keys, or empty
	Family              string // where relatives are let in, or empty
	Thank               string // where whoever helped is thanked, or empty
	Alarm               string // where danger is told, or empty
}

// frame is what every page has: its language, its links, its style.
type frame struct {
	Lang, Style                string
	Big                        bool
	BigLink, LangLink, DocLang string
	Now                        string
}

// phone is somebody to call: a role, never a name.
type phone struct{ Who, Hours, Number, Tel string }

// appeal is how to object.
type appeal struct{ To, Days, Phone, Tel, Address string }

// count is how often a role looked.
type count struct {
	Role string
	N    int
}

// resident answers the page of a code. Looking at it is recorded nowhere.
func (p *Pages) resident(w http.ResponseWriter, r *http.Request) {
	ctx, now, token := r.Context(), p.Clock(), r.PathValue("token")
	id, err := p.opened(ctx, token, now, r)
	if err != nil {
		p.failed(w, r, err)
		return
	}
	if id == "" {
		status := http.StatusNotFound
		if wait := p.guesses.Guess(network(r), now); wait > 0 {
			w.Header().Set("Retry-After", strconv.Itoa(int(wait/time.Second)+1))
			status = http.StatusTooManyRequests
		}
		p.lost(w, r, status)
		return
	}
	g, ok, err := p.at(ctx, id)
	if err != nil {
		p.failed(w, r, err)
		return
	}
	if !ok {
		if g, ok, err = p.heir(ctx, id); err != nil {
			p.failed(w, r, err)
			return
		}
	}
	if !ok { // nothing is broken: the code is of no use any more
		p.lost(w, r, http.StatusNotFound)
		return
	}
	if p.Doors != nil && g.place.Kind == territory.Door && r.URL.Query().Get("usual") == "" {
		if large, _, err := p.Doors.OpensLarge(ctx, g.place.ID); err != nil {
			p.failed(w, r, err)
			return
		} else if large {
			p.largeAt(w, r, g, now)
			return
		}
	}
	v, err := p.public(ctx, p.frame(r), g, now)
	if err != nil {
		p.failed(w, r, err)
		return
	}
	more := tail(r, v.frame)
	if p.Needs != nil {
		items, err := p.Needs.NeedsFor(ctx, g.place.ID)
		if err != nil {
			p.failed(w, r, err)
			return
		}
		if len(dangers(items)) > 0 {
			v.Alarm = "/r/" + token + "/alarm" + more
		}
		v.Need, v.Object, v.Neighbours = "/r/"+token+"/need"+more, "/r/"+token+"/object"+more, "/r/"+token+"/neighbours"+more
	}
	if p.Fines != nil {
		if ok, err := p.Fines.FineAt(ctx, g.place.ID); err != nil {
			p.failed(w, r, err)
			return
		} else if ok {
			v.Fine = "/r/" + token + "/fine" + more
		}
	}
	if v.Door && p.Doors != nil {
		v.Large = "/r/" + token + "/large" + more
	}
	if v.Door && p.Families != nil {
		v.Family = "/r/" + token + "/family" + more
	}
	if p.Thankings != nil {
		v.Thank = "/r/" + token + "/thanks" + more
	}
	w.Header().Set("Cache-Control", "private, no-cache") // asked for again each time: a lifted rule is gone at once
	p.send(w, r, http.StatusOK, "resident", residentCSS, v.Lang, v)
}

// tail carries how a page is wanted to the next one.
func tail(r *http.Request, f frame) string {
	return "?lang=" + f.Lang + big(f.Big) + at(r)
}

// at carries which kind of place a demonstration shows to the next page.
func at(r *http.Request) string {
	if at := r.URL.Query().Get("at"); at != "" {
		return "&at=" + url.QueryEscape(at)
	}
	return ""
}

// heir is what a place was merged into. Parts of a place have codes of their own,
// and the code of a door never opens another household's page.
func (p *Pages) heir(ctx context.Context, id string) (ground, bool, error) {
	heirs, err := p.Store.Heirs(ctx, id)
	if err != nil || len(heirs) != 1 {
		return ground{}, false, err
	}
	g, ok, err := p.at(ctx, heirs[0])
	return g, ok && g.place.Kind != territory.Door, err
}

// opened returns the place that a token opens, or "".
func (p *Pages) opened(ctx context.Context, token string, now time.Time, r *http.Request) (string, error) {
	if token == "demo" && p.Demo {
		return p.demo(ctx, r, now)
	}
	hash := access.HashQR(token)
	if hash == "" {
		return "", nil
	}
	q, ok, err := p.Store.QRByHash(ctx, hash)
	if err != nil || !ok {
		return "", err
	}
	return q.PlaceID, nil
}

// demo chooses a place to show: a building in the first zone that holds, else the
// first building there is; ?at=door and ?at=community choose the kind.
func (p *Pages) demo(ctx context.Context, r *http.Request, now time.Time) (string, error) {
	kind := territory.Building
	switch r.URL.Query().Get("at") {
	case "door":
		kind = territory.Door
	case "community":
		kind = territory.Community
	}
	_, measures, err := p.Holding(ctx, now)
	if err != nil {
		return "", err
	}
	for _, m := range measures {
		ps, err := p.Store.PlacesUnder(ctx, m.Path, kind)
		if err != nil || len(ps) > 0 {
			return first(ps), err
		}
	}
	towns, err := p.Store.PlacesUnder(ctx, "", territory.Community)
	if err != nil || len(towns) == 0 {
		return "", err
	}
	ps, err := p.Store.PlacesUnder(ctx, towns[0].Path, kind)
	return first(ps), err
}

func first(ps []territory.Place) string {
	if len(ps) == 0 {
		return ""
	}
	return ps[0].ID
}

// frame reads how a page is wanted and where its other forms are.
func (p *Pages) frame(r *http.Request) frame {
	lang := language(r)
	f := frame{Lang: lang, Style: residentCSS, Big: r.URL.Query().Get("big") == "1", Now: clock(p.Clock()), DocLang: "zh-CN"}
	other := "en"
	if lang == "en" {
		other, f.DocLang = "zh", "en"
	}
	link := func(lang string, big bool) string {
		q := url.Values{"lang": {lang}}
		if big {
			q.Set("big", "1")
		}
		for _, key := range []string{"at", "few", "usual"} {
			if x := r.URL.Query().Get(key); x != "" {
				q.Set(key, x)
			}
		}
		return "?" + q.Encode()
	}
	f.BigLink, f.LangLink = link(lang, !f.Big), link(other, f.Big)
	return f
}

// calling is whom residents of a place call.
func calling(lang string, card territory.Card) phone {
	t := words[lang]
	if card.Phone == "" { // no card: the city's public line is always right
		return phone{Who: t["city-line"], Number: "12345", Tel: "12345"}
	}
	hours := card.Hours.ZH
	if lang == "en" && card.Hours.EN != "" {
		hours = card.Hours.EN
	}
	return phone{Who: t["desk"], Hours: hours, Number: card.Phone, Tel: tel(card.Phone)}
}

// phones are whom residents of a place call: the desk, then who looks after the place
// where their work phones are public.
func (p *Pages) phones(ctx context.Context, lang string, g ground, bands []band) ([]phone, error) {
	contact, _, err := p.Store.ContactAt(ctx, g.place.Path)
	if err != nil {
		return nil, err
	}
	out := []phone{calling(lang, contact.Card)}
	if !contact.Card.Workers {
		return out, nil
	}
	worker, err := p.worker(ctx, lang, g, bands)
	return append(out, worker...), err
}

// public puts the page of a place together.
func (p *Pages) public(ctx context.Context, f frame, g ground, now time.Time) (public, error) {
	t := words[f.Lang]
	v := public{frame: f, Title: titled(f.Lang, g), Place: g.say(), Door: g.place.Kind == territory.Door, Demo: p.Demo}
	var err error
	if v.Bands, err = p.holds(ctx, f.Lang, g, now); err != nil {
		return v, err
	}
	if v.Coming, err = p.coming(ctx, f.Lang, g, v.Bands, now); err != nil {
		return v, err
	}
	contact, _, err := p.Store.ContactAt(ctx, g.place.Path)
	if err != nil {
		return v, err
	}
	card := contact.Card
	v.updates(card, now)
	both := func(b territory.Both) string {
		if f.Lang == "en" && b.EN != "" {
			return b.EN
		}
		return b.ZH
	}
	if v.Phones, err = p.phones(ctx, f.Lang, g, v.Bands); err != nil {
		return v, err
	}
	v.Call = v.Phones[0]
	v.Complaints, v.Address = card.Complaints, both(card.Address)
	if f.Lang == "en" {
		v.English = card.English
	}
	if len(v.Bands) > 0 {
		v.Appeal = appeal{To: both(card.AppealTo), Phone: card.AppealPhone, Tel: tel(card.AppealPhone), Address: both(card.AppealAddress)}
		if v.Appeal.To == "" {
			v.Appeal.To = p.above(ctx, v.Bands[0], t)
		}
		if card.AppealDays > 0 {
			v.Appeal.Days = strings.ReplaceAll(t["days"], "{0}", strconv.Itoa(card.AppealDays))
		}
	}
	if v.Door {
		err = p.looks(ctx, &v, g, now)
	}
	return v, err
}

// titled says whose page it is in few words.
func titled(lang string, g ground) string {
	name := g.place.Name
	if g.place.Kind == territory.Door {
		name = g.house()
	}
	return strings.ReplaceAll(words[lang]["today"], "{0}", name)
}

// updates says when residents hear next, and when it was last looked at. The next
// moment is the first that is promised: an hour of the card, a notice, the end.
func (v *public) updates(card territory.Card, now time.Time) {
	t := words[v.Lang]
	passed, slot := slots(card.Updates, now)
	if len(v.Bands) == 0 {
		v.NextBig, v.NextLong, v.Last = t["no-change"], t["at-once"], strings.ReplaceAll(t["checked"], "{0}", near(v.Lang, now, now))
		return
	}
	at, changed := slot, time.Time{}
	sooner := func(x time.Time) {
		if x.After(now) && (at.IsZero() || x.Before(at)) {
			at = x
		}
	}
	for _, b := range v.Bands {
		sooner(b.until)
		for _, n := range b.Notices {
			sooner(n.by)
		}
		if from := b.incident.Started; from.After(changed) {
			changed = from
		}
	}
	v.NextBig, v.NextLong = clock(at), t["says-anyway"]
	if n := days(now, at); n == 1 {
		v.NextBig = strings.TrimSpace(near(v.Lang, at, now))
	} else if n > 1 {
		v.NextBig = day(v.Lang, at)
	}
	v.Last = strings.ReplaceAll(t["changed"], "{0}", near(v.Lang, changed, now))
	if passed.After(changed) {
		v.Last = strings.ReplaceAll(t["unchanged"], "{0}", near(v.Lang, passed, now))
	}
}

// worker finds who looks after the place: the lead of the emergency where there is
// one, the everyday lead, the grid worker. Roles and work phones, no names.
func (p *Pages) worker(ctx context.Context, lang string, g ground, bands []band) ([]phone, error) {
	var out []phone
	seen := map[string]bool{}
	find := func(incident, item string, at *territory.Place, who string) error {
		if at == nil || seen[item] {
			return nil
		}
		posts, err := p.Store.Posts(ctx, incident, at.Path)
		if err != nil {
			return err
		}
		for _, x := range posts {
			if x.Item != item || x.PlaceID != at.ID || x.HelperID == "" {
				continue
			}
			h, ok, err := p.Store.Helper(ctx, x.HelperID)
			if err != nil {
				return err
			}
			if ok && h.WorkPhone != "" {
				seen[item] = true
				out = append(out, phone{Who: who, Number: h.WorkPhone, Tel: tel(h.WorkPhone)})
				return nil
			}
		}
		return nil
	}
	micro, grid := g.to(territory.Microgrid), g.to(territory.Grid)
	for _, b := range bands {
		if err := find(b.incident.ID, "lead", micro, words[lang]["lead"]); err != nil {
			return nil, err
		}
	}
	if err := find("", "lead", micro, words[lang]["lead"]); err != nil {
		return nil, err
	}
	return out, find("", "gridworker", grid, words[lang]["gridworker"])
}

// above names the level above the one that decided: where the card names nobody,
// an objection goes there.
func (p *Pages) above(ctx context.Context, b band, t map[string]string) string {
	g, ok, err := p.at(ctx, b.incident.PlaceID)
	if err != nil || !ok || len(g.up) < 2 {
		return t["level-above"]
	}
	return g.up[len(g.up)-2].Name
}

// looks counts who looked at this door, by role.
func (p *Pages) looks(ctx context.Context, v *public, g ground, now time.Time) error {
	var above []string
	for _, q := range g.up {
		if info, _ := q.Kind.Info(); info.Rank >= 40 && q.ID != g.place.ID {
			above = append(above, q.Path)
		}
	}
	es, err := p.Store.LooksAt(ctx, g.place.Path, above, 500)
	if err != nil {
		return err
	}
	roles, n := map[string]string{}, map[string]int{}
	for _, e := range es {
		if now.Sub(e.At) > looksBack {
			break
		}
		role, known := roles[e.Actor]
		if !known {
			if role, err = p.role(ctx, e.Actor); err != nil {
				return err
			}
			roles[e.Actor] = role
		}
		info, ok := access.Role(role).Info()
		name := words[v.Lang]["system"]
		if role == "kin" {
			name = words[v.Lang]["family-role"]
		}
		if ok && v.Lang == "en" {
			name = info.EN
		} else if ok {
			name = info.ZH
		}
		n[name]++
		v.LookTotal++
	}
	for role, k := range n {
		v.Looks = append(v.Looks, count{role, k})
	}
	sort.Slice(v.Looks, func(i, j int) bool {
		return v.Looks[i].N > v.Looks[j].N || v.Looks[i].N == v.Looks[j].N && v.Looks[i].Role < v.Looks[j].Role
	})
	return nil
}

// tel is a number as a phone dials it.
func tel(number string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r == '+' {
			return r
		}
		return -1
	}, number)
}

// lost answers an address that opens nothing: replaced, mistyped or torn.
func (p *Pages) lost(w http.ResponseWriter, r *http.Request, status int) {
	f := p.frame(r)
	t := words[f.Lang]
	v := message{frame: f, Title: t["lost"], Text: []string{t["lost-why"], t["lost-do"], t["lost-urgent"]}}
	if status == http.StatusTooManyRequests {
		v.Text = []string{t["lost-wait"], t["lost-do"], t["lost-urgent"]}
	}
	p.send(w, r, status, "message", residentCSS, f.Lang, v)
}

// message is a plain page of a few sentences.
type message struct {
	frame
	Title, Code string
	Text        []string
}

// failed answers what went wrong inside, and logs it without the address.
func (p *Pages) failed(w http.ResponseWriter, r *http.Request, err error) {
	if err != nil {
		p.Log.Error("page", slog.Any("cause", err))
	}
	f := p.frame(r)
	t := words[f.Lang]
	w.Header().Set("Retry-After", "5")
	p.send(w, r, http.StatusServiceUnavailable, "message", residentCSS, f.Lang, message{frame: f, Title: t["failed"], Code: "SW-1000", Text: []string{t["failed-do"], t["lost-urgent"]}})
}
