package api

import (
	"context"

	"shouwang/internal/access"
	"shouwang/internal/fault"
	"shouwang/internal/journal"
	"shouwang/internal/notice"
	"shouwang/internal/store"
)

// ErrPush says that what a browser gave is no address of a device.
var ErrPush = fault.Define(fault.Invalid, "SW-1773",
	"这台设备没有给出可用的提醒地址。没有记下，不提醒也不影响别的通知。请换一个浏览器再试。",
	"This device gave no address by which it can be told. Nothing was recorded, and other notices reach you as before; try another browser.")

// PushState says whether this server can tell devices, and by which key.
type PushState struct {
	Key string `json:"key" doc:"what a browser needs to subscribe; empty: this server tells no devices"`
}

// Device is one device that is told.
type Device struct {
	ID string `json:"id"`
}

type deviceInput struct {
	Body struct {
		Subscription string `json:"subscription" maxLength:"2000" doc:"what the browser gave, as JSON text"`
	}
}

func (s *Server) pushes() {
	read(s, Op{ID: "push-read", Path: "/push", Action: access.MeRead, Summary: "The key by which a browser asks to be told"},
		func(_ context.Context, c *call, _ *struct{}) (PushState, error) {
			return PushState{s.PushKey}, s.may(c, access.MeRead, "")
		})
	write(s, Op{ID: "push-set", Path: "/push", Action: access.MeRead, Summary: "Tell me on this device when somebody asks for me"},
		func(ctx context.Context, c *call, in *deviceInput) (Device, []journal.Change, error) {
			if err := s.may(c, access.MeRead, ""); err != nil {
				return Device{}, nil, err
			}
			endpoint, ok := notice.CheckPush(in.Body.Subscription)
			if !ok || s.PushKey == "" || c.account.HelperID == "" {
				return Device{}, nil, ErrPush.With()
			}
			row := store.Push{ID: notice.PushID(endpoint), HelperID: c.account.HelperID, Address: in.Body.Subscription, At: c.now}
			old, there, err := s.Store.Push(ctx, row.ID)
			if err != nil || there && old.HelperID == row.HelperID {
				return Device{row.ID}, nil, err
			}
			e := c.entry("push.set", "pushes", row.ID, "", "", "audit", nil)
			return Device{row.ID}, []journal.Change{{Row: &row, Base: old.Version, Entry: e}}, nil
		})
	write(s, Op{ID: "push-end", Method: "DELETE", Path: "/push/{id}", Action: access.MeRead, Summary: "Tell me on that device no more"},
		func(ctx context.Context, c *call, in *askID) (Device, []journal.Change, error) {
			if err := s.may(c, access.MeRead, ""); err != nil {
				return Device{}, nil, err
			}
			old, there, err := s.Store.Push(ctx, in.ID)
			if err != nil {
				return Device{}, nil, err
			}
			if !there || old.HelperID != c.account.HelperID {
				return Device{}, nil, errNotHere(c)
			}
			if err := s.Store.DropPushes(ctx, old.ID); err != nil {
				return Device{}, nil, err
			}
			return Device{old.ID}, []journal.Change{{Entry: c.entry("push.ended", "pushes", old.ID, "", "", "audit", nil)}}, nil
		})
}
