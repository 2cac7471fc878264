package main

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// The test binary stands for the product: under its name in scripts, and as the
// child that reads spreadsheets.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "sheet-read" {
		main()
	}
	testscript.Main(m, map[string]func(){"shouwang": main})
}

func TestCommands(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(e *testscript.Env) error {
			e.Setenv("LANG", "zh_CN.UTF-8")
			e.Setenv("UNTIL", time.Now().AddDate(0, 0, 7).Format("2006-01-02"))
			e.Setenv("TOMORROW", time.Now().In(time.FixedZone("Asia/Shanghai", 8*3600)).AddDate(0, 0, 1).Format("2006-01-02"))
			books, err := filepath.Abs(filepath.Join("..", "..", "playbooks"))
			e.Setenv("PLAYBOOKS", books)
			return err
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"code": code, "pick": pick, "roll": roll, "rules": rules},
	})
}
