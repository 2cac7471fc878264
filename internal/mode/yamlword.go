package mode

import "strings"

// yamlSaid is what the YAML reader says, by a part of its sentence, and the same
// in Chinese. The first that fits counts.
var yamlSaid = []struct{ part, zh string }{
	{"sequence end token ']' not found", "少了右方括号“]”"},
	{"flow mapping end token '}'", "少了右花括号“}”"},
	{"corresponding to ']'", "多了右方括号“]”，前面没有“[”"},
	{"corresponding to '}'", "多了右花括号“}”，前面没有“{”"},
	{"',' or ']'", "方括号里两项之间要用逗号隔开，或用“]”收尾"},
	{"',' or '}'", "花括号里两项之间要用逗号隔开，或用“}”收尾"},
	{"but found ','", "多了一个逗号"},
	{"delimiter ':'", "字段名后面少了冒号“:”"},
	{"block sequence entries are not allowed", "“-”开头的列表项不能写在这里，请换行并缩进"},
	{"non-map value is specified", "这里应是“字段: 值”，前后写法不一致"},
	{"map key-value is pre-defined", "这一行的缩进和上面对不上"},
	{"mapping value is not allowed", "一行里出现了两个冒号，或缩进不对；带冒号的文字请加引号"},
	{"implicit line break", "字段名不能跨行"},
	{"value is not allowed in this context", "这里不该有值，请看缩进"},
	{"map key", "字段名写得不对"},
	{"mapping key", "字段没有值"},
	{"key name", "字段名写得不对"},
	{"invalid key", "字段名写得不对"},
	{"map value", "字段没有值"},
	{"flow map", "花括号里的内容不完整"},
	{"find map", "这里应是“字段: 值”"},
	{"end of", "引号没有收尾，或文件不完整"},
	{"quot", "引号没有收尾"},
	{"escape", "反斜杠后面的字符不认识"},
	{"character '\t'", "不能用制表符缩进，请用空格"},
	{"tab", "不能用制表符缩进，请用空格"},
	{"anchor", "不能用锚点或别名"},
	{"alias", "不能用锚点或别名"},
	{"tag", "不能用类型标签"},
	{"directive", "不能用 % 开头的指令"},
	{"document separator", "“---”后面不能直接写内容"},
	{"unexpected scalar", "这里的文字放错了地方，请看缩进和引号"},
	{"could not find expected", "少了一个冒号或引号"},
	{"unreadable", "无法辨认的内容"},
	{"end content", "收尾后面还有多余的内容"},
	{"character", "有不能用的字符；以 @ 或 ` 开头的文字请加引号"},
}

// yamlWords says in both languages what the YAML reader said. What it does not
// know it calls a mistake of layout; the place in the file is told beside it.
func yamlWords(en string) two {
	low := strings.ToLower(en)
	for _, w := range yamlSaid {
		if strings.Contains(low, w.part) {
			return two{w.zh, en}
		}
	}
	return two{"写法有误，请看这一行的缩进、冒号和引号", en}
}
