package canarytest

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"

	"shouwang/internal/identity"
)

// Rare are signs that stand in no other text: two of them in a row are a canary's name.
const Rare = "璟琰珺琬琮璐瑄瑾璇璞瓒瓀珩珣玥玦玹珏琚琨"

// Text is the n-th confidential text that is planted: a health word, marked.
func Text(n int) string { return fmt.Sprintf("密植%05d透析需敲门久等", n) }

var (
	// Telephones of the prefix that is assigned to nobody.
	phones = regexp.MustCompile(`(?:^|[^0-9A-Za-z])(?:86-?)?(129\d{8})(?:$|[^0-9A-Za-z])`)
	// Identity numbers of the region that is assigned to nobody.
	numbers = regexp.MustCompile(`(?:^|[^0-9A-Za-z])(99\d{4}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXx])(?:$|[^0-9A-Za-z])`)
	others  = regexp.MustCompile(`密植\d{5}|[` + Rare + `]{2}`)
)

// Find returns the canaries in a text, also those that an address has escaped.
func Find(text string) (out []string) {
	if plain, err := url.QueryUnescape(text); err == nil && plain != text {
		text += "\n" + plain
	}
	for _, m := range phones.FindAllStringSubmatch(text, -1) {
		out = append(out, m[1])
	}
	for _, m := range numbers.FindAllStringSubmatch(text, -1) {
		if n := strings.ToUpper(m[1]); identity.CheckDigit(n[:17]) == n[17] {
			out = append(out, m[1])
		}
	}
	return append(out, others.FindAllString(text, -1)...)
}
