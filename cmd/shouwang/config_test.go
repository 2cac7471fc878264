package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The reference of the settings is what the flags say, in both languages.
func TestTheSettingsPageFollowsTheFlags(t *testing.T) {
	for lang, name := range map[string]string{"zh": "config.md", "en": "config.en.md"} {
		var out, errs bytes.Buffer
		if code := run([]string{"config", "reference", "--lang", lang}, strings.NewReader(""), &out, &errs, func(string) string { return "" }); code != 0 {
			t.Fatal(code, errs.String())
		}
		b, err := os.ReadFile(filepath.Join("..", "..", "docs", "reference", name))
		if err != nil || string(b) != out.String() {
			t.Errorf("docs/reference/%s is not what the flags say: script/reference (%v)", name, err)
		}
		for _, want := range []string{"`data`", "`backup-to`", "`SHOUWANG_TLS_CERT`", "`metrics-addr`"} {
			if !strings.Contains(out.String(), want) {
				t.Errorf("%s: no %s", name, want)
			}
		}
	}
}

func TestNearestNames(t *testing.T) {
	known := map[string]bool{"data": true, "addr": true, "backup-to": true, "tls-cert": true}
	for typed, want := range map[string]string{"dtaa": "data", "backup_to": "backup-to", "adr": "addr", "tls-crt": "tls-cert", "colour": "", "zzzzzz": ""} {
		if got := nearest(typed, known); got != want {
			t.Errorf("%s: %q, not %q", typed, got, want)
		}
	}
}

// What is wrong with a file is said by line and column; its lines may hold secrets,
// and what the program says ends up in logs.
func TestABrokenSettingsFileIsNotRepeated(t *testing.T) {
	for what, text := range map[string]string{"quote": "db: \"postgres://sw:S3cret@h/db\ntoken: swt_S3cret\n", "shape": "token swt_S3cret\ndb S3cret\n"} {
		file := filepath.Join(t.TempDir(), "c.yaml")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		var out, errs bytes.Buffer
		code := run([]string{"config", "check", "--config", file}, strings.NewReader(""), &out, &errs, func(string) string { return "" })
		if said := out.String() + errs.String(); code == 0 || strings.Contains(said, "S3cret") || !strings.Contains(said, "SW-2010") || !strings.Contains(said, "[1:") {
			t.Errorf("%s: %d %s", what, code, said)
		}
	}
}
