package table

import (
	"bufio"
	"encoding/csv"
	"io"
	"strconv"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// WriteCSV writes UTF-8 with a byte-order mark, so that the spreadsheet programs
// in use open it with the right signs; lines end with \r\n. It returns the count
// of rows below the heading.
func WriteCSV(w io.Writer, t Table, lang string) (int, error) {
	b := bufio.NewWriter(w)
	if _, err := b.WriteString("\ufeff"); err != nil {
		return 0, err
	}
	c := csv.NewWriter(b)
	c.UseCRLF = true
	if err := c.Write(t.titles(lang)); err != nil {
		return 0, err
	}
	n, cells := 0, make([]string, len(t.Columns))
	for row := range t.Rows {
		if len(row) != len(cells) {
			return n, errWidth
		}
		for i, s := range row {
			if !(t.Columns[i].Number && plainNumber(s)) {
				s = Safe(s)
			}
			cells[i] = s
		}
		if err := c.Write(cells); err != nil {
			return n, err
		}
		n++
	}
	c.Flush()
	if err := c.Error(); err != nil {
		return n, err
	}
	return n, b.Flush()
}

// maxCell is the longest text a spreadsheet cell takes, in characters.
const maxCell = 32767

// WriteXLSX writes a workbook with one sheet: heading bold and frozen, every text
// stored as text, so that long numbers survive. Rows beyond memory go through a
// temporary file of the library. It returns the count of rows below the heading.
func WriteXLSX(w io.Writer, t Table, lang string) (int, error) {
	f := excelize.NewFile()
	defer f.Close()
	name := sheetName(t.Name)
	if err := f.SetSheetName("Sheet1", name); err != nil {
		return 0, err
	}
	s, err := f.NewStreamWriter(name)
	if err != nil {
		return 0, err
	}
	if err := head(f, s, t, lang); err != nil {
		return 0, err
	}
	n, cells := 0, make([]any, len(t.Columns))
	for row := range t.Rows {
		if len(row) != len(cells) {
			return n, errWidth
		}
		for i, text := range row {
			cells[i] = value(t.Columns[i], text)
		}
		if err := s.SetRow("A"+strconv.Itoa(n+2), cells); err != nil {
			return n, err
		}
		n++
	}
	if err := s.Flush(); err != nil {
		return n, err
	}
	return n, f.Write(w)
}

func head(f *excelize.File, s *excelize.StreamWriter, t Table, lang string) error {
	bold, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return err
	}
	for i, c := range t.Columns {
		width := c.Width
		if width == 0 {
			width = float64(max(10, 3*utf8.RuneCountInString(c.Title(lang))))
		}
		if err := s.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	if err := s.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	titles := make([]any, len(t.Columns))
	for i, text := range t.titles(lang) {
		titles[i] = excelize.Cell{StyleID: bold, Value: Safe(text)}
	}
	return s.SetRow("A1", titles)
}

func value(c Column, text string) any {
	if text == "" {
		return nil
	}
	if c.Number && plainNumber(text) {
		if f, err := strconv.ParseFloat(text, 64); err == nil {
			return f
		}
	}
	text = Safe(text)
	if len(text) > maxCell && utf8.RuneCountInString(text) > maxCell {
		text = string([]rune(text)[:maxCell-1]) + "…"
	}
	return text
}

// sheetName cuts what a sheet's name may not have.
func sheetName(s string) string {
	var out []rune
	for _, r := range s {
		switch r {
		case ':', '\\', '/', '?', '*', '[', ']', '\'':
			r = '-'
		}
		if out = append(out, r); len(out) == 31 {
			break
		}
	}
	if len(out) == 0 {
		return "Sheet1"
	}
	return string(out)
}
