package people

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"fmt"
	"math/big"
	"time"

	"shouwang/internal/fault"
	"shouwang/internal/mode"
)

// Faults of codes. Whether a phone is known shows in none of them.
var (
	// ErrCode says that a code does not open anything, for whatever reason.
	ErrCode = fault.Define(fault.Invalid, "SW-1740",
		"验证码不对、用过了，或超过了 10 分钟。没有办成，也没有改动任何东西。请重新要一个码。",
		"The code is wrong, used already or older than 10 minutes. Nothing was done and nothing was changed. Ask for a new one.")
	// ErrCard says the same of a household's card.
	ErrCard = fault.Define(fault.Invalid, "SW-1741",
		"门牌编码和住户卡对不上，或这张卡用过了、过期了。没有改动任何东西。请核对，或请社区另给一张。",
		"The door's code and the household card do not go together, or the card is used or out of date. Nothing was changed. Check both, or ask the community for another card.")
	// ErrPhoneTaken says that a phone signs somebody else in.
	ErrPhoneTaken = fault.Define(fault.Conflict, "SW-1794",
		"这个手机号已登记在另一个人名下，没有改动，您登记的还是原来的号。请换一个号，或请社区核对。",
		"This phone is registered for somebody else. Nothing was changed; yours is still the one before. Use another number or ask the community to check.")
	// ErrNoCard says that a door has no card that is still good.
	ErrNoCard = fault.Define(fault.Conflict, "SW-1791",
		"这一户没有还能用的住户卡（没办过、用过了、作废了或过期了）。没有改动任何东西。请另办一张。",
		"This door has no household card that is still good: none was made, or it is used, taken back or out of date. Nothing was changed. Make another one.")
	// ErrNotice says that nobody recruits under an address.
	ErrNotice = fault.Define(fault.NotFound, "SW-1744",
		"这个报名地址不认识，可能换了新的公告。没有改动任何东西。请重新扫公告上的码，或打电话给社区。",
		"This address for signing up is not known; the notice may have been replaced. Nothing was changed. Read the code on the notice again or call the community.")
	// ErrPassword says that an account has a password and is not entered by a code.
	ErrPassword = fault.Define(fault.Conflict, "SW-1742",
		"这个手机号已登记，账号设有密码，请用密码登录。没有改动任何东西。",
		"This phone is registered and its account has a password; sign in with it. Nothing was changed.")
	// ErrNoCourier says that no message can be sent from here.
	ErrNoCourier = fault.Define(fault.Unavailable, "SW-1743",
		"这里还不能发短信，没有发出，也没有改动。请用门牌编码和住户卡报名，或到社区报名。",
		"No text message can be sent from here; none was sent and nothing was changed. Sign up with the door's code and a household card, or at the community.")
)

// What codes are for.
const (
	ToJoin  = "join"  // sign up
	ToEnter = "enter" // sign in
	ToPhone = "phone" // change one's own phone
	ToCard  = "card"  // a household card, instead of a phone
)

// The life of codes: how long one is good, how often it may be tried, and how many
// a phone gets within an hour.
const (
	CodeLife    = 10 * time.Minute
	CardLife    = 14 * 24 * time.Hour
	CodeTries   = 5
	CodesAnHour = 5
)

// Code is one secret of few digits, bound to what it is for and to the phone that it
// was sent to. The digits are nowhere stored, only a keyed hash of them.
type Code struct {
	ID          string // the ticket: whoever asked for the code holds it
	Purpose     string
	PlaceID     string // the place that is signed up at, or the card's door
	Phone       []byte // keyed index of the phone; empty for a card
	Hash        []byte // empty: nothing was sent, no digits open it
	Made, Until time.Time
	Tries       int
	Used        time.Time
	Revoked     time.Time // zero while nobody took it back; a card that was replaced is
	Version     int64
}

// State is what has become of a code by now: good, used, revoked or ended.
func (c Code) State(now time.Time) string {
	switch {
	case !c.Used.IsZero():
		return "used"
	case !c.Revoked.IsZero():
		return "revoked"
	case !now.Before(c.Until):
		return "ended"
	}
	return "good"
}

// Recall takes a code back: from now on it opens nothing. changed is false when it
// opens nothing anyway.
func (c Code) Recall(now time.Time) (next Code, changed bool) {
	if c.State(now) != "good" {
		return c, false
	}
	c.Revoked = now
	return c, true
}

// Digits makes n random digits.
func Digits(n int) string {
	most := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil)
	v, _ := rand.Int(rand.Reader, most) // never fails: crypto/rand stops the process instead
	return fmt.Sprintf("%0*d", n, v)
}

// Open says whether a code opens what it is for, and returns it as it is after this
// try: used, or one try poorer. Nothing opens a code twice.
func (c Code) Open(purpose string, hash []byte, now time.Time) (next Code, ok bool) {
	if c.ID == "" || c.Purpose != purpose || c.State(now) != "good" || c.Tries >= CodeTries {
		return c, false
	}
	if len(c.Hash) == 0 || subtle.ConstantTimeCompare(c.Hash, hash) != 1 {
		c.Tries++
		return c, false
	}
	c.Used = now
	return c, true
}

// Message is one text to one phone.
type Message struct {
	ID    string
	To    string
	Text  mode.Text
	Until time.Time // of no use after it
}

// Courier carries a message to a phone. It must not block for long.
type Courier interface {
	Send(ctx context.Context, m Message) error
}
