package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// load is one measurement: what is sent, by how many, for how long.
type load struct {
	url, method, body, item, places string
	count                           string // in an answer: one record was taken
	clients, batch                  int
	time, warm                      time.Duration
	headers                         [][2]string

	nonce   string // makes ids unique across runs
	ids     []string
	serial  atomic.Int64
	address template
	text    template
	record  template
	fields  []template
}

// result is what is printed. Times are milliseconds from sending to the last byte
// of the answer; rates count records, not requests.
type result struct {
	Clients  int     `json:"clients"`
	Batch    int     `json:"batch"`
	Seconds  float64 `json:"seconds"`
	Records  int64   `json:"records"`
	Bad      int64   `json:"bad"`
	Refused  int64   `json:"refused,omitempty"` // records of good answers that -count did not find
	Rate     float64 `json:"records_per_second"`
	P50      float64 `json:"p50_ms"`
	P99      float64 `json:"p99_ms"`
	Max      float64 `json:"max_ms"`
	FirstBad string  `json:"first_bad,omitempty"`
}

// prepare checks the flags and cuts the templates.
func (l *load) prepare() error {
	if l.url == "" || l.clients < 1 || l.batch < 1 || l.time <= 0 {
		return errors.New("give -url, and clients, batch and time above zero")
	}
	for _, text := range []*string{&l.body, &l.item} {
		if name, ok := strings.CutPrefix(*text, "@"); ok {
			read, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			*text = strings.TrimSpace(string(read))
		}
	}
	if strings.Contains(l.body, "{items}") != (l.item != "") {
		return errors.New("-item and {items} in the body belong together")
	}
	if l.batch > 1 && l.item == "" {
		return errors.New("-batch needs -item and {items} in the body")
	}
	if l.places != "" {
		read, err := os.ReadFile(l.places)
		if err != nil {
			return err
		}
		if l.ids = strings.Fields(string(read)); len(l.ids) == 0 {
			return fmt.Errorf("%s holds no place", l.places)
		}
	}
	l.nonce = fmt.Sprintf("%x", time.Now().UnixNano())
	l.address, l.text, l.record = cut(l.url), cut(l.body), cut(l.item)
	for _, h := range l.headers {
		l.fields = append(l.fields, cut(h[1]))
	}
	return nil
}

// run sends for the warm-up and the measured time and counts.
func (l *load) run() result {
	client := &http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{
		MaxIdleConns: l.clients, MaxIdleConnsPerHost: l.clients, MaxConnsPerHost: l.clients, DisableCompression: true}}
	out := result{Clients: l.clients, Batch: l.batch}
	var mutex sync.Mutex
	var all []time.Duration
	begin := time.Now().Add(l.warm)
	end := begin.Add(l.time)
	var group sync.WaitGroup
	for device := range l.clients {
		group.Go(func() {
			var took []time.Duration
			bad, first, good, sent := int64(0), "", int64(0), int64(0)
			buffer := new(bytes.Buffer)
			for sequence := 1; ; sequence++ {
				start := time.Now()
				if !start.Before(end) {
					break
				}
				n, err := l.send(client, buffer, value{device: device, sequence: sequence})
				if start.Before(begin) && err == nil {
					continue
				}
				if err != nil {
					if bad++; first == "" {
						first = err.Error()
					}
					continue
				}
				took = append(took, time.Since(start))
				good, sent = good+n, sent+int64(l.batch)
			}
			mutex.Lock()
			defer mutex.Unlock()
			all = append(all, took...)
			out.Records, out.Refused = out.Records+good, out.Refused+sent-good
			if out.Bad += bad; out.FirstBad == "" {
				out.FirstBad = first
			}
		})
	}
	group.Wait()
	out.Seconds = time.Since(begin).Seconds()
	out.Rate = float64(out.Records) / out.Seconds
	slices.Sort(all)
	at := func(q float64) float64 {
		if len(all) == 0 {
			return 0
		}
		return float64(all[int(q*float64(len(all)-1))].Microseconds()) / 1000
	}
	out.P50, out.P99, out.Max = at(.5), at(.99), at(1)
	return out
}

// send makes one request, reads its answer to the end and returns how many records
// were taken.
func (l *load) send(client *http.Client, buffer *bytes.Buffer, v value) (int64, error) {
	v.run, v.ids = l.nonce, l.ids
	v.serial = l.serial.Add(int64(l.batch)) - int64(l.batch) + 1
	buffer.Reset()
	first := v
	for _, part := range l.text {
		if part.name != "items" {
			part.write(buffer, first)
			continue
		}
		for i := range l.batch {
			if i > 0 {
				buffer.WriteByte(',')
			}
			one := v
			one.serial += int64(i)
			one.sequence = (v.sequence-1)*l.batch + i + 1
			l.record.write(buffer, one)
		}
	}
	request, err := http.NewRequest(l.method, l.address.text(first), bytes.NewReader(buffer.Bytes()))
	if err != nil {
		return 0, err
	}
	request.Header.Set("Content-Type", "application/json")
	for i, h := range l.headers {
		request.Header.Set(h[0], l.fields[i].text(first))
	}
	answer, err := client.Do(request)
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	if answer.StatusCode/100 == 2 {
		buffer.Reset()
		if _, err = buffer.ReadFrom(answer.Body); l.count == "" || err != nil {
			return int64(l.batch), err
		}
		return int64(bytes.Count(buffer.Bytes(), []byte(l.count))), nil
	}
	start, _ := io.ReadAll(io.LimitReader(answer.Body, 300))
	_, _ = io.Copy(io.Discard, answer.Body)
	return 0, fmt.Errorf("%s: %s", answer.Status, start)
}
