package api_test

import (
	"net/url"
	"strings"
	"testing"

	"shouwang/internal/access"
	"shouwang/internal/api/apitest"
)

type qrList struct {
	Items []struct {
		PlaceID, Kind, Path string
		PlaceId             string `json:"place_id"`
		Version             int64
	}
	Total int
	Next  string
}

func TestCodesAreIssuedOnceAndReplacedOneByOne(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		id := w.ID(apitest.Building)
		doors := len(w.Doors(apitest.Building))
		var did struct{ Places, Issued, Kept int }
		w.Post("community", "/places/"+id+"/qr", j{}).OK(&did)
		if did.Places != doors+1 || did.Issued != doors+1 || did.Kept != 0 {
			t.Fatalf("a building and its %d doors: %+v", doors, did)
		}
		w.Post("community", "/places/"+id+"/qr", j{"kinds": []string{"building"}}).OK(&did)
		if did.Issued != 0 || did.Kept != 1 {
			t.Errorf("issuing again: %+v", did)
		}
		var page qrList
		w.Get("community", "/places/"+id+"/qr?kinds=building").OK(&page)
		if page.Total != 1 || !strings.HasPrefix(page.Items[0].Path, "/r/") || len(page.Items[0].Path) != 25 {
			t.Fatalf("the building's code: %+v", page)
		}
		old := page.Items[0].Path
		var again qrList
		w.Get("community", "/places/"+id+"/qr?kinds=building").OK(&again)
		if again.Items[0].Path != old {
			t.Error("a label printed again shows another code")
		}
		replaced := w.Post("community", "/places/"+id+"/qr/replace", nil).OK()
		if strings.Contains(string(replaced.Body), "/r/") {
			t.Error("a receipt holds a token")
		}
		w.Get("community", "/places/"+id+"/qr?kinds=building").OK(&again)
		if again.Items[0].Path == old || again.Items[0].Version != 2 {
			t.Errorf("after replacing: %+v", again.Items[0])
		}
		for path, want := range map[string]bool{old: false, again.Items[0].Path: true} {
			if _, ok, err := w.Store.QRByHash(t.Context(), access.HashQR(strings.TrimPrefix(path, "/r/"))); err != nil || ok != want {
				t.Errorf("%s opens: %v %v", path, ok, err)
			}
		}
		n := 0
		for cursor := ""; ; cursor = page.Next {
			page = qrList{}
			w.Get("community", "/places/"+id+"/qr?limit=7&cursor="+url.QueryEscape(cursor)).OK(&page)
			if n += len(page.Items); page.Next == "" {
				break
			}
		}
		if n != doors+1 {
			t.Errorf("pages of seven hold %d of %d", n, doors+1)
		}
		w.Post("community", "/places/"+w.ID(apitest.Building2)+"/qr/replace", nil).Refused("SW-2101")
		w.Post("community", "/places/"+id+"/qr", j{"kinds": []string{"unit"}}).Refused("SW-1001")
		w.Post("lead", "/places/"+id+"/qr", j{}).Refused("SW-1011")
	})
}

func TestThePublicCardIsCheckedAndInherited(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		at := "/places/" + w.ID(apitest.Community) + "/contact"
		put := func(as, path string, body any) *apitest.Answer {
			return w.Send(apitest.Call{As: as, Method: "PUT", Path: path, Body: body})
		}
		put("community", at, j{"phone": "ask me"}).Refused("SW-1150")
		put("lead", at, j{"phone": "8800 6100"}).Refused("SW-1010")
		put("community", at, j{"phone": "8800 6100", "updates": []string{"08:30", "20:00"}, "appeal_to": j{"zh": "区指挥部", "en": "District command"}, "appeal_days": 3}).OK()
		var got struct {
			PlaceID string `json:"place_id"`
			Version int64
			Card    struct {
				Phone    string
				AppealTo struct{ ZH, EN string } `json:"appeal_to"`
			}
		}
		w.Get("lead", "/places/"+w.ID(apitest.Building)+"/contact").OK(&got)
		if got.PlaceID != w.ID(apitest.Community) || got.Version != 0 || got.Card.Phone != "8800 6100" || got.Card.AppealTo.EN != "District command" {
			t.Errorf("a building has its community's card: %+v", got)
		}
		w.Get("community", at).OK(&got)
		if got.Version != 1 {
			t.Errorf("the own card: %+v", got)
		}
		put("community", at, j{"phone": "1"}).Refused("SW-1801")
		put("community", at, j{"phone": "8800 6101", "base_version": 1}).OK()
	})
}
