package api_test

import (
	"context"
	"strings"
	"testing"

	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
	"shouwang/internal/store"
)

// Somebody is written into the roll at the desk: the number is made, what is
// private is sealed and shown by purpose alone, and each look is a line.
func TestAHelpersFile(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		var f api.HelperFile
		last := w.Store.Last()
		w.Post("community", "/helpers", j{"name": "  周阿林 ", "birth": "1985-03", "place_code": apitest.Community, "phone": "129 1234-0001", "skills": []string{"medic", "sign"},
			"hours": 4, "limits": []string{"lifting"}, "note": "腰不好", "consent": "2", "available": []j{{"day": 6, "from": 540, "to": 1080}}}).OK(&f)
		if f.Name != "周阿林" || f.Number == "" || f.Birth != 1985 || strings.Join(f.Sealed, ",") != "limits,phone" || f.Consent == "" || len(f.Missing) != 0 || !f.Reveal {
			t.Fatalf("%+v", f)
		}
		es := w.Entries(last)
		if len(es) != 1 || es[0].Verb != "helper.added" {
			t.Fatalf("%+v", es)
		}
		row, _, err := w.Store.Helper(context.Background(), f.ID)
		if err != nil || strings.Contains(string(row.Sealed.Phone), "1234") {
			t.Fatalf("%v %q", err, row.Sealed.Phone)
		}
		if by, err := w.Store.HelpersByPhone(context.Background(), "12912340001"); err != nil || len(by) != 1 || by[0].ID != f.ID {
			t.Fatalf("%v %v", by, err)
		}
		last = w.Store.Last()
		w.Post("gridworker", "/helpers/"+f.ID+"/reveal", j{"field": "phone", "purpose": "assign"}).Refused("SW-1010")
		w.Post("community", "/helpers/"+f.ID+"/reveal", j{"field": "phone", "purpose": "curious"}).Refused("SW-1738")
		if w.Store.Last() != last {
			t.Fatal("a refused look left a line")
		}
		var shown api.HelperRevealed
		w.Post("community", "/helpers/"+f.ID+"/reveal", j{"field": "phone", "purpose": "assign"}).OK(&shown)
		if es := w.Entries(last); shown.Phone != "12912340001" || len(shown.Limits) > 0 || len(es) != 1 || es[0].Verb != "helper.revealed" || es[0].Audience != "audit" {
			t.Fatalf("%+v %+v", shown, es)
		}
		w.Post("community", "/helpers/"+f.ID, j{"hours": 2, "phone": "12912340002", "reason": "换了号码", "base_version": 1}).OK(&f)
		w.Post("community", "/helpers/"+f.ID, j{"hours": 3, "base_version": 1}).Refused("SW-1801")
		w.Post("community", "/helpers/"+f.ID+"/reveal", j{"field": "limits", "purpose": "correct"}).OK(&shown)
		if strings.Join(shown.Limits, "") != "lifting" || shown.Note != "腰不好" || f.Hours != 2 {
			t.Fatalf("a change of the phone changed what else is sealed: %+v", shown)
		}
		for _, q := range []string{"skill=sign", "day=6", "q=" + f.Number, "state=here&skill=medic"} {
			if got := all[api.Helper](w, "community", "/helpers?"+q).Items; len(got) != 1 || got[0].ID != f.ID {
				t.Errorf("%s: %d helpers", q, len(got))
			}
		}
		if got := all[api.Helper](w, "community", "/helpers?missing=consent").Items; len(got) == 0 || got[0].ID == f.ID {
			t.Errorf("%d helpers of the old roll never consented", len(got))
		}
	})
}

