package page

import (
	"html/template"
	"net/url"

	"shouwang/internal/dispatch"
)

// poster is the sheet for a notice board or a shop window, in both languages.
type poster struct {
	letter
	Where string
	Other map[string]string // the words of the other language
	Pics  []posterPic
}

// posterPic is one drawing with what it stands for.
type posterPic struct {
	Pic       template.HTML
	Say, Else string
}

// posterPics are the drawings of the sheet and their words.
var posterPics = []struct{ icon, word string }{{"hand", "poster-help"}, {"pill", "poster-medicine"}, {"wrench", "poster-repair"}, {"warning", "poster-hazard"}}

// poster makes the A4 sheet by which residents of a house, an estate or a community tell
// what they need: its code leads to the pictures, where they may say which door.
func (p *Pages) poster(j *job) (printed, error) {
	id := j.r.PathValue("id")
	g, ok, err := j.at(j.ctx, id)
	if err != nil {
		return printed{}, err
	}
	kind := ""
	if ok {
		kind = string(g.place.Kind)
	}
	var seen struct{ Items []struct{ Path string } }
	if err := j.ask("/places/"+url.PathEscape(id)+"/qr?limit=1&kinds="+kind, &seen); err != nil { // who may print codes may print this one
		return printed{}, err
	}
	if len(seen.Items) == 0 {
		return printed{}, ErrNoSheet.With(j.t["labels"])
	}
	other := "en"
	if j.Lang == "en" {
		other = "zh"
	}
	l := poster{letter: letter{print: j.print, Head: j.t["poster-head"], To: g.say(), Strips: make([]int, 8)}, Where: g.say(), Other: words[other]}
	l.Title = l.Head + " " + l.To
	if err := j.sign(&l.letter, g, dispatch.Incident{Started: j.now}); err != nil {
		return printed{}, err
	}
	for _, x := range posterPics {
		l.Pics = append(l.Pics, posterPic{drawing(x.icon), j.t[x.word], words[other][x.word]})
	}
	if l.QR, err = qr(j.base(j.r) + seen.Items[0].Path + "/need"); err != nil {
		return printed{}, err
	}
	return printed{"poster", l, "print.poster", g.place.ID, g.place.Path, 1}, nil
}
