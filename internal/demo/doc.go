// Package demo invents a subdistrict and writes the very files its communities
// would hand in: the place ledger, one residents' workbook a community with the
// usual dirt, the roster of helpers, the zones of the seeds and the figure that
// was stated for them.
//
// It never writes into a store and imports nothing into the product: the files
// go through the same public commands as anybody's. No name, identity number,
// phone or coordinate in it belongs to a real person or place. The command line
// calls Generate; tests read the files back.
package demo
