package page

// objectWords are the words of objecting to a measure.
var objectWords = map[string][2]string{
	"object-link":    {"我不同意，要申诉", "I object to this"},
	"object-head":    {"提出异议", "I object"},
	"object-sub":     {"写下理由，由作出决定以外的人来答复。申诉期间，措施照样有效。", "Say why. Somebody other than who ordered it decides. Until then the measure holds."},
	"object-which":   {"对哪一项有异议？", "Which one do you object to?"},
	"object-why":     {"为什么不同意？", "Why do you object?"},
	"object-contact": {"不填也可以。只有办这件事的人看得到。", "Optional. Only who works on this sees it."},
	"object-send":    {"提交申诉", "Send the objection"},
	"object-1":       {"决定措施的人不能答复您。", "Whoever ordered the measure cannot decide."},
	"object-2":       {"到时没人答复，会自动告诉上一级。", "Where nobody answers in time, the level above is told by itself."},
	"object-3":       {"答复写明理由；同意的，当场放宽或解除。", "The answer gives reasons; where you are right, the measure is eased or lifted at once."},
	"object-none":    {"这里现在没有限制措施，不用申诉。", "No measure holds here now, so there is nothing to object to."},
	"object-about":   {"哪项措施", "Which measure"},
	"verdict-upheld": {"决定：维持措施", "Decided: the measure stays"},
	"verdict-eased":  {"决定：对您家放宽", "Decided: your household is let off"},
	"verdict-lifted": {"决定：解除这项措施", "Decided: the measure is lifted"},
	"verdict-over":   {"这项措施已经结束", "The measure has ended already"},
	"verdict-free":   {"到 {0} 前，您家不受这项措施限制；进出时出示本页，门岗也查得到。", "Until {0} the measure does not bind your household; show this page at the gate, where it can be looked up too."},
}
