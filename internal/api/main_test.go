package api_test

import (
	"os"
	"testing"

	"shouwang/internal/api/apitest"
	"shouwang/internal/store/pgtest"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

// onEach runs a story on each engine, in a world of its own.
func onEach(t *testing.T, story func(t *testing.T, w *apitest.World)) {
	for _, engine := range apitest.Engines {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			story(t, apitest.New(t, engine))
		})
	}
}

// world is one world on SQLite, for what does not depend on the engine.
func world(t *testing.T) *apitest.World { t.Helper(); return apitest.New(t, "sqlite") }
