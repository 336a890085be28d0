package serve

import (
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
)

// guard keeps other sites that the same browser shows from reading this one: a preview
// holds what is not public yet.
type guard struct {
	port  string
	names map[string]bool
	any   bool // listens on every address of the machine: any number is one of its own
}

// newGuard knows the hosts that a listening address has.
func newGuard(addr net.Addr, given string) guard {
	g := guard{names: map[string]bool{"localhost": true, "127.0.0.1": true, "::1": true}}
	host, port, err := net.SplitHostPort(addr.String())
	if err != nil {
		return g
	}
	g.port = port
	g.names[host] = true
	if given != "" {
		g.names[strings.ToLower(given)] = true
	}
	if ip, err := netip.ParseAddr(host); err == nil && ip.IsUnspecified() {
		g.any = true
	}
	return g
}

// host reports whether a request was meant for this server. A name that someone else's
// server gives this machine's address (DNS rebinding) is not one of ours.
func (g guard) host(host string) bool {
	name, port, err := net.SplitHostPort(host)
	if err != nil {
		name, port = strings.TrimSuffix(strings.TrimPrefix(host, "["), "]"), "80"
	}
	if port != g.port {
		return false
	}
	if g.names[strings.ToLower(name)] {
		return true
	}
	if !g.any {
		return false
	}
	_, err = netip.ParseAddr(name)
	return err == nil
}

// own reports whether a request comes from one of this server's pages, or from no page
// at all. Its host was checked before.
func own(r *http.Request) bool {
	if o := r.Header.Get("Origin"); o != "" {
		u, err := url.Parse(o)
		if err != nil || u.Scheme != "http" || !strings.EqualFold(u.Host, r.Host) {
			return false
		}
	}
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "same-origin", "none":
		return true
	}
	return false
}
