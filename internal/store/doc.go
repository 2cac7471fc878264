// Package store is all SQL of the house, for SQLite and PostgreSQL alike: one
// writer with grouped commits, migrations, and the reads each room asks for.
//
// A write is a list of journal changes committed in one transaction with their
// entries; a bulk act is staged in chunks that nobody sees and becomes valid by
// one small commit. The store holds no business rule, no permission and no mode;
// it never uses a request's context inside the writer. app opens it; api, worker
// and live read it and hand it what the rooms decided.
package store
