package page

import (
	"embed"
	"html/template"
	"strings"

	"shouwang/internal/mode"
)

//go:embed html
var files embed.FS

var (
	residentCSS = file("resident.css")
	printCSS    = file("print.css")
)

func file(name string) string {
	b, err := files.ReadFile("html/" + name)
	if err != nil {
		panic("page: " + err.Error()) // part of the binary
	}
	return string(b)
}

// shapes are the templates in each language: t says a word of the catalogue.
var shapes = map[string]*template.Template{"zh": shape("zh"), "en": shape("en")}

func shape(lang string) *template.Template {
	t := template.New(lang).Funcs(template.FuncMap{
		"t": func(key string, args ...string) string {
			s, ok := words[lang][key]
			if !ok {
				panic("page: no word " + key)
			}
			for i, a := range args {
				s = strings.ReplaceAll(s, "{"+string(rune('0'+i))+"}", a)
			}
			return s
		},
		"css": func(s string) template.CSS { return template.CSS(s) },
	})
	return template.Must(t.ParseFS(files, "html/*.html"))
}

func pick(lang string, t mode.Text) string {
	if lang == "en" {
		return t.EN
	}
	return t.ZH
}

func picks(lang string, ts []mode.Text) []string {
	var out []string
	for _, t := range ts {
		out = append(out, pick(lang, t))
	}
	return out
}

// fill puts the facts into a notice of a playbook.
func fill(text, place, from, until, basis string) string {
	return strings.NewReplacer("{place}", place, "{from}", from, "{until}", until, "{basis}", basis).Replace(text)
}

// words is the catalogue: key → Chinese, English.
var words = func() map[string]map[string]string {
	out := map[string]map[string]string{"zh": {}, "en": {}}
	for _, list := range []map[string][2]string{publicWords, printWords, boardWords, askWords, joinWords, certWords, rosterWords, needWords, objectWords, neighbourWords, thanksWords, fineWords, largeWords, familyWords, posterWords, alarmWords} {
		for key, w := range list {
			if _, twice := out["zh"][key]; twice {
				panic("page: the word " + key + " stands twice") // which one is said would be chance
			}
			out["zh"][key], out["en"][key] = w[0], w[1]
		}
	}
	return out
}()
