package access

import (
	"time"

	"shouwang/internal/fault"
)

// ErrApart refuses two roles that no one person may hold at a time.
var ErrApart = fault.Define(fault.Conflict, "SW-1026",
	"“{0}”和“{1}”不能由同一个账号兼任：管账号的不看居民资料，审计的不办业务。没有改动。请另建一个账号，交给另一个人。",
	"\"{2}\" and \"{3}\" are not for one account: who keeps accounts sees nobody's data, who audits does no business. Nothing was changed. Make another account, for another person.")

// Combine says whether somebody with these grants may be given a role too. The
// keeper of accounts and the auditor stand alone: they watch over the others.
func Combine(have []Grant, add Role, now time.Time) error {
	for _, g := range have {
		if g.Role == add || !g.Until.IsZero() && !now.Before(g.Until) {
			continue
		}
		if alone(g.Role) || alone(add) {
			a, _ := g.Role.Info()
			b, _ := add.Info()
			return ErrApart.With(a.ZH, b.ZH, a.EN, b.EN)
		}
	}
	return nil
}

func alone(r Role) bool { return r == Admin || r == Auditor }
