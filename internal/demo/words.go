package demo

import (
	_ "embed"
	"strings"
)

//go:embed data/words.txt
var wordsText string

//go:embed data/names.txt
var namesText string

var words = readLists(wordsText + "\n" + namesText)

// readLists reads lines of a key and its words; # starts a remark and a key that
// comes again goes on with its list.
func readLists(text string) map[string][]string {
	out := map[string][]string{}
	for _, line := range strings.Split(text, "\n") {
		if f := strings.Fields(line); len(f) > 1 && !strings.HasPrefix(line, "#") {
			out[f[0]] = append(out[f[0]], f[1:]...)
		}
	}
	return out
}

// list returns the words of a key of the data files; a key that is not there is a
// mistake in this package.
func list(key string) []string {
	l := words[key]
	if len(l) == 0 {
		panic("demo: no words for " + key)
	}
	return l
}
