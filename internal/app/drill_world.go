package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"shouwang/internal/access"
	"shouwang/internal/dispatch/drill"
	"shouwang/internal/journal"
	"shouwang/internal/mode"
	"shouwang/internal/people"
	"shouwang/internal/register"
	"shouwang/internal/store"
	"shouwang/internal/territory"
)

// drillKinds are the words that stand for helpers in a drill, who have no names.
var drillKinds = map[string]string{"volunteer": "志愿者", "police": "民警", "health": "医护", "community": "社工", "gridworker": "网格员", "property": "物业", "cadre": "下沉干部"}

// The accounts of a drill's world: two officers who are played, and whoever looks in.
const (
	drillCommand = "drill-command"
	drillDeputy  = "drill-deputy"
	drillGuest   = "drill-guest" // whoever looks in, followed by their role
)

// fillDrill copies into a drill's world what a drill needs of its parent's, by one
// bulk act: places, helpers without name, number or phone, everyday posts, and as
// many invented residents as there are, who bear no attribute at all.
func fillDrill(ctx context.Context, from, to *App, run drill.Run) error {
	top := run.Path
	above, err := from.Store.Ancestors(ctx, run.Path)
	if err != nil {
		return err
	}
	for _, p := range above {
		if p.Kind == territory.Subdistrict {
			top = p.Path
		}
	}
	places, err := from.Store.PlacesUnder(ctx, top, "")
	if err != nil {
		return err
	}
	for _, p := range above {
		if !territory.Inside(p.Path, top) {
			places = append(places, p)
		}
	}
	var rows []any
	ids := map[string]bool{}
	for i := range places {
		places[i].Act = ""
		ids[places[i].ID] = true
		rows = append(rows, &places[i])
	}
	helpers, count, err := drillHelpers(ctx, from.Store, top)
	if err != nil {
		return err
	}
	rows = append(rows, helpers...)
	posts, err := from.Store.Posts(ctx, "", top)
	if err != nil {
		return err
	}
	for i := range posts {
		posts[i].Act, posts[i].Reason = "", ""
		rows = append(rows, &posts[i])
	}
	homes, err := drillResidents(ctx, from, run.Path)
	if err != nil {
		return err
	}
	rows = append(rows, homes...)
	more, err := drillBooks(ctx, from.Store, run, ids)
	if err != nil {
		return err
	}
	more = append(more, drillAccounts(top, run)...)
	act, err := to.Store.Begin(ctx, "drill.copied")
	if err != nil {
		return err
	}
	for part := range slices.Chunk(rows, 4000) {
		if err := act.Insert(ctx, part...); err != nil {
			return err
		}
	}
	body, err := json.Marshal(map[string]int{"places": len(places), "helpers": count, "posts": len(posts)})
	if err != nil {
		return err
	}
	_, err = act.Finish(ctx, nil, nil, journal.Entry{Actor: "system", Verb: "drill.copied", Thing: "places", ThingID: act.ID, PlaceID: run.PlaceID, Path: run.Path, Audience: "audit", Purpose: "register", Payload: body}, more...)
	return err
}

func drillHelpers(ctx context.Context, from *store.Store, top string) (rows []any, count int, err error) {
	hs, err := from.HelpersUnder(ctx, top)
	if err != nil {
		return nil, 0, err
	}
	out := make([]any, len(hs), 2*len(hs))
	n := map[string]int{}
	for i, h := range hs {
		n[h.Kind]++
		word := drillKinds[h.Kind]
		if word == "" {
			word = "人员"
		}
		out[i] = &people.Helper{ID: h.ID, Number: fmt.Sprintf("D%06d", i+1), Name: fmt.Sprintf("%s %d 号", word, n[h.Kind]), Birth: h.Birth, PlaceID: h.PlaceID, Path: h.Path, Kind: h.Kind,
			Party: h.Party, Standing: h.Standing, PhoneUser: h.PhoneUser, Skills: h.Skills, Hours: h.Hours, Away: h.Away}
		for _, p := range h.Passes { // who may do what is true of a drill too; why is nobody's business there
			p.Why, p.RevokedWhy, p.By, p.RevokedBy, p.Act, p.Version = "", "", "", "", "", 0
			out = append(out, &p)
		}
	}
	return out, len(hs), nil
}

