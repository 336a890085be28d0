package load

import (
	"slices"
	"strings"
)

// cursor reads the plain TOML that people and spreadsheets write. Each of its methods
// reports whether it is certain of what it read; when one is not, the whole document is
// left to the library, which may find it right or wrong. What is refused for the sake of
// caution alone, since the library has its own ideas of it, says so.
type cursor struct {
	builder
	pos   int
	table nodeID // where keys go: the table of the last heading

	// The library tells what was a list by its path, which does not say in which element
	// of a [[list]]: a dotted key met twice is then taken for the list that another
	// element has there. The names of lists in such elements are therefore kept.
	repeated bool // the table is in an element of a [[list]]
	lists    [8]string
	listed   int // how many lists are kept; more than fit when there are too many
}

// deepest is how far values may be nested.
const deepest = 16

// scan reads a document that is valid UTF-8; ok is false when it has to be decoded by
// the library.
func scan(text string) (values content, ok bool) {
	lines := strings.Count(text, "\n")
	var s cursor
	s.text = text
	s.nodes = make([]node, 1, lines+lines/4+4)
	if !s.document() {
		return content{}, false
	}
	return s.finish(), true
}

func (s *cursor) document() bool {
	for {
		s.blank()
		switch s.peek() {
		case 0:
			return s.pos == len(s.text)
		case '#', '\n', '\r':
		case '[':
			if !s.heading() {
				return false
			}
		default:
			if !s.pair(s.table, 0) {
				return false
			}
		}
		if !s.endLine() {
			return false
		}
	}
}

// peek is the next byte, or 0 at the end; a text with a 0 in it is not plain.
func (s *cursor) peek() byte {
	if s.pos < len(s.text) {
		return s.text[s.pos]
	}
	return 0
}

// take moves past a byte if it is the next.
func (s *cursor) take(c byte) bool {
	if s.peek() != c {
		return false
	}
	s.pos++
	return true
}

// blank moves past spaces and tabs.
func (s *cursor) blank() {
	for s.pos < len(s.text) && (s.text[s.pos] == ' ' || s.text[s.pos] == '\t') {
		s.pos++
	}
}

// endLine moves past a comment, if there is one, and the end of the line.
func (s *cursor) endLine() bool {
	s.blank()
	if s.peek() == '#' {
		for s.pos < len(s.text) && !control(s.text[s.pos]) {
			s.pos++
		}
	}
	return s.pos == len(s.text) || s.newline()
}

func (s *cursor) newline() bool {
	s.take('\r')
	return s.take('\n')
}

// gap moves past what may stand between the values of a list: spaces, line ends and
// comments.
func (s *cursor) gap() bool {
	for {
		s.blank()
		switch s.peek() {
		case '#', '\n', '\r':
			if !s.endLine() {
				return false
			}
		default:
			return true
		}
	}
}

// control reports the bytes that stand nowhere in TOML but at the end of a line.
func control(c byte) bool { return c < ' ' && c != '\t' || c == 0x7f }

func bare(c byte) bool {
	return 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '_' || c == '-' || 'A' <= c && c <= 'Z'
}

// word reads a key, or a part of a dotted one. It is a piece of the text, at an offset.
// An empty key is left to the library, which has a special case for it.
func (s *cursor) word() (key string, at int, ok bool) {
	quote := s.peek()
	if quote != '"' && quote != '\'' {
		at = s.pos
		for s.pos < len(s.text) && bare(s.text[s.pos]) {
			s.pos++
		}
		return s.text[at:s.pos], at, s.pos > at
	}
	s.pos++
	at = s.pos
	for s.pos < len(s.text) && s.text[s.pos] != quote {
		if c := s.text[s.pos]; control(c) || c == '\\' && quote == '"' {
			return "", 0, false
		}
		s.pos++
	}
	key = s.text[at:s.pos]
	return key, at, key != "" && s.take(quote)
}

// pair reads « key = value » into a table.
func (s *cursor) pair(table nodeID, depth int) bool {
	key, at, ok := s.word()
	for ok {
		s.blank()
		if !s.take('.') {
			break
		}
		// In an inline table, a dotted key is left to the library.
		if depth > 0 || !s.into(&table, key, at) {
			return false
		}
		s.blank()
		key, at, ok = s.word()
	}
	if !ok || !s.take('=') || s.find(table, key) != 0 {
		return false
	}
	s.blank()
	id := s.add(table, node{key: uint32(at), keySize: uint32(len(key))})
	if !s.value(id, depth) {
		return false
	}
	if s.repeated && s.nodes[id].kind == aList {
		s.keep(key)
	}
	return true
}

// into goes to the table at a part of a dotted key. Only another dotted key may have
// made it.
func (s *cursor) into(table *nodeID, key string, at int) bool {
	id := s.find(*table, key)
	switch {
	case id == 0:
		id = s.add(*table, node{key: uint32(at), keySize: uint32(len(key)), made: byDots})
	case s.nodes[id].made != byDots || s.repeated && s.wasList(key):
		return false
	}
	*table = id
	return true
}

// keep notes that a list bears this name.
func (s *cursor) keep(list string) {
	if s.wasList(list) {
		return
	}
	if s.listed < len(s.lists) {
		s.lists[s.listed] = list
	}
	s.listed++
}

func (s *cursor) wasList(key string) bool {
	return s.listed > len(s.lists) || slices.Contains(s.lists[:s.listed], key)
}

// heading reads [a.b] or [[a.b]].
func (s *cursor) heading() bool {
	s.pos++
	list := s.take('[')
	s.table, s.repeated = 0, list
	for {
		s.blank()
		key, at, ok := s.word()
		if !ok {
			return false
		}
		s.blank()
		id := s.find(s.table, key)
		n := node{key: uint32(at), keySize: uint32(len(key)), made: byHeading}
		if !s.take('.') {
			return s.take(']') && s.open(id, n, list)
		}
		if id == 0 {
			id = s.add(s.table, n)
		}
		if !s.through(id) {
			return false
		}
	}
}

// through goes to the table that a part of a heading names: of a list, to its latest.
func (s *cursor) through(id nodeID) bool {
	switch n := &s.nodes[id]; n.made {
	case byHeading, byDots:
		s.table = id
		return true
	case byList:
		s.table = nodeID(n.b)
		s.repeated = true
		return true
	}
	return false
}

// open makes the table of a heading. A table that is there already, because it was
// named on the way to another, is left to the library.
func (s *cursor) open(id nodeID, n node, list bool) bool {
	if !list {
		if id == 0 {
			s.table = s.add(s.table, n)
		}
		return id == 0
	}
	if id == 0 {
		n.kind, n.made = aList, byList
		id = s.add(s.table, n)
	}
	if s.nodes[id].made != byList {
		return false
	}
	s.table = s.add(id, node{made: byHeading})
	return s.take(']')
}
