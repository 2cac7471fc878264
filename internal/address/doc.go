// Package address reads a door as people write it — 长塘里3幢2单元501室, 3-2-501,
// 友园12号楼404, 三号楼二单元五零一, 12弄3支弄5号 — into estate, building, unit and room.
//
// It is pure text: it knows no place that exists, never guesses silently (what
// looks mistyped comes back with a hint and low confidence) and never drops what
// it does not understand (that stands in Rest). exchange, register, need and
// notice's list paste call it.
package address
