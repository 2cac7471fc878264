package app

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"shouwang/internal/api"
)

// metaFirst holds the one link by which the first keeper chooses a password: hash
// of its secret, account, end.
const metaFirst = "first-link"

// firstFor is how long the link works.
const firstFor = 24 * time.Hour

// firstLink makes the link's secret and keeps its hash.
func (a *App) firstLink(ctx context.Context, account string) (string, error) {
	raw := make([]byte, 16)
	if _, err := rand.Read(raw); err != nil {
		return "", err
	}
	secret := base64.RawURLEncoding.EncodeToString(raw)
	end := a.Config.Clock().Add(firstFor).Unix()
	return secret, a.Store.SetMeta(ctx, metaFirst, fmt.Sprintf("%s|%s|%d", hashed(secret), account, end))
}

func hashed(secret string) string {
	h := sha256.Sum256([]byte("shouwang/first|" + secret))
	return hex.EncodeToString(h[:])
}

// firstAccount returns the account that a secret stands for, or nothing.
func (a *App) firstAccount(ctx context.Context, secret string) (account string, err error) {
	line, err := a.Store.Meta(ctx, metaFirst)
	part := strings.Split(line, "|")
	if err != nil || len(part) != 3 {
		return "", err
	}
	end, _ := strconv.ParseInt(part[2], 10, 64)
	if subtle.ConstantTimeCompare([]byte(part[0]), []byte(hashed(secret))) != 1 || a.Config.Clock().Unix() >= end {
		return "", nil
	}
	return part[1], nil
}

var firstPage = template.Must(template.New("first").Parse(`<h1>守望 · 设置管理员密码</h1>
{{if .Done}}<p>密码已设好，这个链接不再有效。<a href="/">去登录</a></p><p lang="en">The password is set and this link is used up. <a href="/">Sign in</a></p>
{{else if .Gone}}<p>这个链接用过了，或已过期，没有改动任何东西。请在服务器上运行 <code>shouwang account password --login 登录名</code>。</p><p lang="en">This link was used or has expired; nothing was changed. On the server run <code>shouwang account password --login NAME</code>.</p>
{{else}}{{with .Why}}<p role="alert"><b>{{.}}</b></p>{{end}}<p>这个链接只能用一次。密码至少 12 个字符。<span lang="en">This link works once; 12 characters or more.</span></p>
<form method="post" action="/first"><input type="hidden" name="k" value="{{.Key}}"><p><label>新密码 · new password<br><input type="password" name="a" autocomplete="new-password" required minlength="12" autofocus></label></p>
<p><label>再输一次 · again<br><input type="password" name="b" autocomplete="new-password" required minlength="12"></label></p><p><button>设置 · Set</button></p></form>{{end}}`))

type firstData struct {
	Key, Why   string
	Done, Gone bool
}

// first is the page behind the link. It works without JavaScript, and once.
func (a *App) first(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Security-Policy", policy)
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	r.Body = http.MaxBytesReader(w, r.Body, 4096)
	key := r.FormValue("k")
	account, err := a.firstAccount(r.Context(), key)
	if err != nil {
		api.Refuse(w, r, ErrDatabase.With().Because(err))
		return
	}
	d := firstData{Key: key, Gone: account == ""}
	if r.Method == http.MethodPost && !d.Gone {
		d = a.setFirst(r, account, d)
	}
	var b strings.Builder
	if err := firstPage.Execute(&b, d); err != nil {
		api.Refuse(w, r, err)
		return
	}
	status := http.StatusOK
	if d.Gone {
		status = http.StatusNotFound
	} else if d.Why != "" {
		status = http.StatusUnprocessableEntity
	}
	plainly(w, status, b.String())
}

// setFirst sets the password and uses the link up.
func (a *App) setFirst(r *http.Request, account string, d firstData) firstData {
	if site := r.Header.Get("Sec-Fetch-Site"); site == "cross-site" || site == "same-site" {
		d.Why = api.ErrCrossSite.With().Text("zh")
		return d
	}
	word := r.PostFormValue("a")
	if word != r.PostFormValue("b") {
		d.Why = "两次输入的不一样。 The two differ."
		return d
	}
	c, err := a.Client("operator", "zh")
	if err == nil {
		_, err = c.Do(r.Context(), Request{Method: "POST", Path: "/accounts/" + url.PathEscape(account) + "/password", Body: map[string]string{"password": word}})
	}
	if err == nil {
		err = a.Store.SetMeta(r.Context(), metaFirst, "used")
	}
	if err != nil {
		d.Why, _ = Explain(err, "zh")
		return d
	}
	d.Done = true
	return d
}
