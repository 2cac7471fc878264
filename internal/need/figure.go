package need

// Figure is how the cases told in a time at places went. Withdrawn and lapsed ones are not
// in it: nobody had to meet them.
type Figure struct {
	Told   int // written down
	Closed int // of these: closed
	Judged int // of these: answered, or past their time and not paused
	OnTime int // of the judged: answered by their time
	Rated  int // of the closed: with a rating
	Good   int // of the rated: done, and well
}

// Add takes another figure in.
func (f *Figure) Add(x Figure) {
	f.Told += x.Told
	f.Closed += x.Closed
	f.Judged += x.Judged
	f.OnTime += x.OnTime
	f.Rated += x.Rated
	f.Good += x.Good
}

// Share is a part of a whole in whole percent.
func Share(part, whole int) int {
	if whole == 0 {
		return 0
	}
	return (100*part + whole/2) / whole
}

// FigureRow is a figure of the cases of one kept item at one place.
type FigureRow struct {
	Book, Path string
	Figure
}
