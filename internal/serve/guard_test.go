package serve

import (
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestHosts(t *testing.T) {
	at := func(addr string) net.Addr {
		a, err := net.ResolveTCPAddr("tcp", addr)
		must(t, err)
		return a
	}
	for _, c := range []struct {
		addr, given string
		good, bad   []string
	}{
		{
			"127.0.0.1:8080", "127.0.0.1",
			[]string{"127.0.0.1:8080", "localhost:8080", "LOCALHOST:8080", "[::1]:8080"},
			[]string{"", "127.0.0.1", "localhost", "127.0.0.1:8081", "evil.example:8080", "evil.example", "localhost.evil.example:8080", "127.0.0.1.nip.example:8080", "192.168.1.5:8080", "localhost:8080:8080", "127.0.0.1:8080@evil.example", "[::1]", "x@localhost:8080"},
		},
		{"127.0.0.1:80", "127.0.0.1", []string{"127.0.0.1", "localhost", "[::1]", "localhost:80"}, []string{"localhost:8080", "evil.example"}},
		{"192.168.1.5:8080", "poste.mairie.example", []string{"192.168.1.5:8080", "poste.mairie.example:8080", "Poste.Mairie.example:8080", "localhost:8080"}, []string{"192.168.1.6:8080", "mairie.example:8080"}},
		{"0.0.0.0:8080", "0.0.0.0", []string{"192.168.1.5:8080", "[fe80::1]:8080", "localhost:8080"}, []string{"evil.example:8080", "192.168.1.5:80"}},
		{"[::]:8080", "::", []string{"192.168.1.5:8080", "[2001:db8::1]:8080"}, []string{"evil.example:8080"}},
	} {
		g := newGuard(at(c.addr), c.given)
		for _, h := range c.good {
			if !g.host(h) {
				t.Errorf("%s refuses %q", c.addr, h)
			}
		}
		for _, h := range c.bad {
			if g.host(h) {
				t.Errorf("%s takes %q", c.addr, h)
			}
		}
	}
}

func TestOrigins(t *testing.T) {
	for _, c := range []struct {
		origin, site string
		want         bool
	}{
		{"", "", true},
		{"http://127.0.0.1:8080", "", true},
		{"http://127.0.0.1:8080", "same-origin", true},
		{"", "same-origin", true},
		{"", "none", true},
		{"http://evil.example", "", false},
		{"http://evil.example:8080", "cross-site", false},
		{"https://127.0.0.1:8080", "", false},
		{"http://127.0.0.1:8081", "", false},
		{"http://localhost:8080", "", false},
		{"null", "", false},
		{"", "cross-site", false},
		{"", "same-site", false},
		{"%", "", false},
	} {
		r := httptest.NewRequest(http.MethodGet, "http://127.0.0.1:8080/", nil)
		if c.origin != "" {
			r.Header.Set("Origin", c.origin)
		}
		if c.site != "" {
			r.Header.Set("Sec-Fetch-Site", c.site)
		}
		if got := own(r); got != c.want {
			t.Errorf("Origin %q, Sec-Fetch-Site %q: %v", c.origin, c.site, got)
		}
	}
}

func TestListen(t *testing.T) {
	for _, bad := range []string{"localhost", "127.0.0.1:", "127.0.0.1:http", "1.2.3.4:99999", "-1", "a b"} {
		ln, err := Listen(bad)
		if _, ok := err.(*BadAddrError); !ok {
			t.Errorf("Listen(%q): %v", bad, err)
			if ln != nil {
				ln.Close()
			}
		}
	}
	ln, err := Listen(":0")
	must(t, err)
	defer ln.Close()
	if !ln.Loopback() {
		t.Errorf("a port alone listens on %v", ln.Addr())
	}
	_, err = Listen(ln.Addr().String())
	if !Taken(err) {
		t.Errorf("an address that is taken: %v", err)
	}
	// Nothing but the next ports is tried where none was asked for, whatever is free here.
	one, err := Listen("")
	if err != nil {
		t.Skip(err)
	}
	defer one.Close()
	two, err := Listen("")
	if err != nil {
		t.Skip(err)
	}
	defer two.Close()
	if one.Addr().String() == two.Addr().String() {
		t.Error("the same address twice")
	}
}

func TestListenURL(t *testing.T) {
	for _, c := range []struct{ addr, host, want string }{
		{"127.0.0.1:8080", "127.0.0.1", "http://127.0.0.1:8080"},
		{"127.0.0.1:8080", "localhost", "http://localhost:8080"},
		{"0.0.0.0:8080", "0.0.0.0", "http://127.0.0.1:8080"},
		{"[::]:8080", "::", "http://[::1]:8080"},
		{"[::1]:80", "::1", "http://[::1]"},
		{"127.0.0.1:80", "127.0.0.1", "http://127.0.0.1"},
	} {
		a, err := net.ResolveTCPAddr("tcp", c.addr)
		must(t, err)
		l := &Listener{fixed{a}, c.host}
		if got := l.url(); got != c.want {
			t.Errorf("%s: %s, want %s", c.addr, got, c.want)
		}
	}
}

// fixed is a listener that only has an address.
type fixed struct{ addr net.Addr }

func (f fixed) Addr() net.Addr            { return f.addr }
func (f fixed) Accept() (net.Conn, error) { return nil, errTest }
func (f fixed) Close() error              { return nil }
