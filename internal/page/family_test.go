package page_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"shouwang/internal/api/apitest"
)

// A household lets a relative in at its door; they ask, follow and, where it was allowed,
// say that it is done. They never see what is confidential or what the household said
// itself; each look is at the door to read; it ends by its day, and at once when the
// household or the desk says so.
func TestARelativeActsForAHousehold(t *testing.T) {
	onEach(t, func(t *testing.T, s *scene) {
		door := s.code(apitest.Door)
		mustNot(t, "house", s.open(s.code(apitest.Building)).Body.String(), "/family?")
		if w := s.open(s.code(apitest.Building) + "/family"); w.Code != 404 {
			t.Error("a house lets relatives in:", w.Code)
		}
		mustHave(t, "door", s.open(door).Body.String(), door+"/family?lang=zh")
		form := url.Values{"name": {"陈小芳"}, "relation": {"daughter"}, "purpose": {"替妈妈求助"}, "days": {"90"}, "confirm": {"1"}, "slip": {"one"}}
		for field, bad := range map[string]string{"name": "陈", "relation": "stranger", "purpose": "", "days": "4000"} {
			f := url.Values{}
			for k, v := range form {
				f[k] = v
			}
			f.Set(field, bad)
			if w := s.send(door+"/family", f); w.Code != 422 || !strings.Contains(w.Body.String(), "请补上："+map[string]string{"days": "until"}[field]) {
				t.Errorf("%s %q: %d", field, bad, w.Code)
			}
		}
		w := s.send(door+"/family", form)
		if w.Code != 303 {
			t.Fatal(w.Code, text(w.Body.String()))
		}
		if again := s.send(door+"/family", form); again.Header().Get("Location") != w.Header().Get("Location") {
			t.Error("the same slip let in two")
		}
		made := s.open(w.Header().Get("Location")).Body.String()
		mustHave(t, "made", text(made), "女儿 陈**", "能替我说", "替妈妈求助")
		mustNot(t, "made", made, "陈小芳")
		kin := made[strings.Index(made, "https://sw.example/k/")+len("https://sw.example"):]
		kin = kin[:strings.IndexAny(kin, "<\"")]
		s.Pass(20 * time.Minute)
		mustNot(t, "later", s.open(w.Header().Get("Location")).Body.String(), kin)

		// what the household asks itself stays with it
		s.send(door+"/need", url.Values{"item": {"medicine"}, "slip": {"own"}})
		before := s.Store.Last()
		home := s.open(kin).Body.String()
		mustHave(t, "home", text(home), "陈小芳，您好", "还没有代提的事", "要人帮忙")
		mustNot(t, "home", text(home), "保密", "搭把手", "有异议")
		es := s.Entries(before)
		if len(es) != 1 || es[0].Verb != "kin.looked" || es[0].Thing != "looks" || !strings.HasPrefix(es[0].Actor, "kin:") || strings.Contains(string(es[0].Payload), "陈") {
			t.Errorf("the look: %+v", es)
		}
		mustHave(t, "who looked", text(s.open(door).Body.String()), "家人（您请的）")
		for _, item := range []string{"counselling", "neighbour-help", "appeal", "nothing"} {
			if w := s.send(kin, url.Values{"item": {item}, "slip": {item}}); w.Code != 422 {
				t.Errorf("%s: %d", item, w.Code)
			}
		}
		w = s.send(kin, url.Values{"item": {"ask"}, "slip": {"one"}})
		if w.Code != 303 || !strings.HasPrefix(w.Header().Get("Location"), kin+"/") {
			t.Fatal(w.Code, w.Header(), text(w.Body.String()))
		}
		mine := w.Header().Get("Location")
		if w := s.send(mine, url.Values{"verb": {"note"}, "words": {"妈妈说灯坏了"}, "contact": {"13900001111"}}); w.Code != 303 {
			t.Fatal(w.Code, text(w.Body.String()))
		}
		mustHave(t, "mine", text(s.open(mine).Body.String()), "家人代 · 女儿 陈小芳", "家人替您说", "妈妈说灯坏了", "已登记")
		at := s.open(door + "/family").Body.String()
		mustHave(t, "asked", text(at), "家人代提的事", "要人帮忙")
		theirs := anchorTo(at, "/c/")
		id := caseAt.FindStringSubmatch(theirs)[1]
		mustHave(t, "household", text(s.open(theirs).Body.String()), "家人代 · 女儿 陈小芳", "家人替您说")
		var seen struct {
			Origin  string
			NotedBy string `json:"noted_by"`
			Kin     *struct{ Name, Relation string }
		}
		s.Get("community", "/cases/"+id).OK(&seen)
		if seen.Origin != "kin" || seen.Kin == nil || seen.Kin.Name != "陈小芳" || seen.Kin.Relation != "daughter" {
			t.Errorf("the desk reads %+v", seen)
		}
		s.Post("community", "/cases/"+id+"/take", apitest.J{}).OK()
		s.Post("community", "/cases/"+id+"/answer", apitest.J{"words": "灯换好了", "proof": "换灯", "met_by": "community"}).OK()
		mustHave(t, "answered", s.open(mine).Body.String(), `name="verb" value="confirm"`)
		if w := s.send(mine, url.Values{"verb": {"confirm"}, "rating": {"3"}}); w.Code != 303 {
			t.Fatal(w.Code, text(w.Body.String()))
		}
		mustHave(t, "closed", text(s.open(theirs).Body.String()), "您说办好了")

		// another door's, a wrong secret, a case of somebody else's
		other := strings.Replace(kin, "/k/", "/k/x", 1)
		for _, bad := range []string{other, kin + "x", kin + "/" + "nobody"} {
			if w := s.open(bad); w.Code != 404 {
				t.Errorf("%s: %d", bad, w.Code)
			}
		}
		own := s.send(door+"/need", url.Values{"item": {"ask"}, "slip": {"own2"}}).Header().Get("Location")
		if w := s.open(kin + "/" + caseAt.FindStringSubmatch(own)[1]); w.Code != 404 {
			t.Error("what the household asked itself:", w.Code)
		}
		for n := 0; ; n++ {
			if w := s.send(kin, url.Values{"item": {"nothing"}, "slip": {"many"}}); w.Code == 429 {
				break
			} else if n > 60 {
				t.Fatal("nothing holds back who taps without end")
			}
		}
		// the household ends it
		end := at[strings.Index(at, `name="end" value="`)+len(`name="end" value="`):]
		if w := s.send(door+"/family", url.Values{"end": {end[:strings.Index(end, `"`)]}}); w.Code != 303 {
			t.Fatal(w.Code)
		}
		for _, gone := range []string{kin, mine} {
			if w := s.open(gone); w.Code != 404 {
				t.Error("ended, and it opens:", w.Code)
			}
		}
		mustHave(t, "household still", text(s.open(theirs).Body.String()), "家人代")
	})
}

