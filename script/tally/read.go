package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"strings"
)

// event is one line of `go test -json`.
type event struct {
	Action  string
	Package string
	Test    string
	Elapsed float64
	Output  string
	// A build failure names the package here and not in Package.
	ImportPath  string
	FailedBuild string
}

var promise = regexp.MustCompile(`promises:\s*(.*\S)`)

// readGo counts the leaves of the test tree: a test with subtests is counted by
// them, unless it failed with all of them good.
func readGo(p *part, r io.Reader, w io.Writer) {
	type pkg struct {
		result map[string]string
		out    map[string]*strings.Builder
	}
	pkgs := map[string]*pkg{}
	lines(r, func(line []byte) {
		var e event
		if json.Unmarshal(line, &e) != nil {
			_, _ = w.Write(line)
			return
		}
		if e.Action == "build-output" {
			fmt.Fprint(w, e.Output)
			return
		}
		if e.Package == "" {
			return
		}
		k := pkgs[e.Package]
		if k == nil {
			k = &pkg{map[string]string{}, map[string]*strings.Builder{}}
			pkgs[e.Package] = k
		}
		switch e.Action {
		case "output":
			if m := promise.FindStringSubmatch(e.Output); m != nil {
				p.Promises = append(p.Promises, m[1])
			}
			b := k.out[e.Test]
			if b == nil {
				b = &strings.Builder{}
				k.out[e.Test] = b
			}
			b.WriteString(e.Output)
		case "pass", "fail", "skip":
			if e.Test != "" {
				k.result[e.Test] = e.Action
				if e.Action == "pass" {
					delete(k.out, e.Test)
				}
				return
			}
			n := count(p, e.Package, e.Action, k.result, func(test string) {
				if b := k.out[test]; b != nil {
					fmt.Fprint(w, b.String())
				}
			})
			if n > 0 || e.Action == "fail" {
				fmt.Fprintf(w, "%-5s %-40s %7.1f s %6d\n", e.Action, e.Package, e.Elapsed, n)
			}
			delete(pkgs, e.Package)
		}
	})
	for name := range pkgs { // cut off in the middle
		p.fail(name + ": did not finish")
	}
}

// count adds the leaves of one finished package and shows what went wrong.
func count(p *part, pkg, verdict string, result map[string]string, show func(test string)) int {
	n, bad := 0, 0
	for test, action := range result {
		kids, badKids := 0, 0
		for other, a := range result {
			if strings.HasPrefix(other, test+"/") {
				kids++
				if a != "pass" {
					badKids++
				}
			}
		}
		switch {
		case kids > 0 && (action == "pass" || badKids > 0):
			continue
		case action == "pass":
			p.Passed++
		default:
			word := "failed"
			if action == "skip" {
				word = "skipped itself, which counts as failed"
			}
			p.fail(pkg + " " + test + " " + word)
			show(test)
			bad++
		}
		n++
	}
	if verdict == "fail" && bad == 0 {
		show("")
		p.fail(pkg + " failed outside a test (build, panic or time-out)")
	}
	return n
}

// readVitest reads the report of `vitest --reporter=json`.
func readVitest(p *part, r io.Reader, w io.Writer) {
	all, _ := io.ReadAll(r)
	i := bytes.Index(all, []byte(`{"numTotalTestSuites"`))
	var rep struct {
		NumPassedTests, NumFailedTests, NumPendingTests, NumTodoTests, NumFailedTestSuites int
		TestResults                                                                        []struct {
			Name, Status, Message string
			AssertionResults      []struct {
				FullName, Status string
				FailureMessages  []string
			}
		}
	}
	if i < 0 || json.NewDecoder(bytes.NewReader(all[i:])).Decode(&rep) != nil {
		_, _ = w.Write(all)
		return
	}
	p.Passed += rep.NumPassedTests
	for _, f := range rep.TestResults {
		bad := 0
		for _, a := range f.AssertionResults {
			if a.Status != "passed" {
				bad++
				p.fail(a.FullName + " " + a.Status)
				fmt.Fprintln(w, a.FullName, a.Status, strings.Join(a.FailureMessages, "\n"))
			}
		}
		if f.Status == "failed" && bad == 0 {
			p.fail(f.Name)
			fmt.Fprintln(w, f.Name, f.Message)
		}
	}
	fmt.Fprintf(w, "%d passed, %d failed\n", p.Passed, p.Failed)
}

var tapLine = regexp.MustCompile(`^(\s*)(not ok|ok) \d+ - (.*?)(\s*# (SKIP|TODO).*)?$`)

// readTAP counts the leaves of node's TAP report: node prints a suite's line
// after its tests, so a suite is known by a deeper line before it.
func readTAP(p *part, r io.Reader, w io.Writer) {
	kids := map[int]int{} // depth → results below, since the last line of that depth
	lines(r, func(line []byte) {
		_, _ = w.Write(line)
		m := tapLine.FindStringSubmatch(strings.TrimRight(string(line), "\r\n"))
		if m == nil {
			return
		}
		depth := len(m[1])
		below := kids[depth]
		for d := 0; d < depth; d++ {
			kids[d]++
		}
		delete(kids, depth)
		switch {
		case below > 0 && m[2] == "ok":
		case m[2] == "ok" && m[4] == "":
			p.Passed++
		case below == 0:
			p.fail(m[3] + m[4])
		}
	})
}

// readStep shows the output as it comes; the exit code decides.
func readStep(_ *part, r io.Reader, w io.Writer) { _, _ = io.Copy(w, r) }
