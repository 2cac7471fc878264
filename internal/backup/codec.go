package backup

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
)

// The tags of a value in a chunk.
const (
	tagNull byte = iota
	tagInt
	tagFloat
	tagText
	tagBlob
	tagFalse
	tagTrue
)

// maxValue is the longest text or blob that a chunk is believed about.
const maxValue = 256 << 20

var errChunk = errors.New("the chunk does not read")

// appendRow adds a row to a chunk: each value a tag and its bytes.
func appendRow(b []byte, values []any) ([]byte, error) {
	for _, x := range values {
		switch v := x.(type) {
		case nil:
			b = append(b, tagNull)
		case int64:
			b = binary.AppendVarint(append(b, tagInt), v)
		case float64:
			b = binary.BigEndian.AppendUint64(append(b, tagFloat), math.Float64bits(v))
		case string:
			b = append(binary.AppendUvarint(append(b, tagText), uint64(len(v))), v...)
		case []byte:
			b = append(binary.AppendUvarint(append(b, tagBlob), uint64(len(v))), v...)
		case bool:
			if v {
				b = append(b, tagTrue)
			} else {
				b = append(b, tagFalse)
			}
		default:
			return b, fmt.Errorf("backup: a value of type %T", x)
		}
	}
	return b, nil
}

// readRow reads one row of n values; io.EOF where no further row begins.
func readRow(r *bufio.Reader, n int) ([]any, error) {
	out := make([]any, n)
	for i := range out {
		tag, err := r.ReadByte()
		if err == io.EOF && i == 0 {
			return nil, io.EOF
		}
		if err != nil {
			return nil, errChunk
		}
		if out[i], err = readValue(r, tag); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func readValue(r *bufio.Reader, tag byte) (any, error) {
	switch tag {
	case tagNull:
		return nil, nil
	case tagFalse, tagTrue:
		return tag == tagTrue, nil
	case tagInt:
		v, err := binary.ReadVarint(r)
		if err != nil {
			return nil, errChunk
		}
		return v, nil
	case tagFloat:
		var b [8]byte
		if _, err := io.ReadFull(r, b[:]); err != nil {
			return nil, errChunk
		}
		return math.Float64frombits(binary.BigEndian.Uint64(b[:])), nil
	case tagText, tagBlob:
		n, err := binary.ReadUvarint(r)
		if err != nil || n > maxValue {
			return nil, errChunk
		}
		b := make([]byte, 0, min(n, 1<<20)) // grows only with what is really there
		for uint64(len(b)) < n {
			part := make([]byte, min(n-uint64(len(b)), 1<<20))
			if _, err := io.ReadFull(r, part); err != nil {
				return nil, errChunk
			}
			b = append(b, part...)
		}
		if tag == tagText {
			return string(b), nil
		}
		return b, nil
	}
	return nil, errChunk
}