// What cannot be so is refused in words, and nothing is written.
func TestBadHelperFiles(t *testing.T) {
	w := world(t)
	good := func() j { return j{"name": "周阿林", "birth": "1985", "place_code": apitest.Community} }
	last := w.Store.Last()
	for name, x := range map[string]struct {
		field string
		value any
		code  string
	}{
		"no name":               {"name", " ", "SW-1732"},
		"born in the future":    {"birth", "2031-01-01", "SW-1732"},
		"born on no day":        {"birth", "1999-02-30", "SW-1732"},
		"unknown skill":         {"skills", []string{"magic"}, "SW-1735"},
		"unknown limit":         {"limits", []string{"work"}, "SW-1735"},
		"less than no hours":    {"hours", -1, "SW-1732"},
		"25 hours":              {"hours", 25, "SW-1732"},
		"a phone of letters":    {"phone", "call me", "SW-1732"},
		"a minor alone":         {"birth", "2010", "SW-1733"},
		"an unknown kind":       {"kind", "hero", "SW-1732"},
		"a backward stretch":    {"available", []j{{"day": 1, "from": 600, "to": 540}}, "SW-1732"},
		"an eighth day":         {"available", []j{{"day": 8, "from": 0, "to": 540}}, "SW-1001"},
		"a resident of nowhere": {"person_id", "nobody", "SW-1732"},
		"a place of nowhere":    {"place_code", "999", "SW-1010"},
	} {
		b := good()
		b[x.field] = x.value
		w.Post("community", "/helpers", b).Refused(x.code)
		if w.Store.Last() != last {
			t.Fatalf("%s left a line", name)
		}
	}
	b := good()
	b["birth"], b["guardian"], b["guardian_consents"] = "2010-05-02", j{"name": "周父", "phone": "12900000001"}, false
	w.Post("community", "/helpers", b).Refused("SW-1733")
	b["guardian_consents"] = true
	var f api.HelperFile
	w.Post("community", "/helpers", b).OK(&f)
	if !f.Minor || f.Guarded == "" {
		t.Fatalf("%+v", f)
	}
}

// Whoever leaves is off every post, cannot sign in, and what was private can never
// be read again; name and number stay as the record of service.
func TestLeavingErasesWhatIsPrivate(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		lead := ""
		for _, p := range all[api.Post](w, "community", "/posts?incident_id=normal").Items {
			if p.Item == "lead" && p.Holder != nil {
				lead = p.Holder.HelperID
			}
		}
		w.Post("community", "/helpers/"+lead, j{"phone": "12955550000", "note": "独居"}).OK()
		before, _, _ := w.Store.Helper(context.Background(), lead)
		as := w.HelperAccount(lead)
		w.Get(as, "/me").OK()
		var out api.HelperLeft
		w.Post("gridworker", "/helpers/"+lead+"/leave", j{"confirm": true}).Refused("SW-1010")
		w.Post("community", "/helpers/"+lead+"/leave", j{"confirm": true}).OK(&out)
		if out.Posts != 1 || out.Left == "" {
			t.Fatalf("%+v", out)
		}
		for _, p := range all[api.Post](w, "commander", "/posts?incident_id=normal").Items {
			if p.Holder != nil && p.Holder.HelperID == lead {
				t.Fatal("still on a post")
			}
		}
		w.Get(as, "/me").Refused("SW-1013")
		if _, err := w.Store.OpenHelper(context.Background(), &before, store.HelperPhone); err == nil {
			t.Fatal("what was sealed before can still be read")
		}
		after, _, _ := w.Store.Helper(context.Background(), lead)
		if after.Name == "" || after.Number == "" || after.WorkPhone != "" || len(after.Sealed.Phone) > 0 {
			t.Fatalf("%+v", after)
		}
		w.Post("community", "/helpers/"+lead, j{"hours": 3}).Refused("SW-1736")
		w.Post("community", "/helpers/"+lead+"/leave", j{"confirm": true}).OK(&out) // again: no harm
		if got := all[api.Helper](w, "community", "/helpers?q="+after.Number).Items; len(got) != 0 {
			t.Fatal("still on the list")
		}
		if got := all[api.Helper](w, "community", "/helpers?state=left").Items; len(got) != 1 {
			t.Fatalf("%d have left", len(got))
		}
	})
}
