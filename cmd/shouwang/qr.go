package main

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"

	"shouwang/internal/app"
)

type qrCmd struct {
	Issue   qrIssueCmd   `cmd:"" help:"给一个地点和它下面发码，已有的不变 · make codes"`
	Replace qrReplaceCmd `cmd:"" help:"换一个地点的码，旧码立即失效 · replace one code"`
	List    qrListCmd    `cmd:"" help:"列出码的网址，给印刷用 · addresses, for a printer"`
}

type qrIssueCmd struct {
	Place string   `required:"" help:"地点编码 · place code" placeholder:"CODE"`
	Kind  []string `help:"只发这几类：community building apartment door，缺省全部 · kinds" enum:"community,building,apartment,door"`
}

// Run makes the codes that are missing.
func (c *qrIssueCmd) Run(ctx context.Context, s *shell) error {
	return s.with(ctx, "", func(api *app.Client) error {
		id, err := placeID(ctx, api, c.Place)
		if err != nil {
			return err
		}
		r, err := api.Do(ctx, app.Request{Method: "POST", Path: "/places/" + url.PathEscape(id) + "/qr", Body: map[string]any{"kinds": c.Kind}})
		if err != nil {
			return err
		}
		if s.world.JSON {
			s.raw(r.Body)
			return nil
		}
		var did struct{ Places, Issued, Kept int }
		if err := r.Decode(&did); err != nil {
			return err
		}
		s.table([]string{s.say(">地点", ">places"), s.say(">新发", ">issued"), s.say(">原有", ">kept")}, [][]string{{strconv.Itoa(did.Places), strconv.Itoa(did.Issued), strconv.Itoa(did.Kept)}})
		s.note("印标签：登录后打开 /print/qr/"+id, "print labels: sign in and open /print/qr/"+id)
		return nil
	})
}

type qrReplaceCmd struct {
	Place string `required:"" help:"地点编码 · place code" placeholder:"CODE"`
}

// Run replaces one code.
func (c *qrReplaceCmd) Run(ctx context.Context, s *shell) error {
	return s.with(ctx, "", func(api *app.Client) error {
		id, err := placeID(ctx, api, c.Place)
		if err != nil {
			return err
		}
		r, err := api.Do(ctx, app.Request{Method: "POST", Path: "/places/" + url.PathEscape(id) + "/qr/replace"})
		if err != nil {
			return err
		}
		if s.world.JSON {
			s.raw(r.Body)
			return nil
		}
		s.note("✓ 已换，旧码立即失效。请印新标签：/print/qr/"+id, "✓ replaced; the old code opens nothing any more. Print the new label: /print/qr/"+id)
		return nil
	})
}

type qrListCmd struct {
	Place string   `required:"" help:"地点编码 · place code" placeholder:"CODE"`
	Kind  []string `help:"只列这几类 · kinds" enum:"community,building,apartment,door"`
	Base  string   `help:"居民打开的地址，写在每个网址前 · put before each address" placeholder:"https://…"`
}

// Run lists the addresses; the look is recorded.
func (c *qrListCmd) Run(ctx context.Context, s *shell) error {
	return s.with(ctx, "", func(api *app.Client) error {
		id, err := placeID(ctx, api, c.Place)
		if err != nil {
			return err
		}
		type label struct {
			Kind     string `json:"kind"`
			FullName string `json:"full_name"`
			Path     string `json:"path"`
		}
		var all []label
		for cursor := ""; ; {
			q := url.Values{"limit": {"1000"}, "cursor": {cursor}}
			if len(c.Kind) > 0 {
				q.Set("kinds", strings.Join(c.Kind, ","))
			}
			r, err := api.Do(ctx, app.Request{Method: "GET", Path: "/places/" + url.PathEscape(id) + "/qr?" + q.Encode()})
			if err != nil {
				return err
			}
			var page struct {
				Items []label
				Next  string
			}
			if err := r.Decode(&page); err != nil {
				return err
			}
			all = append(all, page.Items...)
			if cursor = page.Next; cursor == "" {
				break
			}
		}
		if s.world.JSON {
			s.line(s.out, map[string]any{"items": all})
			return nil
		}
		var rows [][]string
		for _, x := range all {
			rows = append(rows, []string{x.FullName, strings.TrimRight(c.Base, "/") + x.Path})
		}
		s.table([]string{s.say("地点", "place"), s.say("网址", "address")}, rows)
		return nil
	})
}

type contactCmd struct {
	Set  contactSetCmd  `cmd:"" help:"从文件写联系卡 · set the card from a file"`
	Show contactShowCmd `cmd:"" help:"看联系卡 · show the card"`
}

type contactSetCmd struct {
	Place string `required:"" help:"地点编码 · place code" placeholder:"CODE"`
	File  string `arg:"" help:"YAML 文件：phone、hours、appeal_to … · file" type:"existingfile"`
}

// Run writes a card; it replaces the place's own.
func (c *contactSetCmd) Run(ctx context.Context, s *shell) error {
	raw, err := os.ReadFile(c.File)
	if err != nil {
		return app.ErrInputFile.With(c.File).Because(err)
	}
	card := map[string]any{}
	if err := yaml.Unmarshal(raw, &card); err != nil {
		return app.ErrInputFile.With(c.File).Because(err)
	}
	return s.with(ctx, "", func(api *app.Client) error {
		id, err := placeID(ctx, api, c.Place)
		if err != nil {
			return err
		}
		at := "/places/" + url.PathEscape(id) + "/contact"
		r, err := api.Do(ctx, app.Request{Method: "GET", Path: at})
		if err != nil {
			return err
		}
		var had struct{ Version int64 }
		if err := r.Decode(&had); err != nil {
			return err
		}
		card["base_version"] = had.Version
		if r, err = api.Do(ctx, app.Request{Method: "PUT", Path: at, Body: card}); err != nil {
			return err
		}
		if s.world.JSON {
			s.raw(r.Body)
			return nil
		}
		s.note("✓ 联系卡已写好", "✓ the card is set")
		return nil
	})
}

type contactShowCmd struct {
	Place string `required:"" help:"地点编码 · place code" placeholder:"CODE"`
}

// Run shows the card that holds at a place.
func (c *contactShowCmd) Run(ctx context.Context, s *shell) error {
	return s.with(ctx, "", func(api *app.Client) error {
		id, err := placeID(ctx, api, c.Place)
		if err != nil {
			return err
		}
		r, err := api.Do(ctx, app.Request{Method: "GET", Path: "/places/" + url.PathEscape(id) + "/contact"})
		if err != nil {
			return err
		}
		if s.world.JSON {
			s.raw(r.Body)
			return nil
		}
		var x struct{ Card map[string]any }
		if err := r.Decode(&x); err != nil {
			return err
		}
		out, err := yaml.Marshal(x.Card)
		if err != nil {
			return err
		}
		_, err = fmt.Fprint(s.out, string(out))
		return err
	})
}
