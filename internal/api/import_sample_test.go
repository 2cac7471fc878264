package api

import (
	"os"
	"testing"
)

// The sample that an empty page offers for filling in goes into an empty instance
// as it stands: no row comes back, and once more changes nothing.
func TestSamplesAreTaken(t *testing.T) {
	w := newImportWorld(t, "sqlite", false)
	for _, kind := range []string{"places", "residents", "helpers", "cases"} {
		data, err := os.ReadFile("../../web/public/samples/" + kind + ".csv")
		if err != nil {
			t.Fatal(err)
		}
		first, again := w.post(kind, kind+".csv", data), w.post(kind, kind+".csv", data)
		if first.Rejected > 0 || first.Inserted == 0 || first.Inserted != first.Rows || again.Unchanged != again.Rows {
			t.Errorf("%s: %+v, then %+v", kind, first, again)
		}
		if len(first.Mapping) == 0 {
			t.Errorf("%s: no column was read", kind)
		}
		for _, m := range first.Mapping {
			if m.Field == "" {
				t.Errorf("%s: nobody reads the column %q", kind, m.Column)
			}
		}
	}
}
