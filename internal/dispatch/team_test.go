package dispatch

import (
	"strconv"
	"testing"
	"time"

	"shouwang/internal/mode"
	"shouwang/internal/people"
)

// 1 + 53 over eight buildings is reckoned from the posts alone: one community worker
// of the everyday system, and 53 posts of the incident; each building has its six.
func TestOnePlusFiftyThree(t *testing.T) {
	book, err := mode.Shipped("epidemic")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 3, 7, 8, 0, 0, 0, time.UTC)
	posts := []people.Post{{ID: "c", Item: "community", Path: "c.", N: 1, HelperID: "worker"}}
	add := func(item, path string) {
		x, _ := book.Post(item)
		for n := 1; n <= x.Count; n++ {
			posts = append(posts, people.Post{ID: item + path + strconv.Itoa(n), Incident: "i", Item: item, Path: path, N: n, Zone: "lockdown"})
		}
	}
	for b := range 8 {
		for _, item := range []string{"site-keeper", "door-keeper", "building-captain"} {
			add(item, "c.b"+strconv.Itoa(b)+".")
		}
	}
	add("reserve", "c.")
	posts = append(posts, people.Post{ID: "gone", Incident: "i", Item: "reserve", Path: "c.", N: 9, Until: now}, people.Post{ID: "other", Incident: "i", Item: "lead", Path: "c.", N: 1})
	untrained := people.Helper{ID: "h1", Kind: "volunteer", Birth: 2015, PhoneUser: true, Guarded: now, OfAge: now.AddDate(9, 0, 0)}
	for i := range posts {
		if posts[i].ID == "building-captainc.b3.1" {
			posts[i].HelperID, posts[i].DeputyID = "h1", "h2"
		}
	}
	of := map[string]*people.Helper{"worker": {ID: "worker", Kind: "community", Birth: 1980}, "h1": &untrained}
	whole, _ := book.Team("one-plus-53")
	teams := Teams(book, &whole, posts, of, func(string) string { return "c" }, now)
	if len(teams) != 1 || len(teams[0].Members) != 54 || teams[0].Empty != 52 || teams[0].Unfit != 1 || teams[0].Captain != "worker" || teams[0].Deputy != "" {
		t.Fatalf("%d teams, %d members, %d empty, %d unfit, led by %q", len(teams), len(teams[0].Members), teams[0].Empty, teams[0].Unfit, teams[0].Captain)
	}
	five, _ := book.Team("building-five")
	teams = Teams(book, &five, posts, of, func(p string) string {
		if p == "c." {
			return ""
		}
		return p
	}, now)
	if len(teams) != 8 || len(teams[3].Members) != 6 || teams[3].Captain != "h1" || teams[3].Deputy != "h2" || teams[3].Members[0].Post.Item != "building-captain" {
		t.Fatalf("%+v", teams)
	}
	if l := teams[3].Members[0].Lacks; len(l) == 0 || l[0].Code != people.LackYoung {
		t.Fatal("a child leads a building:", l)
	}
	if got := Teams(book, &whole, posts[:1], of, func(string) string { return "c" }, now); len(got) != 0 {
		t.Fatal("a team of nobody but the everyday worker:", got)
	}
}

// Who could take a post lacks nothing and holds none; the order is that of the list.
func TestAbleLacksNothingAndIsFree(t *testing.T) {
	now := time.Date(2026, 3, 7, 8, 0, 0, 0, time.UTC)
	item := mode.PostItem{Require: mode.Require{Skills: []string{"medic"}, MinAge: 18}}
	pool := []people.Helper{{ID: "a", Birth: 1980, Skills: []string{"medic"}}, {ID: "b", Birth: 1980}, {ID: "c", Birth: 1990, Skills: []string{"medic"}}, {ID: "d", Birth: 1990, Skills: []string{"medic"}}, {ID: "e", Birth: 1990, Skills: []string{"medic"}, Away: "isolated"}}
	few, n := Able(&item, pool, map[string]bool{"c": true}, 1, now)
	if n != 2 || len(few) != 1 || few[0] != "a" {
		t.Fatal(few, n)
	}
}

// A team whose second post is declared to come later and is not there yet is not whole,
// though nobody is missing on a post that stands.
func TestATeamWithoutItsOfficerIsNotWhole(t *testing.T) {
	book, err := mode.Shipped("normal")
	if err != nil {
		t.Fatal(err)
	}
	form, _ := book.Team("two-plus-n")
	now := time.Date(2026, 3, 7, 8, 0, 0, 0, time.UTC)
	at := func(string) string { return "g" }
	of := map[string]*people.Helper{"w": {ID: "w", Kind: "gridworker", Birth: 1980}, "o": {ID: "o", Kind: "police", Birth: 1980}}
	posts := []people.Post{{ID: "1", Item: "gridworker", Path: "g.", N: 1, HelperID: "w"}, {ID: "2", Item: "lead", Path: "g.m.", N: 1, HelperID: "w"}}
	if teams := Teams(book, &form, posts, of, at, now); len(teams) != 1 || teams[0].Empty != 0 || !teams[0].Without(book, &form) {
		t.Fatalf("%+v", teams)
	}
	posts = append(posts, people.Post{ID: "3", Item: "officer", Path: "g.", N: 1, HelperID: "o"})
	if teams := Teams(book, &form, posts, of, at, now); teams[0].Without(book, &form) {
		t.Fatalf("%+v", teams)
	}
}
