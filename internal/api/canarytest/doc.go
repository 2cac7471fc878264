// Package canarytest is the one sink that every server which a test starts pours its
// clear outputs into: logs, addresses, headers, problem bodies, streams, figures and
// the journal's columns. All people of tests and of the demonstration are invented
// after a pattern, so each of their identity numbers and telephones, each rare name
// and each planted confidential text is a canary: one that comes by fails the test.
//
// It never runs with the product. The tests of api, app, test/crash and test/servers
// call it; test/e2e/lib/canary.mjs is its like for the browser.
package canarytest
