package web

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// FS returns the root of the built web application: index.html, sw.js, the
// manifest and hashed files under assets/. built is false when the application
// was not built into this binary; the file system then holds a keep file only.
func FS() (files fs.FS, built bool) {
	sub, err := fs.Sub(dist, "dist")
	if err != nil { // impossible: the folder is part of the binary
		return dist, false
	}
	_, err = fs.Stat(sub, "index.html")
	return sub, err == nil
}
