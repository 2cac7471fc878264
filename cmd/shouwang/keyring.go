package main

import (
	"context"

	"shouwang/internal/app"
)

type keyringCmd struct {
	Copy keyringCopyCmd `cmd:"" help:"拷一份：从文件到共用的库，或从库到备份文件 · copy, from the file to the shared database or back"`
}

type keyringCopyCmd struct {
	To string `help:"拷到哪里 · where to: postgres://… or a file" placeholder:"WHERE"`
}

// Run copies the keyring into an empty one.
func (c *keyringCopyCmd) Run(ctx context.Context, s *shell) error {
	if s.world.Server != "" {
		return s.both()
	}
	if err := app.CopyRing(ctx, s.config(), c.To); err != nil {
		return err
	}
	if s.world.JSON {
		s.line(s.out, map[string]bool{"copied": true})
		return nil
	}
	s.note("✓ 密钥环已拷贝。原来的没有动；确认新的可用后，请销毁旧的。", "✓ The keyring was copied. The old one is as it was; destroy it once the new one is seen to work.")
	return nil
}
