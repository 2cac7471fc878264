package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/alecthomas/kong"
	"github.com/goccy/go-yaml"

	"shouwang/internal/app"
)

// resolver answers flags that were not typed: from SHOUWANG_* in the environment,
// else from the one configuration file. A flag typed wins over both.
type resolver struct {
	args   []string
	env    func(string) string
	loaded bool
	name   string
	file   map[string]any
}

func settings(args []string, env func(string) string) *resolver {
	return &resolver{args: args, env: env}
}

// load reads the configuration file, once.
func (r *resolver) load() error {
	if r.loaded {
		return nil
	}
	r.loaded = true
	r.name = r.env("SHOUWANG_CONFIG")
	for i, arg := range r.args {
		if v, ok := strings.CutPrefix(arg, "--config="); ok {
			r.name = v
		} else if arg == "--config" && i+1 < len(r.args) {
			r.name = r.args[i+1]
		}
	}
	if r.name == "" {
		return nil
	}
	b, err := os.ReadFile(r.name)
	if err != nil {
		return app.ErrConfigFile.With(r.name, err)
	}
	if err := yaml.Unmarshal(b, &r.file); err != nil {
		// Without the lines around it: a password or token may stand in them.
		return app.ErrConfigFile.With(r.name, strings.TrimSpace(yaml.FormatError(err, false, false)))
	}
	return nil
}

// Validate implements kong.Resolver: it refuses names that no flag has, so that a
// misspelt line is not silently without effect.
func (r *resolver) Validate(a *kong.Application) error {
	if err := r.load(); err != nil {
		return err
	}
	flags := map[string]bool{}
	err := kong.Visit(a, func(n kong.Visitable, next kong.Next) error {
		if f, ok := n.(*kong.Flag); ok {
			flags[f.Name] = true
		}
		return next(nil)
	})
	for k := range r.file {
		if name := strings.ReplaceAll(k, "_", "-"); !flags[name] {
			why := "unknown setting: " + k
			if near := nearest(name, flags); near != "" {
				why += "; did you mean " + near + "?"
			}
			return app.ErrConfigFile.With(r.name, why)
		}
	}
	return err
}

// Resolve implements kong.Resolver.
func (r *resolver) Resolve(_ *kong.Context, _ *kong.Path, f *kong.Flag) (any, error) {
	if f.Name == "help" || f.Name == "config" {
		return nil, nil
	}
	if err := r.load(); err != nil {
		return nil, err
	}
	if v := r.env(variable(f.Name)); v != "" {
		return v, nil
	}
	if v, ok := r.inFile(f.Name); ok {
		return v, nil
	}
	return nil, nil
}

// variable is the environment variable of a flag.
func variable(name string) string {
	return "SHOUWANG_" + strings.ToUpper(strings.ReplaceAll(name, "-", "_"))
}

// inFile is what the configuration file says of a flag; a list becomes one text.
func (r *resolver) inFile(name string) (string, bool) {
	for _, k := range []string{name, strings.ReplaceAll(name, "-", "_")} {
		switch v := r.file[k].(type) {
		case nil:
		case []any:
			var parts []string
			for _, x := range v {
				parts = append(parts, fmt.Sprint(x))
			}
			return strings.Join(parts, ","), true
		default:
			return fmt.Sprint(v), true
		}
	}
	return "", false
}
