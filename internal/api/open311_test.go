package api_test

import (
	"context"
	"encoding/json"
	"encoding/xml"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
	"shouwang/internal/need"
)

// geo is what an Open311 client reads of an answer, in either form.
type geo struct {
	ID          string  `xml:"service_request_id" json:"service_request_id"`
	Token       string  `xml:"token" json:"token"`
	Code        string  `xml:"service_code" json:"service_code"`
	Name        string  `xml:"service_name" json:"service_name"`
	Status      string  `xml:"status" json:"status"`
	Notes       *string `xml:"status_notes" json:"status_notes"`
	Description *string `xml:"description" json:"description"`
	Address     *string `xml:"address" json:"address"`
	AddressID   *string `xml:"address_id" json:"address_id"`
	Notice      *string `xml:"service_notice" json:"service_notice"`
}

func orNone(t *string) string {
	if t == nil {
		return ""
	}
	return *t
}

// caller is a system outside of ours with its key.
type caller struct {
	w   *apitest.World
	key string
}

func (o caller) send(method, path string, form url.Values) *httptest.ResponseRecorder {
	o.w.T.Helper()
	if form == nil {
		form = url.Values{}
	}
	if o.key != "" {
		form.Set("api_key", o.key)
	}
	var r *http.Request
	if method == "POST" {
		r = httptest.NewRequestWithContext(context.Background(), method, "/open311/v2/"+path, strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
	} else {
		r = httptest.NewRequestWithContext(context.Background(), method, "/open311/v2/"+path+"?"+form.Encode(), nil)
	}
	rec := httptest.NewRecorder()
	o.w.API.Open311().ServeHTTP(rec, r)
	return rec
}

// both reads one answer in JSON and in XML and holds them alike.
func (o caller) both(path string, form url.Values) []geo {
	o.w.T.Helper()
	var a []geo
	var b struct {
		Requests []geo `xml:"request"`
		Services []geo `xml:"service"`
	}
	j, x := o.send("GET", path+".json", form), o.send("GET", path+".xml", form)
	if j.Code != 200 || x.Code != 200 || !strings.HasPrefix(x.Header().Get("Content-Type"), "text/xml") || !strings.HasPrefix(j.Header().Get("Content-Type"), "application/json") {
		o.w.T.Fatalf("%s: %d %s\n%d %s", path, j.Code, j.Body, x.Code, x.Body)
	}
	o.w.Must(json.Unmarshal(j.Body.Bytes(), &a))
	o.w.Must(xml.Unmarshal(x.Body.Bytes(), &b))
	out := append(b.Requests, b.Services...)
	if len(out) != len(a) {
		o.w.T.Fatalf("%s: %d in JSON, %d in XML\n%s\n%s", path, len(a), len(out), j.Body, x.Body)
	}
	for i := range out {
		if out[i].ID != a[i].ID || out[i].Code != a[i].Code || orNone(out[i].Description) != orNone(a[i].Description) || orNone(out[i].Address) != orNone(a[i].Address) {
			o.w.T.Fatalf("%s: %+v\n%+v", path, a[i], out[i])
		}
	}
	return a
}

// refused says that a call is refused with a status and a code, in both forms.
func (o caller) refused(method, path string, form url.Values, status int, code string) {
	o.w.T.Helper()
	var a []struct {
		Code        int
		Description string
	}
	var b struct {
		Error []struct {
			Code        int    `xml:"code"`
			Description string `xml:"description"`
		} `xml:"error"`
	}
	j, x := o.send(method, path+".json", form), o.send(method, path+".xml", form)
	o.w.Must(json.Unmarshal(j.Body.Bytes(), &a))
	o.w.Must(xml.Unmarshal(x.Body.Bytes(), &b))
	if j.Code != status || x.Code != status || len(a) != 1 || len(b.Error) != 1 || a[0].Code != status || b.Error[0].Code != status || !strings.HasPrefix(a[0].Description, code+" ") || !strings.HasPrefix(b.Error[0].Description, code+" ") {
		o.w.T.Fatalf("%s %s: expected %d %s\n%d %s\n%d %s", method, path, status, code, j.Code, j.Body, x.Code, x.Body)
	}
}

func (o caller) posts(form url.Values) geo {
	o.w.T.Helper()
	var a []geo
	r := o.send("POST", "requests.json", form)
	if r.Code != 200 {
		o.w.T.Fatalf("%d %s", r.Code, r.Body)
	}
	o.w.Must(json.Unmarshal(r.Body.Bytes(), &a))
	if len(a) != 1 || !need.ValidNumber(a[0].ID) {
		o.w.T.Fatalf("%s", r.Body)
	}
	return a[0]
}

// outside issues a key as the command does.
func outside(w *apitest.World, name, place string, items ...string) (caller, api.OutsideKey) {
	w.T.Helper()
	var made api.OutsideIssued
	w.Post("commander", "/places/"+w.ID(apitest.Subdistrict)+"/outside-keys", j{"name": name, "place_ids": []string{w.ID(place)}, "items": items,
		"until": w.Clock().AddDate(0, 1, 0).Format("2006-01-02")}).OK(&made)
	return caller{w, made.Key}, made.Item
}

func cases(w *apitest.World) int {
	var list api.Items[api.Case]
	w.Get("commander", "/cases").OK(&list)
	return len(list.Items)
}

func TestASystemOutsideTellsANeedAndFollowsIt(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		hot, key := outside(w, "市热线平台", apitest.Community, "repair", "medicine", "garbage")
		public := caller{w, ""}
		door := w.Doors(apitest.Building)[0]

		services := hot.both("services", nil)
		if len(services) != 3 {
			t.Fatalf("%+v", services)
		}
		for _, x := range public.both("services", nil) {
			if x.Code == "counselling" || x.Code == "family-dispute" {
				t.Fatal("a confidential service is offered")
			}
		}
		if d := public.send("GET", "services/repair.json", nil); d.Body.String() != `{"service_code":"repair","attributes":[]}` {
			t.Fatalf("%s", d.Body)
		}

		form := url.Values{"service_code": {"repair"}, "address_id": {door.Code}, "description": {"厨房水管漏水"}, "first_name": {"某"}, "phone": {"13900001111"}, "reference": {"HT-7"}}
		made := hot.posts(form)
		if again := hot.posts(form); again.ID != made.ID || cases(w) != 1 {
			t.Fatalf("the same reference is another case: %+v %d", again, cases(w))
		}
		form.Set("description", "另一件事")
		hot.refused("POST", "requests", form, 409, "SW-2429")
		if tok := hot.both("tokens/HT-7", nil); len(tok) != 1 || tok[0].ID != made.ID || tok[0].Token != "HT-7" {
			t.Fatalf("%+v", tok)
		}

		var list api.Items[api.Case]
		w.Get("community", "/cases").OK(&list)
		var c api.Case
		w.Get("community", "/cases/"+list.Items[0].ID).OK(&c)
		if c.Number != made.ID || c.Origin != "open311" || c.NotedBy != "市热线平台" || c.Words != "厨房水管漏水" || c.Contact != "某 13900001111" || c.PlaceID != door.ID {
			t.Fatalf("%+v", c)
		}

		own := hot.both("requests/"+made.ID, nil)
		if len(own) != 1 || own[0].Status != "open" || orNone(own[0].Description) != "厨房水管漏水" || orNone(own[0].AddressID) != apitest.Building || strings.Contains(orNone(own[0].Address), door.Name+" ") {
			t.Fatalf("%+v", own)
		}
		other, _ := outside(w, "别的平台", apitest.Community, "repair")
		elsewhere, _ := outside(w, "邻社区平台", apitest.Community2, "repair")
		for who, o := range map[string]caller{"another key": other, "nobody": public} {
			got := o.both("requests/"+made.ID, nil)
			body := o.send("GET", "requests.json", nil).Body.String()
			if len(got) != 1 || orNone(got[0].Description) != "" || orNone(got[0].Notice) != "" || strings.Contains(body, "漏水") || strings.Contains(body, "/c/") || strings.Contains(body, "1390000") {
				t.Fatalf("%s reads %+v %s", who, got, body)
			}
		}
		if a := public.both("requests/"+made.ID, nil)[0]; orNone(a.Address) != "" || orNone(a.AddressID) != "" {
			t.Fatalf("everybody learns the house: %+v", a)
		}
		elsewhere.refused("GET", "requests/"+made.ID, nil, 404, "SW-2430")
		if got := elsewhere.both("requests", nil); len(got) != 0 {
			t.Fatalf("%+v", got)
		}

		// what residents asked at the door is seen by a key of the place, without a word; by nobody else
		id, token, err := w.API.OpenFor(t.Context(), door.ID, "medicine", "s")
		w.Must(err)
		w.Must(w.API.SayCase(t.Context(), id, token, need.Note, "胰岛素", "13800002222", 0))
		_, secret, err := w.API.OpenFor(t.Context(), door.ID, "counselling", "s2")
		w.Must(err)
		if got := hot.both("requests", nil); len(got) != 2 || strings.Contains(hot.send("GET", "requests.xml", nil).Body.String(), "胰岛素") {
			t.Fatalf("%+v %s", got, secret)
		}
		if got := public.both("requests", nil); len(got) != 1 {
			t.Fatalf("the public list holds what was not told through it: %+v", got)
		}
		if got := hot.both("requests", url.Values{"status": {"closed"}}); len(got) != 0 {
			t.Fatalf("%+v", got)
		}
		if got := hot.both("requests", url.Values{"service_code": {"repair"}}); len(got) != 1 || got[0].ID != made.ID {
			t.Fatalf("%+v", got)
		}

		w.Post("property", "/cases/"+c.ID+"/take", j{}).OK()
		w.Post("property", "/cases/"+c.ID+"/answer", j{"words": "换了水管", "met_by": "community"}).OK()
		if a := hot.both("requests/"+made.ID, nil)[0]; orNone(a.Notes) != "换了水管" || a.Status != "open" {
			t.Fatalf("%+v", a)
		}
		if a := other.both("requests/"+made.ID, nil)[0]; strings.Contains(orNone(a.Notes), "换了") {
			t.Fatalf("another system reads the answer: %+v", a)
		}

		var uses api.Items[api.OutsideUse]
		w.Get("commander", "/outside-keys/"+key.ID+"/uses").OK(&uses)
		opened := 0
		for _, u := range uses.Items {
			if u.Number == made.ID {
				opened++
			}
		}
		if opened != 1 || len(uses.Items) < 10 {
			t.Fatalf("%d uses kept, %d opened it", len(uses.Items), opened)
		}
	})
}

