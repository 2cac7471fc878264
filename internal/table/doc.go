// Package table carries rows out of the house: columns with a field class, rows
// that are already masked for the one who asked, and writers to csv and xlsx.
//
// It never masks (access decided before), never reads files of others (exchange
// does) and never holds the whole table: rows stream through. exchange, api and
// page call it.
package table
