package exchange

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"strings"

	"shouwang/internal/fault"
)

// childMemory is the soft limit that the child sets itself; the parent ends it at
// twice as much.
const childMemory = 128 << 20

// ReadChild is the body of the command "sheet-read": it reads one line of JSON
// with the file's size and limits, then the file, from stdin and writes its rows
// as JSON lines to stdout. It opens no other file and no connection. What is wrong
// with the file is a line of its own; the error returned is for a broken pipe or
// input that no parent of ours sends.
func ReadChild(stdin io.Reader, stdout io.Writer) error {
	debug.SetMemoryLimit(childMemory)
	in := bufio.NewReaderSize(stdin, 64<<10)
	line, err := in.ReadSlice('\n')
	if err != nil {
		return fmt.Errorf("sheet-read: no job line: %w", err)
	}
	var job childJob
	if err := json.Unmarshal(line, &job); err != nil || job.Size < 0 || job.Size > maxFile {
		return fmt.Errorf("sheet-read: job line malformed")
	}
	data := make([]byte, job.Size)
	if _, err := io.ReadFull(in, data); err != nil {
		return fmt.Errorf("sheet-read: file shorter than announced: %w", err)
	}
	out := bufio.NewWriterSize(stdout, 64<<10)
	if err := readFile(data, job, out); err != nil {
		var f *fault.Error
		if !errors.As(err, &f) {
			return err
		}
		if err := writeFrame(out, frame{Fault: f.Code, Args: f.Args, Where: f.Where}); err != nil {
			return err
		}
	}
	return out.Flush()
}

// readFile finds the format by content, never by name, and writes the frames.
func readFile(data []byte, job childJob, out *bufio.Writer) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = ErrDamaged.With("unexpected content").Because(fmt.Errorf("%v", p))
		}
	}()
	rows := &rowWriter{w: out, max: min(max(job.MaxRows, 1), maxRows)}
	end := frame{End: true, Format: sniff(data)}
	switch end.Format {
	case "xlsx":
		err = readXLSX(data, rows)
	default:
		end.Encoding, err = readCSV(data, rows)
	}
	if err != nil {
		return err
	}
	return writeFrame(out, end)
}

func writeFrame(w io.Writer, f frame) error {
	b, err := json.Marshal(f)
	if err != nil {
		return err
	}
	_, err = w.Write(append(b, '\n'))
	return err
}

// sniff tells the format by the first bytes: "xlsx" for a zip, "old" for the
// container of .xls and of encrypted workbooks, "html", "csv", or the name of
// something that is no sheet.
func sniff(data []byte) string {
	b := bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	for _, m := range []struct{ magic, name string }{
		{"PK\x03\x04", "xlsx"}, {"PK\x05\x06", "xlsx"}, {"\xd0\xcf\x11\xe0", "old"}, {"%PDF", "PDF"}, {"\x89PNG", "PNG"},
		{"\xff\xd8\xff", "JPEG"}, {"GIF8", "GIF"}, {"Rar!", "RAR"}, {"7z\xbc\xaf", "7z"}, {"\x1f\x8b", "gzip"}, {"\x7fELF", "ELF"}, {"MZ\x90", "EXE"},
	} {
		if bytes.HasPrefix(b, []byte(m.magic)) {
			return m.name
		}
	}
	top := strings.ToLower(string(bytes.TrimSpace(b[:min(len(b), 256)])))
	switch {
	case strings.HasPrefix(top, "<html"), strings.HasPrefix(top, "<!doctype html"), strings.HasPrefix(top, "<table"):
		return "HTML"
	case strings.HasPrefix(top, "<?xml"):
		return "XML"
	case strings.HasPrefix(top, "{"), strings.HasPrefix(top, "[{"):
		return "JSON"
	}
	return "csv"
}
