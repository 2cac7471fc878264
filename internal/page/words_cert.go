package page

// certWords are the words of the certificate of service and of the page that verifies it.
var certWords = map[string][2]string{
	"cert":           {"志愿服务时数证明", "Certificate of voluntary service"},
	"cert-no":        {"编号 {0}", "No. {0}"},
	"cert-says":      {"兹证明 {0}（志愿者编号 {1}）于 {2} 至 {3} 在{4}参加志愿服务：", "{0} (volunteer {1}) gave voluntary service from {2} to {3} at {4}:"},
	"cert-says-day":  {"兹证明 {0}（志愿者编号 {1}）于 {2} 在{3}参加志愿服务：", "{0} (volunteer {1}) gave voluntary service on {2} at {3}:"},
	"cert-hours":     {"小时", "hours"},
	"cert-times":     {"共 {0} 次，路上的时间不算", "{0}×; the way there is not counted"},
	"cert-n":         {"{0} 次", "{0}×"},
	"cert-h":         {"{0} 小时", "{0} h"},
	"cert-check":     {"扫码可核真伪", "Scan to verify"},
	"cert-free":      {"免费开具，只记做了什么，不与任何人比较。仅供本单位内部证明使用。", "Made free of charge; it says what was given and compares nobody. For internal use."},
	"cert-issuer":    {"开具：{0}", "Issued by {0}"},
	"cert-contact":   {"联系电话 {0}", "Telephone {0}"},
	"cert-good":      {"✓ 这份证明由本系统开具，内容如下。请与纸面核对。", "✓ This certificate was made here and says the following. Compare it with the paper."},
	"cert-withdrawn": {"✗ 这份证明已于 {0} 撤回，不再有效。", "✗ This certificate was withdrawn on {0} and is no longer valid."},
	"cert-day":       {"开具日期 {0}", "Made on {0}"},
}
