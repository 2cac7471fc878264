// Package app is the wiring: it reads the configuration, opens one world's data
// and keys, puts store, access, api, live, worker and the web application
// together, serves them, and stops them in order.
//
// It is the only place that knows everything, and it never decides anything of
// the trade. The command line is its client: either over the network or, with a data
// directory, by calling the same HTTP handler in memory. Only cmd calls it.
package app
