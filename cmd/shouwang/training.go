package main

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strconv"

	"shouwang/internal/app"
)

type trainingCmd struct {
	List   trainingListCmd   `cmd:"" help:"要来的和还没记结果的 · those to come, and those whose outcomes are still to be noted"`
	Needs  trainingNeedsCmd  `cmd:"" help:"每项资格：谁有、谁只差培训、空岗几个 · per qualification: who holds it, who lacks nothing but training, posts without anybody"`
	Plan   trainingPlanCmd   `cmd:"" help:"排一场：听课、跟学、当面做 · plan a lesson, a shadow turn or a practice"`
	Invite trainingInviteCmd `cmd:"" help:"邀请，全部或一个也不 · invite: all of those named, or nobody"`
	Note   trainingNoteCmd   `cmd:"" help:"记谁来了、做得对、再来一次、没来 · note who came, did it right, comes again, was absent"`
	Cancel trainingCancelCmd `cmd:"" help:"取消一场，要写理由 · call one off, with a reason"`
	Record trainingRecordCmd `cmd:"" help:"一个人的课程、步骤和资格 · one person's courses, steps and passes"`
	Pass   trainingPassCmd   `cmd:"" help:"由有资格的带教人通过 · a trainer who holds it passes somebody"`
	Revoke trainingRevokeCmd `cmd:"" help:"收回一项资格，要写理由 · take a pass back, with a reason"`
}

// lessonOf is what the commands print of a training.
type lessonOf struct {
	ID          string
	CourseTitle app.Words `json:"course_title"`
	StepTitle   app.Words `json:"step_title"`
	PlaceName   string    `json:"place_name"`
	Trainer     string
	From, Until string
	Places      int
	State       string
	People      []struct {
		HelperID     string `json:"helper_id"`
		Name         string
		Outcome      string
		Ready, Holds bool
	}
}

func (s *shell) lessons(xs []lessonOf) {
	is := map[string]string{"coming": s.say("要来", "to come"), "now": s.say("正在", "now"), "to-note": s.say("待记", "to note"), "noted": s.say("已记", "noted"), "cancelled": s.say("取消", "called off")}
	var rows [][]string
	for _, x := range xs {
		rows = append(rows, []string{x.ID, civil(x.From), x.CourseTitle.In(s.lang) + " · " + x.StepTitle.In(s.lang), x.PlaceName, x.Trainer, strconv.Itoa(len(x.People)) + "/" + strconv.Itoa(x.Places), is[x.State]})
	}
	s.table([]string{s.say("编号", "id"), s.say("时间", "time"), s.say("课", "lesson"), s.say("地点", "place"), s.say("带教人", "trainer"), s.say(">人", ">people"), s.say("状态", "state")}, rows)
}

// lesson does one operation on a training and shows it with its people.
func (w who) lesson(ctx context.Context, s *shell, path string, body any) error {
	return w.call(ctx, s, app.Request{Method: "POST", Path: path, Body: body}, func(r *app.Reply) error {
		if s.world.JSON {
			s.raw(r.Body)
			return nil
		}
		var x lessonOf
		if err := r.Decode(&x); err != nil {
			return err
		}
		s.lessons([]lessonOf{x})
		if len(x.People) == 0 {
			return nil
		}
		is := map[string]string{"came": s.say("来了", "came"), "passed": s.say("做得对", "did it right"), "again": s.say("再来一次", "comes again"), "absent": s.say("没来", "absent"), "": "—"}
		var rows [][]string
		for _, p := range x.People {
			next := ""
			switch {
			case p.Holds:
				next = s.say("有资格", "holds it")
			case p.Ready:
				next = s.say("只差通过", "ready to pass")
			}
			rows = append(rows, []string{p.HelperID, p.Name, is[p.Outcome], next})
		}
		s.table([]string{s.say("编号", "id"), s.say("姓名", "name"), s.say("结果", "outcome"), s.say("资格", "pass")}, rows)
		return nil
	})
}

func lessonAt(id, rest string) string { return "/trainings/" + url.PathEscape(id) + "/" + rest }

type trainingListCmd struct {
	who
	Under string `help:"只看这个地点以下 · at or below this place" placeholder:"CODE"`
}

// Run lists trainings.
func (c *trainingListCmd) Run(ctx context.Context, s *shell) error {
	path := "/trainings"
	if c.Under != "" {
		id, err := c.idOf(ctx, s, c.Under)
		if err != nil {
			return err
		}
		path += "?under=" + url.QueryEscape(id)
	}
	return c.call(ctx, s, app.Request{Method: "GET", Path: path}, func(r *app.Reply) error {
		if s.world.JSON {
			s.raw(r.Body)
			return nil
		}
		var list struct{ Items []lessonOf }
		if err := r.Decode(&list); err != nil {
			return err
		}
		s.lessons(list.Items)
		return nil
	})
}

type trainingPlanCmd struct {
	who
	Place   string `required:"" help:"在哪里，地点编码 · where, code of the place" placeholder:"CODE"`
	Course  string `required:"" help:"课程 · course" placeholder:"ID"`
	Step    string `required:"" help:"课程的哪一步 · which step of it" placeholder:"ID"`
	Trainer string `required:"" help:"带教人，自己要有这项资格 · the trainer, who holds it" placeholder:"ID"`
	From    string `required:"" help:"从几时 · begins" placeholder:"2026-12-01T09:00:00+08:00"`
	Until   string `required:"" help:"到几时 · ends" placeholder:"2026-12-01T10:00:00+08:00"`
	Places  int    `help:"名额，缺省按课程 · how many; as the course says without it"`
}

