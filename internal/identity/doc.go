// Package identity reads what people type where a Chinese identity number or a
// telephone number belongs: check digit, birth date, gender, the ways in which a
// spreadsheet destroys such numbers, and how they look under a mask.
//
// It is pure parsing: it never stores a number, never logs one, and its errors
// never repeat the number they are about. exchange, register's screens and demo
// call it.
package identity