func TestAWrongCallFromOutsideChangesNothing(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		hot, key := outside(w, "市热线平台", apitest.Community, "repair", "garbage")
		at := apitest.Building
		form := func(kv ...string) url.Values {
			v := url.Values{"service_code": {"repair"}, "address_id": {at}, "description": {"门坏了"}}
			for i := 0; i < len(kv); i += 2 {
				v.Set(kv[i], kv[i+1])
			}
			return v
		}
		hot.refused("POST", "requests", form("service_code", "pony"), 404, "SW-2425")
		hot.refused("POST", "requests", form("service_code", "counselling"), 404, "SW-2425")
		hot.refused("POST", "requests", form("service_code", "medicine"), 404, "SW-2425") // there, but not for this key
		hot.refused("POST", "requests", form("service_code", ""), 400, "SW-2428")
		hot.refused("POST", "requests", form("description", "嗯"), 400, "SW-2428")
		hot.refused("POST", "requests", form("description", strings.Repeat("长", 1001)), 400, "SW-2428")
		hot.refused("POST", "requests", form("media_url", "javascript:alert(1)"), 400, "SW-2428")
		hot.refused("POST", "requests", form("address_id", "no-such"), 400, "SW-2427")
		hot.refused("POST", "requests", form("address_id", apitest.Community2), 400, "SW-2427") // not its place
		hot.refused("POST", "requests", form("address_id", "", "lat", "31.2", "long", "121.4"), 400, "SW-2427")
		hot.refused("POST", "requests", form("address_id", "", "lat", "x", "long", "y"), 400, "SW-2427")
		hot.refused("POST", "requests", form("address_id", "", "address_string", "月球路1号"), 400, "SW-2427")
		hot.refused("POST", "requests", form("address_id", ""), 400, "SW-2427")
		hot.refused("POST", "requests", form("jurisdiction_id", "city.gov"), 404, "SW-2426")
		hot.refused("POST", "requests", form("jurisdiction_id", apitest.Community2), 404, "SW-2426")
		hot.refused("GET", "services", url.Values{"jurisdiction_id": {"city.gov"}}, 404, "SW-2426")
		hot.refused("GET", "services/pony", nil, 404, "SW-2425")
		hot.refused("GET", "requests/000000000", nil, 404, "SW-2430")
		hot.refused("GET", "requests", url.Values{"status": {"late"}}, 400, "SW-2428")
		hot.refused("GET", "requests", url.Values{"start_date": {"yesterday"}}, 400, "SW-2428")
		hot.refused("GET", "tokens/none", nil, 404, "SW-2430")
		hot.refused("DELETE", "requests", nil, 404, "SW-1003")
		hot.refused("POST", "services", form(), 404, "SW-1003")
		caller{w, ""}.refused("POST", "requests", form(), 403, "SW-2421")
		caller{w, "swo_forged"}.refused("POST", "requests", form(), 403, "SW-2421")
		caller{w, w.Token("commander")}.refused("GET", "requests", nil, 403, "SW-2421")
		if n := cases(w); n != 0 {
			t.Fatal(n, "cases were opened by calls that were refused")
		}
		w.Pass(2 * time.Minute)
		hot.posts(form())
		w.Post("commander", "/outside-keys/"+key.ID+"/revoke", j{"why": ""}).Refused("SW-2424")
		w.Post("community", "/outside-keys/"+key.ID+"/revoke", j{"why": "不用了"}).Refused("SW-1010")
		w.Post("commander", "/outside-keys/"+key.ID+"/revoke", j{"why": "对方系统停用"}).OK()
		hot.refused("POST", "requests", form(), 403, "SW-2421")
		if n := cases(w); n != 1 {
			t.Fatal(n, "cases after the key was revoked")
		}
		ended, _ := outside(w, "一个月的平台", apitest.Community, "repair")
		w.Pass(40 * 24 * time.Hour)
		ended.refused("GET", "requests", nil, 403, "SW-2421")
	})
}

