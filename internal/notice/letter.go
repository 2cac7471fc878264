package notice

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"mime"
	"net/mail"
	"strings"
	"time"
	"unicode"
)

// letterWidth is how long a line of an encoded text is.
const letterWidth = 76

// letter is a message as a mail of plain text in UTF-8. One that would break out of
// its heading is refused. Its Message-ID is the same for each try, so that a mailbox
// may drop doubles.
func (m *Mail) letter(x *Message) ([]byte, error) {
	to, err := mail.ParseAddress(x.To)
	if err != nil || to.Address != x.To || !plain(x.To) || !plain(x.Title) || !ascii(x.To) {
		return nil, errMail
	}
	_, domain, _ := strings.Cut(m.From.Address, "@")
	hash := sha256.Sum256([]byte(x.ID))
	var b bytes.Buffer
	for _, h := range [][2]string{
		{"From", m.From.String()},
		{"To", "<" + x.To + ">"},
		{"Subject", mime.BEncoding.Encode("utf-8", x.Title)},
		{"Date", m.Clock().Format(time.RFC1123Z)},
		{"Message-ID", "<" + hex.EncodeToString(hash[:16]) + "@" + domain + ">"},
		{"Auto-Submitted", "auto-generated"},
		{"MIME-Version", "1.0"},
		{"Content-Type", "text/plain; charset=utf-8"},
		{"Content-Transfer-Encoding", "base64"},
	} {
		fmt.Fprintf(&b, "%s: %s\r\n", h[0], h[1])
	}
	b.WriteString("\r\n")
	text := x.Body
	if x.Link != "" {
		text += "\n\n" + x.Link
	}
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\n", "\r\n") + "\r\n"
	raw := base64.StdEncoding.EncodeToString([]byte(text))
	for len(raw) > letterWidth {
		b.WriteString(raw[:letterWidth] + "\r\n")
		raw = raw[letterWidth:]
	}
	b.WriteString(raw + "\r\n")
	return b.Bytes(), nil
}

// plain says that a text holds no sign that ends a line or steers a machine.
func plain(s string) bool { return !strings.ContainsFunc(s, unicode.IsControl) }

func ascii(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r > unicode.MaxASCII })
}
