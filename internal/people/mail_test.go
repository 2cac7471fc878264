package people

import (
	"strings"
	"testing"
)

func TestMailAddress(t *testing.T) {
	for in, want := range map[string]string{"": "", "  ": "", " fang@example.cn ": "fang@example.cn", "fang＠example．cn": "fang@example.cn", "a.b+c@mail.example.com.cn": "a.b+c@mail.example.com.cn"} {
		if got, ok := MailAddress(in); !ok || got != want {
			t.Errorf("%q: %q %v", in, got, ok)
		}
	}
	for _, in := range []string{"fang", "@example.cn", "fang@", "fang@example", "a@b.cn, c@d.cn", "方 <fang@example.cn>", "方@example.cn", "fang@example.cn\r\nBcc: x@example.cn", "fang@example.cn>", "a..b@example.cn",
		strings.Repeat("a", 65) + "@example.cn", "a@" + strings.Repeat("b.", 130) + "cn", "fang@-x.cn"} {
		if got, ok := MailAddress(in); ok || got != "" {
			t.Errorf("%q: %q %v", in, got, ok)
		}
	}
}
