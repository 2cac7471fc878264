package demo

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"
)

// placeRow is one row of the place ledger, cells in the order of placeHead.
type placeRow struct {
	code, kind, name, parent, estate, number, unit, units, floors, perFloor, skip, doors, tags string
	at                                                                                         pt
	located                                                                                    bool
	shape                                                                                      string
}

var placeHead = []string{"地点编码", "类型", "名称", "上级编码", "小区", "楼号", "单元", "单元数", "层数", "每层户数", "缺层", "门牌清单", "标签", "经度", "纬度", "范围(GeoJSON)"}

func (r placeRow) cells() []string {
	lng, lat := "", ""
	if r.located {
		x, y := r.at.lnglat()
		lng, lat = degrees(x), degrees(y)
	}
	return []string{r.code, r.kind, r.name, r.parent, r.estate, r.number, r.unit, r.units, r.floors, r.perFloor, r.skip, r.doors, r.tags, lng, lat, r.shape}
}

// placeRows lists the tree from the city down to the buildings and sites.
func placeRows(w *world) (rows []placeRow) {
	mid := centre(w.outline)
	rows = append(rows,
		placeRow{code: "9902", kind: "市", name: "明洲市"},
		placeRow{code: regionCode, kind: "区", name: "明洲区", parent: "9902"},
		placeRow{code: subdistrictCode, kind: "街道", name: subdistrictName, parent: regionCode, at: mid, located: true, shape: polygon(w.outline)})
	for _, c := range w.communities {
		rows = append(rows, placeRow{code: c.code, kind: "社区", name: c.name + "社区", parent: subdistrictCode,
			tags: communityTypes[c.name], at: centre(c.outline), located: true, shape: polygon(c.outline)})
		for _, g := range c.grids {
			rows = append(rows, placeRow{code: g.code, kind: "网格", name: g.name, parent: c.code})
		}
		for _, m := range c.micros {
			var on []pt
			for _, b := range m.buildings {
				on = append(on, b.shape.c)
			}
			rows = append(rows, placeRow{code: m.code, kind: "微网格", name: m.name, parent: m.grid.code, estate: m.estate.name, at: centre(on), located: true})
		}
		for _, e := range c.estates {
			for _, b := range e.buildings {
				rows = append(rows, b.placeRow())
			}
		}
		for _, s := range c.sites {
			rows = append(rows, s.placeRow())
		}
	}
	return rows
}

func (b *building) placeRow() placeRow {
	r := placeRow{code: b.code, kind: "楼栋", name: b.name, parent: b.micro.code, estate: b.estate.name, number: strconv.Itoa(b.number),
		units: strconv.Itoa(len(b.units)), floors: strconv.Itoa(b.floors), perFloor: strconv.Itoa(b.perFloor),
		tags: b.estate.tag, at: b.shape.c, located: true, shape: polygon(b.shape.corners())}
	if b.part != "" {
		r.unit = strconv.Itoa(b.units[0])
	}
	var skip []string
	for _, s := range b.skip {
		skip = append(skip, strconv.Itoa(s))
	}
	r.skip = strings.Join(skip, "、")
	if b.listed {
		var doors []string
		for _, d := range b.doors {
			doors = append(doors, fmt.Sprintf("%d-%s", d.unit, d.room()))
		}
		r.doors = strings.Join(doors, "、")
	}
	return r
}

func (s *site) placeRow() placeRow {
	r := placeRow{code: s.code, kind: s.kind, name: s.name, parent: s.parent, tags: s.tag, at: s.shape.c, located: true}
	if s.annex {
		r.estate = s.block.estate.name
	}
	if s.shape.w > 0 {
		r.shape = polygon(s.shape.corners())
	}
	return r
}

// writePlaces writes the place ledger with its dirt: a building under a micro-grid
// that does not exist and two buildings that claim one code.
func writePlaces(path string, w *world, f *File) error {
	rows := placeRows(w)
	f.Rows, f.Inserted = len(rows), len(rows)
	last := w.communities[len(w.communities)-1]
	parent := last.micros[0].code
	for _, x := range []struct{ code, name, parent, why string }{
		{"-B999", "待核实楼", last.code + "-09-999", "no-parent"},
		{"-B998", "职工宿舍东楼", parent, "code-twice"}, {"-B998", "职工宿舍西楼", parent, "code-twice"},
	} {
		rows = append(rows, placeRow{code: last.code + x.code, kind: "楼栋", name: x.name, parent: x.parent, estate: "待核实", number: "1", units: "2", floors: "3", perFloor: "2"})
		f.reject(x.why)
	}
	b := newBook("地点台账", []float64{20, 8, 20, 18, 12, 6, 6, 7, 6, 9, 9, 14, 14, 12, 12, 20})
	b.puts(b.title, subdistrictName+"地点台账（演示数据，地点均为虚构）")
	b.merge(1, 1, len(placeHead), 1)
	b.puts(b.head, placeHead...)
	for _, r := range rows {
		b.puts(0, r.cells()...)
	}
	b.puts(b.head, "合计", fmt.Sprintf("%d行", f.Rows))
	return b.save(path)
}

// writeShapes writes the same outlines as GeoJSON, with the words of the ledger as
// property names.
func writeShapes(path string, w *world) error {
	out, err := os.Create(path)
	if err != nil {
		return err
	}
	buf := bufio.NewWriter(out)
	buf.WriteString("{\"type\":\"FeatureCollection\",\"features\":[")
	first := true
	for _, r := range placeRows(w) {
		if r.shape == "" {
			continue
		}
		props := map[string]string{"地点编码": r.code, "类型": r.kind, "名称": r.name, "上级编码": r.parent}
		if r.estate != "" {
			props["小区"], props["楼号"] = r.estate, r.number
		}
		text, err := json.Marshal(props) // keys come out sorted
		if err != nil {
			return err
		}
		if !first {
			buf.WriteByte(',')
		}
		first = false
		fmt.Fprintf(buf, "\n{\"type\":\"Feature\",\"geometry\":%s,\"properties\":%s}", r.shape, text)
	}
	buf.WriteString("\n]}\n")
	if err := buf.Flush(); err != nil {
		return err
	}
	return out.Close()
}
