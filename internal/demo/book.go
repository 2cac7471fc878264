package demo

import (
	"os"

	"github.com/xuri/excelize/v2"
)

// book streams one workbook with one sheet; errors are kept until save.
type book struct {
	file  *excelize.File
	out   *excelize.StreamWriter
	row   int
	title int
	head  int
	date  int
	err   error
}

func newBook(sheet string, widths []float64) *book {
	b := &book{file: excelize.NewFile()}
	b.keep(b.file.SetSheetName("Sheet1", sheet))
	line := []excelize.Border{{Type: "left", Color: "999999", Style: 1}, {Type: "right", Color: "999999", Style: 1},
		{Type: "top", Color: "999999", Style: 1}, {Type: "bottom", Color: "999999", Style: 1}}
	b.title = b.style(&excelize.Style{Font: &excelize.Font{Family: "宋体", Size: 16, Bold: true}, Alignment: &excelize.Alignment{Horizontal: "center"}})
	b.head = b.style(&excelize.Style{Font: &excelize.Font{Family: "宋体", Size: 11, Bold: true}, Border: line,
		Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}})
	format := "yyyy/m/d"
	b.date = b.style(&excelize.Style{CustomNumFmt: &format})
	var err error
	b.out, err = b.file.NewStreamWriter(sheet)
	b.keep(err)
	for i, w := range widths {
		b.keep(b.out.SetColWidth(i+1, i+1, w))
	}
	return b
}

func (b *book) style(s *excelize.Style) int {
	id, err := b.file.NewStyle(s)
	b.keep(err)
	return id
}

func (b *book) keep(err error) {
	if b.err == nil {
		b.err = err
	}
}

// put writes the next row.
func (b *book) put(cells []any, opts ...excelize.RowOpts) {
	b.row++
	cell, err := excelize.CoordinatesToCellName(1, b.row)
	b.keep(err)
	b.keep(b.out.SetRow(cell, cells, opts...))
}

func (b *book) puts(style int, cells ...string) {
	row := make([]any, len(cells))
	for i, c := range cells {
		if c != "" {
			row[i] = c
		}
	}
	b.put(row, excelize.RowOpts{StyleID: style})
}

// merge joins the cells from column and row to column and row, all counted from 1.
func (b *book) merge(col, row, toCol, toRow int) {
	from, err := excelize.CoordinatesToCellName(col, row)
	b.keep(err)
	to, err := excelize.CoordinatesToCellName(toCol, toRow)
	b.keep(err)
	b.keep(b.out.MergeCell(from, to))
}

// dateCell is a real date of the spreadsheet: days since 1899-12-30 with a format.
func (b *book) dateCell(d day) any {
	return excelize.Cell{StyleID: b.date, Value: int(d) + 25569}
}

func (b *book) save(path string) error {
	if b.err == nil {
		b.err = b.out.Flush()
	}
	if b.err == nil {
		var f *os.File
		if f, b.err = os.Create(path); b.err == nil {
			_, err := b.file.WriteTo(f)
			b.keep(err)
			b.keep(f.Close())
		}
	}
	b.keep(b.file.Close())
	return b.err
}
