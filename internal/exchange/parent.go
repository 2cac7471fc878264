package exchange

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync/atomic"
	"time"
)

// Limits of one file and of the child that reads it.
const (
	maxFile     = 64 << 20
	childRSS    = 256 << 20
	childTime   = 30 * time.Second
	childTimeMB = 2 * time.Second // more for each MB of file
	pollEvery   = 20 * time.Millisecond
)

// Limits bound the child that parses a file; a zero field takes the default: 64 MB
// of file, 256 MB of resident memory, 30 s and 2 s for each MB, 1,000,000 rows.
type Limits struct {
	File   int
	Memory int64
	Time   time.Duration
	Rows   int
}

func (l Limits) fill(size int) Limits {
	if l.File <= 0 || l.File > maxFile {
		l.File = maxFile
	}
	if l.Memory <= 0 {
		l.Memory = childRSS
	}
	if l.Time <= 0 {
		l.Time = childTime + childTimeMB*time.Duration(size>>20)
	}
	if l.Rows <= 0 || l.Rows > maxRows {
		l.Rows = maxRows
	}
	return l
}

// parse hands a checked file to a child process and gives every frame to fn. The
// child gets no environment but its limits, no file and no argument from outside.
func parse(ctx context.Context, data []byte, command []string, lim Limits, fn func(*frame) error) error {
	if len(command) == 0 {
		self, err := os.Executable()
		if err != nil {
			return ErrStopped.With().Because(err)
		}
		command = []string{self, "sheet-read"}
	}
	job, err := json.Marshal(childJob{Size: len(data), MaxRows: lim.Rows})
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, lim.Time)
	defer cancel()
	cmd := exec.CommandContext(ctx, command[0], command[1:]...)
	cmd.Env = []string{fmt.Sprintf("GOMEMLIMIT=%d", childMemory), "GOMAXPROCS=2", "GOTRACEBACK=none"}
	cmd.Stdin = io.MultiReader(bytes.NewReader(append(job, '\n')), bytes.NewReader(data))
	cmd.WaitDelay = time.Second
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return ErrStopped.With().Because(err)
	}
	if err := cmd.Start(); err != nil {
		return ErrStopped.With().Because(err)
	}
	var fat atomic.Bool
	stop := make(chan struct{})
	go watch(cmd.Process, lim.Memory, &fat, stop)
	ended, readErr := frames(stdout, fn)
	if readErr != nil || !ended {
		cancel0(cmd.Process, readErr)
	}
	waitErr := cmd.Wait()
	close(stop)
	switch {
	case fat.Load():
		return ErrMemory.With(lim.Memory >> 20)
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return ErrTooLong.With(int(lim.Time.Seconds()))
	case ctx.Err() != nil:
		return ctx.Err()
	case readErr != nil:
		return readErr
	case !ended:
		return ErrStopped.With().Because(waitErr)
	}
	return nil
}

// cancel0 ends a child whose output is not wanted any more.
func cancel0(p *os.Process, err error) {
	if err != nil {
		_ = p.Kill()
	}
}

// watch ends the child once its resident memory passes the limit.
func watch(p *os.Process, limit int64, fat *atomic.Bool, stop <-chan struct{}) {
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	for {
		select {
		case <-stop:
			return
		case <-tick.C:
			if resident(p.Pid) > limit {
				fat.Store(true)
				_ = p.Kill()
				return
			}
		}
	}
}

// frames reads the child's lines; ended says whether it came to its own end. A
// fault that the child names comes back as that fault.
func frames(r io.Reader, fn func(*frame) error) (ended bool, err error) {
	in := bufio.NewReaderSize(r, 256<<10)
	for {
		line, err := in.ReadSlice('\n')
		if err == bufio.ErrBufferFull {
			line, err = longLine(in, line)
		}
		if err == io.EOF {
			return false, nil
		}
		if err != nil {
			return false, ErrStopped.With().Because(err)
		}
		var f frame
		if err := json.Unmarshal(line, &f); err != nil {
			return false, ErrStopped.With().Because(err)
		}
		if f.Fault != "" {
			def := readerFaults[f.Fault]
			if def == nil {
				return false, ErrStopped.With().Because(errors.New("unknown fault from the reader"))
			}
			e := def.With().At(f.Where)
			e.Args = f.Args
			return false, e
		}
		if err := fn(&f); err != nil {
			return false, err
		}
		if f.End {
			return true, nil
		}
	}
}

// longLine puts together a line that is longer than the buffer.
func longLine(in *bufio.Reader, first []byte) ([]byte, error) {
	line := bytes.Clone(first)
	for {
		part, err := in.ReadSlice('\n')
		if line = append(line, part...); len(line) > maxText {
			return nil, errors.New("line too long")
		}
		if err != bufio.ErrBufferFull {
			return line, err
		}
	}
}
