package dispatch

import (
	"fmt"
	"strconv"
	"strings"

	"shouwang/internal/mode"
)

// Why is the reason of an empty post in figures: how many qualify, for how many
// posts, and how many others lack what. It is kept so and said in either language.
type Why struct {
	Fit, Seats int
	Missed     []Missed
}

// Missed is how many people one thing keeps from a post.
type Missed struct {
	Code string // of a lack of the gate, or busy, outside, confined
	N    int
}

const whyMark = "why:"

// missCodes names each miss as it is kept; names never change their meaning.
var missCodes = func() (out [misses]string) {
	out[busy], out[outside], out[confined] = "busy", "outside", "confined"
	for code, m := range gate {
		out[m] = string(code)
	}
	return out
}()

// Kept is the reason as a post's row bears it.
func (w Why) Kept() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s%d/%d", whyMark, w.Fit, w.Seats)
	for _, m := range w.Missed {
		fmt.Fprintf(&b, ";%s=%d", m.Code, m.N)
	}
	return b.String()
}

// Text says the reason in both languages.
func (w Why) Text() mode.Text {
	t := mode.Text{ZH: "没有够格的人", EN: "Nobody qualifies"}
	if w.Fit > 0 {
		t = mode.Text{ZH: fmt.Sprintf("够格的 %d 人已全部派岗，要 %d 岗", w.Fit, w.Seats), EN: fmt.Sprintf("All %d who qualify are posted, for %d posts", w.Fit, w.Seats)}
	}
	for _, m := range w.Missed {
		for i, code := range missCodes {
			if code != "" && code == m.Code {
				t.ZH += fmt.Sprintf("；%s %d 人", words[i].many.ZH, m.N)
				t.EN += fmt.Sprintf("; %d %s", m.N, words[i].many.EN)
			}
		}
	}
	return t
}

// SayReason says what a post's row gives as its reason: figures in both languages,
// a person's own words, and what earlier versions wrote, as they stand.
func SayReason(kept string) mode.Text {
	rest, ok := strings.CutPrefix(kept, whyMark)
	if !ok {
		return mode.Text{ZH: kept, EN: kept}
	}
	parts := strings.Split(rest, ";")
	fit, seats, ok := strings.Cut(parts[0], "/")
	var w Why
	var err1, err2 error
	w.Fit, err1 = strconv.Atoi(fit)
	w.Seats, err2 = strconv.Atoi(seats)
	if !ok || err1 != nil || err2 != nil {
		return mode.Text{ZH: kept, EN: kept}
	}
	for _, p := range parts[1:] {
		code, n, _ := strings.Cut(p, "=")
		if k, err := strconv.Atoi(n); err == nil {
			w.Missed = append(w.Missed, Missed{code, k})
		}
	}
	return w.Text()
}
