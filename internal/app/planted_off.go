//go:build !planted

package app

import (
	"net/http"
	"time"

	"shouwang/internal/live"
)

// planted is where a crash test plants its bug; the product has none here.
func planted(h http.Handler) http.Handler { return h }

// plantedJournal leaves the journal as it is.
func plantedJournal(j live.Journal) live.Journal { return j }

// plantedClock leaves the clock as it is: nothing in the product moves it.
func plantedClock(now func() time.Time) func() time.Time { return now }
