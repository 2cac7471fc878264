package store

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"shouwang/internal/fault"
	"shouwang/internal/journal"
)

// ErrUnsigned says that there is no signed checkpoint yet.
var ErrUnsigned = fault.Define(fault.Unavailable, "SW-1807",
	"日志里还没有签过名的校验点：新建的系统写入第一条后几秒内就会签。数据不受影响，请稍后再取。",
	"There is no signed checkpoint of the journal yet: a new system signs one seconds after its first entry. Data are not affected; ask again shortly.")

// checkpointLoop signs the journal's root apart from the writes: when it starts, at
// the first entry of all, and every ten seconds or thousand entries.
func (s *Store) checkpointLoop() {
	if s.opt.Signer == "" {
		<-s.ended
		return
	}
	defer s.unsign()
	bell, stop := s.Bell()
	defer stop()
	tick := time.NewTicker(10 * time.Second)
	defer tick.Stop()
	_ = s.Checkpoint(context.Background()) // what a crash left unsigned
	for {
		select {
		case <-s.ended:
			_ = s.Checkpoint(context.Background())
			return
		case <-tick.C:
			_ = s.Checkpoint(context.Background())
		case <-bell:
			if n := s.signed(); n == 0 || s.Last()-n >= 1000 {
				_ = s.Checkpoint(context.Background())
			}
		}
	}
}

// Checkpoint signs the present root, unless nothing was added since the last one.
// It is called by the checkpointer and, with the writer idle, by tests and the command.
func (s *Store) Checkpoint(ctx context.Context) error {
	s.treeMu.Lock()
	defer s.treeMu.Unlock()
	if signs, err := s.signs(ctx); err != nil || !signs {
		return err
	}
	from := s.tree.Size()
	rows, err := s.query(ctx, "SELECT leaf FROM entries WHERE seq > ?1 ORDER BY seq", from)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var leaf []byte
		if err := rows.Scan(&leaf); err != nil {
			return err
		}
		if err := s.tree.Append(leaf); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil || s.tree.Size() == from || s.opt.Signer == "" {
		return err
	}
	root, err := s.tree.Root()
	if err != nil {
		return err
	}
	now := s.opt.Clock()
	text, err := journal.Checkpoint(s.opt.Signer, s.tree.Size(), root, now)
	if err != nil {
		return err
	}
	c := &command{done: make(chan outcome, 1), stmts: []stmt{{sql: s.insertCheckpoint(), args: []any{s.tree.Size(), millis(now), text}, want: -1}}}
	select {
	case s.fast <- c:
		select {
		case o := <-c.done:
			return o.err
		case <-s.ended:
		}
	case <-s.ended:
	}
	_, err = s.write.ExecContext(ctx, s.engine.sql(c.stmts[0].sql), c.stmts[0].args...)
	return err
}

// LastCheckpoint returns the newest signed checkpoint, or an empty text.
func (s *Store) LastCheckpoint(ctx context.Context) (text string, err error) {
	rows, err := s.query(ctx, "SELECT note FROM checkpoints ORDER BY size DESC LIMIT 1")
	if err != nil {
		return "", err
	}
	defer rows.Close()
	if rows.Next() {
		err = rows.Scan(&text)
	}
	return text, err
}

// Report is what verifying the journal found.
type Report struct {
	Entries     int64     `json:"entries"`
	Checkpoints int       `json:"checkpoints"`
	Acts        int       `json:"acts"`
	Items       int64     `json:"items"`
	Erased      int64     `json:"erased"` // entries whose content was deleted under a certificate
	Root        string    `json:"root"`
	Problems    []Finding `json:"problems"` // each names the entry or the range of a change
}

// OK says whether nothing was changed behind the journal's back.
func (r Report) OK() bool { return len(r.Problems) == 0 }

// Finding is one thing that verifying found, in both languages.
type Finding struct {
	ZH string `json:"zh"`
	EN string `json:"en"`
}

func (r *Report) add(zh, en string, args ...any) {
	if len(r.Problems) < 100 {
		r.Problems = append(r.Problems, Finding{fmt.Sprintf(zh, args...), fmt.Sprintf(en, args...)})
	}
}

type mark struct {
	size int64
	root string
}

// Verify recomputes every leaf, the tree, the roots of all signed checkpoints and
// the manifests of all bulk acts. witnessed checkpoints (texts kept elsewhere) are
// checked too: a journal cut off or rolled back fails against them. A change is
// named by its entry, or by the range of entries between two checkpoints.
func (s *Store) Verify(ctx context.Context, verifier string, witnessed ...string) (Report, error) {
	var r Report
	marks, err := s.marks(ctx, verifier, witnessed, &r)
	if err != nil {
		return r, err
	}
	manifests := map[string]string{}
	if err := s.verifyEntries(ctx, marks, manifests, &r); err != nil {
		return r, err
	}
	return r, s.verifyActs(ctx, manifests, &r)
}

