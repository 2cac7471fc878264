// Command httpload sends the same kind of write over and over from keep-alive
// clients for a fixed time, and prints one JSON line: how many were answered well,
// the rate, and how long answers took. It knows no product; the body is a template.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strings"
	"time"
)

// headers collects repeated -header flags.
type headers [][2]string

// String is what flag prints as the default.
func (h *headers) String() string { return "" }

// Set takes one "Name: value".
func (h *headers) Set(s string) error {
	name, value, ok := strings.Cut(s, ":")
	if !ok {
		return fmt.Errorf("a header is written Name: value, not %q", s)
	}
	*h = append(*h, [2]string{strings.TrimSpace(name), strings.TrimSpace(value)})
	return nil
}

func main() {
	var l load
	var hs headers
	flag.StringVar(&l.url, "url", "", "address to write to; a template")
	flag.StringVar(&l.method, "method", "POST", "HTTP method")
	flag.IntVar(&l.clients, "clients", 64, "keep-alive clients")
	flag.DurationVar(&l.time, "time", 10*time.Second, "how long to measure")
	flag.DurationVar(&l.warm, "warm", time.Second, "how long to run before measuring")
	flag.StringVar(&l.body, "body", "", "body of a request; a template; @FILE reads it from a file")
	flag.IntVar(&l.batch, "batch", 1, "records a request")
	flag.StringVar(&l.item, "item", "", "with -batch: one record, joined by commas where the body says {items}; a template; @FILE")
	flag.StringVar(&l.places, "places", "", "file with one place id a line for {place}; otherwise running numbers")
	flag.StringVar(&l.count, "count", "", "text that stands in an answer once for each record that was taken; without it a good answer counts for all of its records")
	flag.Var(&hs, "header", "a header, \"Name: value\"; a template; may be repeated")
	token := flag.String("token", "", "value of the Authorization header")
	flag.Parse()
	l.headers = hs
	if *token != "" {
		l.headers = append(l.headers, [2]string{"Authorization", *token})
	}
	if err := l.prepare(); err != nil {
		fmt.Fprintln(os.Stderr, "httpload:", err)
		os.Exit(2)
	}
	result := l.run()
	if err := json.NewEncoder(os.Stdout).Encode(result); err != nil {
		fmt.Fprintln(os.Stderr, "httpload:", err)
		os.Exit(1)
	}
	if result.Records == 0 {
		fmt.Fprintln(os.Stderr, "httpload: nothing was answered well;", result.FirstBad)
		os.Exit(1)
	}
}
