package page

import (
	"html/template"
	"net/url"
	"strconv"
	"strings"
)

// list is a plain table on paper.
type list struct {
	print
	Head, Note, Sum string
	Chips           []chip
	Columns         []string
	Rows            [][]string
	Phone           string
}

// post is a post of the API as far as a list shows it.
type post struct {
	Title     both
	PlaceName string `json:"place_name"`
	Holder    *holder
	Deputy    *holder
}

type holder struct {
	Name  string
	Phone string `json:"work_phone"`
}

// posts makes the list of posts of an incident ("normal": the everyday system).
func (p *Pages) posts(j *job) (printed, error) {
	place := j.r.URL.Query().Get("place")
	var all []post
	for cursor := ""; ; {
		q := url.Values{"incident_id": {j.r.PathValue("incident")}, "limit": {"1000"}, "cursor": {cursor}}
		if place != "" {
			q.Set("under", place)
		}
		var page struct {
			Items []post
			Next  string
			Total int
		}
		if err := j.ask("/posts?"+q.Encode(), &page); err != nil {
			return printed{}, err
		}
		if page.Total > maxLabels {
			return printed{}, ErrTooMuch.With(maxLabels, page.Total)
		}
		all = append(all, page.Items...)
		if cursor = page.Next; cursor == "" {
			break
		}
	}
	if len(all) == 0 {
		return printed{}, ErrNoSheet.With(j.t["posts-list"])
	}
	l, g, err := j.listAt(place, "posts-list")
	if err != nil {
		return printed{}, err
	}
	l.Columns = []string{j.t["place"], j.t["post"], j.t["holder"], j.t["phone"], j.t["deputy"], j.t["sign"]}
	empty := 0
	for _, x := range all {
		who, tel, second := j.t["empty"], "", ""
		if x.Holder != nil {
			who, tel = x.Holder.Name, x.Holder.Phone
		} else {
			empty++
		}
		if x.Deputy != nil {
			second = x.Deputy.Name + " " + x.Deputy.Phone
		}
		l.Rows = append(l.Rows, []string{x.PlaceName, j.say(x.Title), who, tel, second, ""})
	}
	l.Sum = put(put2(j.t["posts-sum"], strconv.Itoa(len(all)-empty), strconv.Itoa(empty)), strconv.Itoa(len(all)))
	return printed{"list", l, "print.posts", g.place.ID, g.place.Path, len(all)}, nil
}

// put2 fills the second and third blank of a word.
func put2(word, one, two string) string {
	return strings.NewReplacer("{1}", one, "{2}", two).Replace(word)
}

// listAt begins a list about a place; without one it is about all that is seen.
func (j *job) listAt(place, word string) (list, ground, error) {
	l := list{print: j.print, Head: j.t[word], Note: j.t["all-yours"]}
	var g ground
	if place != "" {
		var err error
		if g, _, err = j.at(j.ctx, place); err != nil {
			return l, g, err
		}
		l.Note = g.say()
		n := 0
		if l.Chips, err = j.chips(g, &n); err != nil {
			return l, g, err
		}
		c, _, err := j.Store.ContactAt(j.ctx, g.place.Path)
		if err != nil {
			return l, g, err
		}
		l.Phone = c.Card.Phone
	}
	l.Title = l.Head + " " + l.Note
	return l, g, nil
}

// places makes the list of the places directly below one.
func (p *Pages) places(j *job) (printed, error) {
	id := j.r.PathValue("id")
	var page struct {
		Items []struct {
			Name, Code, Zone, Until string
			Doors, Residents        int
		}
	}
	if err := j.ask("/places/"+url.PathEscape(id)+"/children", &page); err != nil {
		return printed{}, err
	}
	if len(page.Items) == 0 {
		return printed{}, ErrNoSheet.With(j.t["places-list"])
	}
	l, g, err := j.listAt(id, "places-list")
	if err != nil {
		return printed{}, err
	}
	l.Columns = []string{j.t["place"], j.t["code"], j.t["doors"], j.t["people"], j.t["zone"], j.t["remark"]}
	doors, people := 0, 0
	for _, x := range page.Items {
		zone := ""
		if x.Zone != "" {
			at, ok, err := j.Store.PlaceByCode(j.ctx, x.Code)
			if err != nil {
				return printed{}, err
			}
			if ok {
				bands, err := j.holds(j.ctx, j.Lang, ground{place: at}, j.now)
				if err != nil {
					return printed{}, err
				}
				for _, b := range bands {
					zone += b.Glyph + " " + b.Title + " "
				}
				zone += put(j.t["until"], near(j.Lang, stamp(x.Until), j.now))
			}
		}
		l.Rows = append(l.Rows, []string{x.Name, x.Code, strconv.Itoa(x.Doors), strconv.Itoa(x.Residents), zone, ""})
		doors, people = doors+x.Doors, people+x.Residents
	}
	l.Sum = put(put2(j.t["places-sum"], strconv.Itoa(doors), strconv.Itoa(people)), strconv.Itoa(len(page.Items)))
	return printed{"list", l, "print.places", g.place.ID, g.place.Path, len(page.Items)}, nil
}

// once says a stairwell once: a part of a house names it already, 1号楼（2单元） 2单元.
func once(full string) string {
	head, rest, ok := strings.Cut(full, "（")
	part, tail, closed := strings.Cut(rest, "）")
	if !ok || !closed || !strings.HasPrefix(strings.TrimSpace(tail), part) {
		return full
	}
	return head + " " + strings.TrimSpace(tail)
}

// labels makes the codes of a place and below, to be cut and hung up.
func (p *Pages) labels(j *job) (printed, error) {
	id := j.r.PathValue("id")
	type label struct {
		Name, Where string
		QR          template.HTML
	}
	var all []label
	for cursor := ""; ; {
		q := url.Values{"limit": {"1000"}, "cursor": {cursor}}
		if k := j.r.URL.Query().Get("kinds"); k != "" {
			q.Set("kinds", k)
		}
		var page struct {
			Items []struct {
				Kind, Name, Path string
				FullName         string `json:"full_name"`
			}
			Next  string
			Total int
		}
		if err := j.ask("/places/"+url.PathEscape(id)+"/qr?"+q.Encode(), &page); err != nil {
			return printed{}, err
		}
		if page.Total > maxLabels {
			return printed{}, ErrTooMuch.With(maxLabels, page.Total)
		}
		for _, x := range page.Items {
			code, err := qr(j.base(j.r) + x.Path)
			if err != nil {
				return printed{}, err
			}
			all = append(all, label{Name: x.Name, Where: once(x.FullName), QR: code})
		}
		if cursor = page.Next; cursor == "" {
			break
		}
	}
	if len(all) == 0 {
		return printed{}, ErrNoSheet.With(j.t["labels"])
	}
	g, _, err := j.at(j.ctx, id)
	if err != nil {
		return printed{}, err
	}
	j.Title = j.t["labels"] + " " + g.say()
	return printed{"labels", struct {
		print
		Labels []label
	}{j.print, all}, "print.labels", g.place.ID, g.place.Path, len(all)}, nil
}
