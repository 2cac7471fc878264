package page

import (
	"fmt"
	"html/template"
	"strings"

	"github.com/skip2/go-qrcode"
)

// qr draws a code as SVG: each row's dark runs as one path, so that it stays small
// and prints sharp. Level M survives a stained label.
func qr(text string) (template.HTML, error) {
	c, err := qrcode.New(text, qrcode.Medium)
	if err != nil {
		return "", err
	}
	c.DisableBorder = true
	var b strings.Builder
	m := c.Bitmap()
	for y, row := range m {
		for x := 0; x < len(row); x++ {
			if !row[x] {
				continue
			}
			from := x
			for x < len(row) && row[x] {
				x++
			}
			fmt.Fprintf(&b, "M%d %dh%dv1H%dz", from, y, x-from, from)
		}
	}
	// Four light modules around it belong to the code.
	return template.HTML(fmt.Sprintf(`<svg class="qr" viewBox="-4 -4 %d %d" role="img" aria-label="QR" shape-rendering="crispEdges"><path fill="#fff" d="M-4-4h%dv%dH-4z"/><path d="%s"/></svg>`,
		len(m)+8, len(m)+8, len(m)+8, len(m)+8, b.String())), nil
}

// The looks of a zone: pattern, outline and shape. They tell zones apart where
// colour is gone; a look is chosen by how strict a zone is, so that the zones of
// every playbook have one.
var glyphs = map[string]string{"lockdown": "■", "control": "◆", "precaution": "●", "evacuate": "▶", "": "○"}

// patterns are drawn, not painted as a background: a background is not printed.
var patterns = map[string]string{
	"lockdown":   `<rect width="8" height="8" fill="#9B1B30"/><path d="M0 0l8 8M8 0L0 8" stroke="#fff" stroke-width="1.6"/>`,
	"control":    `<rect width="8" height="8" fill="#E69F00"/><path d="M-2 2l4-4M0 8l8-8M6 10l4-4" stroke="#7A3E00" stroke-width="1.8"/>`,
	"precaution": `<rect width="8" height="8" fill="#D3E0F0"/><circle cx="2" cy="2" r="1.5" fill="#174A86"/><circle cx="6" cy="6" r="1.5" fill="#174A86"/>`,
	"evacuate":   `<rect width="8" height="8" fill="#fff"/><path d="M1 0l4 4-4 4M5 0l4 4-4 4" fill="none" stroke="#1B2430" stroke-width="1.8"/>`,
	"":           `<rect width="8" height="8" fill="#EEF1F5"/>`,
}

// swatch draws a zone's pattern. n tells several on one page apart.
func swatch(look string, n int) template.HTML {
	return template.HTML(fmt.Sprintf(`<svg class="sw" aria-hidden="true"><pattern id="p%d" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="scale(1.5)">%s</pattern><rect width="100%%" height="100%%" fill="url(#p%d)"/></svg>`, n, patterns[look], n))
}
