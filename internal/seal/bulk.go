package seal

import "context"

// Item is one field to seal (Bytes clear) or to open (Bytes sealed). It prints
// as a mark, because it may hold a clear value.
type Item struct {
	redacted
	Subject string
	Context string
	Bytes   []byte
}

// Opened is the outcome for one Item: the clear value, or why there is none.
type Opened struct {
	redacted
	Plain []byte
	Err   error
}

// Ensure makes and loads the keys of many subjects under one purpose, in batches
// of a few thousand. Seal and SealAll do it themselves; a bulk act calls it
// first so that the ring's writing does not lie in its own transaction.
func (s *Sealer) Ensure(ctx context.Context, purpose string, subjects []string) error {
	_, err := s.load(ctx, purpose, subjects, true)
	return err
}

// Prefetch loads the keys that exist, so that Opens of these subjects need no
// ring. Destroyed and unknown subjects are passed over; their Open says why.
func (s *Sealer) Prefetch(ctx context.Context, purpose string, subjects []string) error {
	_, err := s.load(ctx, purpose, subjects, false)
	return err
}

// SealAll seals many fields under one purpose, making missing keys in batches.
// All or nothing: the first subject whose key was destroyed fails the call with
// ErrErased at that item's context.
func (s *Sealer) SealAll(ctx context.Context, purpose string, items []Item) ([][]byte, error) {
	ids := make([]string, len(items))
	for i := range items {
		if purpose == "" || items[i].Subject == "" || items[i].Context == "" {
			return nil, ErrUnnamed.With()
		}
		ids[i] = items[i].Subject
	}
	keys, err := s.load(ctx, purpose, ids, true)
	if err != nil {
		return nil, err
	}
	out := make([][]byte, len(items))
	err = parallel(len(items), func(lo, hi int) (err error) {
		for i := lo; i < hi; i++ {
			k, ok := keys[items[i].Subject]
			if !ok {
				return ErrErased.With().At(items[i].Context)
			}
			if out[i], err = s.sealWith(&k, items[i].Context, items[i].Bytes); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// OpenAll opens many fields of one purpose with one look into the ring per few
// thousand subjects. Each item has its own outcome, so that one erased person
// does not hide the others; the error is for the ring or the root key only. When
// the whole purpose was destroyed every outcome is ErrErased.
func (s *Sealer) OpenAll(ctx context.Context, purpose string, items []Item) ([]Opened, error) {
	ids := make([]string, len(items))
	for i := range items {
		ids[i] = items[i].Subject
	}
	keys, err := s.load(ctx, purpose, ids, false)
	if err != nil && !isErased(err) {
		return nil, err
	}
	out := make([]Opened, len(items))
	_ = parallel(len(items), func(lo, hi int) error {
		for i := lo; i < hi; i++ {
			if k, ok := keys[items[i].Subject]; ok {
				out[i].Plain, out[i].Err = s.openWith(&k, items[i].Context, items[i].Bytes)
			}
		}
		return nil
	})
	why := map[string]error{} // once for each subject without a key
	for i := range items {
		id := items[i].Subject
		if _, ok := keys[id]; ok {
			continue
		}
		if why[id] == nil {
			why[id] = err
			if err == nil {
				why[id] = s.missing(ctx, purpose, id)
			}
		}
		out[i].Err = why[id]
	}
	return out, nil
}
