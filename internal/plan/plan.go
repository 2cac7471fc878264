package plan

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"hash"
)

// Act says what happens to one slot.
type Act string

// The four acts. Keep is listed so that counts add up to the whole.
const (
	Create Act = "create"
	Keep   Act = "keep"
	Change Act = "change"
	Close  Act = "close"
)

// Counts is how many slots each act touches.
type Counts struct {
	Create int `json:"create"`
	Keep   int `json:"keep"`
	Change int `json:"change"`
	Close  int `json:"close"`
}

// Add counts n slots of one act.
func (c *Counts) Add(a Act, n int) {
	switch a {
	case Create:
		c.Create += n
	case Keep:
		c.Keep += n
	case Change:
		c.Change += n
	case Close:
		c.Close += n
	}
}

// Step is one slot of a difference. Want is nil when it closes, Have is nil when
// it is created.
type Step[D, A any] struct {
	Act  Act
	Key  string
	Want *D
	Have *A
}

// Diff compares what is declared with what is there, by key. Steps come in the
// order of want, then what closes in the order of have; a key met twice on one
// side counts once, the first. The slices must outlive the steps.
func Diff[D, A any](want []D, wantKey func(*D) string, have []A, haveKey func(*A) string, same func(*D, *A) bool) []Step[D, A] {
	there := make(map[string]*A, len(have))
	for i := range have {
		if k := haveKey(&have[i]); there[k] == nil {
			there[k] = &have[i]
		}
	}
	out := make([]Step[D, A], 0, len(want))
	done := make(map[string]bool, len(want))
	for i := range want {
		k := wantKey(&want[i])
		if done[k] {
			continue
		}
		done[k] = true
		s := Step[D, A]{Act: Create, Key: k, Want: &want[i], Have: there[k]}
		if s.Have != nil {
			s.Act = Change
			if same(s.Want, s.Have) {
				s.Act = Keep
			}
		}
		out = append(out, s)
	}
	for i := range have {
		if k := haveKey(&have[i]); !done[k] {
			done[k] = true
			out = append(out, Step[D, A]{Act: Close, Key: k, Have: &have[i]})
		}
	}
	return out
}

// Count counts the steps of a difference.
func Count[D, A any](steps []Step[D, A]) (c Counts) {
	for _, s := range steps {
		c.Add(s.Act, 1)
	}
	return c
}

// Print is a running hash of content. Each piece is written with its length, so
// that "ab","c" and "a","bc" differ.
type Print struct {
	h   hash.Hash
	buf []byte
}

// NewPrint starts an empty print.
func NewPrint() *Print { return &Print{h: sha256.New()} }

// Text adds strings to the print.
func (p *Print) Text(parts ...string) *Print {
	for _, s := range parts {
		p.buf = binary.AppendUvarint(p.buf, uint64(len(s)))
		p.buf = append(p.buf, s...)
	}
	p.flush(4096)
	return p
}

// Int adds whole numbers to the print.
func (p *Print) Int(ns ...int64) *Print {
	for _, n := range ns {
		p.buf = binary.AppendVarint(p.buf, n)
	}
	p.flush(4096)
	return p
}

func (p *Print) flush(above int) {
	if len(p.buf) > above {
		p.h.Write(p.buf)
		p.buf = p.buf[:0]
	}
}

// JSON adds the JSON form of a value, which must marshal.
func (p *Print) JSON(v any) *Print {
	b, err := json.Marshal(v)
	if err != nil {
		panic("plan: content that does not marshal: " + err.Error())
	}
	return p.Text(string(b))
}

// ID returns the first 32 hex digits of the print.
func (p *Print) ID() string {
	p.flush(0)
	return hex.EncodeToString(p.h.Sum(nil)[:16])
}
