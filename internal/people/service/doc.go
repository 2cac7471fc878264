// Package service is what helpers gave: the stretches of time they served, what was
// put right or objected to, the rest they need, and the certificate over it.
//
// It never counts travel, never compares people, and keeps no points. store, page
// and api call it.
package service
