package api

import (
	"fmt"
	"os"
	"testing"

	"shouwang/internal/exchange"
	"shouwang/internal/store/pgtest"
)

// TestMain lets the test program be the child that parses spreadsheets, and stops
// the PostgreSQL cluster that tests may have started.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "sheet-read" {
		if err := exchange.ReadChild(os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(pgtest.Main(m))
}
