package seal

import (
	"bytes"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"

	"shouwang/internal/fault"
)

// Faults of the recovery sheet.
var (
	ErrSheetLine = fault.Define(fault.Invalid, "SW-1913",
		"恢复单第 {0} 行抄得不对（校验位不符）。没有写入任何内容。请对照纸面核对这一行后重试。",
		"Line {0} of the recovery sheet is not as it was printed (its check letters differ). Nothing was written. Compare this line with the paper and try again.")
	ErrSheetWhole = fault.Define(fault.Invalid, "SW-1914",
		"恢复单不完整，或不是守望的恢复单。没有写入任何内容。请把每一行都抄上，顺序照纸面。",
		"The recovery sheet is not whole, or is none of Shouwang. Nothing was written. Type every line, in the order of the paper.")
	ErrSheetOther = fault.Define(fault.Invalid, "SW-1915",
		"恢复单读得通，但不是现在这把根密钥的。没有改动任何内容。请重新打印（shouwang keys sheet），旧的那张作废。",
		"The recovery sheet reads well but is not that of the present root key. Nothing was changed. Print it anew (shouwang keys sheet); the old one is void.")
)

// sheetLetters leaves out I, L, O and U, which are misread.
var sheetLetters = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

const (
	sheetVersion byte = 1
	lineLetters       = 20
	lineChecks        = 2
	sheetMark         = "SHOUWANG1"
	aesKeyURL         = "type.googleapis.com/google.crypto.tink.AesGcmKey"
)

// Sheet is a root key as paper carries it. It is as secret as the key itself.
type Sheet struct {
	redacted
	Lines []string // numbered lines of five groups and two check letters
	QR    string   // the same in one line, for a square code
	Sum   string   // tells one sheet from another and says nothing of the key
}

// Sheet returns the root key for printing.
func (r *Root) Sheet() (Sheet, error) {
	b, err := r.compact()
	if err != nil {
		return Sheet{}, err
	}
	defer clear(b)
	sum := sha256.Sum256(append([]byte("shouwang/sheet|"), b...))
	s := Sheet{Sum: hex.EncodeToString(sum[:6])}
	text := sheetLetters.EncodeToString(b)
	s.QR = sheetMark + ":" + text
	for n := 1; len(text) > 0; n++ {
		k := min(lineLetters, len(text))
		s.Lines = append(s.Lines, fmt.Sprintf("%d  %s  %s", n, grouped(text[:k]), lineCheck(n, text[:k])))
		text = text[k:]
	}
	return s, nil
}

func grouped(text string) string {
	var out []string
	for len(text) > 4 {
		out, text = append(out, text[:4]), text[4:]
	}
	return strings.Join(append(out, text), " ")
}

func lineCheck(n int, text string) string {
	h := sha256.Sum256(fmt.Appendf(nil, "%d|%s", n, text))
	return sheetLetters.EncodeToString(h[:5])[:lineChecks]
}

// compact is the root key without the wrapping of its file: version, number of
// keys, which one wraps, each key's id and bytes, the index secret, a checksum.
func (r *Root) compact() ([]byte, error) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	var ks bytes.Buffer
	if err := insecurecleartextkeyset.Write(r.handle, keyset.NewJSONWriter(&ks)); err != nil {
		return nil, err
	}
	var set jsonKeyset
	if err := json.Unmarshal(ks.Bytes(), &set); err != nil {
		return nil, err
	}
	out := []byte{sheetVersion, byte(len(set.Key)), 0}
	for i, k := range set.Key {
		if k.KeyID == set.Primary {
			out[2] = byte(i)
		}
		raw := k.KeyData.Value
		if k.KeyData.TypeURL != aesKeyURL || len(raw) != keySize+2 || raw[0] != 0x1a || raw[1] != keySize {
			return nil, errors.New("seal: a root key of another kind")
		}
		out = append(binary.BigEndian.AppendUint32(out, k.KeyID), raw[2:]...)
	}
	out = append(out, r.index...)
	sum := sha256.Sum256(out)
	return append(out, sum[:4]...), nil
}

// jsonKeyset is Tink's own shape of a keyset in JSON.
type jsonKeyset struct {
	Primary uint32    `json:"primaryKeyId"`
	Key     []jsonKey `json:"key"`
}

