package api

import (
	"context"
	"errors"
	"testing"
	"time"
)

// One processor is always left: no more looks run at one time than there is room for, and
// neither a list nor an overview goes round the door.
func TestLooksWaitForEachOther(t *testing.T) {
	s := &Server{looking: make(chan struct{}, 1)}
	done, err := s.look(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer stop()
	if _, err := s.look(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatal("two at a time:", err)
	}
	if _, err := s.picture(ctx, &call{}, &overviewQuery{}); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatal("an overview does not wait:", err)
	}
	s.atlas = &Atlas{}
	if _, err := s.caseRows(ctx, &call{}, &caseListInput{}); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatal("a list does not wait:", err)
	}
	done()
	if done, err = s.look(t.Context()); err != nil {
		t.Fatal(err)
	}
	done()
}
