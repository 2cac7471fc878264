package exchange

import (
	"context"
	"io"
	"strings"
	"time"

	"shouwang/internal/identity"
	"shouwang/internal/table"
)

// Options say how a file is read. Now is needed; the rest has defaults.
type Options struct {
	Now     time.Time         // the world's clock; nobody is born and nothing verified after it
	World   identity.World    // which identity and telephone numbers exist
	Aliases map[string]string // other names of estates → the name in use
	// Catalogues are the ids that the playbooks in use declare, by column (skills,
	// limits, trained), with what they are called; empty: the reader's own words alone.
	Catalogues map[string][]Named
	Child      []string // command that runs ReadChild; default: this program with "sheet-read"
	Limits     Limits
}

// Named is one id of a catalogue and what it is called.
type Named struct{ ID, ZH, EN string }

// Sheet is a file that was read whole and whose heading was understood. Places,
// Residents and Helpers turn its rows into typed ones.
type Sheet struct {
	File     string
	Kind     Kind
	Format   string // "xlsx" or "csv"
	Encoding string // of a csv, as found
	Mapping  []Mapped
	Skipped  []Skipped // totals, signatures, repeated headings
	Ignored  []Ignored // sheets whose heading means nothing here
	parts    []part
	opt      Options
}

// Skipped is a row that is no data, with the reason.
type Skipped struct {
	Sheet  string `json:"sheet,omitempty"`
	Row    int    `json:"row"`
	Reason string `json:"reason"`
}

// Ignored is a sheet of the workbook that was not read, with its count of rows.
type Ignored struct {
	Sheet  string `json:"sheet"`
	Rows   int    `json:"rows"`
	Reason string `json:"reason"`
}

// part is one sheet with its heading; rows are data rows only.
type part struct {
	name string
	head heading
	cols map[string][]int // field → columns, from the left
	rows []packedRow
}

// gridRow is a row unpacked: its number in the file, cells and their types.
type gridRow struct {
	n     int
	types string
	cells []string
}

// packedRow keeps a row in one string, which halves the memory of large files.
type packedRow struct {
	n     int
	types string
	text  string
}

const packSep = "\x1f" // never in a cell: the child turns control signs into spaces

func pack(n int, types string, cells []string) packedRow {
	return packedRow{n, types, strings.Join(cells, packSep)}
}

func (p packedRow) unpack() gridRow {
	return gridRow{p.n, p.types, strings.Split(p.text, packSep)}
}

func (r gridRow) kind(c int) byte {
	if c < len(r.types) {
		return r.types[c]
	}
	return cellText
}

// Rows returns the count of data rows: good and rejected rows together.
func (s *Sheet) Rows() int {
	n := 0
	for _, p := range s.parts {
		n += len(p.rows)
	}
	return n
}

// Read takes in one file of the given kind: it checks the container, has the
// content parsed by a child process, finds the headings and maps the columns. name
// is only shown to people. Errors are faults SW-1301 to SW-1319; whatever they
// say, nothing was written.
func Read(ctx context.Context, name string, r io.Reader, kind Kind, opt Options) (*Sheet, error) {
	sch := schemas[kind]
	if sch == nil {
		return nil, ErrKind.With(kind)
	}
	lim := opt.Limits.fill(0)
	data, err := io.ReadAll(io.LimitReader(r, int64(lim.File)+1))
	if err != nil {
		return nil, ErrStopped.With().Because(err)
	}
	if len(data) > lim.File {
		return nil, ErrTooBig.With(lim.File >> 20)
	}
	if err := check(data); err != nil {
		return nil, err
	}
	s := &Sheet{File: name, Kind: kind, opt: opt}
	grids, err := s.collect(ctx, data)
	if err != nil {
		return nil, err
	}
	return s, s.build(grids, sch)
}

// check refuses what need not be parsed to be refused.
func check(data []byte) error {
	if len(strings.TrimSpace(string(data[:min(len(data), 4096)]))) == 0 && len(data) < 4096 {
		return ErrEmptyFile.With()
	}
	switch f := sniff(data); f {
	case "xlsx":
		return checkZip(data)
	case "csv":
		return nil
	case "old":
		return ErrOldFormat.With()
	default:
		return ErrNotSheet.With(f)
	}
}

// collect runs the child and gathers the sheets it sends.
func (s *Sheet) collect(ctx context.Context, data []byte) ([]*grid, error) {
	var grids []*grid
	total := 0
	err := parse(ctx, data, s.opt.Child, s.opt.Limits.fill(len(data)), func(f *frame) error {
		switch {
		case f.Sheet != nil:
			grids = append(grids, &grid{name: *f.Sheet, hidden: f.Hidden})
		case f.End:
			s.Format, s.Encoding = f.Format, f.Encoding
		case len(grids) == 0:
			return ErrStopped.With()
		case f.Done:
			g := grids[len(grids)-1]
			g.hiddenCols, g.merges = f.Cols, f.Merges
		case f.R > 0:
			g := grids[len(grids)-1]
			for i, c := range f.C {
				f.C[i] = table.Unsafe(c)
			}
			row := pack(f.R, f.T, f.C)
			if total += len(row.text); total > maxText {
				return ErrTooMuchText.With()
			}
			g.rows = append(g.rows, row)
		}
		return nil
	})
	return grids, err
}

// otherMargin is how many more headings another kind must know before a file is
// taken for one of that kind, dropped at the wrong place.
const otherMargin = 4

// otherKind says whether the headings fit another kind of file far better.
func otherKind(g *grid, kind Kind, score int) (Kind, bool) {
	for _, k := range []Kind{Places, Residents, Helpers, Squads, Rosters, Cases} {
		if k != kind && findHeading(g.top(), schemas[k]).score >= score+otherMargin {
			return k, true
		}
	}
	return kind, false
}

// build finds the heading of every sheet and keeps the sheets that have one.
func (s *Sheet) build(grids []*grid, sch *schema) error {
	var lack []string
	rows := 0
	for _, g := range grids {
		if len(g.rows) == 0 {
			continue
		}
		rows += len(g.rows)
		if err := g.fill(); err != nil {
			return err
		}
		h := findHeading(g.top(), sch)
		have := map[string]bool{}
		for _, f := range h.fields {
			have[f] = true
		}
		missing := sch.missing(have)
		switch {
		case h.score < 2 && len(missing) > 0:
			s.Ignored = append(s.Ignored, Ignored{g.name, len(g.rows), "没有认得的表头"})
		case len(missing) > 0:
			s.Ignored = append(s.Ignored, Ignored{g.name, len(g.rows), "缺少列：" + strings.Join(missing, "、")})
			if lack == nil {
				lack = missing
			}
		case g.hidden && len(s.parts) > 0:
			s.Ignored = append(s.Ignored, Ignored{g.name, len(g.rows), "隐藏的工作表"})
		default:
			if k, ok := otherKind(g, s.Kind, h.score); ok {
				return ErrOtherKind.With(k.ZH(), s.Kind.ZH())
			}
			s.add(g, h, sch)
		}
	}
	switch {
	case rows == 0:
		return ErrEmptyFile.With()
	case len(s.parts) == 0 && lack != nil:
		return ErrMissingColumns.With(strings.Join(lack, "；"))
	case len(s.parts) == 0:
		return ErrNoHeader.With(headRows, s.Kind.ZH(), sch.requiredTitles())
	case s.Rows() == 0:
		return ErrEmptyFile.With()
	}
	return nil
}
