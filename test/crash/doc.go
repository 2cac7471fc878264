// Package crash kills the real server in the middle of its work, many times over,
// and holds what it answered against what is on disk afterwards.
//
// The clients keep a log of what they tried and what was acknowledged, made
// durable apart from the server before each request and before each answer
// counts. Nothing acknowledged may be missing, nothing may be there twice, what
// was left open must be settled by trying again under the same id. A twin of the
// server with a planted bug must be caught. It holds tests only.
package crash
