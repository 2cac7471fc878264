package api

import (
	"bytes"
	"context"
	"testing"
	"time"

	"shouwang/internal/demo"
	"shouwang/internal/exchange"
	"shouwang/internal/identity"
	"shouwang/internal/table"
)

// BenchmarkImportFull imports the whole demonstration, four files at a time as the
// demonstration does, and checks every count and sum. Run it with -benchtime=1x
// and GOMAXPROCS=2.
func BenchmarkImportFull(b *testing.B) {
	for _, engine := range []string{"sqlite", "postgres"} {
		b.Run(engine, func(b *testing.B) {
			m := newTown(b, demo.Full)
			for b.Loop() {
				w := newImportWorld(b, engine, true)
				began := time.Now()
				first := w.settle(m)
				b.ReportMetric(time.Since(began).Seconds(), "s/first")
				checkCounts(b, m, first)
				checkSums(b, w, m)
				began = time.Now()
				for name, r := range w.settle(m) {
					if r.Inserted+r.Updated != 0 {
						b.Errorf("second import of %s: %+v", name, r)
					}
				}
				b.ReportMetric(time.Since(began).Seconds(), "s/second")
			}
		})
	}
}

// BenchmarkImport50k imports one workbook of 50,000 residents.
func BenchmarkImport50k(b *testing.B) {
	m := newTown(b, demo.Full)
	data := ledgerOf(b, m, 50000)
	for _, engine := range []string{"sqlite", "postgres"} {
		b.Run(engine, func(b *testing.B) { importFifty(b, engine, m, data) })
	}
}

func importFifty(b *testing.B, engine string, m town, data []byte) {
	for b.Loop() {
		w := newImportWorld(b, engine, true)
		w.post("places", "places.xlsx", m.files["places.xlsx"])
		b.ResetTimer()
		began := time.Now()
		stop := besides(w)
		r := w.post("residents", "五万.xlsx", data)
		b.ReportMetric(time.Since(began).Seconds(), "s/first")
		b.ReportMetric(stop(), "ms/write/first")
		if r.Rows != 50000 || r.Inserted < 49000 {
			b.Errorf("%+v", r)
		}
		began = time.Now()
		if r := w.post("residents", "五万.xlsx", data); r.Inserted+r.Updated > 0 {
			b.Errorf("second: %+v", r)
		}
		b.ReportMetric(time.Since(began).Seconds(), "s/second")
		again := ledgerOf(b, m, 50000, "2026-12-15")
		w.now = w.now.AddDate(0, 1, 0)
		began = time.Now()
		stop = besides(w)
		if r := w.post("residents", "五万新.xlsx", again); r.Inserted > 0 || r.Updated < 49000 {
			b.Errorf("all verified anew: %+v", r)
		}
		b.ReportMetric(time.Since(began).Seconds(), "s/anew")
		b.ReportMetric(stop(), "ms/write/anew")
	}
}

// besides makes a single write every 20 ms until it is told to stop, and then
// returns how long the slowest took, in milliseconds.
func besides(w *importWorld) (stop func() float64) {
	end, worst := make(chan struct{}), make(chan time.Duration)
	go func() {
		var slow time.Duration
		for {
			select {
			case <-end:
				worst <- slow
				return
			case <-time.After(20 * time.Millisecond):
				began := time.Now()
				if err := w.store.SetMeta(context.Background(), "bench", "x"); err != nil {
					panic(err)
				}
				slow = max(slow, time.Since(began))
			}
		}
	}()
	return func() float64 { close(end); return float64((<-worst).Milliseconds()) }
}

// ledgerOf writes the first n good rows of a town's registers into one workbook of
// the plain form, with another date of verification when one is given.
func ledgerOf(tb testing.TB, m town, n int, verified ...string) []byte {
	tb.Helper()
	t := table.Table{Name: "居民台账"}
	for _, c := range []string{"小区", "楼号", "单元", "室", "姓名", "性别", "身份证号", "出生日期", "与户主关系", "联系电话", "居住情况", "户籍地", "核实日期"} {
		t.Columns = append(t.Columns, table.Column{Key: c, ZH: c})
	}
	t.Rows = func(yield func([]string) bool) {
		left := n
		for _, f := range m.Files {
			if f.Kind != "residents" {
				continue
			}
			s, err := exchange.Read(context.Background(), f.Name, bytes.NewReader(m.files[f.Name]), exchange.Residents, exchange.Options{Now: importDay, World: identity.Demo})
			if err != nil {
				tb.Fatal(err)
			}
			for r, bad := range s.Residents() {
				if bad != nil {
					continue
				}
				if left--; left < 0 {
					return
				}
				seen := r.Verified
				if len(verified) > 0 {
					seen = verified[0]
				}
				a := r.Address
				if !yield([]string{a.Estate, a.Building, a.Unit, a.Room, r.Name, map[string]string{"m": "男", "f": "女"}[r.Gender], r.IDNumber, r.Birth, r.Relation, r.Phone,
					map[string]string{"own": "自住", "rent": "租住"}[r.Tenure], r.Origin, seen}) {
					return
				}
			}
		}
	}
	var b bytes.Buffer
	if _, err := table.WriteXLSX(&b, t, "zh"); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}
