package need

import "shouwang/internal/fault"

// stageWords and verbWords are how a refusal names where a case stands and what it cannot
// be; the screens say the same.
var stageWords = map[Stage]fault.Word{
	Waiting: {ZH: "待接手", EN: "waiting"}, Taken: {ZH: "办理中", EN: "in hand"}, Offered: {ZH: "转办待接", EN: "offered"}, Paused: {ZH: "暂停", EN: "paused"},
	Joined: {ZH: "并入另一件", EN: "with another"}, Answered: {ZH: "待居民确认", EN: "answered"}, Closed: {ZH: "已办结", EN: "closed"},
}

var verbWords = map[Verb]fault.Word{
	Open: {ZH: "登记", EN: "recorded"}, Triage: {ZH: "换一类", EN: "moved to another kind"}, Take: {ZH: "接手", EN: "taken"}, Release: {ZH: "放回", EN: "put back"},
	Assign: {ZH: "派给", EN: "assigned"}, Transfer: {ZH: "转办", EN: "transferred"}, Accept: {ZH: "接收", EN: "accepted"}, Return: {ZH: "退回", EN: "sent back"},
	Pause: {ZH: "暂停", EN: "paused"}, Resume: {ZH: "继续", EN: "resumed"}, Reply: {ZH: "答复", EN: "answered"}, Confirm: {ZH: "记为办好了", EN: "confirmed"},
	Reopen: {ZH: "记为没办好", EN: "reopened"}, Withdraw: {ZH: "撤回", EN: "withdrawn"}, Join: {ZH: "并入", EN: "joined"}, Part: {ZH: "分出一件", EN: "split"},
	Note: {ZH: "记一笔", EN: "noted"}, Lapse: {ZH: "放回办事处", EN: "put back to its desk"}, Grant: {ZH: "到时转成", EN: "granted"}, Climb: {ZH: "告诉上一级", EN: "told above"},
	Close: {ZH: "办结", EN: "closed"}, Forget: {ZH: "销毁内容", EN: "forgotten"}, Expire: {ZH: "到时自行结束", EN: "lapsed"},
}

// Refused is what somebody reads whose verb does not fit where a case stands.
func Refused(c *Case, v Verb) error {
	said, ok := verbWords[v]
	if !ok {
		said = fault.Word{ZH: string(v), EN: string(v)}
	}
	return ErrVerb.With(stageWords[c.Stage()], said)
}
