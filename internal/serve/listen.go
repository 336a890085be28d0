package serve

import (
	"errors"
	"net"
	"net/netip"
	"strconv"
	"syscall"
)

// DefaultAddr is where a preview listens when nothing else is asked for.
const DefaultAddr = "127.0.0.1:8080"

// nextPorts is how many ports after the default one are tried.
const nextPorts = 10

// BadAddrError is an address that is not HOST:PORT.
type BadAddrError struct{ Addr string }

func (e *BadAddrError) Error() string { return "bad address " + strconv.Quote(e.Addr) }

// Listen takes an address to serve on: HOST:PORT, or the port alone, which is this
// machine's. Empty is DefaultAddr, or one of the next ten ports when it is taken.
func Listen(addr string) (*Listener, error) {
	next := 0
	if addr == "" {
		addr, next = DefaultAddr, nextPorts
	}
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		host, port = "", addr
	}
	n, err := strconv.ParseUint(port, 10, 16)
	if err != nil {
		return nil, &BadAddrError{addr}
	}
	if host == "" {
		host = "127.0.0.1"
	}
	for i := 0; ; i++ {
		ln, err := net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(int(n)+i)))
		if err == nil {
			return &Listener{ln, host}, nil
		}
		if i == next || !Taken(err) {
			return nil, err
		}
	}
}

// inUse is what Windows says where other systems say EADDRINUSE.
const inUse = syscall.Errno(10048)

// Taken reports whether an address could not be had because another program has it.
func Taken(err error) bool { return errors.Is(err, syscall.EADDRINUSE) || errors.Is(err, inUse) }

// Listener is an address that was taken.
type Listener struct {
	net.Listener
	host string // as it was asked for
}

// Loopback reports whether only this machine can reach it.
func (l *Listener) Loopback() bool {
	host, _, _ := net.SplitHostPort(l.Addr().String())
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.Unmap().IsLoopback()
}

// url is what to open in a browser, without a last slash.
func (l *Listener) url() string {
	_, port, _ := net.SplitHostPort(l.Addr().String())
	host := l.host
	if ip, err := netip.ParseAddr(host); err == nil && ip.IsUnspecified() {
		host = "127.0.0.1"
		if ip.Is6() {
			host = "::1"
		}
	}
	if port == "80" {
		if ip, err := netip.ParseAddr(host); err == nil && ip.Is6() {
			host = "[" + host + "]"
		}
		return "http://" + host
	}
	return "http://" + net.JoinHostPort(host, port)
}
