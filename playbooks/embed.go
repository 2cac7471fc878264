// Package playbooks carries the playbooks that ship with the program and the
// JSON Schema they are written by. It is data only: mode reads and checks it.
package playbooks

import "embed"

// Files holds every shipped playbook, "<id>.yaml".
//
//go:embed *.yaml
var Files embed.FS

// Schema is the JSON Schema (2020-12) of a playbook; editors use it too.
//
//go:embed schema.json
var Schema []byte

// FirstHour is the script by which drills are run and scored.
//
//go:embed drill/first-hour.yaml
var FirstHour []byte

// Names lists the shipped playbooks in the order they build on one another.
var Names = []string{"normal", "epidemic", "flood-typhoon", "fire", "heat-cold"}

// Source returns the text of a shipped playbook.
func Source(name string) ([]byte, error) { return Files.ReadFile(name + ".yaml") }

// Icons is the set of pictures that items are shown by: name to the path of a drawing
// of 24 by 24, as JSON.
//
//go:embed icons.json
var Icons []byte
