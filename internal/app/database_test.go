package app

import (
	"context"
	"database/sql"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib"

	"shouwang/internal/fault"
	"shouwang/internal/store/pgtest"
)

// A database that does not open says what is to be done, the doctor sees it before,
// and an instance that could not be made leaves nothing in the way of the next try.
func TestADatabaseThatDoesNotOpenSaysWhy(t *testing.T) {
	dsn := pgtest.DSN(t)
	with := func(change func(*url.URL)) string {
		u, err := url.Parse(dsn)
		if err != nil {
			t.Fatal(err)
		}
		change(u)
		return u.String()
	}
	db, err := sql.Open("pgx", dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	u, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	name := "guest_of_" + strings.TrimPrefix(u.Path, "/") // one for each database
	if _, err := db.Exec("CREATE ROLE \"" + name + "\" LOGIN"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = db.Exec("DROP ROLE \"" + name + "\"") })
	for _, x := range []struct {
		dsn  string
		want *fault.Def
	}{
		{with(func(u *url.URL) { u.Path = "/no_such_database" }), ErrDBMissing},
		{with(func(u *url.URL) { u.Host = "127.0.0.1:1" }), ErrDBAway},
		{with(func(u *url.URL) { u.User = url.User(name) }), ErrDBRights},
	} {
		data := filepath.Join(t.TempDir(), "d")
		p := Setup{Code: "330110012", Name: "某街道", Data: data, URL: "http://a", Admin: "boss", Config: data + ".yaml"}
		for range 2 { // the second try is not told that something is in its way
			if _, err := Init(context.Background(), Config{DB: x.dsn}, p); code(err) != code(x.want.With()) {
				t.Errorf("%s: %v", code(x.want.With()), err)
			}
		}
		seen := false
		for _, f := range Examine(context.Background(), Config{Data: data, DB: x.dsn}) {
			seen = seen || f.Level == "bad" && strings.Contains(f.Fix.ZH, code(x.want.With()))
		}
		if !seen {
			t.Errorf("the doctor does not name %s", code(x.want.With()))
		}
	}
}