func TestAKeyOfASystemOutsideIsPaced(t *testing.T) {
	w := world(t)
	hot, _ := outside(w, "市热线平台", apitest.Community, "repair")
	for i := range 60 {
		if r := hot.send("GET", "services.json", nil); r.Code != 200 {
			t.Fatal(i, r.Code)
		}
	}
	r := hot.send("GET", "services.json", nil)
	if r.Code != 429 || r.Header().Get("Retry-After") == "" || !strings.Contains(r.Body.String(), "SW-2422") {
		t.Fatal(r.Code, r.Header(), r.Body)
	}
	w.Pass(2 * time.Second)
	if r := hot.send("GET", "services.json", nil); r.Code != 200 {
		t.Fatal("two seconds later:", r.Code)
	}
}

func TestOutsideKeysAreTheCommandsAndHidden(t *testing.T) {
	w := world(t)
	hot, key := outside(w, "市热线平台", apitest.Community, "repair")
	at := "/places/" + w.ID(apitest.Subdistrict) + "/outside-keys"
	good := j{"name": "平台", "place_ids": []string{w.ID(apitest.Community)}, "items": []string{"repair"}, "until": "2026-12-30"}
	for who, code := range map[string]string{"community": "SW-1010", "gridworker": "SW-1010", "lead": "SW-1010", "admin": "SW-1011"} {
		w.Post(who, at, good).Refused(code)
	}
	for field, bad := range map[string]any{"name": "x", "place_ids": []string{w.ID(apitest.Subdistrict2)}, "items": []string{"counselling"}, "until": "2036-01-01"} {
		body := j{}
		for k, v := range good {
			body[k] = v
		}
		body[field] = bad
		w.Post("commander", at, body).Refused("SW-2423")
	}
	if list := w.Get("commander", at).OK(); strings.Contains(string(list.Body), hot.key) || !strings.Contains(string(list.Body), key.ID) {
		t.Fatalf("%s", list.Body)
	}
	for _, e := range w.Entries(0) {
		if strings.Contains(string(e.Payload), hot.key) {
			t.Fatal("the journal holds a key")
		}
	}
	if strings.Contains(w.Log.String(), hot.key) {
		t.Fatal("the log holds a key")
	}
}

