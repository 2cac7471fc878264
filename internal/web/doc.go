// Package web carries the built Vue application inside the binary.
//
// It never serves HTTP, never decides who may see a page and knows no other room:
// app hands its file system to the server. The build writes to dist/; in a clone
// without Node the folder holds a keep file only, so that go build still works.
package web
