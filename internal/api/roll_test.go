package api

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"shouwang/internal/access"
	"shouwang/internal/people"
	"shouwang/internal/store"
)

const rollHead = "编号,姓名,出生年份,工作电话,所在地编码,技能,已训,资格有效期至,本人手机,不方便做的,监护人,监护人电话,监护人同意,方便的时间,每天可服务小时,邮箱\n"

func helperNamed(t *testing.T, w *importWorld, name string) people.Helper {
	t.Helper()
	hs, err := w.store.HelpersUnder(context.Background(), "")
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range hs {
		if h.Name == name {
			return h
		}
	}
	t.Fatal("nobody is called " + name)
	return people.Helper{}
}

// A roll with all that a sign-up asks: written, sealed where it is private, given back
// by the export in columns that change nothing when they are read again, and refused
// line by line where it overlaps with somebody else.
func TestARollWithAllColumns(t *testing.T) {
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			w := newImportWorld(t, engine, true)
			w.post("places", "places.csv", []byte(smallTown))
			roll := rollHead + "V1,甲一,1980,12900000001,990203008001,做饭、开车,采样协助,2027-03-31,12900000011,不能爬楼,,,,周六 09:00-12:00,4,jia@example.cn\n" +
				",小文,2011-05-06,,990203008001,,,,12900000012,,文妈,12900000013,是,,2,\n" +
				",小武,2011-05-06,,990203008001,,,,12900000014,,,,,,2,\n" +
				"V4,丁四,1980,,990203008001,变戏法,,,,,,,,,2,\n"
			r := w.post("helpers", "名册.csv", []byte(roll), "dry_run=true")
			if r.Inserted != 2 || w.store.Last() == 0 {
				t.Fatalf("dry run %+v", r)
			}
			if hs, _ := w.store.HelpersUnder(context.Background(), ""); len(hs) != 0 {
				t.Fatal("a dry run wrote")
			}
			r = w.post("helpers", "名册.csv", []byte(roll))
			if r.Inserted != 2 || r.Rejected != 2 || r.Rejects[0].Row != 4 || r.Rejects[0].Code != "SW-1733" || r.Rejects[1].Row != 5 || r.Rejects[1].Code != "SW-1359" || !strings.Contains(r.Rejects[1].Reason, "变戏法") {
				t.Fatalf("%+v", r)
			}
			a, young := helperNamed(t, w, "甲一"), helperNamed(t, w, "小文")
			p, err := w.store.OpenHelper(context.Background(), &a, store.HelperPhone, store.HelperLimits, store.HelperMail)
			if err != nil || p.Mail != "jia@example.cn" || p.Phone != "12900000011" || strings.Join(p.Limits, "") != "stairs" || strings.Join(a.Skills, " ") != "cook drive" || a.Recruited != "import" || len(a.Available) != 1 {
				t.Fatalf("%+v %+v %v", a, p, err)
			}
			if end := time.Date(2027, 3, 31, 16, 0, 0, 0, time.UTC); len(a.Passes) != 1 || !a.Passes[0].Until.Equal(end) || a.Passes[0].Source != "import 名册.csv" {
				t.Fatalf("%+v", a.Passes)
			}
			if !strings.HasPrefix(young.Number, "V") || len(young.Number) != 11 || !young.Minor(w.now) || young.Guarded.IsZero() {
				t.Fatalf("%+v", young)
			}

			last := w.store.Last()
			again := w.post("helpers", "名册.csv", []byte(roll))
			if again.Unchanged != 2 || again.Rejected != 2 || again.Inserted+again.Updated != 0 {
				t.Fatalf("the same roll again %+v", again)
			}
			if now := helperNamed(t, w, "甲一"); now.Version != a.Version || len(now.Passes) != 1 {
				t.Fatalf("the same roll again wrote: %+v, journal %d after %d", now, w.store.Last(), last)
			}
			clash := "编号,姓名,工作电话,所在地编码,本人手机\nV1,别人,12900000099,990203008001,\nV5,戊五,,990203008001,12900000011\nV6,己六,,990203008001,\nV6,己七,,990203008001,\n"
			r = w.post("helpers", "别的名册.csv", []byte(clash))
			var codes []string
			for _, x := range r.Rejects {
				codes = append(codes, fmt.Sprint(x.Row, " ", x.Code))
			}
			if got := strings.Join(codes, ", "); got != "2 SW-1792, 3 SW-1793, 4 SW-1792, 5 SW-1792" || r.Rejected != 4 {
				t.Fatalf("%s: %+v", got, r)
			}

			if r = w.post("helpers", "邮箱.csv", []byte("编号,姓名,所在地编码,邮箱\nV1,甲一,990203008001,not an address\n")); r.Rejected != 1 || r.Rejects[0].Column != "邮箱" {
				t.Fatalf("%+v", r)
			}

			community := w.as(access.Community, "990203008001")
			for query, want := range map[string]int{"?purpose=assign": 200, "": 422, "?purpose=fun": 422, "?purpose=assign&with=birthday": 422} {
				if code, body := community.do("GET", "/exports/helpers.csv"+query, nil); code != want {
					t.Errorf("%q: %d %.200s", query, code, body)
				}
			}
			if code, _ := w.as(access.Gridworker, "990203008001-01").do("GET", "/exports/helpers.csv?purpose=assign", nil); code != http.StatusForbidden {
				t.Errorf("a grid worker took the roll: %d", code)
			}
			_, open := community.do("GET", "/exports/helpers.csv?purpose=assign", nil)
			for _, secret := range []string{"12900000011", "12900000013", "不能爬楼", "文妈", "jia@example.cn"} {
				if strings.Contains(string(open), secret) {
					t.Errorf("%s stands in an export without it:\n%s", secret, open)
				}
			}
			for _, lang := range []string{"zh", "en"} {
				_, full := community.do("GET", "/exports/helpers.csv?purpose=assign&with=phone,mail,limits,guardian", nil, "Accept-Language", lang)
				if !strings.Contains(string(full), "12900000011") || !strings.Contains(string(full), "jia@example.cn") {
					t.Fatalf("%s", full)
				}
				if r := w.post("helpers", "导出.csv", full); r.Unchanged != 2 || r.Rows != 2 {
					t.Errorf("%s: its own export changed the roll: %+v\n%s", lang, r, full)
				}
			}
			looks := 0
			es, err := w.store.Entries(context.Background(), 0, 1000)
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range es {
				if e.Verb == "helpers.exported" {
					looks++
				}
			}
			if looks != 4 {
				t.Errorf("%d exports kept, not 4", looks)
			}
		})
	}
}
