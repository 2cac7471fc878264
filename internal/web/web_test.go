package web

import (
	"io/fs"
	"strings"
	"testing"
)

// The folder is there in any clone, and a build is told from no build by index.html.
func TestFSTellsWhetherItWasBuilt(t *testing.T) {
	files, built := FS()
	if _, err := fs.Stat(files, "keep"); err != nil {
		t.Fatalf("the keep file must always be embedded: %v", err)
	}
	index, err := fs.ReadFile(files, "index.html")
	if built != (err == nil) {
		t.Fatalf("built = %v, but reading index.html says %v", built, err)
	}
	if built && !strings.Contains(string(index), `id="app"`) {
		t.Fatal("index.html is not the application's page")
	}
}
