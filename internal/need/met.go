package need

import (
	"slices"
	"time"
)

// Few is below how many closed cases a span says only that there were few: a share of
// three cases would tell who they were.
const Few = 5

// MetCount says how many cases of one span, counted from the first, somebody met.
type MetCount struct {
	Span  int
	MetBy string // one of Met
	N     int
}

// MetSpan is one span of time with who met the cases closed in it: N in the order of
// Met. Of a span with fewer than Few cases nothing but that is said: Total is 0, Few true.
type MetSpan struct {
	From, To time.Time
	Total    int
	N        []int
	Few      bool
}

// Own is how many of the span's cases residents met among themselves: volunteers,
// neighbours and whoever asked. Government and community staff are not counted.
func (s *MetSpan) Own() int {
	n := 0
	for i, m := range Met {
		if i < len(s.N) && (m == "volunteer" || m == "neighbour" || m == "self") {
			n += s.N[i]
		}
	}
	return n
}

// MetSpans lays counts out over spans of a width from a time to another, the first
// first; the last may be cut short. The share of self-government over time (seeds 000
// and 001) is Own over Total of each.
func MetSpans(counts []MetCount, from, to time.Time, width time.Duration) []MetSpan {
	var out []MetSpan
	for at := from; at.Before(to); at = at.Add(width) {
		end := at.Add(width)
		if end.After(to) {
			end = to
		}
		out = append(out, MetSpan{From: at, To: end, N: make([]int, len(Met))})
	}
	for _, c := range counts {
		i := slices.Index(Met, c.MetBy)
		if c.Span < 0 || c.Span >= len(out) || i < 0 {
			continue
		}
		out[c.Span].N[i] += c.N
		out[c.Span].Total += c.N
	}
	for i := range out {
		if s := &out[i]; s.Total > 0 && s.Total < Few {
			s.Few, s.Total, s.N = true, 0, make([]int, len(Met))
		}
	}
	return out
}
