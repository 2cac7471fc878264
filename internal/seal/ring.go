package seal

import "context"

// Ring stores wrapped keys and nothing else. It never sees a clear key. The
// store implements it as a small file of its own with its own short-lived
// backups, because a backup of the ring revives what was destroyed after it.
//
// Promises that an implementation must keep, each per call: what Add and Replace
// return without error is durable (a crash must not leave sealed data without
// their key, so keys are made durable before the data are committed); Add never
// overwrites; Destroy overwrites the bytes on disk as far as the medium allows
// and leaves a tombstone, so that nothing is ever made anew under that name. All
// methods may be called at the same time. Errors that are no fault of this
// package are reported to callers as ErrRing.
type Ring interface {
	// KEK returns the wrapped key of a purpose; nil when none was made yet.
	// destroyed is true, and the key nil, once it was destroyed.
	KEK(ctx context.Context, purpose string) (wrapped []byte, destroyed bool, err error)
	// AddKEK stores the wrapped key unless one stands already, and returns the
	// one that stands after the call; ErrErased when the purpose was destroyed.
	AddKEK(ctx context.Context, purpose string, wrapped []byte) (kept []byte, err error)
	// ReplaceKEK puts next in the place of old in one step; it does nothing and
	// returns no error when what stands is not old.
	ReplaceKEK(ctx context.Context, purpose string, old, next []byte) error
	// DestroyKEK destroys the key of a purpose and every subject key below it.
	// Destroying twice, or what never was, does no harm and leaves a tombstone.
	DestroyKEK(ctx context.Context, purpose string) error
	// Purposes returns every purpose that has a living key, in any order.
	Purposes(ctx context.Context) ([]string, error)
	// Subjects returns the wrapped keys of the ids that have one. An id whose
	// key was destroyed comes back with an empty value; an unknown id not at all.
	Subjects(ctx context.Context, purpose string, ids []string) (map[string][]byte, error)
	// AddSubjects stores many wrapped keys in one transaction, except those whose
	// id stands already; it returns what stands for these (empty: destroyed).
	// ErrErased, and nothing stored, when the purpose was destroyed meanwhile.
	AddSubjects(ctx context.Context, purpose string, wrapped map[string][]byte) (kept map[string][]byte, err error)
	// DestroySubject destroys one subject's key under one purpose and leaves a
	// tombstone. Destroying twice, or what never was, does no harm.
	DestroySubject(ctx context.Context, purpose, subject string) error
}

// chunk is how many subject keys go through one call of a Ring, so that a bulk
// import never holds the ring's writer for long.
const chunk = 4096
