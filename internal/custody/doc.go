// Package custody is the one engine behind "who has them now": a patient on the way
// to hospital, a medicine, a pack, a key. Somebody by name always answers for the
// subject, until the next one says "I have them" or the chain ends.
//
// What is kept are the halves as they were said (given, taken, refused …), perhaps
// offline and late; who has the subject is reckoned from them by the time they were
// said, so that the order in which they arrive decides nothing. It never reads a
// clock, a store or a playbook: a chain is a value handed in. need opens custodies,
// worker raises the alarms that Next names, the field says the halves.
package custody
