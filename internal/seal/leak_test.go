package seal

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// spell returns the forms in which a secret might show up.
func spell(b []byte) []string {
	return []string{string(b), hex.EncodeToString(b), strings.ToUpper(hex.EncodeToString(b)),
		base64.StdEncoding.EncodeToString(b), base64.RawURLEncoding.EncodeToString(b), fmt.Sprint(b), strings.Trim(fmt.Sprint(b), "[]")}
}

// 2,000 planted values and all keys never appear in what is stored, printed,
// logged, encoded or said in an error.
func TestCanariesNeverShow(t *testing.T) {
	path := filepath.Join(t.TempDir(), "root.key")
	root, err := CreateRoot(path)
	if err != nil {
		t.Fatal(err)
	}
	ring := &MemoryRing{}
	s := New(root, ring)
	var out bytes.Buffer
	log := slog.New(slog.NewJSONHandler(&out, nil))
	show := func(v any) {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d"} {
			fmt.Fprintf(&out, verb, v)
		}
		b, _ := json.Marshal(v)
		out.Write(b)
		b, _ = json.Marshal(map[string]any{"v": v})
		out.Write(b)
		log.Info("shown", "value", v)
		slog.New(slog.NewTextHandler(&out, nil)).Info("shown", "value", v)
	}
	var canaries []string
	var items []Item
	for i := range 2000 {
		c := fmt.Sprintf("canary-990203%012d", i)
		canaries = append(canaries, c)
		items = append(items, Item{Subject: fmt.Sprint("p", i%100), Context: Context("persons", "id_number", fmt.Sprint(i)), Bytes: []byte(c)})
	}
	sealed, err := s.SealAll(bg, "register", items)
	if err != nil {
		t.Fatal(err)
	}
	for i, b := range sealed {
		out.Write(b)
		out.Write(s.Index("persons.id_number", canaries[i]))
		_, err := s.Open(bg, "register", items[i].Subject, "elsewhere", b)
		if !errors.Is(err, ErrTampered) {
			t.Fatal(err)
		}
		fmt.Fprintf(&out, "%v %+v %#v", err, err, err)
		items[i].Bytes = b
	}
	opened, err := s.OpenAll(bg, "register", items)
	if err != nil || string(opened[7].Plain) != canaries[7] {
		t.Fatal(err)
	}
	k, _ := s.drawer("register").get("p1")
	for _, v := range []any{s, root, ring, s.drawer("register"), k, &k, items[0], items, opened[0], opened,
		struct{ S *Sealer }{s}, []any{k}} {
		show(v)
	}
	for p, w := range ring.keks {
		fmt.Fprint(&out, p, string(w))
	}
	for id, w := range ring.subjects["register"] {
		fmt.Fprint(&out, id, string(w))
	}
	file, _ := os.ReadFile(path)
	got := out.String()
	var secrets []string
	secrets = append(secrets, canaries...)
	for _, c := range canaries[:20] {
		secrets = append(secrets, spell([]byte(c))...)
	}
	for _, b := range [][]byte{k.secret[:], k.field[:], root.index, s.columnKey("persons.id_number")} {
		secrets = append(secrets, spell(b)...)
	}
	var f rootFile
	if err := json.Unmarshal(file, &f); err != nil || len(f.Keyset) < 50 {
		t.Fatal(err)
	}
	secrets = append(secrets, string(f.Keyset))
	for _, c := range secrets {
		if strings.Contains(got, c) {
			t.Fatalf("a secret shows: %.40q", c)
		}
	}
	if n := strings.Count(got, hidden); n < 100 {
		t.Fatalf("only %d marks: nothing was printed, the test proves nothing", n)
	}
}

// FuzzOpen feeds any bytes under any names: never a panic, and nothing opens but
// what was sealed there.
func FuzzOpen(f *testing.F) {
	s, _ := newSealer(f)
	good := must(f, s, "register", "a", "persons|phone|1", "12900001234")
	f.Add("register", "a", "persons|phone|1", good)
	f.Add("register", "a", "persons|phone|2", good)
	f.Add("register", "b", "persons|phone|1", good[:20])
	f.Add("", "", "", []byte{})
	f.Add("incident:1", "a", "c", append([]byte{2}, good[1:]...))
	f.Fuzz(func(t *testing.T, purpose, subject, where string, b []byte) {
		plain, err := s.Open(bg, purpose, subject, where, b)
		same := purpose == "register" && subject == "a" && where == "persons|phone|1" && bytes.Equal(b, good)
		if same != (err == nil) {
			t.Fatalf("opened %q: %v", plain, err)
		}
		if err != nil && plain != nil {
			t.Fatal("bytes came with an error")
		}
	})
}
