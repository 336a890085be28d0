package serve

import (
	"bytes"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

func itoa(n int) string { return strconv.Itoa(n) }

// atoi is negative for what is no number.
func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return -1
	}
	return n
}

// ServeHTTP answers a request: whose it is comes before what it is for.
func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cache-Control", "no-cache") // kept, and asked about each time
	say := wordsIn(s.view.Load().language)
	reads := r.Method == http.MethodGet || r.Method == http.MethodHead
	switch {
	case !s.guard.host(r.Host):
		http.Error(w, say.wrongHost, http.StatusForbidden)
	case !(reads && r.URL.Path != eventsAddress || own(r)):
		http.Error(w, say.wrongOrigin, http.StatusForbidden)
	case !reads:
		h.Set("Allow", "GET, HEAD")
		http.Error(w, say.wrongMethod, http.StatusMethodNotAllowed)
	case r.URL.Path == scriptAddress:
		h.Set("ETag", `"`+liveVersion+`"`)
		h.Set("Content-Type", "text/javascript; charset=utf-8")
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(liveScript))
	case !s.wait(r):
	case r.URL.Path == eventsAddress:
		s.events(w, r)
	default:
		s.serve(w, r)
	}
}

// wait holds a request back until the site was read. It returns false when the browser,
// or the server, did not wait for it.
func (s *server) wait(r *http.Request) bool {
	select {
	case <-s.ready:
		return true
	case <-r.Context().Done():
		return false
	}
}

// serve answers with what the site has at an address.
func (s *server) serve(w http.ResponseWriter, r *http.Request) {
	v := s.view.Load()
	address, ok := s.address(r.URL.Path)
	if !ok && (r.URL.Path == "/" || r.URL.Path == s.Site.Base()) {
		redirect(w, r, s.Site.Base()+"/")
		return
	}
	a := &answer{kind: missing}
	if ok {
		a = s.answer(v, address)
	}
	if a.kind == missing {
		if to, moved := s.moved(v, address); ok && moved {
			redirect(w, r, to)
			return
		}
		a = s.missing(v)
	}
	status := http.StatusOK
	switch a.kind {
	case missing:
		status = http.StatusNotFound
	case broken:
		status = http.StatusInternalServerError
	case other:
		s.use(v, address, a)
	}
	data := a.file.Data
	if isPage(a.file) {
		data = inject(data, s.tag(v, a))
	}
	h := w.Header()
	h.Set("Content-Type", a.file.Type)
	if status == http.StatusOK {
		h.Set("ETag", a.etag)
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(data))
		return
	}
	h.Set("Content-Length", itoa(len(data)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(data) // whoever hung up does not need it
	}
}

// address is where the site has what a path asks for; false when that is beside the site.
// The kit lies outside the site, which may lie below a path.
func (s *server) address(path string) (string, bool) {
	if strings.HasPrefix(path, ownPrefix) {
		if path == kitPrefix {
			path = kitAddress
		}
		return path, true
	}
	rest, ok := strings.CutPrefix(path, s.Site.Base())
	if !ok || !strings.HasPrefix(rest, "/") {
		return "", false
	}
	return rest, true
}

// moved is where something else than a page's own address leads: a folder without its
// last slash, or the file that a web server finds in it.
func (s *server) moved(v *view, address string) (string, bool) {
	if to, ok := s.Site.Moved(address); ok {
		return s.Site.Base() + to, true
	}
	if dir, ok := strings.CutSuffix(address, "/index.html"); ok && s.answer(v, dir+"/").kind == page {
		return s.Site.Base() + dir + "/", true
	}
	return "", false
}

// redirect leads elsewhere for this time: a browser must not remember it.
func redirect(w http.ResponseWriter, r *http.Request, to string) {
	u := url.URL{Path: to, RawQuery: r.URL.RawQuery}
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Location", u.String())
	w.WriteHeader(http.StatusTemporaryRedirect)
}

// missing is the site's own page for what is not there, if it has one.
func (s *server) missing(v *view) *answer {
	a := *s.answer(v, "/404.html")
	switch a.kind {
	case broken:
		return &a
	case page:
		a.kind = missing
		return &a
	}
	return s.nothing(v)
}
