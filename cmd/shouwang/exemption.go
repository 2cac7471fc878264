package main

import (
	"context"
	"net/url"

	"shouwang/internal/app"
)

type exemptionCmd struct {
	Request exemptionRequestCmd `cmd:"" help:"替一户提出豁免 · ask for a household to be let off"`
	List    exemptionListCmd    `cmd:"" help:"豁免申请，等得最久的在前，不含理由 · requests, the longest waiting first"`
	Decide  exemptionDecideCmd  `cmd:"" help:"同意、不同意或撤销，要写理由 · grant, refuse or revoke"`
	Check   exemptionCheckCmd   `cmd:"" help:"门口查验：有效或无效，不含用途 · at the gate: valid or not"`
}

// exemption is what the commands print of a request.
type exemption struct {
	ID, State, Decider, Due, From, Until string
	PlaceName                            string    `json:"place_name"`
	ZoneTitle                            app.Words `json:"zone_title"`
}

// standing says in words where a request stands.
func (e *exemption) standing(s *shell) string {
	words := map[string][2]string{"waiting": {"等待答复", "waiting"}, "overdue": {"超时未答", "overdue"}, "refused": {"不同意", "refused"}, "coming": {"未到开始", "not begun"},
		"valid": {"有效", "valid"}, "over": {"已过期", "over"}, "revoked": {"已撤销", "revoked"}}
	w := words[e.State]
	return s.say(w[0], w[1])
}

type exemptionRequestCmd struct {
	who
	Place   string `arg:"" help:"户的编码 · code of the door"`
	Purpose string `required:"" enum:"treatment,birth,care,exam,funeral,work,travel,other" help:"用途（加密） · purpose, sealed: ${enum}"`
	Need    string `required:"" help:"理由（加密） · why, sealed"`
	Until   string `required:"" help:"到哪天为止 · until which day" placeholder:"2026-12-01"`
	From    string `help:"从何时起，缺省现在 · from when"`
	Person  string `help:"只给其中一人 · one person of the household" placeholder:"ID"`
}

// Run asks for an exemption.
func (c *exemptionRequestCmd) Run(ctx context.Context, s *shell) error {
	body := map[string]any{"purpose": c.Purpose, "need": c.Need, "until": c.Until, "from": c.From, "person_id": c.Person}
	return c.call(ctx, s, app.Request{Method: "POST", Path: placeAt(c.Place, "/exemptions"), Body: body}, func(r *app.Reply) error {
		return told(s, r, func(e *exemption) {
			s.note("✓ 已提交 "+e.ID+"，"+orAbove(s, e.Decider)+"应在 "+civil(e.Due)+" 前答复。", "✓ Sent "+e.ID+"; "+orAbove(s, e.Decider)+" is to answer by "+civil(e.Due)+".")
		})
	})
}

func orAbove(s *shell, name string) string {
	if name == "" {
		return s.say("指挥部", "command")
	}
	return name
}

// told prints an exemption as JSON or hands it on to be said in words.
func told(s *shell, r *app.Reply, say func(e *exemption)) error {
	if s.world.JSON {
		s.raw(r.Body)
		return nil
	}
	var e exemption
	if err := r.Decode(&e); err != nil {
		return err
	}
	say(&e)
	return nil
}

type exemptionListCmd struct {
	who
	Under string `help:"只看这个地点以下 · at or below this place" placeholder:"CODE"`
	State string `enum:",open,waiting,overdue,refused,coming,valid,over,revoked" default:"" help:"只看这种状态；open 是还没答复的 · only these; open: not answered yet"`
}

// Run lists the requests for exemption.
func (c *exemptionListCmd) Run(ctx context.Context, s *shell) error {
	q := url.Values{"state": {c.State}}
	if c.Under != "" {
		var top struct{ ID string }
		if err := c.call(ctx, s, app.Request{Method: "GET", Path: placeAt(c.Under, "")}, func(r *app.Reply) error { return r.Decode(&top) }); err != nil {
			return err
		}
		q.Set("under", top.ID)
	}
	return c.call(ctx, s, app.Request{Method: "GET", Path: "/exemptions?" + q.Encode()}, func(r *app.Reply) error {
		if s.world.JSON {
			s.raw(r.Body)
			return nil
		}
		var list struct{ Items []exemption }
		if err := r.Decode(&list); err != nil {
			return err
		}
		var rows [][]string
		for i := range list.Items {
			e := &list.Items[i]
			rows = append(rows, []string{e.ID, e.standing(s), e.PlaceName, e.ZoneTitle.In(s.lang), orAbove(s, e.Decider), civil(e.Due), civil(e.Until)})
		}
		s.table([]string{s.say("编号", "id"), s.say("状态", "state"), s.say("地点", "place"), s.say("分区", "zone"), s.say("审批人", "decider"), s.say("应答复", "answer due"), s.say("到", "until")}, rows)
		return nil
	})
}

type exemptionDecideCmd struct {
	who
	ID     string `arg:"" help:"申请编号 · request"`
	Answer string `required:"" enum:"grant,refuse,revoke" help:"同意、不同意、撤销 · ${enum}"`
	Reason string `required:"" help:"理由（加密，申请人看得到） · why, sealed"`
}

// Run answers a request for exemption, or ends a granted one.
func (c *exemptionDecideCmd) Run(ctx context.Context, s *shell) error {
	path, body := "/exemptions/"+url.PathEscape(c.ID), map[string]any{"reason": c.Reason}
	if c.Answer == "revoke" {
		path += "/revoke"
	} else {
		path += "/decide"
		body["grant"] = c.Answer == "grant"
	}
	return c.call(ctx, s, app.Request{Method: "POST", Path: path, Body: body}, func(r *app.Reply) error {
		return told(s, r, func(e *exemption) { s.note("✓ "+e.standing(s), "✓ "+e.standing(s)) })
	})
}

type exemptionCheckCmd struct {
	who
	Place string `arg:"" help:"户的编码，或门上的码 · code of the door, or of the sheet on it"`
}

// Run says whether an exemption of a place is valid now.
func (c *exemptionCheckCmd) Run(ctx context.Context, s *shell) error {
	return c.call(ctx, s, app.Request{Method: "GET", Path: placeAt(c.Place, "/exempt")}, func(r *app.Reply) error {
		if s.world.JSON {
			s.raw(r.Body)
			return nil
		}
		var list struct {
			Items []struct {
				Valid, Whole bool
				Until        string
				PlaceName    string `json:"place_name"`
			}
		}
		if err := r.Decode(&list); err != nil {
			return err
		}
		valid := 0
		var rows [][]string
		for _, p := range list.Items {
			if !p.Valid {
				continue
			}
			valid++
			whom := s.say("一人", "one person")
			if p.Whole {
				whom = s.say("全户", "whole household")
			}
			rows = append(rows, []string{s.say("✓ 有效", "✓ valid"), p.PlaceName, whom, civil(p.Until)})
		}
		if valid == 0 {
			rows = [][]string{{s.say("✗ 无效", "✗ not valid"), c.Place, "", ""}}
		}
		s.table([]string{s.say("查验", "check"), s.say("地点", "place"), s.say("给谁", "for"), s.say("到", "until")}, rows)
		return nil
	})
}
