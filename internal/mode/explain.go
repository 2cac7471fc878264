package mode

import (
	"fmt"
	"time"
)

// Reason is one step of an explanation: a code that does not change, for screens
// and tests, and its sentence in both languages.
type Reason struct {
	Code string
	Met  bool // for conditions: it is fulfilled
	Text Text
}

// Explain says in order why a clock's measure holds, on what basis, until when at
// the latest, whether it may end earlier, and what is still missing for that.
// loc is the civil time zone of the place.
func (c *Clock) Explain(loc *time.Location) []Reason {
	at := func(t time.Time) (zh, en string) {
		t = t.In(loc)
		if t.Hour() == 0 && t.Minute() == 0 { // the end of the day before, as people read it
			t = t.Add(-time.Second)
			return t.Format("1月2日") + " 24:00", t.Format("2 Jan") + " 24:00"
		}
		return t.Format("1月2日 15:04"), t.Format("2 Jan 15:04")
	}
	say := func(code string, met bool, zh, en string) Reason { return Reason{code, met, Text{zh, en}} }
	fz, fe := at(c.Measure.From)
	uz, ue := at(c.Measure.Until)
	out := []Reason{
		say("zone", true, fmt.Sprintf("%s起划为%s：%s。", fz, c.Zone.Title.ZH, c.Zone.Rule.ZH), fmt.Sprintf("%s since %s: %s.", c.Zone.Title.EN, fe, c.Zone.Rule.EN)),
		say("basis", true, "依据："+c.Measure.Basis+"。", "Basis: "+c.Measure.Basis+"."),
		say("until", true, fmt.Sprintf("最迟到%s自动失效。", uz), fmt.Sprintf("It ends by itself at %s at the latest.", ue)),
	}
	switch {
	case c.Rule == "":
		return append(out, say("by-hand", false, "没有提前解除的时钟，提前解除由人决定。", "No clock ends it earlier; a person decides that."))
	case c.Fault != "":
		return append(out, say("fault", false, "解除规则这次答不出来，按不能提前解除处理。", "The release rule could not be answered; it counts as not released."))
	}
	for i := range c.Conditions {
		x := &c.Conditions[i]
		t := x.text(at)
		out = append(out, say("term-"+x.Code, x.Met, t.ZH, t.EN))
	}
	ez, ee := at(c.Earliest)
	switch {
	case c.May:
		out = append(out, say("may", true, "条件都已满足，可由指挥人员解除。", "All conditions are met; an officer may release it."))
	case c.Earliest.IsZero() && c.endsFirst():
		out = append(out, say("end-first", false, "条件满足之前，措施就已到期自动失效。", "The measure ends by itself before the conditions can be met."))
	case c.Earliest.IsZero():
		out = append(out, say("unknown", false, "还说不准最早何时可解除：缺的见上。", "When it may end earlier cannot be said yet; see what is missing."))
	case c.AfterRound:
		out = append(out, say("earliest-round", false, fmt.Sprintf("如果排查都做完、没有新情况，最早%s可解除。", ez), fmt.Sprintf("If the rounds are finished and nothing new happens, it may be released from %s.", ee)))
	default:
		out = append(out, say("earliest", false, fmt.Sprintf("如果没有新情况，最早%s可解除。", ez), fmt.Sprintf("If nothing new happens, it may be released from %s.", ee)))
	}
	return out
}

// endsFirst says whether a condition that only waits for time is met no sooner than
// the declared end.
func (c *Clock) endsFirst() bool {
	for i := range c.Conditions {
		if x := &c.Conditions[i]; !x.Met && !x.At.IsZero() && !x.At.Before(c.Measure.Until) {
			return true
		}
	}
	return false
}

// Beside says of a clock that is not followed just now why another one is: here
// evacuation, a closed or a stricter zone holds.
func (c *Clock) Beside(top *Clock) Reason {
	if top.Zone.Evacuate && !c.Zone.Evacuate {
		return Reason{"evacuation-first", true, Text{"同时在" + c.Zone.Title.ZH + "；先按" + top.Zone.Title.ZH + "撤离，撤离优先于封控。",
			"Also in the " + c.Zone.Title.EN + "; the " + top.Zone.Title.EN + " comes first: leaving beats staying in."}}
	}
	return Reason{"stricter-first", true, Text{"同时在" + c.Zone.Title.ZH + "；以更严的" + top.Zone.Title.ZH + "为准，两项依据都有效。",
		"Also in the " + c.Zone.Title.EN + "; the stricter " + top.Zone.Title.EN + " is followed, and both bases stand."}}
}

func (x *Condition) text(at func(time.Time) (string, string)) Text {
	switch x.Code {
	case "days", "hours":
		zh, en := "天", "days"
		if x.Code == "hours" {
			zh, en = "小时", "hours"
		}
		if x.Need == 1 {
			en = en[:len(en)-1]
		}
		if x.Fact == nil || x.Have < 0 {
			return Text{fmt.Sprintf("「%s」满 %d %s：还没有人登记。", x.Title.ZH, x.Need, zh), fmt.Sprintf("%s for %d %s: nobody has recorded it yet.", x.Title.EN, x.Need, en)}
		}
		fz, fe := at(x.Fact.At)
		if x.Met {
			return Text{fmt.Sprintf("「%s」%s，已满 %d %s。", x.Title.ZH, fz, x.Need, zh), fmt.Sprintf("%s %s: %d %s have passed.", x.Title.EN, fe, x.Need, en)}
		}
		mz, me := at(x.At)
		return Text{fmt.Sprintf("「%s」%s，已过 %d %s，要满 %d %s（%s）。", x.Title.ZH, fz, x.Have, zh, x.Need, zh, mz),
			fmt.Sprintf("%s %s: %d of %d %s, complete at %s.", x.Title.EN, fe, x.Have, x.Need, en, me)}
	case "state":
		zh, en := x.Title.ZH, x.Title.EN
		if x.Not {
			zh, en = "不再是"+zh, "no longer "+en
		}
		switch {
		case x.Met:
			return Text{"「" + zh + "」：是。", en + ": yes."}
		case x.Fact == nil:
			return Text{"「" + zh + "」：还没有人登记。", en + ": nobody has recorded it yet."}
		}
		return Text{"「" + zh + "」：还不是。", en + ": not yet."}
	case "round":
		if x.Total == 0 {
			return Text{"「" + x.Title.ZH + "」：这一片还没有开展。", x.Title.EN + ": not begun in this area."}
		}
		if x.Met {
			return Text{fmt.Sprintf("「%s」%d 户都有了结果。", x.Title.ZH, x.Total), fmt.Sprintf("%s: all %d doors have an outcome.", x.Title.EN, x.Total)}
		}
		return Text{fmt.Sprintf("「%s」%d / %d 户，还差 %d 户。", x.Title.ZH, x.Have, x.Total, x.Total-x.Have), fmt.Sprintf("%s: %d of %d doors, %d missing.", x.Title.EN, x.Have, x.Total, x.Total-x.Have)}
	}
	yes := Text{"还不满足", "not met"}
	if x.Met {
		yes = Text{"已满足", "met"}
	}
	return Text{"条件 " + x.Source + "：" + yes.ZH + "。", "Condition " + x.Source + ": " + yes.EN + "."}
}
