package identity

import (
	"strings"
	"testing"
)

func mustMake(t testing.TB, region, birth string, serial int) string {
	t.Helper()
	s, err := Make(region, birth, serial)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestCheck(t *testing.T) {
	demo := mustMake(t, "990203", "1985-02-28", 123)
	bad := demo[:17] + string(rune('0'+(demo[17]-'0'+1)%10))
	for _, c := range []struct {
		raw   string
		w     World
		key   string
		birth string
		sex   string
	}{
		// The two examples of GB 11643-1999 itself.
		{"11010519491231002X", Real, "", "1949-12-31", "f"},
		{"440524188001010014", Real, "", "1880-01-01", "m"},
		{" １１０１０５１９４９１２３１００２ｘ ", Real, "", "1949-12-31", "f"},
		{"'11010519491231002x", Real, "", "1949-12-31", "f"},
		{"110105491231002", Real, "", "1949-12-31", "f"},
		{demo, Demo, "", "1985-02-28", "m"},
		{demo, Real, "demo", "", ""},
		{"11010519491231002X", Demo, "real", "", ""},
		{bad, Demo, "check", "", ""},
		{"3.3022E+17", Real, "destroyed", "", ""},
		{"3.30220199001011e17", Real, "destroyed", "", ""},
		{"330220199001011000", Real, "destroyed", "", ""},
		{"330220199001011234.0", Real, "destroyed", "", ""},
		{"33022019900101", Real, "length", "", ""},
		{"3302201990010112345", Real, "length", "", ""},
		{"33022019900101A234", Real, "character", "", ""},
		{"33022019900101X234", Real, "character", "", ""},
		{"", Real, "blank", "", ""},
		{"110105********002X", Real, "masked", "", ""},
		{"＊＊＊", Real, "masked", "", ""},
		{mustMake(t, "000203", "1985-02-28", 1), Real, "region", "", ""},
		{"990203198502301" + "23X", Demo, "birth", "", ""},
	} {
		n, err := Check(c.raw, c.w)
		key := ""
		if err != nil {
			key = err.(*Problem).Key
		}
		if key != c.key || n.Birth != c.birth || n.Gender != c.sex {
			t.Errorf("Check(%q, %v) = %+v, %q; want %q %q %q", c.raw, c.w, n, key, c.key, c.birth, c.sex)
		}
	}
}

func TestOneWrongDigitIsSeen(t *testing.T) {
	s := mustMake(t, "990203", "1961-07-19", 268)
	for i := 6; i < 18; i++ {
		for d := byte('0'); d <= '9'; d++ {
			if s[i] == d {
				continue
			}
			if _, err := Check(s[:i]+string(d)+s[i+1:], Demo); err == nil {
				t.Fatalf("digit %d changed to %c was not seen", i, d)
			}
		}
	}
	for i := 6; i < 17; i++ {
		if s[i] == s[i+1] {
			continue
		}
		if _, err := Check(s[:i]+string(s[i+1])+string(s[i])+s[i+2:], Demo); err == nil {
			t.Fatalf("swap at %d was not seen", i)
		}
	}
}

func TestPhone(t *testing.T) {
	for _, c := range []struct {
		raw  string
		w    World
		want string
		key  string
	}{
		{"13800138000", Real, "13800138000", ""},
		{"+86 138-0013-8000", Real, "13800138000", ""},
		{"0086 13800138000", Real, "13800138000", ""},
		{"１３８００１３８０００", Real, "13800138000", ""},
		{"13800138000.0", Real, "13800138000", ""},
		{"(0574) 8765 4321", Real, "0574-87654321", ""},
		{"010-87654321", Real, "010-87654321", ""},
		{"87654321", Real, "", "phone-area"},
		{"12800138000", Real, "", "phone"},
		{"12912345678", Real, "", "phone-demo"},
		{"12912345678", Demo, "12912345678", ""},
		{"8612912345678", Demo, "12912345678", ""},
		{"13800138000", Demo, "", "phone-real"},
		{"138****8000", Real, "", "masked"},
		{"", Demo, "", "blank"},
		{"1380013800O", Real, "", "phone"},
		{"138001380001", Real, "", "phone"},
		{"13800138000 13900139000", Real, "", "phone"},
	} {
		got, err := Phone(c.raw, c.w)
		key := ""
		if err != nil {
			key = err.(*Problem).Key
		}
		if got != c.want || key != c.key {
			t.Errorf("Phone(%q, %v) = %q, %q; want %q, %q", c.raw, c.w, got, key, c.want, c.key)
		}
	}
}

func TestMasks(t *testing.T) {
	if got := MaskNumber("990203198502281234"); got != "**************1234" {
		t.Error(got)
	}
	if got := MaskPhone("12912345678"); got != "129****5678" {
		t.Error(got)
	}
	if got := MaskPhone("0574-87654321"); strings.Trim(got[:11], "*") != "" {
		t.Error(got)
	}
	for name, want := range map[string]bool{"阿不都·买买提": false, "王*": true, "王＊＊": true, "···": true, "王建国": false, "": false} {
		if MaskedName(name) != want {
			t.Errorf("MaskedName(%q) = %v", name, !want)
		}
	}
	if d, ok := Document("e 12345678"); !ok || d != "E12345678" {
		t.Error(d, ok)
	}
	if _, ok := Document("330220199001011234"); ok {
		t.Error("an identity number is no passport")
	}
}

func FuzzCheck(f *testing.F) {
	for _, s := range []string{"11010519491231002X", "3.3022E+17", "110105491231002", "＊＊＊", "9902031985022812３4"} {
		f.Add(s, false)
		f.Add(s, true)
	}
	f.Fuzz(func(t *testing.T, s string, demo bool) {
		w := Real
		if demo {
			w = Demo
		}
		n, err := Check(s, w)
		if err != nil {
			if _, ok := err.(*Problem); !ok {
				t.Fatalf("error of another kind: %v", err)
			}
			return
		}
		again, err := Check(n.Canonical, w)
		if err != nil || again.Canonical != n.Canonical || again.Birth != n.Birth {
			t.Fatalf("%q gave %+v, read again %+v, %v", s, n, again, err)
		}
		if strings.HasPrefix(n.Canonical, DemoRegion) != demo {
			t.Fatalf("%q crossed worlds", s)
		}
	})
}

func FuzzPhone(f *testing.F) {
	for _, s := range []string{"+86 138-0013-8000", "(0574) 87654321", "12912345678", "138****0000"} {
		f.Add(s, false)
		f.Add(s, true)
	}
	f.Fuzz(func(t *testing.T, s string, demo bool) {
		w := Real
		if demo {
			w = Demo
		}
		p, err := Phone(s, w)
		if err != nil {
			return
		}
		if again, err := Phone(p, w); err != nil || again != p {
			t.Fatalf("%q gave %q, read again %q, %v", s, p, again, err)
		}
		if strings.HasPrefix(p, DemoPrefix) != demo {
			t.Fatalf("%q crossed worlds", s)
		}
		_ = MaskPhone(p)
	})
}
