package mode

import (
	"bytes"
	"fmt"
	"sync"

	"shouwang/internal/plan"
	"shouwang/internal/round"
	"shouwang/playbooks"
)

// Lifted is the outcome every round knows beside its own: the place has left the
// zones before anybody came, so nobody needs to come any more.
var Lifted = round.Outcome{ID: "lifted", ZH: "已出区，不用再访", EN: "Left the zones; no visit needed", Final: true, Tone: "gone", System: true}

// Load reads, checks and freezes a playbook. It returns the playbook only when
// there is no problem; every problem has line, column, code and a sentence in
// both languages. A playbook that extends another finds it among bases, or among
// those that ship with the program. Load never panics on any input.
func Load(data []byte, bases ...*Playbook) (*Playbook, []Problem) {
	ps := &problems{}
	root := read(data, ps)
	if root == nil {
		return nil, ps.sorted()
	}
	for _, w := range ps.list { // what follows would only be noise
		if w.Code == ErrAnchor.Code || w.Code == ErrYAML.Code || w.Code == ErrSize.Code {
			return nil, ps.sorted()
		}
	}
	shape(root, ps)
	p := decode(root, ps)
	if p.Extends != "" {
		for _, b := range bases {
			if b != nil && b.ID == p.Extends {
				p.Base = b
			}
		}
		if p.Base == nil && p.Extends != p.ID && in(playbooks.Names, p.Extends) {
			p.Base, _ = Shipped(p.Extends)
		}
		if p.Base == nil {
			ps.add(root.get("extends"), ErrBase, p.Extends)
		}
	}
	check(p, root, ps)
	if len(ps.list) > 0 {
		return nil, ps.sorted()
	}
	var canon bytes.Buffer
	root.canon(&canon)
	print := plan.NewPrint().Text(canon.String())
	if p.Base != nil {
		print.Text(p.Base.Hash)
	}
	p.Hash, p.Source = print.ID(), string(data)
	for i := range p.Rounds {
		p.Rounds[i].Outcomes = append(p.Rounds[i].Outcomes, Lifted)
	}
	return p, nil
}

var (
	shippedMu sync.Mutex
	shipped   = map[string]*Playbook{}
)

// Shipped returns a playbook that ships with the program, by id. An error means
// that there is none of that name, or that it does not check.
func Shipped(id string) (*Playbook, error) {
	shippedMu.Lock()
	p := shipped[id]
	shippedMu.Unlock()
	if p != nil {
		return p, nil
	}
	data, err := playbooks.Source(id)
	if err != nil {
		return nil, ErrRef.With(id, "").Because(err)
	}
	p, wrong := Load(data)
	if len(wrong) > 0 {
		return nil, fmt.Errorf("mode: playbook %s: %s", id, wrong[0])
	}
	shippedMu.Lock()
	defer shippedMu.Unlock()
	shipped[id] = p
	return p, nil
}
