package address

import (
	"slices"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	for _, c := range []struct {
		raw             string
		estate, b, u, r string
		sure            bool
	}{
		{"长塘里3幢2单元501室", "长塘里", "3", "2", "501", true},
		{"长塘里3号楼2单元501", "长塘里", "3", "2", "501", true},
		{"长塘里 3幢 2单元 501室", "长塘里", "3", "2", "501", true},
		{"长塘里３幢２单元５０１室", "长塘里", "3", "2", "501", true},
		{"3-2-501", "", "3", "2", "501", true},
		{"03-02-0501", "", "3", "2", "501", true},
		{"3—2—501", "", "3", "2", "501", true},
		{"3/2/501", "", "3", "2", "501", true},
		{"3、2、501", "", "3", "2", "501", true},
		{"3 2 501", "", "3", "2", "501", true},
		{"长塘里3-2-501", "长塘里", "3", "2", "501", true},
		{"3号楼501", "", "3", "", "501", true},
		{"25号楼602", "", "25", "", "602", true},
		{"友园12号楼404", "友园", "12", "", "404", true},
		{"12-404", "", "12", "", "404", true},
		{"12-404室", "", "12", "", "404", true},
		{"三号楼二单元五零一", "", "3", "2", "501", true},
		{"十二号楼一单元一千", "", "12", "1", "", false},
		{"二十三幢五〇一室", "", "23", "", "501", true},
		{"一百零三号楼101", "", "103", "", "101", true},
		{"五一新村3幢101", "五一新村", "3", "", "101", true},
		{"三里亭七幢二〇二", "三里亭", "7", "", "202", true},
		{"3号楼2-501", "", "3", "2", "501", true},
		{"3幢2-501室", "", "3", "2", "501", true},
		{"3#2-501", "", "3", "2", "501", true},
		{"3#楼501", "", "3", "", "501", true},
		{"A座1203", "", "A", "", "1203", true},
		{"汇金商务楼A座1203", "汇金商务楼", "A", "", "1203", true},
		{"长塘路12弄5号501室", "长塘路12弄", "5", "", "501", true},
		{"长塘路12弄3支弄5号501", "长塘路12弄3支弄", "5", "", "501", true},
		{"12弄3支弄5号", "12弄3支弄", "5", "", "", true},
		{"友园别墅12号", "友园别墅", "12", "", "", true},
		{"明洲市明洲区澄塘街道长塘社区长塘里3幢2单元501室", "长塘里", "3", "2", "501", true},
		{"澄塘街道长塘社区3幢501", "长塘", "3", "", "501", true},
		{"浙江省明洲市明洲区长塘里3幢501", "长塘里", "3", "", "501", true},
		{"长塘小区3幢501", "长塘小区", "3", "", "501", true},
		{"3号楼5楼501", "", "3", "", "501", true},
		{"3幢5层1室", "", "3", "", "501", true},
		{"3幢5楼601", "", "3", "", "601", false},
		{"3幢2单元", "", "3", "2", "", false},
		{"3幢501A", "", "3", "", "501A", true},
		{"12B幢501", "", "12B", "", "501", true},
		{"长塘里3幢2单元501室(租户)", "长塘里", "3", "2", "501", true},
		{"2单元501", "", "", "2", "501", false},
		{"501室", "", "", "", "501", false},
		{"3-27", "", "3", "", "27", false},
		{"3幢5O1室", "", "", "", "", false},
		{"3-2-5ol", "", "", "", "", false},
		{"长塘里", "", "", "", "", false},
		{"", "", "", "", "", false},
		{"不知道", "", "", "", "", false},
		{"3幢501隔壁车库", "", "3", "", "501", false},
	} {
		a := Parse(c.raw)
		if a.Estate != c.estate || a.Building != c.b || a.Unit != c.u || a.Room != c.r || a.Sure() != c.sure {
			t.Errorf("Parse(%q) = %+v; want %q %q %q %q sure=%v", c.raw, a, c.estate, c.b, c.u, c.r, c.sure)
		}
		if !a.Sure() && (a.Hint == "" || a.HintEN == "") {
			t.Errorf("Parse(%q) is unsure and says nothing: %+v", c.raw, a)
		}
	}
}

