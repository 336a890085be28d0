package ident

import (
	"net/mail"
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Email checks an e-mail address that anybody can write to: no display name, a
// domain with a dot, no quoted or non-ASCII mailbox. The domain comes back in
// lower case.
func Email(s string) (string, Reason) {
	s = strings.TrimFunc(s, isSpace)
	if s == "" {
		return "", Empty
	}
	if strings.ContainsAny(s, "<>") {
		if a, err := mail.ParseAddress(s); err == nil {
			if addr, why := Email(a.Address); why == OK {
				return addr, DisplayName
			}
		}
		return s, BadCharacter
	}
	at := strings.LastIndexByte(s, '@')
	if at < 0 {
		return s, NoAt
	}
	box, domain := s[:at], strings.ToLower(s[at+1:])
	for _, r := range box {
		if r <= ' ' || r >= 0x7f || strings.ContainsRune(`"(),:;@[\]`, r) {
			return s, BadCharacter
		}
	}
	switch {
	case box == "":
		return s, TooShort
	case len(box) > 64 || len(s) > 254:
		return s, TooLong
	case box[0] == '.' || box[len(box)-1] == '.' || strings.Contains(box, ".."):
		return s, BadForm
	case !dottedHost(domain):
		return s, BadHost
	}
	return box + "@" + domain, OK
}

// URL checks a web address: http or https, a host with a dot (or localhost), no
// user name, no space. The scheme and the host come back in lower case.
func URL(s string) (string, Reason) {
	s = strings.TrimFunc(s, isSpace)
	if s == "" {
		return "", Empty
	}
	for _, r := range s {
		if r <= ' ' || r == 0x7f || r == utf8.RuneError || isSpace(r) || unicode.IsControl(r) || strings.ContainsRune("\"<>\\^`{|}", r) {
			return s, BadCharacter
		}
	}
	scheme, rest, found := strings.Cut(s, "://")
	if !found || strings.ContainsAny(scheme, "/?#.") {
		return noScheme(s)
	}
	scheme = strings.ToLower(scheme)
	if scheme != "http" && scheme != "https" {
		return s, BadScheme
	}
	authority, path := rest, ""
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		authority, path = rest[:i], rest[i:]
	}
	host, port, hasPort := strings.Cut(authority, ":")
	host = strings.ToLower(host)
	switch {
	case strings.Contains(authority, "@"):
		return s, UserInfo
	case host == "":
		return s, NoHost
	case hasPort && !validPort(port), host != "localhost" && !dottedHost(host):
		return s, BadHost
	}
	normal := scheme + "://" + host
	if hasPort {
		normal += ":" + port
	}
	normal += path
	if _, err := url.Parse(normal); err != nil {
		return s, BadForm // a % without its two digits
	}
	return normal, OK
}

// noScheme guesses https:// where a domain was typed alone, as people do.
func noScheme(s string) (string, Reason) {
	if head, _, colon := strings.Cut(s, ":"); colon && !strings.ContainsAny(head, "./?#") {
		return s, BadScheme // mailto:, javascript:
	}
	if guess, why := URL("https://" + strings.TrimLeft(s, "/")); why == OK {
		return guess, NoScheme
	}
	return s, NoScheme
}

func validPort(s string) bool {
	n, err := strconv.ParseUint(s, 10, 16)
	return err == nil && n > 0
}

// dottedHost reports a domain name of at least two labels, the last of two
// letters or more, in ASCII or in letters of the reader's language.
func dottedHost(h string) bool {
	if len(h) > 253 {
		return false
	}
	labels := strings.Split(h, ".")
	if len(labels) < 2 {
		return false
	}
	for _, l := range labels {
		if l == "" || len(l) > 63 || l[0] == '-' || l[len(l)-1] == '-' {
			return false
		}
		for _, r := range l {
			ascii := r == '-' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
			if !ascii && (r < 0x80 || !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r)) {
				return false
			}
		}
	}
	top := labels[len(labels)-1]
	return utf8.RuneCountInString(top) >= 2 && !allDigits(top)
}
