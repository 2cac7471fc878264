package surge

import (
	"errors"

	"shouwang/internal/fault"
	"shouwang/internal/plan"
)

// The faults of squads and their plans. When one comes up nothing has been written.
var (
	// ErrBlank says that a squad lacks something.
	ErrBlank = fault.Define(fault.Invalid, "SW-1530", "突击队要写明{0}（不超过 120 字）。没有写入，请补上。", "A squad needs {1}, in at most 120 characters. Nothing was written; fill it in.")
	// ErrKind says that there is no such kind of squad.
	ErrKind = fault.Define(fault.Invalid, "SW-1531", "没有“{0}”这一类突击队。没有写入。可用：{1}。", "There is no kind of squad called {0}. Nothing was written. There are: {1}.")
	// ErrSize says that a squad cannot have so many people.
	ErrSize = fault.Define(fault.Invalid, "SW-1532", "人数 {0} 不对：一支队 1 到 {1} 人。没有写入，请核对。", "{0} people cannot be: a squad has 1 to {1}. Nothing was written; check the number.")
	// ErrTimes says that a squad's time ends before it starts.
	ErrTimes = fault.Define(fault.Invalid, "SW-1533", "可用的止日要晚于起日。没有写入，请核对日期。", "The time that a squad can be called on ends before it starts. Nothing was written; check the dates.")
	// ErrSquadPlace says that a place is nowhere or out of scope.
	ErrSquadPlace = fault.Define(fault.Invalid, "SW-1534", "地点 {0} 不存在或不在您的管辖范围内。没有写入，请核对编码。", "The place {0} is not there or is outside your area. Nothing was written; check the code.")
	// ErrTwice says that a number stands twice in one file with different words.
	ErrTwice = fault.Define(fault.Invalid, "SW-1535", "编号 {0} 在本文件里出现两次，写的不一样。此行未写入，请留下一行。", "The number {0} stands twice in this file and says different things. This row was not written; keep one.")
	// ErrStands says that a squad cannot be changed so while it stands somewhere.
	ErrStands = fault.Define(fault.Conflict, "SW-1536", "这支队正在服务（{0}），不能改成这样。没有改动，请先把多出的人放回。", "The squad is serving ({0}), so it cannot be changed so. Nothing was changed; release the people too many first.")
	// ErrNeed says that a stated need is none.
	ErrNeed = fault.Define(fault.Invalid, "SW-1537", "{0} 的需求不对：要写一类人手和 1 到 {1} 人。没有拟方案，请核对。", "What {0} is said to need cannot be: give a kind and 1 to {1} people. No plan was made; check it.")
	// ErrOutdated says that something changed after a plan was made.
	ErrOutdated = fault.Define(fault.Conflict, "SW-1538", "方案拟好以后，队伍、驻点或岗位变了，不能照旧应用。没有改动，请重新拟一次，只会显示差别。", "Squads, stations or posts changed after this plan was made, so it cannot be applied. Nothing was changed; make the plan again.")
	// ErrDone says that a plan was applied or taken back already.
	ErrDone = fault.Define(fault.Conflict, "SW-1539", "这份方案已经应用或撤回。没有改动，请重新拟一次。", "This plan is applied or taken back already. Nothing was changed; make a new one.")
	// ErrOver says that a station ended already.
	ErrOver = fault.Define(fault.Conflict, "SW-1540", "这一处驻点已经结束。没有改动，请刷新。", "This station is over already. Nothing was changed; refresh.")
	// ErrRelease says that so many people cannot be released.
	ErrRelease = fault.Define(fault.Invalid, "SW-1541", "放回的人数要在 1 到 {0} 之间，工时不能是负数，也不能超过每人每天 24 小时（共 {1}）。没有改动。", "1 to {0} people can be released, with no hours below zero or above 24 a day each ({1} in all). Nothing was changed.")
	// ErrPin says that a choice made by hand cannot be.
	ErrPin = fault.Define(fault.Invalid, "SW-1542", "不能指定 {0}：没有这支可用的队，或去处不在本方案范围内。没有拟方案。", "{0} cannot be chosen by hand: there is no such squad that is free, or the place is outside this plan. No plan was made.")
	// ErrNothing says that there is nothing to plan.
	ErrNothing = fault.Define(fault.Invalid, "SW-1543", "{0} 没有要补的人手，也没有驻点。没有拟方案。请先应用事件方案，或写明各社区的需求。", "Nothing at {0} needs people and no squad stands there. No plan was made; apply an incident's plan first or state what places need.")
	// ErrBack says that a plan cannot be taken back.
	ErrBack = fault.Define(fault.Conflict, "SW-1544", "方案应用以后，驻点又有变动（放回或新的方案），不能整份撤回。没有改动，请逐处放回或另拟方案。", "Stations changed after this plan was applied, so it cannot be taken back whole. Nothing was changed; release them one by one or make a new plan.")
	// ErrGone says that there is no such squad, station or plan here.
	ErrGone = fault.Define(fault.NotFound, "SW-1545", "没有这支队、这处驻点或这份方案，或不在您的范围内。", "There is no such squad, station or plan within your scope.")
	// ErrSolve says that the plan could not be reckoned.
	ErrSolve = fault.Define(fault.Internal, "SW-1546", "派队计算失败，没有改动任何东西。请把编号告诉系统管理员。", "The plan of squads could not be reckoned; nothing was changed. Give this code to the system keeper.")
	// ErrOwnPlan says that a plan's author cannot apply it.
	ErrOwnPlan = fault.Define(fault.Forbidden, "SW-1548", "派队方案须由第二人应用：您是拟案人。请把方案发给同级或上级另一人；没有改动任何东西。", "A plan of squads is applied by a second person, and you made this one. Send it to another officer; nothing was changed.")
	// ErrNumber says that a number is another squad's.
	ErrNumber = fault.Define(fault.Conflict, "SW-1547", "编号 {0} 已是另一支队的。没有写入，请核对编号，或打开那支队修改。", "The number {0} is another squad's. Nothing was written; check it, or change that squad.")
)

// rejected is the verdict of a line that Check refuses.
func rejected(err error) plan.Verdict {
	var why *fault.Error
	if errors.As(err, &why) {
		return plan.Reject(why.Where, why)
	}
	return plan.Reject("", ErrSolve.With())
}
