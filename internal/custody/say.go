package custody

import (
	"slices"
	"time"

	"shouwang/internal/fault"
)

// The faults of a word about a subject. When one comes up nothing has been written and
// whoever had the subject still answers for it.
var (
	// ErrVerb says that nobody can say this.
	ErrVerb = fault.Define(fault.Invalid, "SW-2301", "交接里没有“{0}”这一步。没有记下，责任人没有变。", "\"{0}\" is no step of a hand-over. Nothing was recorded; who answers has not changed.")
	// ErrLeg says that the chain has no such leg.
	ErrLeg = fault.Define(fault.Invalid, "SW-2302", "这条链没有“{0}”这一段（有：{1}）。没有记下，责任人没有变。", "This chain has no leg \"{0}\" (there are: {1}). Nothing was recorded; who answers has not changed.")
	// ErrPost says that whoever takes it holds no post that may.
	ErrPost = fault.Define(fault.Forbidden, "SW-2303", "“{0}”这一段要由 {1} 接手。没有记下，责任人没有变；请交给当班的人，或请指挥部代记。", "The leg \"{0}\" is for {1}. Nothing was recorded; hand it to somebody on duty, or let the command record it.")
	// ErrSoon says that the time lies ahead.
	ErrSoon = fault.Define(fault.Invalid, "SW-2304", "交接时间 {0} 还没到。没有记下，请核对手机的时钟。", "The time {0} has not come yet. Nothing was recorded; check the phone's clock.")
	// ErrEarly says that the time lies before the opening.
	ErrEarly = fault.Define(fault.Invalid, "SW-2305", "交接时间 {0} 早于这件事开始的时间。没有记下，请核对手机的时钟。", "The time {0} is before this began. Nothing was recorded; check the phone's clock.")
	// ErrKeeper says that only who has it may say so.
	ErrKeeper = fault.Define(fault.Conflict, "SW-2306", "现在负责的不是您，不能由您交出或结束。没有记下，请刷新看看在谁手里。", "You do not answer for it now, so you cannot hand it on or end it. Nothing was recorded; refresh to see who does.")
	// ErrCode says that the code read is not the one shown.
	ErrCode = fault.Define(fault.Invalid, "SW-2307", "交接码不对。没有记下，请再扫一次对方手机上的码，或请指挥部代记。", "The hand-over code does not fit. Nothing was recorded; scan the other phone again, or let the command record it.")
	// ErrProof says that a leg wants a proof named.
	ErrProof = fault.Define(fault.Invalid, "SW-2308", "接手“{0}”这一段要写明{1}。没有记下，请补上再交。", "Taking the leg \"{0}\" needs its {1}. Nothing was recorded; add it and send again.")
	// ErrEnd says that it cannot end so here.
	ErrEnd = fault.Define(fault.Invalid, "SW-2309", "在“{0}”这一段不能以“{1}”结束（可以：{2}）。没有记下，责任人没有变。", "On the leg \"{0}\" it cannot end as \"{1}\" (may: {2}). Nothing was recorded; who answers has not changed.")
	// ErrOver says that it has ended.
	ErrOver = fault.Define(fault.Conflict, "SW-2310", "这件事已于 {0} 结束。没有记下。", "This ended at {0}. Nothing was recorded.")
	// ErrWhom says that a gift is to nobody.
	ErrWhom = fault.Define(fault.Invalid, "SW-2312", "请选交给谁，或者出示交接码。没有记下，责任人没有变。", "Say to whom, or show a code. Nothing was recorded; who answers has not changed.")
	// ErrStale says that the code was shown too long ago.
	ErrStale = fault.Define(fault.Invalid, "SW-2313", "这个交接码是 {0} 出示的，已经过时。没有记下，责任人没有变；请对方再点一次“交出”，读新的码。", "This code was shown at {0} and is too old. Nothing was recorded; ask them to hand on again and read the new code.")
	// ErrDigits says that a code is four digits.
	ErrDigits = fault.Define(fault.Invalid, "SW-2314", "交接码是四位数字。没有记下，请照对方手机上的数字填。", "A code is four digits. Nothing was recorded; type what the other phone shows.")
	// ErrSelf says that nobody hands over to themselves.
	ErrSelf = fault.Define(fault.Invalid, "SW-2311", "不能交给自己。没有记下，请选接手的人。", "You cannot hand it to yourself. Nothing was recorded; choose who takes it.")
)

