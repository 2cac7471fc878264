// Package apitest is a small invented subdistrict behind the whole API in memory:
// territory, residents, helpers, accounts of every role, a clock that a test may
// set, a journal and a log that it may read.
//
// It never runs with the product. The tests of api call it.
package apitest
