package oversight

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"time"
)

// The answers to a warning.
const (
	Done  = "done"   // looked after
	NotSo = "not-so" // the rule was wrong here
)

// Whys are the reasons for "not so": a closed list, so that nobody's story is kept.
var Whys = []string{"wrong-record", "known", "arranged", "too-early"}

// MaxStanding is how many warnings of one rule stand at once in one community: what its
// people can look after. The rest follows as those are answered, the longest first.
const MaxStanding = 40

// Warning is one rule's word about one subject. It holds ids and times alone: the
// figures are reckoned anew whenever somebody looks.
type Warning struct {
	ID       string
	Rule     string // id of the rule
	Print    string // its content when it was raised or last followed
	About    string
	Subject  string // id of a door, a case or a helper; building and item for needs
	PlaceID  string // where the right to the subject is asked
	Path     string
	Since    time.Time
	Lapsed   time.Time // it is no longer true, or its rule is gone
	Answered time.Time
	By       string // account that answered
	Answer   string // Done or NotSo
	Why      string // one of Whys
	Opened   string // the case that one tap opened
	Version  int64
}

// Open says whether a warning stands unanswered.
func (w *Warning) Open() bool { return w.Lapsed.IsZero() && w.Answered.IsZero() }

// Hit is a subject about which a rule is true now.
type Hit struct {
	Rule, Print    string
	About, Subject string
	PlaceID, Path  string
	Long           int64         // how long it has been so, or how many: those told first
	Quiet          time.Duration // how long the rule leaves a subject alone after an answer
}

// ID names the warning that a hit raises at a time: the same hit and time give the same.
func (h *Hit) ID(now time.Time) string {
	sum := sha256.Sum256([]byte(h.Rule + "\n" + h.About + "\n" + h.Subject + "\n" + strconv.FormatInt(now.UnixMilli(), 10)))
	return "n-" + hex.EncodeToString(sum[:12])
}

type key struct{ rule, subject string }

// Fold brings warnings to what is true now and returns those that change: raised where a
// rule is true and has not been answered lately, lapsed where it is no longer. It never
// touches an answer. have holds the open ones and the answered ones of late; folding
// twice changes nothing more.
func Fold(have []Warning, hits []Hit, now time.Time) (changed []Warning) {
	open, answered, standing := map[key]bool{}, map[key]time.Time{}, map[string]int{}
	true_ := map[key]*Hit{}
	for i := range hits {
		true_[key{hits[i].Rule, hits[i].Subject}] = &hits[i]
	}
	for _, w := range have {
		k := key{w.Rule, w.Subject}
		h := true_[k]
		switch {
		case !w.Answered.IsZero():
			if w.Answered.After(answered[k]) {
				answered[k] = w.Answered
			}
		case !w.Lapsed.IsZero():
		case h == nil || open[k]: // no longer true, or said twice
			w.Lapsed = now
			changed = append(changed, w)
		default:
			open[k] = true
			standing[w.Rule]++
			if w.Print != h.Print || w.Path != h.Path {
				w.Print, w.PlaceID, w.Path = h.Print, h.PlaceID, h.Path
				changed = append(changed, w)
			}
		}
	}
	sorted := slices.Clone(hits)
	slices.SortFunc(sorted, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(a.Rule, b.Rule), cmp.Compare(b.Long, a.Long), cmp.Compare(a.Path, b.Path), cmp.Compare(a.Subject, b.Subject))
	})
	for _, h := range sorted {
		k := key{h.Rule, h.Subject}
		at, was := answered[k]
		if open[k] || was && now.Before(at.Add(h.Quiet)) || standing[h.Rule] >= MaxStanding {
			continue
		}
		open[k] = true
		standing[h.Rule]++
		changed = append(changed, Warning{ID: h.ID(now), Rule: h.Rule, Print: h.Print, About: h.About, Subject: h.Subject, PlaceID: h.PlaceID, Path: h.Path, Since: now})
	}
	return changed
}

// Respond is a warning with a person's answer. Faults: SW-2502 when it stands no more,
// SW-2503 for an answer or a reason that is none of the list.
func Respond(w Warning, answer, why, by string, now time.Time) (Warning, error) {
	switch {
	case !w.Open():
		return w, ErrOver.With()
	case answer != Done && answer != NotSo, answer == NotSo && !slices.Contains(Whys, why), answer == Done && why != "":
		return w, ErrAnswer.With()
	}
	w.Answer, w.Why, w.By, w.Answered = answer, why, by, now
	return w, nil
}

// Use is how one rule was answered: what its usefulness is read from. It counts
// warnings and never people.
type Use struct {
	Open, Done, NotSo, Lapsed int
	Why                       map[string]int // of the "not so"
}

// Wolf says whether a rule cries wolf: at least five answers, half of them "not so".
func (u Use) Wolf() bool { return u.Done+u.NotSo >= 5 && u.NotSo*2 >= u.Done+u.NotSo }

// Tally counts warnings by rule.
func Tally(all []Warning) map[string]Use {
	out := map[string]Use{}
	for _, w := range all {
		u := out[w.Rule]
		switch {
		case w.Answer == Done:
			u.Done++
		case w.Answer == NotSo:
			u.NotSo++
			if u.Why == nil {
				u.Why = map[string]int{}
			}
			u.Why[w.Why]++
		case !w.Lapsed.IsZero():
			u.Lapsed++
		default:
			u.Open++
		}
		out[w.Rule] = u
	}
	return out
}
