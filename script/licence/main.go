// Command licence prints the list of what the product stands on: Go modules that
// are linked into the binary and web packages that go into the pages, each with
// version and licence. It never fetches anything; run `go mod download` and
// `npm ci` before. script/thirdparty calls it.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strings"
)

// part is one package of others.
type part struct{ name, version, licence string }

func main() {
	mods, err := goModules()
	if err != nil {
		fail(err)
	}
	pkgs, err := webPackages("web")
	if err != nil {
		fail(err)
	}
	for _, p := range append(mods, pkgs...) {
		if p.licence == unknown || strings.HasPrefix(p.licence, "GPL") || strings.HasPrefix(p.licence, "AGPL") {
			fail(fmt.Errorf("%s %s: licence %s; look before it ships", p.name, p.version, p.licence))
		}
	}
	fmt.Println("THIRD_PARTY — 本产品所用的第三方软件 · software of others in this product")
	fmt.Println("\nWritten by script/thirdparty from go.mod and web/package-lock.json; do not edit.")
	list("Go modules in bin/shouwang", mods)
	list("Web packages the pages stand on, some only while they are built", pkgs)
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "licence:", err)
	os.Exit(1)
}

func list(title string, parts []part) {
	sort.Slice(parts, func(i, j int) bool {
		a, b := parts[i], parts[j]
		return a.name < b.name || a.name == b.name && a.version < b.version
	})
	fmt.Printf("\n## %s\n\n", title)
	for _, p := range parts {
		fmt.Printf("- %s %s — %s\n", p.name, p.version, p.licence)
	}
}

// goModules asks the go command which modules the binary links.
func goModules() ([]part, error) {
	cmd := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}}\t{{.Version}}\t{{.Dir}}{{end}}{{end}}", "./cmd/...", "./internal/...")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	var parts []part
	for _, line := range strings.Split(string(out), "\n") {
		f := strings.Split(line, "\t")
		if len(f) != 3 || seen[f[0]] {
			continue
		}
		seen[f[0]] = true
		parts = append(parts, part{f[0], f[1], licenceIn(f[2])})
	}
	return parts, nil
}

// webPackages reads what the lock file marks as not only for development.
func webPackages(dir string) ([]part, error) {
	b, err := os.ReadFile(filepath.Join(dir, "package-lock.json"))
	if err != nil {
		return nil, err
	}
	var lock struct {
		Packages map[string]struct {
			Version, License    string
			Dev, Optional, Peer bool
		}
	}
	if err := json.Unmarshal(b, &lock); err != nil {
		return nil, err
	}
	var parts []part
	for path, p := range lock.Packages {
		i := strings.LastIndex(path, "node_modules/")
		if i < 0 || p.Dev || p.Optional || p.Peer {
			continue
		}
		if p.License == "" {
			p.License = licenceIn(filepath.Join(dir, path))
		}
		parts = append(parts, part{path[i+len("node_modules/"):], p.Version, p.License})
	}
	if len(parts) == 0 {
		return nil, errors.New("no web packages in the lock file")
	}
	return parts, nil
}

// texts are phrases by which a licence file is known, the longer ones first.
var texts = []struct{ phrase, name string }{
	{"Apache License", "Apache-2.0"},
	{"Mozilla Public License", "MPL-2.0"},
	{"Permission is hereby granted, free of charge", "MIT"},
	{"Permission to use, copy, modify, and/or distribute", "ISC"},
	{"Permission to use, copy, modify, and distribute", "ISC"},
	{"Neither the name", "BSD-3-Clause"},
	{"endorse or promote products", "BSD-3-Clause"},
	{"names of its contributors may not be used", "BSD-3-Clause"},
	{"Redistribution and use in source and binary forms", "BSD-2-Clause"},
	{"This is free and unencumbered software", "Unlicense"},
}

// unknown stands where no licence file is known here.
const unknown = "see its repository"

// licenceIn reads the licence file in dir; unknown when it has none that is
// known here.
func licenceIn(dir string) string {
	found, _ := filepath.Glob(filepath.Join(dir, "*"))
	for _, f := range found {
		base := strings.ToUpper(filepath.Base(f))
		if !strings.HasPrefix(base, "LICEN") && !strings.HasPrefix(base, "COPYING") && !strings.HasPrefix(base, "UNLICENSE") {
			continue
		}
		b, err := os.ReadFile(f)
		if err != nil {
			continue
		}
		text := strings.Join(strings.Fields(string(b)), " ")
		for _, t := range texts {
			if strings.Contains(text, t.phrase) {
				return t.name
			}
		}
	}
	return unknown
}
