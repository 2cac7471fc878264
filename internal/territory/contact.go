package territory

import (
	"slices"
	"strings"

	"shouwang/internal/fault"
)

// ErrCard says which line of a contact card cannot be used.
var ErrCard = fault.Define(fault.Invalid, "SW-1150",
	"联系卡的“{0}”写得不对。联系卡没有改动。电话用数字、空格和 + -；更新时间写成 08:30；答复天数 1 到 60。",
	"\"{0}\" on the contact card cannot be used. The card was not changed. Phones are digits, spaces, + and -; times look like 08:30; days are 1 to 60.")

// Both is a text in the two languages of the house.
type Both struct{ ZH, EN string }

// Contact is how residents of a place reach the people who answer for it. A place
// without a card of its own has that of the nearest place above.
type Contact struct {
	PlaceID string
	Card    Card
	Version int64
}

// Card is what a contact says. Empty lines are left out on the page.
type Card struct {
	Phone         string // the desk's, answered in Hours
	Hours         Both
	Address       Both
	English       string // phone of somebody who speaks English
	Complaints    string // phone for complaints and suggestions
	AppealTo      Both   // who decides an appeal: never the author of the measure
	AppealPhone   string
	AppealAddress Both
	AppealDays    int      // within which an appeal is answered, 0 when not said
	Updates       []string // civil times at which residents are told how it stands: "08:30"
	Workers       bool     // work phones of grid worker and lead may stand on public pages
}

// Check says whether every line of the card can be used. Fault: SW-1150.
func (c Card) Check() error {
	phones := []struct{ name, v string }{{"phone", c.Phone}, {"english", c.English}, {"complaints", c.Complaints}, {"appeal_phone", c.AppealPhone}}
	for _, p := range phones {
		if len(p.v) > 24 || strings.Trim(p.v, "0123456789 +-") != "" {
			return ErrCard.With(p.name).At("body." + p.name)
		}
	}
	if c.AppealDays < 0 || c.AppealDays > 60 {
		return ErrCard.With("appeal_days").At("body.appeal_days")
	}
	if len(c.Updates) > 6 || !slices.IsSorted(c.Updates) {
		return ErrCard.With("updates").At("body.updates")
	}
	for _, t := range c.Updates {
		if len(t) != 5 || t[2] != ':' || t > "23:59" || t[3] > '5' || strings.Trim(t[:2]+t[3:], "0123456789") != "" {
			return ErrCard.With("updates").At("body.updates")
		}
	}
	return nil
}
