package api_test

import (
	"os"
	"testing"

	"shouwang/internal/api/apitest"
)

func init() { apitest.SetSheetReader(os.Args[0], "sheet-read") }

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