// skew is how far ahead of the server a phone's clock may be.
const skew = 2 * time.Minute

// May says whether a half may be recorded: s is the state at the time it was said, had
// says who ever had the subject, proof what was named. Offline halves that come late are taken as
// long as they could have been true when they were said.
func May(c *Chain, s State, opened time.Time, had func(who string) bool, h Half, proof string, now time.Time) error {
	if rank(h.Verb) < 0 || h.Verb == Alarm {
		return ErrVerb.With(h.Verb).At("verb")
	}
	if h.At.After(now.Add(skew)) {
		return ErrSoon.With(h.At.Format(time.RFC3339)).At("at")
	}
	if h.At.Before(opened) {
		return ErrEarly.With(h.At.Format(time.RFC3339)).At("at")
	}
	if s.Over() && h.At.After(s.Ended) && h.Verb != Take && h.Verb != Name {
		return ErrOver.With(s.Ended.Format(time.RFC3339))
	}
	switch h.Verb {
	case Give, Recall:
		if h.By.Who != s.Keeper.Who && !had(h.By.Who) {
			return ErrKeeper.With()
		}
		if h.Verb == Give && h.To.Who == h.By.Who {
			return ErrSelf.With().At("to")
		}
		if h.Verb == Give && h.To.Who+h.Code == "" {
			return ErrWhom.With().At("to")
		}
	case End:
		if h.Behalf == "" && h.By.Who != s.Keeper.Who {
			return ErrKeeper.With()
		}
		if leg := c.Legs[s.Leg]; !slices.Contains(leg.Ends, h.How) {
			return ErrEnd.With(leg.name(), h.How, spoken(leg.EndNames, leg.Ends)).At("how")
		}
	}
	if h.Verb == Give || h.Verb == Take || h.Verb == Name {
		return leg(c, s, h, proof)
	}
	return nil
}

func leg(c *Chain, s State, h Half, proof string) error {
	n := c.leg(h.Leg)
	if n < 0 {
		var names []fault.Word
		for _, l := range c.Legs {
			names = append(names, l.name())
		}
		return ErrLeg.With(h.Leg, fault.List(names)).At("leg")
	}
	if h.Verb != Take {
		return nil
	}
	l := c.Legs[n]
	if h.Behalf == "" && len(l.By) > 0 && !slices.Contains(l.By, h.By.Post) {
		return ErrPost.With(l.name(), spoken(l.ByNames, l.By))
	}
	if o := s.Offer; o != nil && o.Code != "" && h.Code != "" && o.Code != h.Code {
		return ErrCode.With().At("code")
	}
	if o := s.Offer; o != nil && o.Code != "" && h.Code != "" && !near(c, o.At, h.At) {
		return ErrStale.With(o.At.Format(time.RFC3339)).At("code")
	}
	if l.Proof != "" && proof == "" && h.Behalf == "" {
		return ErrProof.With(l.name(), l.Proof).At("proof")
	}
	return nil
}

// name is a leg in words.
func (l *Leg) name() fault.Word {
	if l.ZH == "" || l.EN == "" {
		return fault.Word{ZH: l.ID, EN: l.ID}
	}
	return fault.Word{ZH: l.ZH, EN: l.EN}
}

// spoken are names in a row, or the ids where nobody gave them words.
func spoken(names []fault.Word, ids []string) fault.Word {
	if len(names) != len(ids) {
		names = nil
		for _, id := range ids {
			names = append(names, fault.Word{ZH: id, EN: id})
		}
	}
	if len(names) == 0 {
		return fault.Word{ZH: "无", EN: "none"}
	}
	return fault.List(names)
}

// Check says what is wrong with a chain, as a playbook's load asks: nothing may be held
// without an end of time, and there is a way out.
func Check(c *Chain) (problem string, ok bool) {
	switch {
	case len(c.Legs) == 0:
		return "legs", false
	case c.Take <= 0:
		return "take", false
	case c.Again <= 0:
		return "again", false
	case c.Top < 1:
		return "top", false
	case len(c.Legs[len(c.Legs)-1].Ends) == 0:
		return "ends", false
	}
	seen := map[string]bool{}
	for _, l := range c.Legs {
		if l.Within <= 0 {
			return l.ID + ".within", false
		}
		if l.ID == "" || seen[l.ID] {
			return l.ID + ".id", false
		}
		seen[l.ID] = true
	}
	return "", true
}
