package exchange

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"path"
	"slices"
	"strings"
)

// Limits of a workbook's zip directory. Real sheets shrink 10 to 60 times; what
// shrinks further is a bomb or a mistake.
const (
	zipMaxEntries = 2000
	zipMaxTotal   = 1 << 30
	zipMaxRatio   = 200
	zipRatioFrom  = 8 << 20 // below this size the ratio does not matter
)

// checkZip reads the directory of a zip file by itself, before any library does,
// and refuses what a workbook never has: bombs, overlapping or absurd entries,
// zip64 numbers beyond the file, paths that climb, names given twice.
func checkZip(data []byte) error {
	dir, count, err := zipEnd(data)
	if err != nil {
		return err
	}
	if count > zipMaxEntries {
		return ErrBomb.With(fmt.Sprintf("%d entries", count))
	}
	var spans [][2]uint64
	names := map[string]bool{}
	total := uint64(0)
	for range count {
		e, rest, err := zipEntry(dir)
		if err != nil {
			return err
		}
		dir = rest
		if err := zipName(e.name); err != nil {
			return err
		}
		if low := strings.ToLower(e.name); names[low] {
			return ErrDamaged.With("a part occurs twice in the zip directory")
		} else {
			names[low] = true
		}
		if e.flags&1 != 0 {
			return ErrOldFormat.With()
		}
		size := uint64(len(data))
		if e.offset >= size || e.packed > size-e.offset {
			return ErrDamaged.With("zip entry beyond the end of the file")
		}
		spans = append(spans, [2]uint64{e.offset, e.offset + 30 + e.packed})
		if e.plain > zipMaxTotal {
			return ErrBomb.With("one part above 1 GB")
		}
		if e.plain > zipRatioFrom && e.plain/max(e.packed, 1) > zipMaxRatio {
			return ErrBomb.With(fmt.Sprintf("one part grows %d times", e.plain/max(e.packed, 1)))
		}
		if total += e.plain; total > zipMaxTotal {
			return ErrBomb.With("all parts together above 1 GB")
		}
	}
	slices.SortFunc(spans, func(a, b [2]uint64) int {
		if a[0] < b[0] {
			return -1
		}
		return 1
	})
	for i := 1; i < len(spans); i++ {
		if spans[i][0] < spans[i-1][1] {
			return ErrBomb.With("parts overlap")
		}
	}
	return zipKind(names)
}

// zipKind says what a sound zip is when it is no workbook.
func zipKind(names map[string]bool) error {
	switch {
	case names["xl/workbook.xml"]:
		return nil
	case names["xl/workbook.bin"]:
		return ErrOldFormat.With()
	case names["word/document.xml"]:
		return ErrNotSheet.With("Word")
	case names["ppt/presentation.xml"]:
		return ErrNotSheet.With("PowerPoint")
	case names["content.xml"]:
		return ErrNotSheet.With("OpenDocument")
	case names["[content_types].xml"]:
		return nil // the workbook may lie elsewhere; the reader follows the relations
	}
	return ErrNotSheet.With("zip")
}

// zipEnd finds the central directory and its count of entries.
func zipEnd(data []byte) (dir []byte, count int, err error) {
	from := max(0, len(data)-65557)
	i := bytes.LastIndex(data[from:], []byte("PK\x05\x06"))
	if i < 0 || len(data)-(from+i) < 22 {
		return nil, 0, ErrDamaged.With("zip directory missing, the file may be cut off")
	}
	end := data[from+i:]
	n := uint64(binary.LittleEndian.Uint16(end[10:]))
	size := uint64(binary.LittleEndian.Uint32(end[12:]))
	off := uint64(binary.LittleEndian.Uint32(end[16:]))
	if n == 0xffff || size == 0xffffffff || off == 0xffffffff {
		at := from + i - 20
		if at < 0 || string(data[at:at+4]) != "PK\x06\x07" {
			return nil, 0, ErrDamaged.With("zip64 directory missing")
		}
		e := binary.LittleEndian.Uint64(data[at+8:])
		if e > uint64(len(data)) || uint64(len(data))-e < 56 || string(data[e:e+4]) != "PK\x06\x06" {
			return nil, 0, ErrDamaged.With("zip64 directory beyond the end of the file")
		}
		n = binary.LittleEndian.Uint64(data[e+32:])
		size = binary.LittleEndian.Uint64(data[e+40:])
		off = binary.LittleEndian.Uint64(data[e+48:])
	}
	if off > uint64(len(data)) || size > uint64(len(data))-off {
		return nil, 0, ErrDamaged.With("zip directory beyond the end of the file")
	}
	if n > zipMaxEntries {
		return nil, 0, ErrBomb.With(fmt.Sprintf("%d entries", n))
	}
	return data[off : off+size], int(n), nil
}

type zipItem struct {
	name                  string
	flags                 uint16
	packed, plain, offset uint64
}

func zipEntry(dir []byte) (e zipItem, rest []byte, err error) {
	bad := ErrDamaged.With("zip directory malformed")
	if len(dir) < 46 || string(dir[:4]) != "PK\x01\x02" {
		return e, nil, bad
	}
	le := binary.LittleEndian
	e.flags = le.Uint16(dir[8:])
	e.packed, e.plain, e.offset = uint64(le.Uint32(dir[20:])), uint64(le.Uint32(dir[24:])), uint64(le.Uint32(dir[42:]))
	nameLen, extraLen, noteLen := int(le.Uint16(dir[28:])), int(le.Uint16(dir[30:])), int(le.Uint16(dir[32:]))
	if len(dir) < 46+nameLen+extraLen+noteLen {
		return e, nil, bad
	}
	e.name = string(dir[46 : 46+nameLen])
	extra := dir[46+nameLen : 46+nameLen+extraLen]
	for len(extra) >= 4 {
		id, n := le.Uint16(extra), int(le.Uint16(extra[2:]))
		if extra = extra[4:]; n > len(extra) {
			break
		}
		if id == 1 {
			field := extra[:n]
			for _, v := range []*uint64{&e.plain, &e.packed, &e.offset} {
				if *v == 0xffffffff {
					if len(field) < 8 {
						return e, nil, ErrDamaged.With("zip64 sizes missing")
					}
					*v, field = le.Uint64(field), field[8:]
				}
			}
		}
		extra = extra[n:]
	}
	return e, dir[46+nameLen+extraLen+noteLen:], nil
}

func zipName(name string) error {
	if name == "" || len(name) > 260 || strings.ContainsAny(name, "\x00\\:") || strings.HasPrefix(name, "/") ||
		slices.Contains(strings.Split(name, "/"), "..") || path.Clean(name) != strings.TrimSuffix(name, "/") {
		return ErrDamaged.With("a path in the zip directory is not allowed")
	}
	return nil
}
