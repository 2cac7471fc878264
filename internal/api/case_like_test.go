package api_test

import (
	"strings"
	"testing"
	"time"

	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
)

// Before a case is opened whoever writes it down sees the open one of the same item at
// the same door and those of the same telephone, never one told in confidence or one
// they may not know of; the telephone stands in no entry, and the look does.
func TestLikeCasesAreShownBeforeOneIsOpened(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		doors := w.Doors(apitest.Building)
		open := func(as, item, place, contact string) api.Case {
			t.Helper()
			w.Pass(time.Minute)
			var c api.Case
			w.Post(as, "/cases", j{"item": item, "place_id": place, "words": "请帮忙", "contact": contact, "origin": "phone"}).OK(&c)
			return c
		}
		same := open("community", "medicine", doors[0].ID, "")
		other := open("community", "repair", doors[0].ID, "")
		called := open("community", "ask", doors[1].ID, "陈某 129-0000-3333")
		open("community", "counselling", doors[0].ID, "12900003333")
		done := open("community", "medicine", doors[0].ID, "12900003333")
		w.Post("community", "/cases/"+done.ID+"/withdraw", j{"words": "不用了"}).OK()

		like := func(as, item, contact string) string {
			t.Helper()
			var list api.Items[api.CaseLike]
			w.Post(as, "/cases/like", j{"item": item, "place_id": doors[0].ID, "contact": contact}).OK(&list)
			var out []string
			for _, x := range list.Items {
				s := map[string]string{same.ID: "same", other.ID: "other", called.ID: "called"}[x.Case.ID]
				if x.Case.Words+x.Case.Contact+x.Case.Link != "" {
					t.Error("words came along")
				}
				out = append(out, s+map[bool]string{true: "="}[x.Same]+map[bool]string{true: "@"}[x.Door]+map[bool]string{true: "#"}[x.Phone])
			}
			return strings.Join(out, " ")
		}
		for _, c := range []struct{ as, item, contact, want string }{
			{"community", "medicine", "", "same=@ other@"},
			{"community", "medicine", "找陈某，１２９ ００００ ３３３３", "same=@ called# other@"},
			{"community", "counselling", "12900003333", "called# same@ other@"},
			{"community", "repair", "12900004444", "other=@ same@"},
			{"property", "repair", "12900003333", "other=@"}, // what they may not know of is not there
		} {
			if got := like(c.as, c.item, c.contact); got != c.want {
				t.Errorf("%+v: %q", c, got)
			}
		}
		w.Post("inspector", "/cases/like", j{"item": "ask", "place_id": doors[0].ID, "contact": "12900003333"}).Refused("SW-1011")
		w.Post("community", "/cases/like", j{"item": "ask", "place_id": w.ID(apitest.Community2), "contact": "12900003333"}).Refused("SW-1010")
		looks := 0
		for _, e := range w.Entries(0) {
			if e.Verb == "case.sought" {
				looks++
			}
			if strings.Contains(string(e.Payload), "3333") {
				t.Errorf("the telephone stands in %+v", e)
			}
		}
		if looks != 4 {
			t.Errorf("%d looks by telephone are recorded", looks)
		}
	})
}
