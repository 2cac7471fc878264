package app

import (
	"context"
	"net/url"
	"strconv"
	"time"

	"shouwang/internal/demo"
	"shouwang/internal/round"
)

// patrol tells of the points that the community where visitors enter walks: declared two
// days ago, visited since as far as the demonstration says. A turn in which nobody came the
// clock finds by itself, as anywhere. What an earlier try told is not told twice.
func (t *teller) patrol(ctx context.Context, community string) error {
	t.at = t.now.Add(-48 * time.Hour)
	desk, err := t.desk(ctx, community, "community")
	if err != nil {
		return err
	}
	type point struct {
		ID, Name, At string
	}
	var board struct{ Points []point }
	if err := askAPI(ctx, desk, "GET", "/points", nil, &board); err != nil {
		return err
	}
	told := map[string]point{}
	for _, p := range board.Points {
		told[p.Name] = p
	}
	zone := time.FixedZone("Asia/Shanghai", 8*3600)
	for i, x := range demo.Spots {
		p, ok := told[x.Name]
		if !ok {
			place, err := t.nth(ctx, community, x.Kind, x.Nth)
			if err != nil {
				return err
			}
			t.at = t.now.Add(-48 * time.Hour)
			body := map[string]any{"place_id": place, "item": "patrol", "name": x.Name, "look": x.Look, "order": i + 1, "minutes": x.Minutes, "from": "00:00", "until": "24:00"}
			if err := askAPI(ctx, desk, "POST", "/points", body, &p); err != nil {
				return err
			}
		}
		hours := round.Point{Every: time.Duration(x.Minutes) * time.Minute, Until: 24 * time.Hour}
		for _, b := range x.Been {
			turn, _ := hours.TurnAt(t.now.Add(-time.Duration(b.Back)*hours.Every), zone)
			t.at = turn.From.Add(min(hours.Every, t.now.Sub(turn.From)) * time.Duration(i+2) / time.Duration(len(demo.Spots)+4)).UTC()
			if p.At >= t.at.Format(time.RFC3339) {
				continue // told already
			}
			if err := askAPI(ctx, desk, "POST", "/points/"+p.ID+"/record", map[string]any{"outcome": b.Outcome, "note": b.Words}, nil); err != nil {
				return err
			}
		}
	}
	return nil
}

// nth is a place of a kind in the community, the community itself where there are fewer.
func (t *teller) nth(ctx context.Context, community, kind string, n int) (string, error) {
	var list struct{ Items []struct{ ID string } }
	err := askAPI(ctx, t.front, "GET", "/places?limit="+strconv.Itoa(n+1)+"&kind="+kind+"&under="+url.QueryEscape(community), nil, &list)
	if err != nil || n >= len(list.Items) {
		return community, err
	}
	return list.Items[n].ID, nil
}
