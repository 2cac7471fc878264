package app

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"shouwang/internal/access"
	"shouwang/internal/api"
	"shouwang/internal/dispatch/drill"
)

// drillPath is where the worlds of drills are reached: /drill/{id}/….
const drillPath = "/drill/"

// drillDoor leads into the worlds of drills. /drill/{id} itself asks the real world
// whether this person may run drills there, and gives them a session of the drill's
// world, in a cookie that no other address sees; all below belongs to that world.
func (a *App) drillDoor(w http.ResponseWriter, r *http.Request) {
	id, rest, below := strings.Cut(strings.TrimPrefix(r.URL.Path, drillPath), "/")
	if id == "" || strings.ContainsAny(id, ".\\") {
		api.Refuse(w, r, api.ErrNoRoute.With())
		return
	}
	if !below || rest == "" {
		a.enterDrill(w, r, id)
		return
	}
	world := a.drills.known(r.Context(), id)
	if world == nil {
		if r.Method == http.MethodGet && !strings.HasPrefix(rest, "api/") {
			http.Redirect(w, r, drillPath+id, http.StatusSeeOther) // opened there, for whoever may
			return
		}
		api.Refuse(w, r, ErrDrillGone.With())
		return
	}
	http.StripPrefix(drillPath+id, world.handler).ServeHTTP(&inDrill{ResponseWriter: w, root: drillPath + id}, r)
}

// known returns the world of a drill that is open already, or nil.
func (d *drills) known(ctx context.Context, id string) *App {
	d.mu.Lock()
	r := d.at[id]
	d.mu.Unlock()
	if r == nil {
		return nil
	}
	w, err := d.look(ctx, id)
	if err != nil {
		return nil
	}
	return w
}

func (a *App) enterDrill(w http.ResponseWriter, r *http.Request, id string) {
	w.Header().Set("Cache-Control", "no-store")
	if r.Method != http.MethodGet {
		api.Refuse(w, r, api.ErrNoRoute.With())
		return
	}
	status, role, err := a.mayDrill(r, id)
	switch {
	case err == nil && status == http.StatusUnauthorized:
		http.Redirect(w, r, "/login", http.StatusSeeOther)
		return
	case err == nil && status != http.StatusOK:
		err = ErrDrillGone.With() // not there and not for you answer alike
	}
	if err != nil {
		api.Refuse(w, r, err)
		return
	}
	world, err := a.drills.look(r.Context(), id)
	if err != nil {
		api.Refuse(w, r, err)
		return
	}
	run, _, err := a.Store.Drill(r.Context(), id)
	if err != nil {
		api.Refuse(w, r, err)
		return
	}
	token, err := world.guest(r.Context(), role, run)
	if err != nil {
		api.Refuse(w, r, err)
		return
	}
	secure := r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https"
	http.SetCookie(w, &http.Cookie{Name: api.CookieName, Value: token, Path: drillPath + id, HttpOnly: true, Secure: secure, SameSite: http.SameSiteStrictMode})
	http.Redirect(w, r, drillPath+id+"/console", http.StatusSeeOther)
}

// mayDrill asks the real world's API, as the caller, for the drill, and in which role
// they come: command where they may declare an incident at its place.
func (a *App) mayDrill(r *http.Request, id string) (status int, role access.Role, err error) {
	answer, err := a.askAs(r, "/drills/"+id)
	if err != nil {
		return 0, "", err
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return answer.StatusCode, "", nil
	}
	run, _, err := a.Store.Drill(r.Context(), id)
	if err != nil {
		return 0, "", err
	}
	if answer, err = a.askAs(r, "/me"); err != nil {
		return 0, "", err
	}
	defer answer.Body.Close()
	var me api.Me
	if err := json.NewDecoder(answer.Body).Decode(&me); err != nil {
		return 0, "", err
	}
	return http.StatusOK, roleAt(me, run), nil
}

// roleAt is the role in which somebody who may run drills at a place comes to one.
func roleAt(me api.Me, run drill.Run) access.Role {
	above := strings.Split(run.Path, ".")
	for _, g := range me.Grants {
		if access.Role(g.Role) == access.Commander && slices.Contains(above, g.PlaceID) {
			return access.Commander
		}
	}
	return access.Community
}

// askAs asks the real world's API something as the caller of a request.
func (a *App) askAs(r *http.Request, path string) (*http.Response, error) {
	q, err := http.NewRequestWithContext(r.Context(), http.MethodGet, "http://in.memory/api/v1"+path, nil)
	if err != nil {
		return nil, err
	}
	q.RemoteAddr = r.RemoteAddr
	for _, h := range []string{"Cookie", "Authorization"} {
		q.Header[h] = r.Header[h]
	}
	// Of two cookies of one name the more special path comes first; the last is the real world's.
	if all := r.CookiesNamed(api.CookieName); len(all) > 1 {
		q.Header.Del("Cookie")
		q.AddCookie(&http.Cookie{Name: api.CookieName, Value: all[len(all)-1].Value})
	}
	return inMemory{a.handler}.RoundTrip(q)
}

// inDrill keeps the cookies of a drill's world to its own addresses, so that leaving
// a drill signs nobody out of the real one.
type inDrill struct {
	http.ResponseWriter
	root  string
	wrote bool
}

// Unwrap lets a stream flush.
func (w *inDrill) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// WriteHeader implements http.ResponseWriter.
func (w *inDrill) WriteHeader(status int) {
	for i, c := range w.Header()["Set-Cookie"] {
		w.Header()["Set-Cookie"][i] = strings.Replace(c, "Path=/;", "Path="+w.root+";", 1)
	}
	w.wrote = true
	w.ResponseWriter.WriteHeader(status)
}

// Write implements http.ResponseWriter.
func (w *inDrill) Write(b []byte) (int, error) {
	if !w.wrote {
		w.WriteHeader(http.StatusOK)
	}
	return w.ResponseWriter.Write(b)
}
