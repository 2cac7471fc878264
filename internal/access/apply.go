package access

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Placeholder is what stands for a value that is not shown. It has two mask
// signs in a row, as every masked value has, and no length of the value.
const Placeholder = "**"

// Apply masks a value: the text to show and whether anything was taken away. A
// masked text never tells the length of what is hidden, and an absent value
// looks like a hidden one, except for Flag, which is there to tell them apart.
// Band takes an age in years, Building an address, Need a need (for a group with
// its need see Care). An unknown kind hides.
func Apply(kind Kind, value string) (text string, masked bool) {
	switch kind {
	case Full:
		return value, false
	case Flag:
		if value == "" {
			return "", false
		}
		return Placeholder, true
	}
	if value == "" && kind != Hidden && kind != Count {
		return "", false
	}
	switch kind {
	case Need:
		return value, false
	case Surname:
		return surname(value) + Placeholder, true
	case Last4:
		return "****" + tail(value, 4), true
	case Middle:
		return middle(value), true
	case Band:
		return band(value), true
	case Building:
		return building(value), true
	}
	return Placeholder, true
}

// Care masks one vulnerable-group tag: Full shows group and need, Need only what
// it means at the door, Flag that there is one; everything else nothing at all,
// so that the number of tags does not show either.
func Care(kind Kind, group, need string) (g, n string, shown bool) {
	switch kind {
	case Full:
		return group, need, true
	case Need:
		return "", need, need != ""
	case Flag:
		return Placeholder, "", true
	}
	return "", "", false
}

// double are surnames of two characters.
const double = " 欧阳 司马 上官 诸葛 司徒 东方 夏侯 皇甫 尉迟 公孙 慕容 令狐 长孙 宇文 司空 端木 轩辕 南宫 独孤 澹台 闻人 申屠 公羊 赫连 钟离 鲜于 太叔 淳于 濮阳 百里 东郭 西门 呼延 拓跋 第五 "

// surname returns the first character of a name, two for a double surname.
func surname(name string) string {
	r := []rune(strings.TrimSpace(name))
	if len(r) > 2 && strings.Contains(double, " "+string(r[:2])+" ") {
		return string(r[:2])
	}
	if len(r) < 2 { // a name of one sign would be shown whole
		return ""
	}
	return string(r[:1])
}

// tail returns the last n signs, or nothing when that would be half or more.
func tail(s string, n int) string {
	r := []rune(s)
	if len(r) <= 2*n {
		return ""
	}
	return string(r[len(r)-n:])
}

// middle keeps three digits in front and four behind of a telephone number.
func middle(s string) string {
	r := []rune(s)
	if len(r) < 10 {
		return "****" + tail(s, 2)
	}
	return string(r[:3]) + "****" + string(r[len(r)-4:])
}

// band returns the ten years that an age lies in.
func band(age string) string {
	n, err := strconv.Atoi(age)
	if err != nil || n < 0 || n > 150 {
		return Placeholder
	}
	return strconv.Itoa(n/10*10) + "–" + strconv.Itoa(n/10*10+9)
}

// building cuts an address behind its building and marks the cut.
func building(address string) string {
	for _, word := range []string{"号楼", "幢", "栋", "座"} {
		if i := strings.Index(address, word); i >= 0 {
			return address[:i+len(word)] + Placeholder
		}
	}
	return Placeholder
}

// signs are what lists, ours and others', put in the place of what they hide.
const signs = "*＊∗●•■█×※"

// IsPlaceholder says whether a text is a masked value, ours or that of another
// list, so that it is refused in a write and means "unchanged" in an import. Two
// mask signs in a row, an age band, or x for digits inside a number count.
func IsPlaceholder(text string) bool {
	text = strings.TrimSpace(text)
	run, crosses, digits := 0, 0, 0
	for _, r := range text {
		if strings.ContainsRune(signs, r) {
			if run++; run > 1 {
				return true
			}
			continue
		}
		run = 0
		switch {
		case r == 'x' || r == 'X':
			crosses++
		case unicode.IsDigit(r):
			digits++
		}
	}
	n := utf8.RuneCountInString(text)
	if run == 1 && n == 1 || crosses > 1 && digits >= 4 && crosses+digits == n {
		return true
	}
	lo, hi, ok := strings.Cut(text, "–")
	_, err1 := strconv.Atoi(lo)
	_, err2 := strconv.Atoi(hi)
	return ok && err1 == nil && err2 == nil
}

// RefusePlaceholders returns ErrPlaceholder at the first of the named values
// that is masked; pairs are field name, value, field name, value…
func RefusePlaceholders(pairs ...string) error {
	for i := 0; i+1 < len(pairs); i += 2 {
		if IsPlaceholder(pairs[i+1]) {
			return ErrPlaceholder.With(pairs[i]).At(pairs[i])
		}
	}
	return nil
}
