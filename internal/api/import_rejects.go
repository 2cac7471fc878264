package api

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"shouwang/internal/access"
)

// fileReply is an answer that is a file.
type fileReply struct {
	ContentType string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Body        []byte
}

// fileTypes are the media types of the files that are handed out.
var fileTypes = map[string]string{
	"csv":     "text/csv; charset=utf-8",
	"xlsx":    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	"geojson": "application/geo+json",
}

func newFileReply(format, name string, data []byte) *fileReply {
	return &fileReply{fileTypes[format], "attachment; filename*=UTF-8''" + url.PathEscape(name), data}
}

// file registers an operation that answers with a file.
func file[I any](s *Server, o Op, format string, do func(ctx context.Context, c *call, in *I) (*fileReply, error)) {
	o.Method = http.MethodGet
	spec := s.spec(o)
	spec.Responses = map[string]*huma.Response{"200": {Description: "The file",
		Content: map[string]*huma.MediaType{strings.SplitN(fileTypes[format], ";", 2)[0]: {Schema: &huma.Schema{Type: "string", Format: "binary"}}}}}
	huma.Register(s.huma, spec, func(ctx context.Context, in *I) (*fileReply, error) {
		out, err := do(ctx, callOf(ctx), in)
		if err != nil {
			return nil, s.fail(ctx, err)
		}
		return out, nil
	})
}

func (s *Server) rejects() {
	type byID struct {
		ID string `path:"id"`
	}
	file(s, Op{ID: "import-rejects", Path: "/imports/{id}/rejects", Action: access.MeRead, Summary: "The rejected rows of one of your imports, with row, column and reason"}, "xlsx",
		func(_ context.Context, c *call, in *byID) (*fileReply, error) {
			m := &s.imports
			m.mu.Lock()
			defer m.mu.Unlock()
			m.forget(c)
			for i := len(m.files) - 1; i >= 0; i-- {
				if f := &m.files[i]; f.id == in.ID && f.account == c.viewer.Account() && f.account != "" {
					name := f.name
					if dot := strings.LastIndexByte(name, '.'); dot > 0 {
						name = name[:dot]
					}
					return newFileReply("xlsx", name+"-退回.xlsx", f.data), nil
				}
			}
			return nil, errNotHere(c)
		})
}

// keep remembers a rejects file and lets go of what is too old or too much. They
// lie in memory only, since they hold what the file held.
func (m *imports) keep(f rejectsFile) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.files = slices.DeleteFunc(m.files, func(x rejectsFile) bool { return x.id == f.id && x.account == f.account })
	m.files = append(m.files, f)
	for sum, i := 0, len(m.files)-1; i >= 0; i-- {
		if sum += len(m.files[i].data); i < len(m.files)-1 && (sum > rejectsBytes || len(m.files)-i > rejectsFiles || f.at.Sub(m.files[i].at) > rejectsFor) {
			m.files = slices.Clone(m.files[i+1:])
			return
		}
	}
}

// forget drops the files whose day is over.
func (m *imports) forget(c *call) {
	m.files = slices.DeleteFunc(m.files, func(x rejectsFile) bool { return c.now.Sub(x.at) > rejectsFor })
}