type jsonKey struct {
	KeyData struct {
		TypeURL string `json:"typeUrl"`
		Value   []byte `json:"value"`
		Kind    string `json:"keyMaterialType"`
	} `json:"keyData"`
	Status string `json:"status"`
	KeyID  uint32 `json:"keyId"`
	Prefix string `json:"outputPrefixType"`
}

// ReadSheet reads what somebody typed from the paper, or a scanned code, and
// returns the root key, in memory only. Faults: SW-1913 names the line, SW-1914.
func ReadSheet(text string) (*Root, error) {
	letters, err := sheetText(text)
	if err != nil {
		return nil, err
	}
	b, err := sheetLetters.DecodeString(letters)
	if err != nil {
		return nil, ErrSheetWhole.With()
	}
	defer clear(b)
	return expand(b)
}

// sheetText joins the lines, each compared with its check letters.
func sheetText(text string) (string, error) {
	if _, code, ok := strings.Cut(text, sheetMark+":"); ok {
		return plainLetters(code), nil
	}
	var out strings.Builder
	n := 0
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		n++
		number, rest, ok := strings.Cut(line, " ")
		if len(number) > 2 || !ok { // typed without its number
			rest = line
		} else if strings.Trim(number, ".:0123456789") != "" {
			rest = line
		}
		got := plainLetters(rest)
		if len(got) <= lineChecks || len(got) > lineLetters+lineChecks {
			return "", ErrSheetLine.With(n)
		}
		body, check := got[:len(got)-lineChecks], got[len(got)-lineChecks:]
		if lineCheck(n, body) != check {
			return "", ErrSheetLine.With(n)
		}
		out.WriteString(body)
	}
	return out.String(), nil
}

// plainLetters forgives case, gaps and the letters that are not used.
func plainLetters(text string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case 'O', 'o':
			return '0'
		case 'I', 'i', 'L', 'l':
			return '1'
		case ' ', '-', '\t', '\r', '\n', '　':
			return -1
		}
		if r >= 'a' && r <= 'z' {
			return r - 'a' + 'A'
		}
		return r
	}, text)
}

func expand(b []byte) (*Root, error) {
	bad := ErrSheetWhole.With()
	if len(b) < 3 || b[0] != sheetVersion || b[1] == 0 || b[1] > 8 || b[2] >= b[1] || len(b) != 3+int(b[1])*(4+keySize)+32+4 {
		return nil, bad
	}
	body := b[:len(b)-4]
	if sum := sha256.Sum256(body); !bytes.Equal(sum[:4], b[len(b)-4:]) {
		return nil, bad
	}
	var set jsonKeyset
	at := body[3:]
	for range int(b[1]) {
		k := jsonKey{Status: "ENABLED", KeyID: binary.BigEndian.Uint32(at), Prefix: "TINK"}
		k.KeyData.TypeURL, k.KeyData.Kind = aesKeyURL, "SYMMETRIC"
		k.KeyData.Value = append([]byte{0x1a, keySize}, at[4:4+keySize]...)
		set.Key = append(set.Key, k)
		at = at[4+keySize:]
	}
	set.Primary = set.Key[b[2]].KeyID
	raw, err := json.Marshal(set)
	if err != nil {
		return nil, err
	}
	defer clear(raw)
	h, err := insecurecleartextkeyset.Read(keyset.NewJSONReader(bytes.NewReader(raw)))
	if err != nil {
		return nil, bad
	}
	r := &Root{index: bytes.Clone(at)}
	return r, r.use(h)
}

// Save writes a root key that lives in memory to a file that is not there yet.
// Faults: SW-1910, SW-1912.
func (r *Root) Save(path string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	b, err := r.encode(r.handle)
	if err != nil {
		return err
	}
	defer clear(b)
	switch err := newFile(path, b); {
	case errors.Is(err, fs.ErrExist):
		return ErrRootExists.With(path)
	case err != nil:
		return ErrRootFile.With(path).Because(err)
	}
	r.path = path
	return nil
}

// Withdraw removes the file that Save wrote, when it turned out to be the wrong key.
func (r *Root) Withdraw() error { return os.Remove(r.path) }