// On the household's word a desk lets a relative in who also follows what the household
// asks; without leave they do not say that it is done; its day ends it.
func TestADeskLetsARelativeIn(t *testing.T) {
	onEach(t, func(t *testing.T, s *scene) {
		door, at := s.code(apitest.Door), "/places/"+s.ID(apitest.Door)+"/kin"
		ask := apitest.J{"name": "陈小明", "relation": "son", "purpose": "住在外地，替父亲看进展", "follow": true, "until": s.Clock().AddDate(0, 1, 0).Format("2006-01-02")}
		if got := s.Post("lead", at, ask).Status; got != 403 {
			t.Error("403 it is, and came", got)
		}
		s.Post("community", at, apitest.J{"name": "陈小明", "relation": "son", "purpose": "看", "until": "2099-01-01"}).Refused("SW-2445")
		s.Post("community", "/places/"+s.ID(apitest.Building)+"/kin", ask).Refused("SW-2445")
		var made struct {
			Link string
			Item struct {
				ID      string
				State   string
				GivenBy string `json:"given_by"`
			}
		}
		s.Post("community", at, ask).OK(&made)
		if made.Item.State != "open" || made.Item.GivenBy == "" {
			t.Errorf("%+v", made)
		}
		s.send(door+"/need", url.Values{"item": {"counselling"}, "slip": {"secret"}})
		own := s.send(door+"/need", url.Values{"item": {"ask"}, "slip": {"own"}}).Header().Get("Location")
		s.send(own, url.Values{"verb": {"note"}, "words": {"腿疼得厉害"}})
		home := s.open(made.Link).Body.String()
		mustHave(t, "follows", text(home), "家里自己提的", "要人帮忙")
		mustNot(t, "follows", text(home), "聊聊")
		id := caseAt.FindStringSubmatch(own)[1]
		page := s.open(made.Link + "/" + id).Body.String()
		mustHave(t, "stages", text(page), "已登记", "这是家里自己提的")
		mustNot(t, "stages", page, "腿疼", `name="verb"`)
		for _, verb := range []string{"note", "confirm", "withdraw"} {
			if w := s.send(made.Link+"/"+id, url.Values{"verb": {verb}, "words": {"我来说"}}); w.Code != 422 || !strings.Contains(w.Body.String(), "家里没有让您做") {
				t.Errorf("%s of theirs: %d", verb, w.Code)
			}
		}
		for n := 0; n < 3; n++ {
			s.Post("community", at, ask).OK()
		}
		s.Post("community", at, ask).Refused("SW-2446")
		mine := s.send(made.Link, url.Values{"item": {"ask"}, "slip": {"one"}}).Header().Get("Location")
		kase := mine[strings.LastIndex(mine, "/")+1 : strings.Index(mine, "?")]
		s.Post("community", "/cases/"+kase+"/take", apitest.J{}).OK()
		s.Post("community", "/cases/"+kase+"/answer", apitest.J{"words": "来过了", "proof": "上门", "met_by": "community"}).OK()
		mustHave(t, "not theirs to say", text(s.open(mine).Body.String()), "要家里人自己说办好了才算")
		if w := s.send(mine, url.Values{"verb": {"confirm"}, "rating": {"3"}}); w.Code != 422 {
			t.Error("said without leave:", w.Code)
		}
		var list struct{ Total int }
		s.Get("community", at).OK(&list)
		if list.Total != 4 {
			t.Error(list.Total)
		}
		s.Post("community", "/kin/"+made.Item.ID+"/end", apitest.J{}).OK()
		s.Post("community", "/kin/"+made.Item.ID+"/end", apitest.J{}).Refused("SW-2449")
		if w := s.open(made.Link); w.Code != 404 {
			t.Error("ended, and it opens:", w.Code)
		}
		s.Post("community", at, ask).OK(&made)
		s.Pass(33 * 24 * time.Hour)
		if w := s.open(made.Link); w.Code != 404 {
			t.Error("past its day, and it opens:", w.Code)
		}
		if w := s.send(made.Link, url.Values{"item": {"ask"}, "slip": {"late"}}); w.Code != 404 {
			t.Error("past its day, and it asks:", w.Code)
		}
	})
}

// anchorTo is the first address on a page that begins so.
func anchorTo(body, begins string) string {
	for _, m := range anchor.FindAllStringSubmatch(body, -1) {
		if to := strings.ReplaceAll(m[1], "&amp;", "&"); strings.HasPrefix(to, begins) {
			return to
		}
	}
	return ""
}
