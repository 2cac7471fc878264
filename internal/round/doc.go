// Package round is the one engine behind every "who is still missing": a set of
// targets, each of which must get an outcome. A round's definition (outcomes,
// due, what an outcome opens) is a value handed in from a playbook.
//
// It never knows why a round exists, never sends reminders (worker does) and
// never reads the register. dispatch opens rounds, the field records outcomes.
package round
