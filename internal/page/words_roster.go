package page

// rosterWords are the words of the printed roster.
var rosterWords = map[string][2]string{
	"roster":        {"值班表", "Roster"},
	"roster-title":  {"{0} 值班表", "Roster of {0}"},
	"roster-draft":  {"草案，还没有发布", "Draft, not published"},
	"roster-post":   {"岗位", "Post"},
	"roster-time":   {"时间", "Time"},
	"roster-people": {"本页 {0} 人", "{0} people on this sheet"},
	"roster-full":   {"没有空缺", "Nothing is open"},
	"roster-open":   {"空缺 {0} 处，方框里待填", "{0} open; the boxes are to be filled"},
	"roster-how":    {"来不了请尽早打值班电话或在手机“我的班”里点“我来不了”，会另找人。两班之间要休息，不替人连值。", "If you cannot come, ring the duty phone or press “I cannot come” under My shifts: somebody else is asked. Rest between two shifts; nobody stands two in a row for another."},
	"roster-hang":   {"贴在岗位上；过了日子请收回销毁。", "Hang up at the post; take down and destroy when the days are over."},
	"week-0":        {"日", "Sun"},
	"week-1":        {"一", "Mon"},
	"week-2":        {"二", "Tue"},
	"week-3":        {"三", "Wed"},
	"week-4":        {"四", "Thu"},
	"week-5":        {"五", "Fri"},
	"week-6":        {"六", "Sat"},
}
