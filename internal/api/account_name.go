package api

import (
	"context"
	"strings"
	"sync"

	"shouwang/internal/access"
)

// keptNames are the names of accounts as they stood when nothing of rights had changed
// since gen.
type keptNames struct {
	gen int64
	of  sync.Map
}

// namesNow are the names that are not out of date.
func (s *Server) namesNow() *keptNames {
	gen := s.gen.Load() // before anything is read: a change after this is looked for again
	n := s.names.Load()
	if n == nil || n.gen != gen {
		n = &keptNames{gen: gen}
		s.names.Store(n)
	}
	return n
}

// accountName names an account for colleagues; the person at the machine by id.
func (s *Server) accountName(ctx context.Context, id string) string {
	if id == "" {
		return ""
	}
	kept := s.namesNow()
	if name, known := kept.of.Load(id); known {
		return name.(string)
	}
	if key, ok := strings.CutPrefix(id, access.OutsideActor); ok {
		if k, ok, err := s.Store.OutsideKey(ctx, key); err == nil && ok {
			return k.Name
		}
	}
	if kin, ok := strings.CutPrefix(id, access.KinActor); ok {
		if k, ok, err := s.Store.Kin(ctx, kin); err == nil && ok {
			return k.Name
		}
	}
	a, ok, err := s.Store.Account(ctx, id)
	if err != nil || !ok {
		return id
	}
	kept.of.Store(id, a.Name)
	return a.Name
}