func TestOneDoorOneForm(t *testing.T) {
	want := "长塘里3-2-501"
	for _, s := range []string{"长塘里3幢2单元501室", "长塘里3-2-501", "长塘里三号楼二单元五零一", "长塘里０３栋２单元０５０１",
		"澄塘街道长塘社区长塘里3号楼2单元501", "长塘里 3#2-501", "长塘里3幢2单元5层501室", want} {
		if got := Parse(s).Canonical(); got != want {
			t.Errorf("%q → %q", s, got)
		}
	}
	if got := ParseWith("长塘3-2-501", map[string]string{"长塘": "长塘里"}).Canonical(); got != want {
		t.Error(got)
	}
	if Parse("长塘里3幢501").Canonical() == Parse("长塘里3幢5单元1").Canonical() {
		t.Error("a missing unit must not be confused with another door")
	}
}

func TestLettersAreSuggestedNotApplied(t *testing.T) {
	a := Parse("3幢5O1室")
	if !strings.Contains(a.Hint, "3幢501室") || !strings.Contains(a.HintEN, "3幢501室") || a.Room != "" {
		t.Errorf("%+v", a)
	}
	for _, ok := range []string{"3幢501A", "A座101", "B1-101", "12B幢501"} {
		if zh, _ := Mistyped(ok); zh != "" {
			t.Errorf("%q is well written: %s", ok, zh)
		}
	}
}

func TestNumber(t *testing.T) {
	for in, want := range map[string]string{"03幢": "3", "２单元": "2", "五零一室": "501", "3.0": "3", "十二": "12", "a座": "A", "0": "0", "": "", " 501 ": "501", "3#": "3", "东户": "东"} {
		if got := Number(in); got != want {
			t.Errorf("Number(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestRanges(t *testing.T) {
	span := func(lo, hi int) (out []string) {
		for ; lo <= hi; lo++ {
			out = append(out, itoa(lo))
		}
		return
	}
	for _, c := range []struct {
		in   string
		want []string
	}{
		{"3-27", span(3, 27)},
		{"3～5", span(3, 5)},
		{"3、5、8", []string{"3", "5", "8"}},
		{"3，5,8号楼", []string{"3", "5", "8"}},
		{"1-3、7号楼", []string{"1", "2", "3", "7"}},
		{"1号楼至3号楼", span(1, 3)},
		{"1-9单号", []string{"1", "3", "5", "7", "9"}},
		{"A座、B座", []string{"A", "B"}},
		{"三号楼、五号楼", []string{"3", "5"}},
		{"5、5、5", []string{"5"}},
		{"27-3", nil},
		{"1-9999", nil},
		{"", nil},
		{"楼下", nil},
		{"3-2-501", nil},
	} {
		got, err := Ranges(c.in)
		if !slices.Equal(got, c.want) || (err == nil) != (c.want != nil) {
			t.Errorf("Ranges(%q) = %v, %v; want %v", c.in, got, err, c.want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"长塘里3幢2单元501室", "3-2-501", "三号楼二单元五零一", "12弄3支弄5号", "3幢5O1室", "友园别墅12号", "明洲市明洲区3-27"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a := Parse(s)
		if a.Confidence < 0 || a.Confidence > 1 {
			t.Fatalf("confidence %v", a.Confidence)
		}
		if !a.Sure() && a.Hint == "" {
			t.Fatalf("%q: unsure without a hint: %+v", s, a)
		}
		if a.Sure() && a.Building == "" {
			t.Fatalf("%q: sure without a building: %+v", s, a)
		}
		if a.Sure() && a.Estate == "" && a.Room != "" && isDigits(a.Building+a.Room) && (a.Unit == "" || isDigits(a.Unit)) {
			b := Parse(a.Canonical())
			if b.Building != a.Building || b.Unit != a.Unit || b.Room != a.Room {
				t.Fatalf("%q → %q → %+v", s, a.Canonical(), b)
			}
		}
		_ = Number(s)
	})
}

func FuzzRanges(f *testing.F) {
	for _, s := range []string{"3-27", "3、5、8", "1-9单号", "A座", "9999-1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		out, err := Ranges(s)
		if err == nil && (len(out) == 0 || len(out) > MaxRange) {
			t.Fatalf("%q gave %d buildings", s, len(out))
		}
	})
}
