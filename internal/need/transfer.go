package need

import (
	"strings"
	"time"

	"shouwang/internal/fault"
)

// Batch is a number of persons who go to central isolation together. Each of them is a
// custody, and so is whatever stays behind at home.
type Batch struct {
	ID       string
	PlaceID  string
	Path     string
	Incident string
	Vehicle  string // plate or call sign
	Seats    int
	Driver   string // account, or empty for an ambulance of 120
	Site     string
	Basis    string    // the law and the order that it rests on
	Until    time.Time // end of the measure; nobody is kept longer by it
	Opened   time.Time
	OpenedBy string
	Version  int64
}

// Stays is what a household leaves behind of one kind: nobody and nothing, or somebody by
// name who answers for it.
type Stays struct {
	Chain  string // left-dependant, left-pet …
	Nobody bool
	Who    string // account
}

// Home is one household of a batch: who goes, who is left at home, and what was asked.
type Home struct {
	Door  string
	Going int
	Left  []time.Time // dates of birth of those who stay, zero where unknown
	Stays []Stays
}

// Faults of a transfer. When one comes up nothing was written and nobody is on the way.
var (
	// ErrBatch says that a batch lacks what it must say.
	ErrBatch = fault.Define(fault.Invalid, "SW-2315", "转运还缺：{0}。没有写入，没有人被转走；补齐再发。", "The transfer still lacks {1}. Nothing was written and nobody is on the way; add it and send again.")
	// ErrSeats says that the vehicle is too small.
	ErrSeats = fault.Define(fault.Invalid, "SW-2316", "车上 {0} 个座位，要转 {1} 人。没有写入；请分两批，或换车。", "The vehicle has {0} seats and {1} persons are to go. Nothing was written; make two batches, or take another vehicle.")
	// ErrStays says that the check list of a household is not answered.
	ErrStays = fault.Define(fault.Invalid, "SW-2317", "{0} 还没回答：{1}。没有写入；每一样都要答“没有”，或选一个人负责。", "{0}: not answered yet: {1}. Nothing was written; answer each with nobody, or choose who answers for it.")
	// ErrAlone says that somebody would be left at home without anyone to mind them.
	ErrAlone = fault.Define(fault.Invalid, "SW-2318", "{0} 家里留下的人里没有 18 到 70 岁的成年人，不能答“没有人要照看”。没有写入；请选一个人先负责。", "At {0} nobody between 18 and 70 stays at home, so \"nobody to mind\" cannot stand. Nothing was written; choose who answers for them first.")
	// ErrWho says that whoever is to answer cannot.
	ErrWho = fault.Define(fault.Invalid, "SW-2319", "{0}：选的人不能负责“{1}”。没有写入；请选名单里的人。", "{0}: whoever was chosen cannot answer for \"{1}\". Nothing was written; choose somebody of the list.")
	// ErrTwice says that somebody is on the way already.
	ErrTwice = fault.Define(fault.Conflict, "SW-2320", "{0} 已在另一批转运里，还没有结束。没有写入；请先看那一批。", "{0} is in another transfer that has not ended. Nothing was written; look at that one first.")
)

// dependants is the chain of those who need somebody to mind them.
const dependants = "left-dependant"

// Check says what a batch still lacks: a vehicle with seats for all, a site, a basis and
// an end that lies ahead, and of each household an answer to each of the things asked.
func (t *Batch) Check(homes []Home, asked []string, name func(door string) string, title func(chain string) string) error {
	going := 0
	for _, h := range homes {
		going += h.Going
	}
	for _, f := range []struct {
		at, zh, en string
		ok         bool
	}{
		{"persons", "要转的人", "who goes", going > 0}, {"vehicle", "车辆", "the vehicle", strings.TrimSpace(t.Vehicle) != ""}, {"site", "隔离点", "the site", strings.TrimSpace(t.Site) != ""},
		{"basis", "依据", "its basis", strings.TrimSpace(t.Basis) != ""}, {"until", "到哪天（要在以后）", "its end, which lies ahead", t.Until.After(t.Opened)},
	} {
		if !f.ok {
			return ErrBatch.With(f.zh, f.en).At(f.at)
		}
	}
	if going > t.Seats {
		return ErrSeats.With(t.Seats, going).At("seats")
	}
	for _, h := range homes {
		for _, chain := range asked {
			s := h.of(chain)
			if s == nil || s.Nobody == (s.Who != "") {
				return ErrStays.With(name(h.Door), title(chain)).At("homes")
			}
			if chain == dependants && s.Nobody && h.alone(t.Opened) {
				return ErrAlone.With(name(h.Door)).At("homes")
			}
		}
	}
	return nil
}

func (h *Home) of(chain string) *Stays {
	for i := range h.Stays {
		if h.Stays[i].Chain == chain {
			return &h.Stays[i]
		}
	}
	return nil
}

// alone says that somebody stays and nobody among them is grown up and under seventy.
func (h *Home) alone(now time.Time) bool {
	for _, b := range h.Left {
		if age := now.Year() - b.Year(); !b.IsZero() && age >= 18 && age <= 70 {
			return false
		}
	}
	return len(h.Left) > 0
}
