//go:build !planted

package app

import "net/http"

// planted is where a crash test plants its bug; the product has none here.
func planted(h http.Handler) http.Handler { return h }