// A place is found by how people write it and by where it is drawn, never by a guess.
func TestThePlaceOfARequestIsFoundOrRefused(t *testing.T) {
	w := world(t)
	community := *w.Place(apitest.Community)
	community.Shape = `{"type":"Polygon","coordinates":[[[121.40,31.20],[121.50,31.20],[121.50,31.30],[121.40,31.30],[121.40,31.20]]]}`
	w.Change("place.drawn", &community, community.Version)
	grid := *w.Place(apitest.Grid)
	grid.Shape = `{"type":"Polygon","coordinates":[[[121.40,31.20],[121.45,31.20],[121.45,31.30],[121.40,31.30],[121.40,31.20]]]}`
	w.Change("place.drawn", &grid, grid.Version)
	hot, _ := outside(w, "市热线平台", apitest.Community, "repair")
	door := w.Doors(apitest.Building)[0]
	full := ""
	var p api.Place
	w.Get("commander", "/places/"+door.ID).OK(&p)
	house := w.Place(apitest.Building)
	full = w.Place(apitest.Community).Name + " " + house.Name
	for name, x := range map[string]struct {
		form url.Values
		want string
	}{
		"door":     {url.Values{"address_id": {door.Code}}, door.ID},
		"id":       {url.Values{"address_id": {door.ID}}, door.ID},
		"house":    {url.Values{"address_string": {full}}, house.ID},
		"inner":    {url.Values{"lat": {"31.25"}, "long": {"121.42"}}, grid.ID},
		"outer":    {url.Values{"lat": {"31.25"}, "long": {"121.48"}}, community.ID},
		"fallback": {url.Values{"address_string": {"某处"}, "lat": {"31.25"}, "long": {"121.48"}}, community.ID},
	} {
		x.form.Set("service_code", "repair")
		x.form.Set("description", name+"的事")
		got := hot.posts(x.form)
		k, _, err := w.Store.CaseByNumber(t.Context(), got.ID)
		w.Must(err)
		if k.PlaceID != x.want {
			t.Errorf("%s: %s, expected %s", name, k.PlaceID, x.want)
		}
	}
	hot.refused("POST", "requests", url.Values{"service_code": {"repair"}, "lat": {"32.25"}, "long": {"121.48"}}, 400, "SW-2427")
}
