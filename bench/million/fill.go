package main

import (
	"fmt"
	"net/url"
	"strings"
	"time"

	"shouwang/internal/app"
	"shouwang/internal/identity"
)

// The shape of a subdistrict, near that of the demonstration: 646 micro-grids of
// one building and eighty doors each, two and a half people a door.
const (
	communities = 17
	buildings   = 38
	doors       = 80
	helpers     = 260 // a community
)

func communityCode(s, c int) string { return fmt.Sprintf("3302%02d%03d%03d", s/40+1, s%40+1, c+1) }

// fill imports everything by the public operations.
func (b *bench) fill(subdistricts int) error {
	start := time.Now()
	people, took := 0, map[string]float64{}
	for s := range subdistricts {
		sec, err := timed(func() error { return b.load("places", fmt.Sprintf("places-%d.csv", s), placesOf(s)) })
		if err != nil {
			return err
		}
		took["places"] += sec
		for c := range communities {
			rows, n := residentsOf(s, c)
			sec, err := timed(func() error { return b.load("residents", communityCode(s, c)+".csv", rows) })
			if err != nil {
				return err
			}
			took["residents"] += sec
			people += n
		}
		if sec, err = timed(func() error { return b.load("helpers", fmt.Sprintf("helpers-%d.csv", s), helpersOf(s)) }); err != nil {
			return err
		}
		took["helpers"] += sec
		b.show("filled", map[string]any{"subdistricts": s + 1, "people": people, "seconds": time.Since(start).Seconds()})
	}
	b.show("import", map[string]any{"people": people, "doors": subdistricts * communities * buildings * doors, "seconds": time.Since(start).Seconds(),
		"places_seconds": took["places"], "residents_seconds": took["residents"], "helpers_seconds": took["helpers"]})
	return nil
}

func (b *bench) load(kind, name, rows string) error {
	r, err := b.Author.Do(b.ctx, app.Request{Method: "POST", Path: "/imports/" + kind, Body: []byte(rows), Header: map[string]string{"File-Name": url.PathEscape(name)}})
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	var out struct {
		Rows, Rejected int
		Rejects        []struct{ Column, Reason string }
	}
	if err := r.Decode(&out); err != nil {
		return err
	}
	if out.Rejected > 0 {
		return fmt.Errorf("%s: %d of %d rows rejected, e.g. %+v", name, out.Rejected, out.Rows, out.Rejects[0])
	}
	return nil
}

func placesOf(s int) string {
	var b strings.Builder
	b.WriteString("地点编码,类型,名称,上级编码,小区,楼号,单元数,层数,每层户数\n")
	district, subdistrict := fmt.Sprintf("3302%02d", s/40+1), fmt.Sprintf("3302%02d%03d000", s/40+1, s%40+1)
	if s == 0 {
		b.WriteString("3302,市,甲市,,,,,,\n")
	}
	if s%40 == 0 {
		fmt.Fprintf(&b, "%s,区,%d区,3302,,,,,\n", district, s/40+1)
	}
	fmt.Fprintf(&b, "%s,街道,%d号街道,%s,,,,,\n", subdistrict, s+1, district)
	for c := range communities {
		code := communityCode(s, c)
		fmt.Fprintf(&b, "%[1]s,社区,%[2]d社区,%[3]s,,,,,\n%[1]s-01,网格,一网格,%[1]s,,,,,\n", code, s*100+c+1, subdistrict)
		for n := range buildings {
			fmt.Fprintf(&b, "%[1]s-01-%03[2]d,微网格,%[2]d号微网格,%[1]s-01,,,,,\n%[1]s-B%03[2]d,楼栋,%[3]s%[2]d号楼,%[1]s-01-%03[2]d,%[3]s,%[2]d,2,10,4\n", code, n+1, estate(s, c))
		}
	}
	return b.String()
}

// estate is a name that no other community has, without digits.
func estate(s, c int) string {
	const signs = "东西南北中春夏秋冬金木水火土山川林田云雨"
	r := []rune(signs)
	n := s*communities + c
	return string([]rune{r[n/400%20], r[n/20%20], r[n%20]}) + "里"
}

// residentsOf writes the register of a community: invented people with identity
// number and phone, every twentieth with somebody to be cared for.
func residentsOf(s, c int) (string, int) {
	var b strings.Builder
	b.WriteString("小区,楼号,单元,室,姓名,性别,身份证号,与户主关系,联系电话,居住情况,特殊群体\n")
	const surnames, given = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨", "安平文华建国明芳静秀英伟敏丽强磊"
	first, last := []rune(surnames), []rune(given)
	day := time.Date(1936, 1, 1, 0, 0, 0, 0, time.UTC)
	n := 0
	for d := range buildings * doors {
		for k := range 2 + d%2 {
			i := (s*communities+c)*buildings*doors*3 + d*3 + k // a number of its own among all
			born := day.AddDate(0, 0, i*7919%30000)
			body := fmt.Sprintf("%s0203%s%03d", identity.DemoRegion, born.Format("20060102"), i/30000%1000)
			group := ""
			if n%20 == 0 {
				group = "独居老人"
			}
			fmt.Fprintf(&b, "%s,%d,%d,%d,%c%c%c,%s,%s%c,%s,129%08d,自住,%s\n", estate(s, c), d/doors+1, d%doors/40+1, (d%40/4+1)*100+d%4+1,
				first[i%len(first)], last[i/16%len(last)], last[i/256%len(last)], []string{"女", "男"}[i/30000%2], body, identity.CheckDigit(body),
				[]string{"户主", "配偶", "子"}[k], i%100000000, group)
			n++
		}
	}
	return b.String(), n
}

func helpersOf(s int) string {
	var b strings.Builder
	b.WriteString("编号,姓名,性别,出生年份,工作电话,类别,所在地编码,会用手机,每天可服务小时\n")
	for c := range communities {
		for h := range helpers {
			kind := "志愿者"
			if h < 60 {
				kind = "社区工作者"
			}
			fmt.Fprintf(&b, "V%02d%02d%04d,志愿%d号,女,1980,,%s,%s,是,8\n", s, c, h, h+1, kind, communityCode(s, c))
		}
	}
	return b.String()
}
