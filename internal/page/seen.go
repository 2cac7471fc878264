package page

import (
	"context"
	"strconv"
	"strings"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/need"
)

// sawRow is one line of who opened a case: the role, and for what, when, how often.
type sawRow struct{ Role, What string }

// seenPurposes are all that a look at a case may be for.
var seenPurposes = []string{"case", "incident"}

// seen puts into words who opened what a case says. Nobody's name: roles, as at a door.
func (p *Pages) seen(ctx context.Context, lang string, k *need.Case, now time.Time) (out []sawRow, err error) {
	list, err := p.Needs.CaseSeen(ctx, k)
	if err != nil {
		return nil, err
	}
	t := words[lang]
	for _, x := range list {
		role := t["system"]
		if info, ok := access.Role(x.Role).Info(); ok && lang == "en" {
			role = info.EN
		} else if ok {
			role = info.ZH
		}
		what := near(lang, x.At, now) + " · " + t["seen-"+x.Purpose]
		if x.N > 1 {
			what += " · " + strings.ReplaceAll(t["times"], "{0}", strconv.Itoa(x.N))
		}
		out = append(out, sawRow{role, what})
	}
	return out, nil
}
