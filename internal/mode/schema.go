package mode

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"shouwang/playbooks"
)

var (
	schemaOnce sync.Once
	schema     *jsonschema.Schema
	english    = message.NewPrinter(language.English)
)

func compiled() *jsonschema.Schema {
	schemaOnce.Do(func() {
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(playbooks.Schema))
		if err != nil {
			panic(err)
		}
		c := jsonschema.NewCompiler()
		if err := c.AddResource("playbook.json", doc); err != nil {
			panic(err)
		}
		schema = c.MustCompile("playbook.json")
	})
	return schema
}

// shape checks the tree against the schema and gives every complaint its place
// in the file.
func shape(root *node, ps *problems) {
	err := compiled().Validate(root.plain())
	if err == nil {
		return
	}
	ve, ok := err.(*jsonschema.ValidationError)
	if !ok {
		ps.add(root, ErrValue, "playbook", err.Error())
		return
	}
	leaves(ve, func(e *jsonschema.ValidationError) {
		at, key := locate(root, e.InstanceLocation)
		switch k := e.ErrorKind.(type) {
		case *kind.AdditionalProperties:
			for _, name := range k.Properties {
				line, col := at.line, at.col
				for _, f := range at.fields {
					if f.name == name {
						line, col = f.line, f.col
					}
				}
				ps.addAt(line, col, ErrKey, name)
			}
		case *kind.Required:
			for _, name := range k.Missing {
				if name == "zh" || name == "en" {
					ps.add(at, ErrText, language2(name))
				} else {
					ps.add(at, ErrMissing, name)
				}
			}
		case *kind.PropertyNames:
			line, col := at.line, at.col
			for _, f := range at.fields {
				if f.name == k.Property {
					line, col = f.line, f.col
				}
			}
			ps.addAt(line, col, ErrValue, k.Property, two{"编号只能用小写字母、数字和连字符", "an id has lower-case letters, digits and hyphens only"})
		default:
			en := e.ErrorKind.LocalizedString(english)
			ps.add(at, ErrValue, key, two{chinese(e.ErrorKind, en), en})
		}
	})
}

// language2 names a missing language in both.
func language2(code string) two {
	if code == "zh" {
		return two{"中文（zh）", "Chinese (zh)"}
	}
	return two{"英文（en）", "English (en)"}
}

// chinese says in Chinese what the schema found, with its own words as a rest.
func chinese(k jsonschema.ErrorKind, en string) string {
	switch v := k.(type) {
	case *kind.Type:
		names := map[string]string{"string": "文字", "integer": "整数", "number": "数", "object": "「字段: 值」", "array": "列表", "boolean": "true 或 false", "null": "空"}
		var want []string
		for _, w := range v.Want {
			want = append(want, names[w])
		}
		return fmt.Sprintf("应为%s，写的是%s", strings.Join(want, "或"), names[v.Got])
	case *kind.Enum:
		var want []string
		for _, w := range v.Want {
			want = append(want, fmt.Sprint(w))
		}
		return "只能是 " + strings.Join(want, "、")
	case *kind.Pattern:
		return "只能用小写字母、数字和连字符，以字母开头"
	case *kind.Minimum:
		return "太小（" + en + "）"
	case *kind.Maximum:
		return "太大（" + en + "）"
	}
	return en
}

func leaves(e *jsonschema.ValidationError, visit func(*jsonschema.ValidationError)) {
	if _, names := e.ErrorKind.(*kind.PropertyNames); names || len(e.Causes) == 0 {
		visit(e)
		return
	}
	for _, c := range e.Causes {
		leaves(c, visit)
	}
}

// locate follows a JSON location to its node and the name it goes by.
func locate(n *node, path []string) (*node, string) {
	name := "playbook"
	for _, p := range path {
		next := n.get(p)
		if n.kind == 'l' {
			if i, err := strconv.Atoi(p); err == nil && i >= 0 && i < len(n.items) {
				next = n.items[i]
			}
		} else {
			name = p
		}
		if next == nil {
			return n, p
		}
		n = next
	}
	return n, name
}
