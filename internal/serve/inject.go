package serve

import (
	"bytes"
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"
)

// The addresses of the server's own, which no site has: names that start with a dot are
// not part of it.
const (
	ownPrefix     = "/.vitrine/"
	scriptAddress = ownPrefix + "live.js"
	eventsAddress = ownPrefix + "events"
	kitPrefix     = ownPrefix + "kit/"
	kitAddress    = kitPrefix + "index.html"
)

// tag is the element that brings a page to life. It says what the page is, and of which
// state of the site, for its script to know when it is no longer that. A browser may keep
// the page for longer than that state: then it is told of more than it needs.
func (s *server) tag(v *view, a *answer) []byte {
	return fmt.Appendf(nil, `<script src="%s?%s" data-kind="%s" data-version="%s" data-run="%s" data-generation="%d" defer></script>`,
		scriptAddress, liveVersion, a.kind, a.version, s.id, v.generation)
}

var (
	headStart = regexp.MustCompile(`(?i)<head(\s[^>]*)?>`)
	headEnd   = regexp.MustCompile(`(?i)</head\s*>|<body[\s>]`)
	doctype   = regexp.MustCompile(`(?i)^\s*<!doctype[^>]*>`)
	policy    = regexp.MustCompile(`(?i)<meta\s[^>]*http-equiv\s*=\s*["']?content-security-policy["']?[^>]*>`)
	content   = regexp.MustCompile(`(?i)(\scontent\s*=\s*)("[^"]*"|'[^']*')`)
)

// inject puts an element into the head of a page. A page that forbids all scripts to its
// readers allows this one to its author. The page is copied.
func inject(page, element []byte) []byte {
	if bytes.Contains(bytes.ToLower(page[:min(len(page), policyWithin)]), []byte("content-security-policy")) {
		page = relax(page)
	}
	at := 0
	if m := headStart.FindIndex(page); m != nil {
		at = m[1]
	} else if m := headEnd.FindIndex(page); m != nil {
		at = m[0]
	} else if m := doctype.FindIndex(page); m != nil {
		at = m[1]
	}
	return slices.Concat(page[:at], element, page[at:])
}

// policyWithin is how far down a page its policy is looked for: it counts from where it
// stands on, and so stands at the top.
const policyWithin = 8 << 10

// relax lets the policies that a page declares allow the live script.
func relax(page []byte) []byte {
	return policy.ReplaceAllFunc(page, func(meta []byte) []byte {
		return content.ReplaceAllFunc(meta, func(attr []byte) []byte {
			m := content.FindSubmatch(attr)
			rules := html.UnescapeString(string(m[2][1 : len(m[2])-1]))
			return []byte(string(m[1]) + `"` + html.EscapeString(allow(rules)) + `"`)
		})
	})
}

// allow adds to a content security policy what the live script needs: itself, and to ask
// its own server.
func allow(rules string) string {
	var out []string
	for _, name := range []string{"script-src", "script-src-elem", "connect-src"} {
		rules = widen(rules, name)
	}
	for rule := range strings.SplitSeq(rules, ";") {
		if rule = strings.TrimSpace(rule); rule != "" {
			out = append(out, rule)
		}
	}
	return strings.Join(out, "; ")
}

// widen lets one directive reach the server itself, after what default-src gives it.
func widen(rules, name string) string {
	var inherited []string
	found := false
	list := strings.Split(rules, ";")
	for i, rule := range list {
		words := strings.Fields(rule)
		if len(words) == 0 {
			continue
		}
		switch strings.ToLower(words[0]) {
		case name:
			found = true
			list[i] = strings.Join(append(words[:1:1], ownSource(words[1:])...), " ")
		case "default-src":
			inherited = words[1:]
		}
	}
	if !found && inherited != nil && name != "script-src-elem" {
		list = append(list, strings.Join(append([]string{name}, ownSource(inherited)...), " "))
	}
	return strings.Join(list, ";")
}

func ownSource(sources []string) []string {
	var out []string
	for _, s := range sources {
		if !strings.EqualFold(s, "'none'") && !strings.EqualFold(s, "'self'") {
			out = append(out, s)
		}
	}
	return append(out, "'self'")
}
