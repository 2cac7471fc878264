package exchange

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// bigBook streams a workbook of n rows whose texts are all different.
func bigBook(t testing.TB, n int) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	_ = w.SetRow("A1", residentHead)
	for i := range n {
		cell, _ := excelize.CoordinatesToCellName(1, i+2)
		if err := w.SetRow(cell, person(t, i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestChildStaysSmall reads 200,000 rows and looks at the greatest memory of the
// child, then several files at once.
func TestChildStaysSmall(t *testing.T) {
	data := bigBook(t, 200000)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	top := int64(0)
	rows := 0
	start := time.Now()
	err = parse(t.Context(), data, []string{self, "sheet-read"}, Limits{}.fill(len(data)), func(f *frame) error {
		if rows++; rows%2000 == 0 {
			for _, pid := range children(t) {
				top = max(top, resident(pid))
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("200,000 rows, %d MB: %v, child at most %d MB", len(data)>>20, time.Since(start), top>>20)
	if top == 0 || top > childRSS {
		t.Errorf("the child took %d MB", top>>20)
	}
	start = time.Now()
	small := bigBook(t, 20000)
	made := time.Since(start)
	start = time.Now()
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			s, err := Read(context.Background(), "x", bytes.NewReader(small), Residents, demo())
			if err != nil || s.Rows() != 20000 {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	t.Logf("4 files of 20,000 rows at once: %v (writing one took %v)", time.Since(start), made)
}

// children returns the process ids of this process's children.
func children(t *testing.T) (pids []int) {
	t.Helper()
	b, err := os.ReadFile(fmt.Sprintf("/proc/self/task/%d/children", os.Getpid()))
	entries, _ := os.ReadDir("/proc/self/task")
	for _, e := range entries {
		if more, err2 := os.ReadFile("/proc/self/task/" + e.Name() + "/children"); err2 == nil {
			b, err = append(append(b, ' '), more...), nil
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range bytes.Fields(b) {
		var pid int
		if _, err := fmt.Sscan(string(f), &pid); err == nil {
			pids = append(pids, pid)
		}
	}
	return pids
}