// drillResidents are invented households and residents at the doors below a path: as many as there
// are, with nothing about them.
func drillResidents(ctx context.Context, from *App, path string) ([]any, error) {
	homes, err := from.Store.HouseholdsByDoor(ctx, path)
	if err != nil {
		return nil, err
	}
	persons, err := from.Store.PeopleByDoor(ctx, path)
	if err != nil {
		return nil, err
	}
	doors, err := from.Store.PlacesUnder(ctx, path, territory.Door)
	if err != nil {
		return nil, err
	}
	now := from.Config.Clock()
	var out []any
	for _, d := range doors {
		n, m := homes[d.ID], persons[d.ID]
		if m > 0 && n == 0 {
			n = 1
		}
		var ids []string
		for range n {
			h := &register.Household{ID: journal.NewID(now), PlaceID: d.ID, Path: d.Path, From: now}
			ids = append(ids, h.ID)
			out = append(out, h)
		}
		for i := range m {
			out = append(out, &register.Person{ID: journal.NewID(now), HouseholdID: ids[i%n], PlaceID: d.ID, Path: d.Path, Name: "虚构居民", Won: map[string]register.Won{}})
		}
	}
	return out, nil
}

// drillBooks are the versions of the playbooks that a drill uses, and what places
// change in them.
func drillBooks(ctx context.Context, from *store.Store, run drill.Run, places map[string]bool) (out []journal.Change, err error) {
	for _, id := range []string{"normal", run.Playbook} {
		rows, err := from.PlaybookVersions(ctx, id)
		if err != nil {
			return nil, err
		}
		for i := range rows {
			out = append(out, journal.Change{Row: &rows[i]})
		}
		if a, ok, err := from.Adoption(ctx, id); err != nil {
			return nil, err
		} else if ok {
			out = append(out, journal.Change{Row: &a})
		}
		changed, err := from.Overrides(ctx, id, false)
		if err != nil {
			return nil, err
		}
		for _, o := range slices.DeleteFunc(changed, func(o mode.Override) bool { return !places[o.PlaceID] }) {
			out = append(out, journal.Change{Row: &o})
		}
	}
	return out, nil
}

// drillAccounts are the officers of a drill's world, who command the subdistrict as
// real ones do.
func drillAccounts(top string, run drill.Run) (out []journal.Change) {
	ids := strings.Split(strings.TrimSuffix(top, "."), ".")
	for _, x := range [][2]string{{drillCommand, "演练指挥员"}, {drillDeputy, "演练副指挥员"}} {
		out = append(out, drillAccount(x[0], x[1], access.Commander, ids[len(ids)-1], top)...)
	}
	return out
}

func drillAccount(id, name string, role access.Role, place, path string) []journal.Change {
	return []journal.Change{{Row: &access.Account{ID: id, Login: id, Name: name}}, {Row: &access.Grant{ID: id, Account: id, Role: role, PlaceID: place, Path: path, Why: access.Static}}}
}

// guest returns a session of the drill's world for somebody who looks in: at the
// place of the drill they may do what their own role may.
func (a *App) guest(ctx context.Context, role access.Role, run drill.Run) (token string, err error) {
	id := drillGuest + "-" + string(role)
	if _, ok, err := a.Store.Account(ctx, id); err != nil {
		return "", err
	} else if !ok {
		if _, err := a.Store.Commit(ctx, nil, nil, drillAccount(id, "演练参加者", role, run.PlaceID, run.Path)...); err != nil && !errors.Is(err, store.ErrConflict) { // two came in at once
			return "", err
		}
	}
	_, token, err = a.as(ctx, id, "drill", "zh")
	return token, err
}

// as returns a client that acts in a drill's world as one of its accounts.
func (a *App) as(ctx context.Context, account, name, lang string) (*Client, string, error) {
	x, token := access.NewSession(account, access.APIToken, nil, a.Config.Clock())
	x.Name = name
	if _, err := a.Store.Commit(ctx, nil, nil, journal.Change{Row: &x}); err != nil {
		return nil, "", err
	}
	return a.bearer(token.Reveal(), lang), token.Reveal(), nil
}
