package page

import (
	"context"
	"net/http"

	"shouwang/internal/access"
)

// Fines is where whoever lives at a door says that they are fine, without an account.
type Fines interface {
	FineAt(ctx context.Context, placeID string) (bool, error)
	FineFor(ctx context.Context, placeID, slip string) error
}

// fineWords are the words of the page with the one button.
var fineWords = map[string][2]string{
	"fine-link": {"报平安：我挺好", "I am fine"},
	"fine-sub":  {"每天有人问候的，按一下，今天就不用等人来问。", "If somebody greets you every day, one press is today's greeting."},
	"fine-send": {"我挺好", "I am fine"},
	"fine-said": {"收到。每天有人问候的，今天的平安记下了；没有人问候您家的，这一下不会有人收到，要人知道请打电话。", "Received. If somebody greets you every day, today's word is noted; if not, nobody receives it: to let somebody know, please call."},
	"fine-many": {"这里刚刚按了很多次，请过几分钟再按。", "This was pressed many times just now. Wait some minutes."},
	"fine-help": {"不舒服、要人帮忙，请回到上一页点“要帮忙”，危急打 120。", "If you are unwell or need help, go back and ask for it; call 120 when it is grave."},
	"fine-back": {"回到上一页", "Back"},
}

// finePage is the page with the one button.
type finePage struct {
	frame
	Title, Slip, Wrong, Back string
	Said, Demo               bool
}

// fine shows the button and takes the word. It answers alike whoever lives there.
func (p *Pages) fine(w http.ResponseWriter, r *http.Request) {
	ctx, now, token := r.Context(), p.Clock(), r.PathValue("token")
	g, ok := p.doorOf(w, r, now)
	if !ok {
		return
	}
	id := g.place.ID
	if ok, err := p.Fines.FineAt(ctx, id); err != nil || !ok {
		p.noAsk(w, r, now, err)
		return
	}
	v := finePage{frame: p.frame(r), Demo: p.Demo, Title: g.say(), Slip: access.QRNonce(), Said: r.URL.Query().Get("said") != ""}
	v.Back = "/r/" + token + tail(r, v.frame)
	status := http.StatusOK
	if r.Method == http.MethodPost {
		r.Body = http.MaxBytesReader(w, r.Body, 1<<12)
		var done bool
		if status, v.Wrong, done = p.posted(w, r, id, words[v.Lang]["fine-many"], func() (string, error) {
			return "/r/" + token + "/fine" + tail(r, v.frame) + "&said=1", p.Fines.FineFor(ctx, id, r.PostFormValue("slip"))
		}); done {
			return
		}
	}
	w.Header().Set("Cache-Control", "no-store")
	p.send(w, r, status, "fine", residentCSS, v.Lang, v)
}
