// Command pocketbase starts a PocketBase that takes the same write as ours: one
// outcome for one door of a round. It prints one JSON line with the addresses and
// a token, and serves until it is interrupted. It is a yardstick and a module of
// its own, so that none of its dependencies reach the product.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase"
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

// collection is the name of the table that is written to.
const collection = "outcomes"

func main() {
	data := flag.String("data", "", "data directory; a new temporary one when empty")
	addr := flag.String("addr", "127.0.0.1:8090", "address to serve on")
	rows := flag.Int("rows", 0, "records to preload when the directory is new")
	public := flag.Bool("public", false, "let anybody write; otherwise a signed-in user is required")
	flag.Parse()
	if err := serve(*data, *addr, *rows, *public); err != nil {
		log.Fatal(err)
	}
}

// serve prepares the collection and runs the server.
func serve(data, addr string, rows int, public bool) error {
	if data == "" {
		dir, err := os.MkdirTemp("", "pocketbase-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		data = dir
	}
	app := pocketbase.NewWithConfig(pocketbase.Config{DefaultDataDir: data, HideStartBanner: true})
	if err := app.Bootstrap(); err != nil {
		return err
	}
	if err := app.RunAllMigrations(); err != nil {
		return err
	}
	app.Settings().Batch.Enabled = true
	app.Settings().Batch.MaxRequests = 200
	app.Settings().Batch.Timeout = 30
	if err := app.Save(app.Settings()); err != nil {
		return err
	}
	if err := prepare(app, rows, public); err != nil {
		return err
	}
	token, err := user(app)
	if err != nil {
		return err
	}
	line, err := json.Marshal(map[string]string{
		"url":   fmt.Sprintf("http://%s/api/collections/%s/records", addr, collection),
		"batch": fmt.Sprintf("http://%s/api/batch", addr),
		"token": token,
	})
	if err != nil {
		return err
	}
	fmt.Println(string(line))
	failed := make(chan error, 1)
	go func() { failed <- apis.Serve(app, apis.ServeConfig{HttpAddr: addr}) }()
	ended := make(chan os.Signal, 1)
	signal.Notify(ended, os.Interrupt, syscall.SIGTERM)
	select {
	case err := <-failed:
		return err
	case <-ended:
		return app.ResetBootstrapState() // closes the databases
	}
}

// prepare makes the collection, with the unique operation id that makes a repeat
// harmless, and fills it when it is new.
func prepare(app core.App, rows int, public bool) error {
	if _, err := app.FindCollectionByNameOrId(collection); err == nil {
		return nil
	}
	c := core.NewBaseCollection(collection)
	rule := "@request.auth.id != ''"
	if public {
		rule = ""
	}
	c.CreateRule = types.Pointer(rule)
	c.Fields.Add(
		&core.TextField{Name: "operation", Required: true, Max: 64},
		&core.TextField{Name: "round", Required: true, Max: 64},
		&core.TextField{Name: "place", Required: true, Max: 64},
		&core.SelectField{Name: "outcome", Required: true, Values: []string{"at-home", "needs-help", "absent", "refused", "moved"}},
		&core.TextField{Name: "choice", Max: 200},
		&core.AutodateField{Name: "created", OnCreate: true},
	)
	c.AddIndex("outcomes_operation", true, "operation", "")
	c.AddIndex("outcomes_place", false, "round, place", "")
	if err := app.Save(c); err != nil {
		return err
	}
	return fill(app, rows)
}

// fill writes rows straight into the table, in one transaction.
func fill(app core.App, rows int) error {
	if rows == 0 {
		return nil
	}
	return app.RunInTransaction(func(tx core.App) error {
		for i := range rows {
			_, err := tx.NonconcurrentDB().Insert(collection, dbx.Params{
				"id": fmt.Sprintf("p%014d", i), "operation": fmt.Sprintf("preload-%d", i), "round": "old",
				"place": fmt.Sprintf("%d", i%51438), "outcome": "at-home", "choice": "",
				"created": types.NowDateTime().String(),
			}).Execute()
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// user makes somebody who may write and returns their token, good for a day. An
// administrator is made too, or PocketBase would ask for one on every start.
func user(app core.App) (string, error) {
	if _, err := account(app, core.CollectionNameSuperusers); err != nil {
		return "", err
	}
	u, err := account(app, "users")
	if err != nil {
		return "", err
	}
	return u.NewStaticAuthToken(24 * time.Hour)
}

// account finds or makes the one account of a collection.
func account(app core.App, of string) (*core.Record, error) {
	const email = "lead@example.invalid"
	if u, err := app.FindAuthRecordByEmail(of, email); err == nil {
		return u, nil
	}
	c, err := app.FindCollectionByNameOrId(of)
	if err != nil {
		return nil, err
	}
	u := core.NewRecord(c)
	u.SetEmail(email)
	u.SetPassword("only-for-measuring")
	return u, app.Save(u)
}
