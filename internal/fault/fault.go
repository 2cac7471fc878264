package fault

import (
	"errors"
	"fmt"
	"sort"
	"strings"
	"sync"
)

// Kind is the class of a fault. It decides the HTTP status and the exit code,
// and nothing else.
type Kind int

// The eight kinds. Unavailable is the server's own trouble, Hasty the caller's: it
// asked more often than it may and is told how long to wait. Absent and out of scope are both NotFound, so that an answer
// never tells whether a hidden thing exists.
const (
	Internal Kind = iota
	Invalid
	Unauthenticated
	Forbidden
	NotFound
	Conflict
	Unavailable
	Hasty
)

// String returns the kind's name as it appears in answers and logs.
func (k Kind) String() string {
	return [...]string{"internal", "invalid", "unauthenticated", "forbidden", "not_found", "conflict", "unavailable", "hasty"}[k]
}

// Def is a fault as declared: one per code, kept for the error reference.
type Def struct {
	Kind   Kind
	Code   string
	ZH, EN string // sentences with {0}, {1}… for arguments
}

var (
	mu   sync.Mutex
	defs = map[string]*Def{}
)

// Define declares a fault. It panics when the code is taken, so that a code
// means one thing for ever.
func Define(kind Kind, code, zh, en string) *Def {
	mu.Lock()
	defer mu.Unlock()
	if defs[code] != nil {
		panic("fault: code defined twice: " + code)
	}
	d := &Def{Kind: kind, Code: code, ZH: zh, EN: en}
	defs[code] = d
	return d
}

// Defs returns every declared fault in the order of its code.
func Defs() []*Def {
	mu.Lock()
	defer mu.Unlock()
	out := make([]*Def, 0, len(defs))
	for _, d := range defs {
		out = append(out, d)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Code < out[j].Code })
	return out
}

// Error is one occurrence of a Def. Args fill the sentence, Where names the
// place in the input (row, column, line, field), Cause is for logs only and
// never leaves the server.
type Error struct {
	*Def
	Args  []string
	Where string
	Wait  int // seconds after which to try again; 0: not said
	Cause error
	zh    []string // the arguments in Chinese
}

// Word is an argument that is said in both languages.
type Word struct{ ZH, EN string }

// List puts words one after another.
func List(ws []Word) (out Word) {
	for i, w := range ws {
		if i > 0 {
			out.ZH, out.EN = out.ZH+"、", out.EN+", "
		}
		out.ZH, out.EN = out.ZH+w.ZH, out.EN+w.EN
	}
	return out
}

// With makes an error of the definition; the arguments fill {0}, {1}….
func (d *Def) With(args ...any) *Error {
	e := &Error{Def: d}
	for _, a := range args {
		w, ok := a.(Word)
		if !ok {
			w.ZH = fmt.Sprint(a)
			w.EN = w.ZH
		}
		e.Args, e.zh = append(e.Args, w.EN), append(e.zh, w.ZH)
	}
	return e
}

// Error lets a Def itself be used with errors.Is.
func (d *Def) Error() string { return d.Code + ": " + d.EN }

// After says after how many seconds to try again.
func (e *Error) After(seconds int) *Error { e.Wait = seconds; return e }

// At names the place in the input that the error is about.
func (e *Error) At(where string) *Error { e.Where = where; return e }

// Because keeps the inner error for the log.
func (e *Error) Because(err error) *Error { e.Cause = err; return e }

// Unwrap returns the inner error.
func (e *Error) Unwrap() error { return e.Cause }

// Is says whether target is this error's definition.
func (e *Error) Is(target error) bool {
	d, ok := target.(*Def)
	return ok && d == e.Def
}

// Error returns the English sentence with code, place and cause, for logs and
// the terminal.
func (e *Error) Error() string {
	s := e.Code + ": " + e.Text("en")
	if e.Cause != nil {
		s += " (" + e.Cause.Error() + ")"
	}
	return s
}

// Text returns the public sentence in lang ("zh" or "en"), with arguments and
// place filled in and without the cause.
func (e *Error) Text(lang string) string {
	s, args := e.ZH, e.Args
	if lang == "en" {
		s = e.EN
	} else if len(e.zh) > 0 {
		args = e.zh
	}
	for i, a := range args {
		s = strings.ReplaceAll(s, fmt.Sprintf("{%d}", i), a)
	}
	if e.Where != "" {
		if lang == "en" {
			s = e.Where + ": " + s
		} else {
			s = e.Where + "：" + s
		}
	}
	return s
}

// ErrInternal is what a failure that nobody foresaw looks like from outside.
var ErrInternal = Define(Internal, "SW-1000",
	"系统内部出错，本次操作没有写入。请稍后重试；若反复出现，请把编号告诉系统管理员。",
	"Something failed inside; nothing was written. Try again later; if it happens again, give this code to the system keeper.")

// As returns err as a fault, wrapping what is not one as ErrInternal.
func As(err error) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	var d *Def
	if errors.As(err, &d) {
		return d.With()
	}
	return ErrInternal.With().Because(err)
}

// KindOf returns the kind of err; an unknown error is Internal.
func KindOf(err error) Kind { return As(err).Kind }
