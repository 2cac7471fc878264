package main

import (
	"context"
	"net/url"
	"strconv"

	"shouwang/internal/app"
)

type leadCmd struct {
	List       leadListCmd       `cmd:"" help:"微网格的网格长和副手，可只看缺人的 · leads and deputies of micro-grids"`
	Candidates leadCandidatesCmd `cmd:"" help:"一个微网格的候选人，分数逐条写明 · candidates of a micro-grid, line by line"`
	Choose     leadChooseCmd     `cmd:"" help:"选定网格长、副手和顾问，要写理由 · choose lead, deputy and adviser, with the reason"`
}

// seatOf is what the commands print of a micro-grid.
type seatOf struct {
	PlaceName             string `json:"place_name"`
	Lead, Deputy, Adviser *struct{ Name string }
	Reason                string
}

func (x *seatOf) row() []string {
	name := func(p *struct{ Name string }) string {
		if p == nil {
			return "—"
		}
		return p.Name
	}
	return []string{x.PlaceName, name(x.Lead), name(x.Deputy), name(x.Adviser), x.Reason}
}

func (x *seatOf) head(s *shell) []string {
	return []string{s.say("微网格", "micro-grid"), s.say("网格长", "lead"), s.say("副手", "deputy"), s.say("顾问", "adviser"), s.say("理由", "reason")}
}

type leadListCmd struct {
	who
	Under   string `help:"只看这个地点以下 · at or below this place" placeholder:"CODE"`
	Missing bool   `help:"只看没有网格长或没有副手的 · only those without a lead or a deputy"`
}

// Run lists the micro-grids with their leads.
func (c *leadListCmd) Run(ctx context.Context, s *shell) error {
	q := url.Values{"missing": {strconv.FormatBool(c.Missing)}, "limit": {"1000"}}
	if c.Under != "" {
		id, err := c.idOf(ctx, s, c.Under)
		if err != nil {
			return err
		}
		q.Set("under", id)
	}
	return c.call(ctx, s, app.Request{Method: "GET", Path: "/leads?" + q.Encode()}, func(r *app.Reply) error {
		if s.world.JSON {
			s.raw(r.Body)
			return nil
		}
		var list struct{ Items []seatOf }
		if err := r.Decode(&list); err != nil {
			return err
		}
		var rows [][]string
		for i := range list.Items {
			rows = append(rows, list.Items[i].row())
		}
		s.table((*seatOf)(nil).head(s), rows)
		return nil
	})
}

// idOf is the id of a place by its code.
func (c *who) idOf(ctx context.Context, s *shell, code string) (string, error) {
	var p struct{ ID string }
	err := c.call(ctx, s, app.Request{Method: "GET", Path: placeAt(code, "")}, func(r *app.Reply) error { return r.Decode(&p) })
	return p.ID, err
}

type leadCandidatesCmd struct {
	who
	Place string `arg:"" help:"微网格的编码 · code of the micro-grid"`
}

// Run lists the candidates for the lead of a micro-grid.
func (c *leadCandidatesCmd) Run(ctx context.Context, s *shell) error {
	id, err := c.idOf(ctx, s, c.Place)
	if err != nil {
		return err
	}
	return c.call(ctx, s, app.Request{Method: "GET", Path: "/leads/" + url.PathEscape(id)}, func(r *app.Reply) error {
		if s.world.JSON {
			s.raw(r.Body)
			return nil
		}
		var x struct {
			Candidates []struct {
				HelperID          string `json:"helper_id"`
				Name, Lacks, Busy string
				Score             float64
				Lines             []struct {
					Text       app.Words
					Points, Of float64
				}
			}
		}
		if err := r.Decode(&x); err != nil {
			return err
		}
		num := func(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }
		var rows [][]string
		for _, k := range x.Candidates {
			rows = append(rows, []string{k.HelperID, k.Name, strconv.Itoa(int(k.Score*100 + 0.5)), k.Lacks + k.Busy})
			for _, l := range k.Lines {
				rows = append(rows, []string{"", "", "", l.Text.In(s.lang) + " " + num(l.Points) + "/" + num(l.Of)})
			}
		}
		s.table([]string{s.say("编号", "id"), s.say("姓名", "name"), s.say("分", "score"), s.say("依据", "ground")}, rows)
		return nil
	})
}

type leadChooseCmd struct {
	who
	Place    string `arg:"" help:"微网格的编码 · code of the micro-grid"`
	Lead     string `required:"" help:"网格长 · the lead" placeholder:"ID"`
	Deputy   string `help:"副手 · the deputy" placeholder:"ID"`
	Adviser  string `help:"留作顾问的老网格长 · a former lead who stays as adviser" placeholder:"ID"`
	Reason   string `required:"" help:"理由，留档 · why, kept"`
	Override bool   `help:"不够格也派，记为破例 · put them there for all they lack; kept as an exception"`
}

// Run chooses who leads a micro-grid.
func (c *leadChooseCmd) Run(ctx context.Context, s *shell) error {
	id, err := c.idOf(ctx, s, c.Place)
	if err != nil {
		return err
	}
	body := map[string]any{"lead": c.Lead, "deputy": c.Deputy, "adviser": c.Adviser, "reason": c.Reason, "override": c.Override}
	return c.call(ctx, s, app.Request{Method: "POST", Path: "/leads/" + url.PathEscape(id), Body: body}, func(r *app.Reply) error {
		if s.world.JSON {
			s.raw(r.Body)
			return nil
		}
		var x seatOf
		if err := r.Decode(&x); err != nil {
			return err
		}
		s.table(x.head(s), [][]string{x.row()})
		return nil
	})
}
