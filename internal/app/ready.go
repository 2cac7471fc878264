package app

import (
	"context"
	"crypto/tls"
	"fmt"
	"net/http"
	"time"
)

// Ready asks the server at url whether it is ready. The certificate is not looked
// at: the question is put on the same machine and carries nothing. Fault: SW-2007.
func Ready(ctx context.Context, url string) error {
	ctx, stop := context.WithTimeout(ctx, 4*time.Second)
	defer stop()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url+"/readyz", nil)
	if err != nil {
		return ErrUnreachable.With(url).Because(err)
	}
	c := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true, MinVersion: tls.VersionTLS12}}}
	a, err := c.Do(r)
	if err != nil {
		return ErrUnreachable.With(url).Because(err)
	}
	defer a.Body.Close()
	if a.StatusCode != http.StatusOK {
		return ErrUnreachable.With(url).Because(fmt.Errorf("HTTP %d", a.StatusCode))
	}
	return nil
}
