package app

import (
	"context"
	"fmt"
	"net/url"
)

// demoContacts gives each community of the demonstration an invented card. The
// numbers begin with 8800 and reach nobody.
func demoContacts(ctx context.Context, c *Client) error {
	r, err := c.Do(ctx, Request{Method: "GET", Path: "/places?kind=community&limit=2000"})
	if err != nil {
		return err
	}
	var list struct {
		Items []struct{ ID, Name string }
	}
	if err := r.Decode(&list); err != nil {
		return err
	}
	both := func(zh, en string) map[string]string { return map[string]string{"zh": zh, "en": en} }
	for i, p := range list.Items {
		at := "/places/" + url.PathEscape(p.ID) + "/contact"
		var had struct{ Version int64 }
		r, err := c.Do(ctx, Request{Method: "GET", Path: at})
		if err != nil {
			return err
		}
		if err := r.Decode(&had); err != nil || had.Version > 0 {
			if err != nil {
				return err
			}
			continue // left from before a crash
		}
		card := map[string]any{
			"phone": fmt.Sprintf("8800 6%d00", i%100), "hours": both("昼夜有人接", "day and night"), "english": "8800 6112", "complaints": "8800 6199",
			"address":   both(p.Name+"居委会 1 楼", "Residents' committee, ground floor"),
			"appeal_to": both("区申诉受理室", "District appeals office"), "appeal_phone": "8800 6120", "appeal_days": 3,
			"appeal_address": both("街道便民服务中心 3 号窗口", "Subdistrict service centre, desk 3"), "updates": []string{"09:00", "15:00", "20:00"}, "workers": true,
		}
		if _, err := c.Do(ctx, Request{Method: "PUT", Path: at, Body: card}); err != nil {
			return err
		}
	}
	return nil
}
