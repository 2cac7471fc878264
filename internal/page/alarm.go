package page

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/mode"
	"shouwang/internal/need"
)

// alarmWords are the words of the page on which danger is told, and of what follows it.
var alarmWords = map[string][2]string{
	"alarm-entry":    {"出事了：马上来人", "Danger: somebody come now"},
	"alarm-entry-by": {"着火、急病、打人、倒塌", "fire, collapse, illness, violence"},
	"alarm-first":    {"先打电话", "Telephone first"},
	"alarm-where":    {"告诉对方：这里是 {0}", "Tell them: this is {0}"},
	"alarm-then":     {"再点一下，里面最近、有本事的人马上来", "Then tap: the nearest who are able come at once"},
	"alarm-many":     {"这里刚刚报了很多次，已经有人在赶来。请打上面的电话。", "Many alarms were raised here just now and people are on their way. Use the numbers above."},
	"alarm-mask":     {"点了就登记，不用写字。误点了，在下一页点“不用了”。", "One tap raises it, no typing. Tapped by mistake? Say so on the next page."},
	"alarm-110":      {"警察 110", "Police 110"},
	"alarm-119":      {"消防 119", "Fire 119"},
	"alarm-120":      {"急救 120", "Medical 120"},
	"alarm-say":      {"电话里这样说", "Say this on the telephone"},
	"alarm-safe":     {"等人来的时候", "Until they come"},
	"alarm-coming":   {"谁在赶来", "Who is coming"},
	"alarm-n":        {"{0}：{1} 人在赶来", "{0}: {1} on the way"},
	"alarm-none":     {"已经叫了附近 {0} 个人，还没人回答。社区也在看着，时限一到往上报。", "{0} people near you were asked and nobody has answered yet. The community is watching; it climbs when its time is over."},
	"alarm-nobody":   {"这片封控范围里暂时叫不到会处置的人。社区已经知道，请一定打上面的电话。", "Nobody able is inside this closed area just now. The community knows; do use the numbers above."},
	"alarm-link":     {"社区 {0} 联系了{1}", "The community telephoned {1} at {0}"},
	"alarm-eta":      {"，预计 {0} 到", ", expected at {0}"},
	"alarm-look":     {"您说不用了。为了稳妥，还会有人来看一眼再结束。", "You say it is over. To be safe somebody comes and looks before it ends."},
	"alarm-over":     {"已经结束", "It is over"},
}

// alarmPage is the page of the numbers and the kinds of danger.
type alarmPage struct {
	frame
	Title, Slip, Wrong, Where, Back string
	Demo                            bool
	Tiles                           []tile
	Call                            phone
}

// dangers are the items of a catalogue that raise an alarm, in its order.
func dangers(items []need.Item) (out []need.Item) {
	for _, x := range items {
		if x.Response != nil {
			out = append(out, x)
		}
	}
	return out
}

// alarm shows whom to telephone first, then the kinds of danger; one tap raises it.
func (p *Pages) alarm(w http.ResponseWriter, r *http.Request) {
	ctx, now := r.Context(), p.Clock()
	g, ok := p.doorOf(w, r, now)
	if !ok {
		return
	}
	id := g.place.ID
	v := alarmPage{frame: p.frame(r), Demo: p.Demo, Title: words[language(r)]["alarm-entry"], Slip: access.QRNonce(), Where: g.say()}
	v.Back = "/r/" + r.PathValue("token") + tail(r, v.frame)
	status := http.StatusOK
	if r.Method == http.MethodPost {
		r.Body = http.MaxBytesReader(w, r.Body, 1<<12)
		var done bool
		if status, v.Wrong, done = p.posted(w, r, "alarm|"+id, words[v.Lang]["alarm-many"], func() (string, error) {
			kase, token, err := p.Needs.OpenFor(ctx, id, r.PostFormValue("item"), r.PostFormValue("slip"))
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
	for _, x := range dangers(items) {
		v.Tiles = append(v.Tiles, tile{x.ID, pick(v.Lang, x.Title), pick(v.Lang, x.Hint), drawing(x.Icon), true, false})
	}
	contact, _, err := p.Store.ContactAt(ctx, g.place.Path)
	if err != nil {
		p.failed(w, r, err)
		return
	}
	v.Call = calling(v.Lang, contact.Card)
	w.Header().Set("Cache-Control", "no-store")
	p.send(w, r, status, "alarm", residentCSS, v.Lang, v)
}

// rescued is what whoever raised an alarm reads while somebody comes.
type rescued struct {
	Say, Safe, Call string
	Coming, Links   []string
	None, Look      string
	Over            bool
}

// rescued puts an alarm into words: roles and times, never a name.
func (v *tracking) rescued(x *need.Tracked, now time.Time) {
	r, t := x.Rescue, words[v.Lang]
	if r == nil {
		return
	}
	o := &rescued{Say: pick(v.Lang, r.Say), Safe: pick(v.Lang, x.Item.Response.Safe), Call: x.Item.Response.Call, Over: !v.Open}
	for _, c := range r.Coming {
		o.Coming = append(o.Coming, strings.NewReplacer("{0}", pick(v.Lang, c.Role), "{1}", strconv.Itoa(c.N)).Replace(t["alarm-n"]))
	}
	if len(r.Coming) == 0 {
		if o.None = strings.ReplaceAll(t["alarm-none"], "{0}", strconv.Itoa(r.Asked)); r.Asked == 0 {
			o.None = t["alarm-nobody"]
		}
	}
	for _, l := range r.Links {
		for _, s := range mode.Services {
			if s.ID == l.Service {
				line := strings.NewReplacer("{0}", near(v.Lang, l.Called, now), "{1}", pick(v.Lang, s.Title)).Replace(t["alarm-link"])
				if !l.ETA.IsZero() {
					line += strings.ReplaceAll(t["alarm-eta"], "{0}", near(v.Lang, l.ETA, now))
				}
				o.Links = append(o.Links, line)
			}
		}
	}
	if r.Look && v.Open {
		o.Look = t["alarm-look"]
	}
	v.Rescue = o
}
