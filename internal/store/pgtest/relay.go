package pgtest

import (
	"bytes"
	order "encoding/binary"
	"io"
	"net"
	"net/url"
	"strings"
	"sync"
)

// Cut says what becomes of a COMMIT at which a relay cuts the connection.
type Cut int

// The ways to cut.
const (
	Never  Cut = iota // the COMMIT never reaches the database
	Blind             // it is handed on and the wire is cut at once
	Silent            // it is done, and its reply is swallowed
)

// Relay stands between a program and a database and cuts wires on command. It
// reads just enough of the protocol to see a COMMIT pass.
type Relay struct {
	target string
	l      net.Listener

	mu    sync.Mutex
	wires map[*wire]bool
	armed []Cut
	down  bool
	cuts  int
}

// NewRelay starts a relay before the database of a postgres:// address and returns
// it with the address to use instead.
func NewRelay(dsn string) (*Relay, string, error) {
	u, err := url.Parse(dsn)
	if err != nil {
		return nil, "", err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, "", err
	}
	r := &Relay{target: u.Host, l: l, wires: map[*wire]bool{}}
	u.Host = l.Addr().String()
	go r.accept()
	return r, u.String(), nil
}

// Close ends the relay and every wire through it.
func (r *Relay) Close() {
	_ = r.l.Close()
	r.Drop(true)
}

// CutAt arms the relay: the next COMMIT that comes along is cut so.
func (r *Relay) CutAt(c Cut) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.armed = append(r.armed, c)
}

// Cuts is how many COMMITs were cut.
func (r *Relay) Cuts() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.cuts
}

// Drop cuts every wire there is; while down, new ones are refused too.
func (r *Relay) Drop(down bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.down = down
	for w := range r.wires {
		w.close()
	}
}

// Up lets new wires through again.
func (r *Relay) Up() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.down = false
}

func (r *Relay) accept() {
	for {
		near, err := r.l.Accept()
		if err != nil {
			return
		}
		go r.carry(near)
	}
}

func (r *Relay) carry(near net.Conn) {
	far, err := net.Dial("tcp", r.target)
	if err != nil {
		_ = near.Close()
		return
	}
	w := &wire{r: r, near: near, far: far}
	r.mu.Lock()
	if r.down {
		r.mu.Unlock()
		w.close()
		return
	}
	r.wires[w] = true
	r.mu.Unlock()
	go w.back()
	w.forth()
	w.close()
	r.mu.Lock()
	delete(r.wires, w)
	r.mu.Unlock()
}

// fate takes the next armed cut, if any.
func (r *Relay) fate() (Cut, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.armed) == 0 {
		return 0, false
	}
	c := r.armed[0]
	r.armed = r.armed[1:]
	r.cuts++
	return c, true
}

// wire is one connection through the relay.
type wire struct {
	r         *Relay
	near, far net.Conn
	mu        sync.Mutex
	silent    bool
}

func (w *wire) close() {
	_ = w.near.Close()
	_ = w.far.Close()
}

// forth carries what the program says, message by message.
func (w *wire) forth() {
	first := true
	for {
		head := make([]byte, 5)
		if first {
			head = head[:4]
		}
		if _, err := io.ReadFull(w.near, head); err != nil {
			return
		}
		n := int(order.BigEndian.Uint32(head[len(head)-4:])) - 4
		if n < 0 || n > 1<<28 {
			return
		}
		body := make([]byte, n)
		if _, err := io.ReadFull(w.near, body); err != nil {
			return
		}
		commit := !first && head[0] == 'Q' && strings.HasSuffix(string(body), "COMMIT\x00")
		first = false
		fate, cut := Cut(0), false
		if commit {
			fate, cut = w.r.fate()
		}
		if cut && fate == Never {
			return
		}
		if cut && fate == Silent {
			w.mu.Lock()
			w.silent = true
			w.mu.Unlock()
		}
		if _, err := w.far.Write(append(head, body...)); err != nil {
			return
		}
		if cut && fate == Blind {
			return
		}
	}
}

// back carries what the database says; of a swallowed COMMIT nothing, until the
// database has said that it is done.
func (w *wire) back() {
	defer w.close()
	buf := make([]byte, 32<<10)
	var swallowed []byte
	for {
		n, err := w.far.Read(buf)
		if err != nil {
			return
		}
		w.mu.Lock()
		silent := w.silent
		w.mu.Unlock()
		if silent {
			if swallowed = append(swallowed, buf[:n]...); bytes.Contains(swallowed, []byte("COMMIT\x00")) {
				return
			}
			continue
		}
		if _, err := w.near.Write(buf[:n]); err != nil {
			return
		}
	}
}
