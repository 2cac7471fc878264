package exchange

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"

	"shouwang/internal/table"
	"shouwang/internal/territory"
)

// placeColumns are the columns of an exported list of places; the same names are
// read back by import.
var placeColumns = []table.Column{
	{Key: "code", ZH: "地点编码", EN: "Place code", Width: 26}, {Key: "kind", ZH: "类型", EN: "Place kind"}, {Key: "name", ZH: "名称", EN: "Place name", Width: 20},
	{Key: "parent", ZH: "上级编码", EN: "Parent code", Width: 24}, {Key: "estate", ZH: "小区", EN: "estate"}, {Key: "number", ZH: "楼号", EN: "Building number"},
	{Key: "floor", ZH: "楼层", EN: "floor", Number: true}, {Key: "tags", ZH: "标签", EN: "tags"},
	{Key: "lng", ZH: "经度", EN: "Longitude", Number: true}, {Key: "lat", ZH: "纬度", EN: "Latitude", Number: true}, {Key: "shape", ZH: "范围(GeoJSON)", EN: "shape (GeoJSON)"},
}

// PlaceTable makes a table of places, one row each, in the order given. codeOf
// returns the code of a place by its id, for the parent column; empty when the
// viewer does not have the parent.
func PlaceTable(places iter.Seq[territory.Place], codeOf func(id string) string) table.Table {
	return table.Table{Name: "地点台账", Columns: placeColumns, Rows: func(yield func([]string) bool) {
		row := make([]string, len(placeColumns))
		for p := range places {
			info, _ := p.Kind.Info()
			copy(row, []string{p.Code, info.ZH, p.Name, codeOf(p.ParentID), p.Estate, p.Number, "", strings.Join(p.Tags, "、"), "", "", p.Shape})
			if p.Floor != 0 {
				row[6] = strconv.Itoa(p.Floor)
			}
			if p.Lng != 0 || p.Lat != 0 {
				row[8], row[9] = degrees(p.Lng), degrees(p.Lat)
			}
			if !yield(row) {
				return
			}
		}
	}}
}

// degrees writes a coordinate to a tenth of a metre.
func degrees(f float64) string { return strconv.FormatFloat(f, 'f', 6, 64) }

// WritePlaces writes places as "csv", "xlsx" or "geojson" and returns their count.
func WritePlaces(w io.Writer, format string, places iter.Seq[territory.Place], codeOf func(id string) string, lang string) (int, error) {
	switch format {
	case "csv":
		return table.WriteCSV(w, PlaceTable(places, codeOf), lang)
	case "xlsx":
		return table.WriteXLSX(w, PlaceTable(places, codeOf), lang)
	case "geojson":
		return writeGeoJSON(w, places, codeOf)
	}
	return 0, ErrNotSheet.With(format)
}

// writeGeoJSON streams a FeatureCollection; a place without a shape is a point, a
// place without either has a null geometry, as RFC 7946 has it.
func writeGeoJSON(w io.Writer, places iter.Seq[territory.Place], codeOf func(id string) string) (int, error) {
	out := bufio.NewWriter(w)
	if _, err := out.WriteString(`{"type":"FeatureCollection","features":[`); err != nil {
		return 0, err
	}
	n := 0
	for p := range places {
		geo := json.RawMessage("null")
		switch {
		case p.Shape != "" && json.Valid([]byte(p.Shape)):
			geo = json.RawMessage(p.Shape)
		case p.Lng != 0 || p.Lat != 0:
			geo = json.RawMessage(fmt.Sprintf(`{"type":"Point","coordinates":[%s,%s]}`, degrees(p.Lng), degrees(p.Lat)))
		}
		b, err := json.Marshal(map[string]any{"type": "Feature", "geometry": geo, "properties": map[string]any{
			"code": p.Code, "kind": p.Kind, "name": p.Name, "parent": codeOf(p.ParentID), "estate": p.Estate, "number": p.Number, "floor": p.Floor, "tags": p.Tags}})
		if err != nil {
			return n, err
		}
		if n++; n > 1 {
			b = append([]byte(",\n"), b...)
		}
		if _, err := out.Write(b); err != nil {
			return n, err
		}
	}
	if _, err := out.WriteString("]}\n"); err != nil {
		return n, err
	}
	return n, out.Flush()
}
