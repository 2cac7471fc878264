// Command tally runs one part of the test suite, shows it briefly and keeps the
// count, so that `make test` can end with one honest line.
//
//	tally -into FILE -name NAME -as go|vitest|tap|step -- command…
//	tally -sum FILE
//
// A test that skips itself counts as failed, and so does a part in which nothing
// ran. It never decides what is tested; script/test does.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
)

// part is what one run of the suite came to; one line of the results file.
type part struct {
	Name     string   `json:"name"`
	Passed   int      `json:"passed"`
	Failed   int      `json:"failed"`
	Promises []string `json:"promises,omitempty"`
	Broken   []string `json:"broken,omitempty"` // names of what failed
}

func (p *part) fail(name string) {
	p.Failed++
	p.Broken = append(p.Broken, name)
}

func main() {
	into := flag.String("into", "", "results file to append to")
	name := flag.String("name", "", "name of this part")
	as := flag.String("as", "step", "how to read the output: go, vitest, tap or step")
	sum := flag.String("sum", "", "results file to sum up")
	flag.Parse()
	if *sum != "" {
		os.Exit(summary(*sum, os.Stdout))
	}
	p, err := run(*name, *as, flag.Args())
	if err != nil {
		fmt.Fprintln(os.Stderr, "tally:", err)
		p.fail(*name)
	}
	if err := keep(*into, p); err != nil {
		fmt.Fprintln(os.Stderr, "tally:", err)
		os.Exit(2)
	}
	if p.Failed > 0 {
		os.Exit(1)
	}
}

// run starts the command and reads it as told.
func run(name, as string, argv []string) (part, error) {
	p := part{Name: name}
	if len(argv) == 0 {
		return p, fmt.Errorf("no command given")
	}
	fmt.Printf("── %s\n", name)
	cmd := exec.Command(argv[0], argv[1:]...)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return p, err
	}
	if err := cmd.Start(); err != nil {
		return p, err
	}
	read := map[string]func(*part, io.Reader, io.Writer){"go": readGo, "vitest": readVitest, "tap": readTAP, "step": readStep}[as]
	if read == nil {
		return p, fmt.Errorf("unknown kind %q", as)
	}
	read(&p, out, os.Stdout)
	_, _ = io.Copy(io.Discard, out)
	err = cmd.Wait()
	switch {
	case as == "step" && err == nil:
		p.Passed++
	case err != nil && p.Failed == 0:
		p.fail(name + ": " + err.Error())
	case p.Passed+p.Failed == 0:
		p.fail(name + ": nothing ran")
	}
	return p, nil
}

// keep appends the part to the results file.
func keep(file string, p part) error {
	f, err := os.OpenFile(file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	defer f.Close()
	return json.NewEncoder(f).Encode(p)
}

// lines calls do for each line of r, however long.
func lines(r io.Reader, do func(line []byte)) {
	b := bufio.NewReaderSize(r, 1<<16)
	for {
		line, err := b.ReadBytes('\n')
		if len(line) > 0 {
			do(line)
		}
		if err != nil {
			return
		}
	}
}
