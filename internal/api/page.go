package api

import (
	"encoding/base64"
	"strconv"
	"strings"
)

// offset reads the cursor of a list that is cut by position.
func offset(cursor string) (int, error) {
	if cursor == "" {
		return 0, nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	if err == nil {
		var n int
		if n, err = strconv.Atoi(string(raw)); err == nil && n >= 0 {
			return n, nil
		}
	}
	return 0, ErrShape.With("cursor").At("cursor")
}

func offsetCursor(n int) string {
	return base64.RawURLEncoding.EncodeToString([]byte(strconv.Itoa(n)))
}

// finalKey says whether a tally's key (outcome|final|zone) counts final targets.
func finalKey(key string) bool { return strings.Contains(key, "|final|") }
