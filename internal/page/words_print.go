package page

// printWords are the words of the printed sheets.
var printWords = map[string][2]string{}
