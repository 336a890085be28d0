package main

import (
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// cmdFree finds a port that nobody listens on.
//
//	free NAME
func cmdFree(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: free NAME")
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	_, port, err := net.SplitHostPort(ln.Addr().String())
	ts.Check(err)
	ts.Check(ln.Close())
	ts.Setenv(args[0], port)
}

// cmdGet asks a server again and again, until it answers with a status and a text.
//
//	get STATUS URL [TEXT…]
func cmdGet(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: get STATUS URL [TEXT…]")
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	defer client.CloseIdleConnections()
	var last string
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		last = answer(client, args[1])
		found := strings.HasPrefix(last, args[0]+"\n")
		for _, text := range args[2:] {
			found = found && strings.Contains(last, text)
		}
		if found {
			return
		}
	}
	ts.Fatalf("%s never answered with %q, last:\n%s", args[1], args[2:], last)
}

// answer is a status, the place that it leads to if any, and the body.
func answer(client *http.Client, url string) string {
	r, err := client.Get(url)
	if err != nil {
		return err.Error()
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return err.Error()
	}
	return strconv.Itoa(r.StatusCode) + "\n" + r.Header.Get("Location") + "\n" + string(body)
}
