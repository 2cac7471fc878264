package main

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"strings"

	"shouwang/internal/access"
	"shouwang/internal/app"
)

type accountCmd struct {
	Create   accountCreateCmd   `cmd:"" help:"建账号，之后可用浏览器登录 · an account to sign in with"`
	Password accountPasswordCmd `cmd:"" help:"换密码，已登录的浏览器会退出 · a new password"`
}

// accountReply is what the API answers; Password only when it made one.
type accountReply struct{ Account, Login, Password string }

// secret reads a password from a file: its first line, without the line's end.
func secret(file string) (string, error) {
	if file == "" {
		return "", nil
	}
	b, err := os.ReadFile(file)
	if err != nil {
		return "", app.ErrInputFile.With(file).Because(err)
	}
	line, _, _ := strings.Cut(string(b), "\n")
	line = strings.TrimSuffix(strings.TrimPrefix(line, "\ufeff"), "\r")
	if line == "" { // an empty file is a mistake, not a wish for a generated one
		return "", access.ErrWeakPassword.With()
	}
	return line, nil
}

// readText reads a small file whole.
func readText(file string) (string, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return "", app.ErrInputFile.With(file).Because(err)
	}
	return string(b), nil
}

// account prints an answer: the password, when one was made, is the result.
func (s *shell) account(r *app.Reply, zh, en string) error {
	if s.world.JSON {
		s.raw(r.Body)
		return nil
	}
	var a accountReply
	if err := r.Decode(&a); err != nil {
		return err
	}
	s.note("✓ "+zh+a.Login, "✓ "+en+a.Login)
	if a.Password != "" {
		fmt.Fprintln(s.out, a.Password)
		s.note("密码只显示这一次，请当面交给本人，并请本人登录后保管好。", "The password is shown this once; hand it to its owner in person.")
	}
	return nil
}

type accountCreateCmd struct {
	Login        string `required:"" help:"登录名，不分大小写 · login" placeholder:"L"`
	Name         string `required:"" help:"姓名，同事会看到 · name shown to colleagues" placeholder:"N"`
	Role         string `required:"" help:"角色 · role" placeholder:"ROLE"`
	Place        string `required:"" help:"地点编码 · place code" placeholder:"CODE"`
	Helper       string `help:"名册里的编号：岗位的权限随之而来 · number in the roster of helpers" placeholder:"NUMBER"`
	PasswordFile string `help:"密码在这个文件的第一行；不给就由系统生成 · file with the password; generated unless given" placeholder:"FILE" type:"path"`
}

// Run makes an account and prints its password when the server made one.
func (c *accountCreateCmd) Run(ctx context.Context, s *shell) error {
	password, err := secret(c.PasswordFile)
	if err != nil {
		return err
	}
	body := map[string]any{"login": c.Login, "name": c.Name, "role": c.Role, "place_code": c.Place}
	if password != "" {
		body["password"] = password
	}
	if c.Helper != "" {
		body["helper_number"] = c.Helper
	}
	return who{}.call(ctx, s, app.Request{Method: "POST", Path: "/accounts", Body: body}, func(r *app.Reply) error {
		return s.account(r, "已建账号 ", "account made: ")
	})
}

type accountPasswordCmd struct {
	Login        string `required:"" help:"登录名 · login" placeholder:"L"`
	PasswordFile string `help:"密码在这个文件的第一行；不给就由系统生成 · file with the password; generated unless given" placeholder:"FILE" type:"path"`
}

// Run gives an account a new password and prints it when the server made it.
func (c *accountPasswordCmd) Run(ctx context.Context, s *shell) error {
	password, err := secret(c.PasswordFile)
	if err != nil {
		return err
	}
	return s.with(ctx, "", func(api *app.Client) error {
		r, err := api.Do(ctx, app.Request{Method: "GET", Path: "/accounts?login=" + url.QueryEscape(c.Login)})
		if err != nil {
			return err
		}
		var list struct{ Items []struct{ ID string } }
		if err := r.Decode(&list); err != nil {
			return err
		}
		if len(list.Items) == 0 {
			return access.ErrNotHere.With().At(c.Login)
		}
		body := map[string]any{}
		if password != "" {
			body["password"] = password
		}
		r, err = api.Do(ctx, app.Request{Method: "POST", Path: "/accounts/" + url.PathEscape(list.Items[0].ID) + "/password", Body: body})
		if err != nil {
			return err
		}
		return s.account(r, "已换密码 ", "new password for ")
	})
}
