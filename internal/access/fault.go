package access

import "shouwang/internal/fault"

// The faults of access.
var (
	// ErrNotHere is the one answer for what is absent and for what is out of scope.
	ErrNotHere = fault.Define(fault.NotFound, "SW-1010",
		"没有这项内容，或不在您的管辖范围内。没有改动任何数据。请核对编号，或联系上级。",
		"There is nothing here, or it is outside your area. Nothing was changed. Check the number or ask the level above.")
	// ErrForbidden says that the role may see the place but not do this there.
	ErrForbidden = fault.Define(fault.Forbidden, "SW-1011",
		"您的岗位不能做这项操作。没有改动任何数据。如确有需要，请联系指挥部或系统管理员。",
		"Your role may not do this. Nothing was changed. If it is needed, ask the command or the system keeper.")
	// ErrSignIn says that nobody is signed in.
	ErrSignIn = fault.Define(fault.Unauthenticated, "SW-1012",
		"请先登录。没有改动任何数据；未发送的内容仍保存在本机。",
		"Sign in first. Nothing was changed; what was not sent is still kept on this device.")
	// ErrSessionEnded says that the session ended by time, by hand or by a change.
	ErrSessionEnded = fault.Define(fault.Unauthenticated, "SW-1013",
		"登录已过期或已结束，请重新登录。未发送的内容仍保存在本机。",
		"The session has ended. Sign in again; what was not sent is still kept on this device.")
	// ErrWrongLogin is the same for an unknown login, a wrong password and a disabled account.
	ErrWrongLogin = fault.Define(fault.Unauthenticated, "SW-1014",
		"登录名或密码不对。没有改动任何数据。请核对后重试，忘记密码请联系系统管理员。",
		"Login or password is wrong. Nothing was changed. Check and try again; if the password is lost, ask the system keeper.")
	// ErrSlowDown says how many seconds to wait after wrong passwords; nothing is locked.
	ErrSlowDown = fault.Define(fault.Hasty, "SW-1015",
		"输错次数较多，请 {0} 秒后再试。账号没有被锁定，数据不受影响。",
		"There were several wrong tries; wait {0} seconds. The account is not locked and data are not affected.")
	// ErrWeakPassword says why a new password was not taken.
	ErrWeakPassword = fault.Define(fault.Invalid, "SW-1016",
		"密码太弱：至少 12 个字符，不含登录名，不用常见密码。密码没有改动，请换一个。",
		"The password is too weak: at least 12 characters, without the login, none of the common ones. It was not changed; choose another.")
	// ErrPlaceholder says that a masked value came back in a write.
	ErrPlaceholder = fault.Define(fault.Invalid, "SW-1017",
		"{0} 是脱敏后的内容，不能写回。没有改动任何数据。请填写真实内容或留空表示不变。",
		"{0} is a masked value and cannot be written back. Nothing was changed. Give the real value, or leave it empty to keep it.")
	// ErrPurpose says that a look in clear named no purpose of the list.
	ErrPurpose = fault.Define(fault.Invalid, "SW-1018",
		"查看原文须从清单中选择用途。内容没有显示。",
		"A look in clear needs a purpose from the list that fits the field. Nothing was shown.")
	// ErrNoReveal says that the role may not see this field in clear.
	ErrNoReveal = fault.Define(fault.Forbidden, "SW-1019",
		"您的岗位不能查看该字段原文。内容没有显示。如确有需要，请联系有权限的同事。",
		"Your role may not see this field in clear. Nothing was shown. If it is needed, ask a colleague who may.")
	// ErrUnknownRole says that there is no such role.
	ErrUnknownRole = fault.Define(fault.Invalid, "SW-1020",
		"没有“{0}”这个角色。没有改动任何数据。可用的角色：{1}。",
		"There is no role \"{0}\". Nothing was changed. The roles are: {1}.")
	// ErrPolicies says that the policy file cannot be used.
	ErrPolicies = fault.Define(fault.Internal, "SW-1021",
		"权限规则文件有误：{0}。系统拒绝启动，数据未动。请换回发布的版本。",
		"The policy file is wrong: {0}. The server refuses to start; data are untouched. Use the file as released.")
	// ErrBusy says that too many passwords are being checked at once.
	ErrBusy = fault.Define(fault.Unavailable, "SW-1022",
		"登录人数较多，请几秒后再试。数据不受影响。",
		"Many people are signing in; try again in a few seconds. Data are not affected.")
)

// Hide turns "you may not" and "not there" into one and the same answer, so that
// nobody learns what exists out of his scope. Other errors pass.
func Hide(err error) error {
	if err == nil {
		return nil
	}
	switch fault.KindOf(err) {
	case fault.Forbidden, fault.NotFound:
		return ErrNotHere.With()
	}
	return err
}
