// Command solve runs the solvers of the house on files, one subcommand each, and
// prints exactly one JSON line. It is a measuring tool and no part of the product.
package main

import (
	"fmt"
	"io"
	"os"
	"strings"
)

// task is one subcommand: its arguments in words, and what it does.
type task struct {
	usage string
	run   func(args []string, out io.Writer) error
}

const (
	assignUsage    = "assign [-by auto|pool|simplex] FILE.min"
	partitionUsage = "partition DIR --parts K [--out FILE] [--seed N] [--steps N]"
	checkUsage     = "check-partition DIR FILE"
	rosterUsage    = "roster FILE [--seconds 60] [--threads N] [--seed N] [--steps N] [--out FILE]"

	checkRosterUsage = "check-roster INSTANCE FILE"
	makeRosterUsage  = "make-roster PEOPLE WEEKS SHIFTS SEED"
	squadsUsage      = "squads [--people 210000] [--squads 3520] [--places 1066] [--share 0.95] [--near 16] [--repairs 20] [--seed N]"
	townUsage        = "town-roster [--grids 638] [--days 14] [--seconds 10] [--threads N] [--seed N] [--steps N]"
)

var tasks = map[string]task{
	"assign":          {assignUsage, assignFile},
	"partition":       {partitionUsage, partitionFolder},
	"check-partition": {checkUsage, checkPartition},
	"roster":          {rosterUsage, rosterFile},
	"check-roster":    {checkRosterUsage, checkRoster},
	"make-roster":     {makeRosterUsage, makeRoster},
	"town-roster":     {townUsage, townRoster},
	"squads":          {squadsUsage, squads},
}

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "solve:", err)
		os.Exit(1)
	}
}

// run picks the subcommand.
func run(args []string, out io.Writer) error {
	if len(args) == 0 {
		return fmt.Errorf("say what to do: %s", usages())
	}
	t, ok := tasks[args[0]]
	if !ok {
		return fmt.Errorf("no solver is called %q; there is: %s", args[0], usages())
	}
	return t.run(args[1:], out)
}

// usages lists what there is.
func usages() string {
	return strings.Join([]string{assignUsage, partitionUsage, checkUsage, rosterUsage, checkRosterUsage, makeRosterUsage, townUsage, squadsUsage}, "; ")
}