// Run plans a training.
func (c *trainingPlanCmd) Run(ctx context.Context, s *shell) error {
	id, err := c.idOf(ctx, s, c.Place)
	if err != nil {
		return err
	}
	return c.lesson(ctx, s, placeAt(id, "/trainings"), map[string]any{"course": c.Course, "step": c.Step, "trainer_id": c.Trainer, "from": c.From, "until": c.Until, "places": c.Places})
}

type trainingInviteCmd struct {
	who
	ID     string   `arg:"" help:"培训编号 · training"`
	Helper []string `arg:"" help:"人员编号 · helpers"`
}

// Run invites helpers.
func (c *trainingInviteCmd) Run(ctx context.Context, s *shell) error {
	return c.lesson(ctx, s, lessonAt(c.ID, "invite"), map[string]any{"helper_ids": c.Helper})
}

type trainingNoteCmd struct {
	who
	ID     string            `arg:"" help:"培训编号 · training"`
	Helper map[string]string `required:"" help:"谁＝结果：came passed again absent，可重复 · who=outcome, may be repeated" placeholder:"ID=came"`
}

// Run notes outcomes.
func (c *trainingNoteCmd) Run(ctx context.Context, s *shell) error {
	var marks []map[string]string
	for id, outcome := range c.Helper {
		marks = append(marks, map[string]string{"helper_id": id, "outcome": outcome})
	}
	slices.SortFunc(marks, func(x, y map[string]string) int { return cmp.Compare(x["helper_id"], y["helper_id"]) })
	return c.lesson(ctx, s, lessonAt(c.ID, "marks"), map[string]any{"marks": marks})
}

type trainingCancelCmd struct {
	who
	ID     string `arg:"" help:"培训编号 · training"`
	Reason string `required:"" help:"理由，留档 · why, kept"`
}

// Run calls a training off.
func (c *trainingCancelCmd) Run(ctx context.Context, s *shell) error {
	return c.lesson(ctx, s, lessonAt(c.ID, "cancel"), map[string]string{"reason": c.Reason})
}

// passOf is what the commands print of a pass.
type passOf struct {
	ID          string
	Title       app.Words
	From, Until string
	Trainer     string
	InForce     bool `json:"in_force"`
	Revoked     string
	Why         string
}

func (s *shell) passes(xs []passOf) {
	var rows [][]string
	for _, x := range xs {
		state := s.say("有效", "holds")
		switch {
		case x.Revoked != "":
			state = s.say("已收回：", "taken back: ") + x.Why
		case !x.InForce:
			state = s.say("不在有效期", "not in force")
		}
		rows = append(rows, []string{x.ID, x.Title.In(s.lang), civil(x.From), civil(x.Until), x.Trainer, state})
	}
	s.table([]string{s.say("编号", "id"), s.say("资格", "qualification"), s.say("从", "from"), s.say("到", "until"), s.say("带教人", "trainer"), s.say("状态", "state")}, rows)
}

type trainingRecordCmd struct {
	who
	Helper string `arg:"" help:"人员编号 · helper"`
}

// Run shows where a helper stands.
func (c *trainingRecordCmd) Run(ctx context.Context, s *shell) error {
	return c.call(ctx, s, app.Request{Method: "GET", Path: "/helpers/" + url.PathEscape(c.Helper) + "/learning"}, func(r *app.Reply) error {
		if s.world.JSON {
			s.raw(r.Body)
			return nil
		}
		var x struct {
			Courses []struct {
				ID    string
				Title app.Words
				Steps []struct {
					ID           string
					Title        app.Words
					Done, Wanted int
				}
			}
			Passes []passOf
		}
		if err := r.Decode(&x); err != nil {
			return err
		}
		var rows [][]string
		for _, k := range x.Courses {
			for _, st := range k.Steps {
				rows = append(rows, []string{k.ID, k.Title.In(s.lang), st.ID, st.Title.In(s.lang), strconv.Itoa(st.Done) + "/" + strconv.Itoa(st.Wanted)})
			}
		}
		s.table([]string{s.say("课程", "course"), "", s.say("步骤", "step"), "", s.say(">做过", ">done")}, rows)
		s.passes(x.Passes)
		return nil
	})
}

type trainingPassCmd struct {
	who
	Helper  string `arg:"" help:"人员编号 · helper"`
	Course  string `required:"" help:"课程 · course" placeholder:"ID"`
	Trainer string `required:"" help:"谁让他通过 · who passes them" placeholder:"ID"`
}

// Run passes a helper in a course.
func (c *trainingPassCmd) Run(ctx context.Context, s *shell) error {
	return c.pass(ctx, s, "/helpers/"+url.PathEscape(c.Helper)+"/passes", map[string]string{"course": c.Course, "trainer_id": c.Trainer})
}

type trainingRevokeCmd struct {
	who
	Pass   string `arg:"" help:"资格编号 · pass"`
	Reason string `required:"" help:"理由，留档 · why, kept"`
}

// Run takes a pass back.
func (c *trainingRevokeCmd) Run(ctx context.Context, s *shell) error {
	return c.pass(ctx, s, "/passes/"+url.PathEscape(c.Pass)+"/revoke", map[string]string{"reason": c.Reason})
}

func (w who) pass(ctx context.Context, s *shell, path string, body any) error {
	return w.call(ctx, s, app.Request{Method: "POST", Path: path, Body: body}, func(r *app.Reply) error {
		if s.world.JSON {
			s.raw(r.Body)
			return nil
		}
		var x passOf
		if err := r.Decode(&x); err != nil {
			return err
		}
		s.passes([]passOf{x})
		return nil
	})
}
