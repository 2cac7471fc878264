package notice

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/mail"
	"net/smtp"
	"net/textproto"
	"net/url"
	"os"
	"sync"
	"time"
)

// Mail is the channel of e-mail: it hands messages to a server that sends them on
// (RFC 5321). ReadMail makes it.
type Mail struct {
	Host, Port     string
	User, Password string // without a user nobody signs in
	Implicit       bool   // TLS from the first byte; otherwise STARTTLS
	From           *mail.Address
	Clock          func() time.Time // dates the messages
	TLS            *tls.Config      // nil: what this machine trusts
}

// errMail never holds an address or a text: it may come into a log.
var errMail = errors.New("notice: the mail server did not take the message")

// mailTime is how long one message may take, mailBatch a whole handful, and mailLines
// how many connections carry it at a time.
const (
	mailTime  = 10 * time.Second
	mailBatch = time.Minute
	mailLines = 4
)

// ReadMail reads where mail is handed to and who sends it: smtp://user:password@host:port
// speaks STARTTLS, smtps:// TLS from the start. Its errors repeat nothing of the
// address, which may hold a password.
func ReadMail(address, from string) (*Mail, error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "smtp" && u.Scheme != "smtps" || u.Hostname() == "" || u.Path != "" && u.Path != "/" || u.RawQuery != "" || u.Fragment != "" {
		return nil, errors.New("smtp://user:password@host:587 or smtps://user:password@host:465 is wanted; other signs in a password as %40")
	}
	m := &Mail{Host: u.Hostname(), Port: u.Port(), Implicit: u.Scheme == "smtps", User: u.User.Username()}
	m.Password, _ = u.User.Password()
	if m.Port == "" {
		if m.Port = "587"; m.Implicit {
			m.Port = "465"
		}
	}
	if m.From, err = mail.ParseAddress(from); err != nil || !plain(m.From.Address) || !plain(m.From.Name) {
		return nil, errors.New("the sender's address is missing or is none: name@example.cn")
	}
	return m, nil
}

// Name implements Channel.
func (m *Mail) Name() string { return "mail" }

// Send implements Channel. What is not handed over within the time of a handful, or
// after the third message in a row that nobody answered, counts as refused: the next
// channel is tried.
func (m *Mail) Send(ctx context.Context, batch []Message) []error {
	ctx, cancel := context.WithTimeout(ctx, mailBatch)
	defer cancel()
	out := make([]error, len(batch))
	var all sync.WaitGroup
	for first := range min(mailLines, len(batch)) {
		all.Go(func() { m.line(ctx, batch, out, first) })
	}
	all.Wait()
	return out
}

// line carries every mailLines-th message of a batch over one connection, and over
// another when that one ends.
func (m *Mail) line(ctx context.Context, batch []Message, out []error, first int) {
	var s *mailSession
	defer func() { s.end() }()
	dead := 0
	for i := first; i < len(batch); i += mailLines {
		text, err := m.letter(&batch[i])
		if err != nil || dead >= 3 || ctx.Err() != nil {
			out[i] = errMail
			continue
		}
		used := s != nil
		answered, err := m.one(ctx, &s, batch[i].To, text)
		if !answered && used { // the server ends a connection when it likes
			answered, err = m.one(ctx, &s, batch[i].To, text)
		}
		if dead++; answered {
			dead = 0
		}
		out[i] = err
	}
}

// one hands one message over. answered says that the server spoke about this message;
// where it did not, the session is over.
func (m *Mail) one(ctx context.Context, s **mailSession, to string, text []byte) (answered bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, mailTime)
	defer cancel()
	if *s == nil {
		if *s, err = m.session(ctx); err != nil {
			return false, errMail
		}
	}
	until, _ := ctx.Deadline()
	_ = (*s).conn.SetDeadline(until) // on a closed connection the next word fails
	err = (*s).hand(m.From.Address, to, text)
	if err == nil {
		return true, nil
	}
	var said *textproto.Error
	if errors.As(err, &said) && said.Code != 421 && (*s).c.Reset() == nil {
		return true, fmt.Errorf("%w: it answered %d", errMail, said.Code)
	}
	(*s).end()
	*s = nil
	return false, errMail
}

// mailSession is one conversation with the server.
type mailSession struct {
	conn net.Conn
	c    *smtp.Client
}

// session opens a conversation, private and signed in. A server that offers no
// privacy is spoken to on this machine alone.
func (m *Mail) session(ctx context.Context) (*mailSession, error) {
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", net.JoinHostPort(m.Host, m.Port))
	if err != nil {
		return nil, err
	}
	until, _ := ctx.Deadline()
	_ = conn.SetDeadline(until) // on a closed connection the next word fails
	trust := &tls.Config{MinVersion: tls.VersionTLS12}
	if m.TLS != nil {
		trust = m.TLS.Clone()
	}
	if trust.ServerName == "" {
		trust.ServerName = m.Host
	}
	if m.Implicit {
		conn = tls.Client(conn, trust)
	}
	c, err := smtp.NewClient(conn, m.Host)
	if err != nil {
		_ = conn.Close() // it is of no more use
		return nil, err
	}
	s := &mailSession{conn, c}
	if err := m.greet(c, trust); err != nil {
		s.end()
		return nil, err
	}
	return s, nil
}

func (m *Mail) greet(c *smtp.Client, trust *tls.Config) error {
	if name, err := os.Hostname(); err == nil {
		if err := c.Hello(name); err != nil {
			return err
		}
	}
	if !m.Implicit {
		if ok, _ := c.Extension("STARTTLS"); ok {
			if err := c.StartTLS(trust); err != nil {
				return err
			}
		} else if ip := net.ParseIP(m.Host); m.Host != "localhost" && (ip == nil || !ip.IsLoopback()) {
			return errMail
		}
	}
	if m.User == "" {
		return nil
	}
	return c.Auth(smtp.PlainAuth("", m.User, m.Password, m.Host))
}

// hand gives one message to the server.
func (s *mailSession) hand(from, to string, text []byte) error {
	if err := s.c.Mail(from); err != nil {
		return err
	}
	if err := s.c.Rcpt(to); err != nil {
		return err
	}
	w, err := s.c.Data()
	if err != nil {
		return err
	}
	if _, err := w.Write(text); err != nil {
		return err
	}
	return w.Close()
}

// end says goodbye and closes; nothing that goes wrong there matters any more.
func (s *mailSession) end() {
	if s != nil {
		_ = s.c.Quit()
		_ = s.conn.Close()
	}
}
