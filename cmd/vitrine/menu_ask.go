package main

import (
	"errors"
	"io"
	"net/url"
	"strconv"
	"strings"
)

// line reads an answer. What a person leaves before a pipe's end is an answer too.
func (m *menu) line() (string, error) {
	s, err := m.in.ReadString('\n')
	if errors.Is(err, io.EOF) && s != "" {
		err = nil
	}
	return strings.TrimSpace(strings.TrimPrefix(s, "\ufeff")), err
}

// words reads a name; none goes back.
func (m *menu) words() (string, error) {
	s, err := m.line()
	if err != nil {
		return "", err
	}
	if s = oneLine(s); s == "" {
		return "", errBack
	}
	return s, nil
}

// answer reads a path; none goes back.
func (m *menu) answer() (string, error) {
	s, err := m.line()
	if err != nil {
		return "", err
	}
	if s = m.clean(s); s == "" {
		return "", errBack
	}
	return s, nil
}

// clean is the path that a window was given with the mouse: between quotes where it
// has spaces, with backslashes before them in macOS, as an address in some of Linux.
func (m *menu) clean(s string) string {
	s = strings.TrimSpace(s)
	if u, err := url.Parse(s); err == nil && u.Scheme == "file" && u.Path != "" {
		return u.Path
	}
	// PowerShell writes & 'C:\…'.
	s = strings.TrimSpace(strings.TrimPrefix(s, "& "))
	if n := len(s); n >= 2 && s[0] == s[n-1] && (s[0] == '"' || s[0] == '\'') {
		quote := s[:1]
		s = s[1 : n-1]
		if quote == "'" {
			s = strings.NewReplacer(`'\''`, "'", "''", "'").Replace(s)
		}
		return s
	}
	if m.windows {
		return s
	}
	var b strings.Builder
	escaped := false
	for _, r := range s {
		if r == '\\' && !escaped {
			escaped = true
			continue
		}
		escaped = false
		b.WriteRune(r)
	}
	return b.String()
}

// yes asks a question; the answer is o or y, or not.
func (m *menu) yes(question text) (bool, error) {
	m.put(question)
	s, err := m.line()
	if err != nil {
		return false, err
	}
	switch strings.ToLower(s) {
	case "o", "oui", "y", "yes":
		return true, nil
	}
	return false, nil
}

// choose asks for one of several; an answer that is none of them goes back.
func (m *menu) choose(question text, among []string) (int, error) {
	m.put(text{"\n%s\n", "\n%s\n"}, question.in(m.lang("")))
	for i, s := range among {
		m.put(text{"  %d  %s\n", "  %d  %s\n"}, i+1, s)
	}
	m.put(text{"Un chiffre, puis Entrée : ", "A number, then Enter: "})
	s, err := m.line()
	if err != nil {
		return 0, err
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 || n > len(among) {
		return 0, errBack
	}
	return n - 1, nil
}

// pause waits for Enter.
func (m *menu) pause(t text) error {
	m.put(t)
	_, err := m.line()
	return err
}
