package api

import (
	"encoding/json"
	"encoding/xml"
	"net/http"
	"strconv"

	"shouwang/internal/fault"
)

// The shapes of GeoReport v2. Each is one struct for XML and JSON; JSON leaves out the
// wrapping elements, as the standard's conversion says.

// text is a word that JSON gives as null and XML as an empty element when there is none.
type text string

// MarshalJSON implements json.Marshaler.
func (t text) MarshalJSON() ([]byte, error) {
	if t == "" {
		return []byte("null"), nil
	}
	return json.Marshal(string(t))
}

type geoService struct {
	Code        string `xml:"service_code" json:"service_code"`
	Name        string `xml:"service_name" json:"service_name"`
	Description text   `xml:"description" json:"description"`
	Metadata    bool   `xml:"metadata" json:"metadata"`
	Type        string `xml:"type" json:"type"`
	Keywords    text   `xml:"keywords" json:"keywords"`
	Group       text   `xml:"group" json:"group"`
}

type geoDefinition struct {
	XMLName    xml.Name `xml:"service_definition" json:"-"`
	Code       string   `xml:"service_code" json:"service_code"`
	Attributes struct {
		None []string `xml:"attribute"`
	} `xml:"attributes" json:"-"`
	List []string `xml:"-" json:"attributes"`
}

// geoPosted answers a new request.
type geoPosted struct {
	ID      string `xml:"service_request_id" json:"service_request_id"`
	Notice  text   `xml:"service_notice" json:"service_notice"`
	Account text   `xml:"account_id" json:"account_id"`
}

type geoToken struct {
	Token string `xml:"token" json:"token"`
	ID    string `xml:"service_request_id" json:"service_request_id"`
}

type geoRequest struct {
	ID          string   `xml:"service_request_id" json:"service_request_id"`
	Status      string   `xml:"status" json:"status"`
	StatusNotes text     `xml:"status_notes" json:"status_notes"`
	Name        string   `xml:"service_name" json:"service_name"`
	Code        string   `xml:"service_code" json:"service_code"`
	Description text     `xml:"description" json:"description"`
	Agency      text     `xml:"agency_responsible" json:"agency_responsible"`
	Notice      text     `xml:"service_notice" json:"service_notice"`
	Requested   text     `xml:"requested_datetime" json:"requested_datetime"`
	Updated     text     `xml:"updated_datetime" json:"updated_datetime"`
	Expected    text     `xml:"expected_datetime" json:"expected_datetime"`
	Address     text     `xml:"address" json:"address"`
	AddressID   text     `xml:"address_id" json:"address_id"`
	Zip         text     `xml:"zipcode" json:"zipcode"`
	Lat         *float64 `xml:"lat" json:"lat"`
	Long        *float64 `xml:"long" json:"long"`
	Media       text     `xml:"media_url" json:"media_url"`
}

type geoError struct {
	Code        int    `xml:"code" json:"code"`
	Description string `xml:"description" json:"description"`
}

type geoEndpoint struct {
	Specification string   `xml:"specification" json:"specification"`
	URL           string   `xml:"url" json:"url"`
	Changeset     string   `xml:"changeset" json:"changeset"`
	Type          string   `xml:"type" json:"type"`
	Formats       []string `xml:"formats>format" json:"formats"`
}

type geoDiscovery struct {
	XMLName    xml.Name      `xml:"discovery" json:"-"`
	Changeset  string        `xml:"changeset" json:"changeset"`
	Contact    string        `xml:"contact" json:"contact"`
	KeyService string        `xml:"key_service" json:"key_service"`
	Endpoints  []geoEndpoint `xml:"endpoints>endpoint" json:"endpoints"`
}

// geoList is a list with the name of its element and of the elements in it.
type geoList[T any] struct {
	root, each string
	Items      []T
}

// MarshalJSON implements json.Marshaler.
func (l geoList[T]) MarshalJSON() ([]byte, error) {
	if l.Items == nil {
		return []byte("[]"), nil
	}
	return json.Marshal(l.Items)
}

// MarshalXML implements xml.Marshaler.
func (l geoList[T]) MarshalXML(e *xml.Encoder, start xml.StartElement) error {
	start.Name.Local = l.root
	if err := e.EncodeToken(start); err != nil {
		return err
	}
	for _, x := range l.Items {
		if err := e.EncodeElement(x, xml.StartElement{Name: xml.Name{Local: l.each}}); err != nil {
			return err
		}
	}
	return e.EncodeToken(start.End())
}

func geoRequests[T any](xs ...T) geoList[T] { return geoList[T]{"service_requests", "request", xs} }

// geoStatus is the status that the standard gives a kind of fault: its 400 is our 422,
// its 403 a key that is none.
func geoStatus(k fault.Kind) int {
	switch k {
	case fault.Invalid:
		return http.StatusBadRequest
	case fault.Unauthenticated:
		return http.StatusForbidden
	}
	return statuses[k]
}

// answer writes a value in the form that was asked for.
func (g *geoCall) answer(status int, v any) {
	var body []byte
	var err error
	if g.format == "json" {
		g.w.Header().Set("Content-Type", "application/json; charset=utf-8")
		body, err = json.Marshal(v)
	} else {
		g.w.Header().Set("Content-Type", "text/xml; charset=utf-8")
		if body, err = xml.Marshal(v); err == nil {
			body = append([]byte(xml.Header), body...)
		}
	}
	if err != nil {
		status, body = http.StatusInternalServerError, nil
	}
	g.w.WriteHeader(status)
	_, _ = g.w.Write(body)
}

// refuse answers a fault in the form of the standard: the status as its code, and in
// words our own code, what happened and what to do.
func (g *geoCall) refuse(err error) {
	f := known(err)
	status := geoStatus(f.Kind)
	if f.Wait > 0 {
		g.w.Header().Set("Retry-After", strconv.Itoa(f.Wait))
	}
	g.answer(status, geoList[geoError]{"errors", "error", []geoError{{status, f.Code + " " + f.Text(g.c.lang)}}})
}