func (s *Store) marks(ctx context.Context, verifier string, witnessed []string, r *Report) ([]mark, error) {
	rows, err := s.query(ctx, "SELECT size, note FROM checkpoints ORDER BY size")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []mark
	for rows.Next() {
		var size int64
		var text string
		if err := rows.Scan(&size, &text); err != nil {
			return nil, err
		}
		n, root, err := journal.ReadCheckpoint(verifier, text)
		if err != nil || n != size {
			r.add("校验点 %d：签名或正文不对", "checkpoint %d: signature or text is wrong", size)
			continue
		}
		out = append(out, mark{n, root.String()})
	}
	for _, w := range witnessed {
		n, root, err := journal.ReadCheckpoint(verifier, w)
		if err != nil {
			r.add("另存的校验点：签名或正文不对", "witnessed checkpoint: signature or text is wrong")
			continue
		}
		out = append(out, mark{n, root.String()})
	}
	r.Checkpoints = len(out)
	return out, rows.Err()
}

func (s *Store) verifyEntries(ctx context.Context, marks []mark, manifests map[string]string, r *Report) error {
	at := map[int64][]string{}
	for _, m := range marks {
		at[m.size] = append(at[m.size], m.root)
	}
	rows, err := s.query(ctx, "SELECT "+entryCols+", salt, leaf FROM entries ORDER BY seq")
	if err != nil {
		return err
	}
	defer rows.Close()
	var tree journal.Tree
	good := int64(0) // size of the last checkpoint whose root agreed
	bad := false
	for rows.Next() {
		var e journal.Entry
		var salt, leaf []byte
		if err := rows.Scan(&e.Seq, ms{&e.At}, &e.Actor, &e.Device, &e.Op, &e.Verb, &e.Thing, &e.ThingID, &e.PlaceID, &e.Path,
			&e.Incident, &e.Purpose, &e.Subject, &e.Audience, &e.Act, &e.Payload, &salt, &leaf); err != nil {
			return err
		}
		if e.Seq != tree.Size()+1 {
			r.add("条目 %d：这里应是 %d；有条目缺失或次序不对", "entry %d: expected %d; entries are missing or out of order", e.Seq, tree.Size()+1)
			return nil
		}
		switch {
		case len(salt) == 0:
			r.Erased++
		case !bytes.Equal(journal.Leaf(e, salt), leaf):
			r.add("条目 %d：内容被改过", "entry %d: content was changed", e.Seq)
		}
		if e.Act != "" && e.Subject == "" {
			var p struct{ Manifest string }
			if json.Unmarshal(e.Payload, &p) == nil && p.Manifest != "" {
				manifests[e.Act] = p.Manifest
			}
		}
		if err := tree.Append(leaf); err != nil {
			return err
		}
		for _, want := range at[e.Seq] {
			root, err := tree.Root()
			if err != nil {
				return err
			}
			if root.String() == want {
				good = e.Seq
			} else if !bad {
				bad = true
				r.add("条目 %d 至 %d：在 %d 处的校验点签名之后被改过", "entries %d to %d: changed after the checkpoint at %d was signed", good+1, e.Seq, e.Seq)
			}
		}
	}
	r.Entries = tree.Size()
	for _, m := range marks {
		if m.size > r.Entries {
			r.add("条目 %d 至 %d：被截去；%d 处签过校验点", "entries %d to %d: cut off; a checkpoint was signed at %d", r.Entries+1, m.size, m.size)
			break
		}
	}
	root, err := tree.Root()
	r.Root = root.String()
	return err
}

// verifyActs compares each bulk act's items with the manifest its entry bears.
func (s *Store) verifyActs(ctx context.Context, manifests map[string]string, r *Report) error {
	rows, err := s.query(ctx, "SELECT act, leaf FROM act_items WHERE act NOT IN (SELECT id FROM acts WHERE pending) ORDER BY act, n")
	if err != nil {
		return err
	}
	defer rows.Close()
	var act string
	var leaves [][]byte
	done := func() error {
		if act == "" {
			return nil
		}
		root, err := journal.Manifest(leaves)
		if want := manifests[act]; err == nil && want != hex.EncodeToString(root) {
			r.add("批量动作 %s：它的 %d 项与条目里的清单不符", "act %s: its %d items differ from the manifest in its entry", act, len(leaves))
		}
		delete(manifests, act)
		r.Acts++
		r.Items += int64(len(leaves))
		leaves = leaves[:0]
		return err
	}
	for rows.Next() {
		var a string
		var leaf []byte
		if err := rows.Scan(&a, &leaf); err != nil {
			return err
		}
		if a != act {
			if err := done(); err != nil {
				return err
			}
			act = a
		}
		leaves = append(leaves, leaf)
	}
	if err := done(); err != nil {
		return err
	}
	for a := range manifests {
		if manifests[a] != zeroManifest {
			r.add("批量动作 %s：它的各项不见了", "act %s: its items are missing", a)
		}
	}
	return rows.Err()
}

// zeroManifest is the manifest of an act without items.
const zeroManifest = "0000000000000000000000000000000000000000000000000000000000000000"

// signed returns how many entries the tree holds so far.
func (s *Store) signed() int64 {
	s.treeMu.Lock()
	defer s.treeMu.Unlock()
	return s.tree.Size()
}
