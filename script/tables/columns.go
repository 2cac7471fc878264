package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"
)

const (
	synonyms  = "internal/exchange/synonyms.yaml"
	catalogue = "internal/exchange/catalogue.go"
)

// headings lists the columns of one kind of file with every name they go by.
func headings(kind string) (string, error) {
	raw, err := os.ReadFile(synonyms)
	if err != nil {
		return "", err
	}
	var kinds map[string]struct {
		Required [][]string `yaml:"required"`
		Fields   []struct {
			Key   string   `yaml:"key"`
			Names []string `yaml:"names"`
		} `yaml:"fields"`
	}
	if err := yaml.Unmarshal(raw, &kinds); err != nil {
		return "", err
	}
	k, ok := kinds[kind]
	if !ok {
		return "", fmt.Errorf("%s has no %q", synonyms, kind)
	}
	title := map[string]string{}
	var rows [][]string
	for _, f := range k.Fields {
		title[f.Key] = f.Names[0]
		rows = append(rows, []string{"**" + f.Names[0] + "**", "`" + f.Key + "`", strings.Join(f.Names[1:], "、")})
	}
	var need []string
	for _, any := range k.Required {
		var names []string
		for _, key := range any {
			names = append(names, title[key])
		}
		need = append(need, strings.Join(names, " / "))
	}
	return "必须有 required：" + strings.Join(need, "；") + "\n\n" + table([]string{"列 column", "字段 field", "也认 also read"}, rows), nil
}

var catalogues = []struct{ name, title string }{
	{"tenures", "居住情况 tenure"}, {"groups", "特殊群体 vulnerable group"}, {"needs", "照护需要 care"}, {"helperKinds", "人员类别 kind of helper"}, {"squadKinds", "突击队类别 kind of squad"},
	{"aways", "在岗情况 presence"}, {"skills", "技能 skills"}, {"trainings", "已训 trained"},
}

// words lists what the contents of some columns are read as.
func words() (string, error) {
	f, err := parser.ParseFile(token.NewFileSet(), catalogue, nil, 0)
	if err != nil {
		return "", err
	}
	lists := map[string]*ast.CompositeLit{}
	ast.Inspect(f, func(n ast.Node) bool {
		if v, ok := n.(*ast.ValueSpec); ok && len(v.Names) == 1 && len(v.Values) == 1 {
			if lit, ok := v.Values[0].(*ast.CompositeLit); ok {
				lists[v.Names[0].Name] = lit
			}
		}
		return true
	})
	var rows [][]string
	for _, c := range catalogues {
		lit := lists[c.name]
		if lit == nil {
			return "", fmt.Errorf("%s has no list %q", catalogue, c.name)
		}
		for i, e := range lit.Elts {
			texts := literals(e)
			title := ""
			if i == 0 {
				title = "**" + c.title + "**"
			}
			rows = append(rows, []string{title, "`" + texts[0] + "`", strings.Join(texts[1:], "、")})
		}
	}
	return table([]string{"列 column", "记作 kept as", "内容含有 contains"}, rows), nil
}

// literals are the texts inside a node, in order.
func literals(n ast.Node) []string {
	var out []string
	ast.Inspect(n, func(n ast.Node) bool {
		if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
			if s, err := strconv.Unquote(l.Value); err == nil {
				out = append(out, s)
			}
		}
		return true
	})
	return out
}
