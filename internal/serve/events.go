package serve

import (
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"vitrine/internal/diag"
)

// state is what a page in a browser is told: what it is now, and what is wrong.
type state struct {
	Live       string        `json:"live"`       // the script's version
	Run        string        `json:"run"`        // of the server
	Generation int           `json:"generation"` // of the site
	Kind       kind          `json:"kind"`
	Version    string        `json:"version"`
	Changed    []string      `json:"changed"` // addresses of files, since the state before
	Stale      bool          `json:"stale"`   // it is not what the files say, but what they last said without errors
	Language   diag.Language `json:"language"`
	Words      words         `json:"words"`
	findings
}

const (
	maxStreams  = 100              // more pages open than anyone looks at
	keepAlive   = 15 * time.Second // an idle stream says that it is there
	writeWithin = 10 * time.Second // a browser that does not read is let go
)

// events streams the state of one page, at once and then whenever it changes.
func (s *server) events(w http.ResponseWriter, r *http.Request) {
	if s.streams.Add(1) > maxStreams {
		s.streams.Add(-1)
		w.Header().Set("Retry-After", "5")
		http.Error(w, http.StatusText(http.StatusServiceUnavailable), http.StatusServiceUnavailable)
		return
	}
	defer s.streams.Add(-1)
	out := http.NewResponseController(w)
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusOK)
	send := func(lines string) bool {
		// Where there are no deadlines, the connection's own end does.
		_ = out.SetWriteDeadline(s.Now().Add(writeWithin))
		if _, err := w.Write([]byte(lines)); err != nil {
			return false
		}
		return out.Flush() == nil
	}
	query := r.URL.Query()
	since, last := s.since(query.Get("run"), query.Get("generation")), ""
	alive := time.NewTimer(keepAlive)
	defer alive.Stop()
	for {
		s.mu.Lock()
		wake := s.wake
		s.mu.Unlock()
		st := s.state(s.told.Load(), query.Get("page"), since)
		since = st.Generation
		if now := st.text(); now != last || len(st.Changed) > 0 {
			last = now
			data, err := json.Marshal(st)
			if err != nil || !send("data: "+string(data)+"\n\n") {
				return
			}
		}
		for waiting := true; waiting; {
			select {
			case <-r.Context().Done():
				return
			case <-wake:
				waiting = false
			case <-alive.C:
				if !send(":\n\n") {
					return
				}
				alive.Reset(keepAlive)
			}
		}
	}
}

// text is what of a state is worth telling again when it differs.
func (st state) text() string {
	st.Generation, st.Changed = 0, nil
	data, _ := json.Marshal(st) // strings and numbers
	return string(data)
}

// since is the generation of which a page knows; negative when that was another server's.
func (s *server) since(run, generation string) int {
	n := atoi(generation)
	switch {
	case run == "": // it was loaded just now
		return s.told.Load().generation
	case run != s.id || n < 0:
		return -1
	}
	return n
}

// state is what a page is, and what is wrong with the site and with it.
func (s *server) state(v *view, path string, since int) state {
	st := state{
		Live: liveVersion, Run: s.id, Generation: v.generation, Kind: missing,
		Language: v.language, Words: wordsIn(v.language), findings: v.findings,
	}
	if since >= 0 {
		st.Changed = s.changed(since)
	}
	address, ok := s.address(path)
	if !ok {
		return st
	}
	a := s.answer(v, address)
	if a.kind == missing || strings.HasSuffix(address, "/404.html") {
		a = s.missing(v)
	}
	st.Kind, st.Version, st.Stale = a.kind, a.version, v.stale || a.stale
	switch {
	case !v.ready: // then they are the same
	case v.stale:
		st.findings = v.findings.and(a.about)
	default: // this page's own first
		st.findings = a.about.and(v.findings)
	}
	return st
}
