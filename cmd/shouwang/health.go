package main

import (
	"context"
	"fmt"

	"shouwang/internal/app"
)

type healthCmd struct {
	URL string `name:"url" help:"要问的地址 · address to ask" default:"http://127.0.0.1:8080"`
}

// Run asks a server whether it is ready: the check of a container that holds no
// other program.
func (c *healthCmd) Run(ctx context.Context, s *shell) error {
	if err := app.Ready(ctx, c.URL); err != nil {
		return err
	}
	fmt.Fprintln(s.out, s.say("✓ 就绪", "✓ ready"))
	return nil
}
