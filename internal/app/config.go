package app

import (
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"shouwang/internal/notice"
)

// The kinds of an instance. A real one refuses invented identity numbers, a
// demonstration takes only those; neither opens as the other.
const (
	Real = "real"
	Demo = "demo"
)

// ReceiptsFor is how long answers are kept for repeats unless the configuration says
// otherwise.
const ReceiptsFor = 30 * 24 * time.Hour

// Config says which world to open and how. Only Data is needed.
type Config struct {
	Data  string // data directory
	DB    string // postgres://… ; empty: <data>/shouwang.db
	Keys  string // key folder; empty: KeysDir(Data)
	Ring  string // keyring of several servers, postgres://… ; empty: a file in the key folder
	Kind  string // Real, Demo, or empty: whatever the data are, real when new
	Clock func() time.Time
	Log   *slog.Logger
	// SheetReader starts the child that reads spreadsheets: program and arguments;
	// empty: this program with "sheet-read".
	SheetReader []string
	Version     string
	// Public is the address at which residents reach this server, printed into
	// codes; empty: that of whoever prints.
	Public string
	// ReceiptsFor is how long the answer to an operation is kept for its repeats: the
	// window within which a phone that comes back is answered in full; 0: ReceiptsFor.
	ReceiptsFor time.Duration
	// MetricsToken lets whoever bears it read /metrics; empty: it is not served on
	// the address of the application.
	MetricsToken string
	// SMS is the service that sends short messages; without a URL none are sent.
	SMS notice.Gateway
	// Mail is the server that sends e-mail; nil: none is sent.
	Mail *notice.Mail
	// PushMail is whom a push service may write to about this server; without it
	// browsers are not told.
	PushMail string

	drill *drillRun // set for the world of a drill alone
}

func (c Config) filled() (Config, error) {
	if c.Data == "" {
		return c, ErrNoWorld.With()
	}
	data, err := filepath.Abs(c.Data)
	if err != nil {
		return c, ErrDataDir.With(c.Data).Because(err)
	}
	c.Data = data
	if c.Keys == "" {
		c.Keys = KeysDir(data)
	}
	if c.ReceiptsFor <= 0 {
		c.ReceiptsFor = ReceiptsFor
	}
	if c.Clock == nil {
		c.Clock = plantedClock(func() time.Time { return time.Now().UTC() })
	}
	if c.Log == nil {
		c.Log = slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	}
	if len(c.SheetReader) == 0 {
		exe, err := os.Executable()
		if err != nil {
			return c, ErrDataDir.With(c.Data).Because(err)
		}
		c.SheetReader = []string{exe, "sheet-read"}
	}
	return c, nil
}

// file is the SQLite file of a data directory.
func (c Config) file() string { return filepath.Join(c.Data, "shouwang.db") }

// dsn is what the store opens.
func (c Config) dsn() string {
	if c.DB != "" {
		return c.DB
	}
	return "sqlite:" + c.file()
}

// name is what other servers of the same data call this one: its machine and
// process.
func (c Config) name() string {
	host, err := os.Hostname()
	if err != nil {
		host = "?"
	}
	return host + "/" + strconv.Itoa(os.Getpid())
}

// ring is where the keyring lies.
func (c Config) ring() string {
	if c.Ring != "" {
		return c.Ring
	}
	return filepath.Join(c.Keys, ringName)
}

// engine names the kind of database.
func (c Config) engine() string {
	if c.DB != "" {
		return "postgres"
	}
	return "sqlite"
}

// checkEngine refuses a data directory that goes with another kind of database,
// and says whether the directory is new.
func (c Config) checkEngine() (fresh bool, err error) {
	had, err := readLine(filepath.Join(c.Data, "engine"))
	if err == nil && had != c.engine() {
		return false, ErrEngine.With(c.Data, had, c.engine())
	}
	_, dbErr := os.Stat(c.file())
	return err != nil && (c.DB != "" || os.IsNotExist(dbErr)), nil
}
