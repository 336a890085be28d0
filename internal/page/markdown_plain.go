package page

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"vitrine/internal/typography"
)

// Most prose is paragraphs, headings and short lists, with some words in bold, a link, a picture. It is written as it is
// read: building goldmark's tree for it and going over the tree takes three times as long. What is not certain to be
// read in one way only, and all that is wrong, goes to goldmark; TestPlainIsGoldmarks holds both to the same bytes.

// plainSigns tells what a byte of prose may be: text, one of the signs that are looked at, or what leaves it to goldmark.
var plainSigns = func() (of [256]uint8) {
	for c := range of {
		switch {
		case c < ' ' || strings.IndexByte("\\`<>&~_|", byte(c)) >= 0:
			of[c] = plainOdd
		case strings.IndexByte("*[]!", byte(c)) >= 0:
			of[c] = plainSign
		}
	}
	return of
}()

const (
	plainSign = 1 + iota
	plainOdd
)

// plain writes prose of the plain kind to the job's output. It reports false where the prose is not plain: then what it
// wrote is to be thrown away, and it has told nobody of anything.
func (j *job) plain() bool {
	rest := j.prose.Text
	if !utf8.ValidString(rest) {
		return false
	}
	ids := [8]string{"contenu"} // the page's own
	headings := 0
	for rest != "" {
		line := plainLine(rest)
		switch {
		case line == "":
			rest = rest[1:]
		case line[0] == '#':
			text := strings.TrimRight(strings.TrimLeft(line, "#"), " ")
			level := len(line) - len(strings.TrimLeft(line, "#"))
			if level > 6 || len(text) < 2 || text[0] != ' ' || !plainStart(text[1:]) || text[len(text)-1] == '#' {
				return false
			}
			text = text[1:]
			id := plainID(text)
			for _, other := range ids[:headings+1] {
				if other == id {
					return false
				}
			}
			if headings++; headings == len(ids) {
				return false
			}
			ids[headings] = id
			tag := byte('0' + min(max(level, 2)+j.down, 6))
			j.write("<h", string(rune(tag)), ` id="`, id, `">`)
			if !j.plainRun(text) {
				return false
			}
			j.write("</h", string(rune(tag)), ">\n")
			rest = plainNext(rest, line)
		case strings.HasPrefix(line, "- "):
			j.write("<ul>\n")
			for strings.HasPrefix(line, "- ") && plainStart(line[2:]) {
				j.write("<li>")
				if !j.plainRun(line[2:]) {
					return false
				}
				j.write("</li>\n")
				rest = plainNext(rest, line)
				line = plainLine(rest)
			}
			j.write("</ul>\n")
			if after := strings.TrimLeft(rest, "\n"); line != "" || strings.HasPrefix(after, "- ") {
				return false // goes on with a text, or with air between its items
			}
		default:
			if !plainStart(line) {
				return false
			}
			text := line
			for next := plainNext(rest, line); next != ""; {
				line = plainLine(next)
				if line == "" || line[0] == '#' || strings.HasPrefix(line, "- ") {
					break
				}
				if c := line[0]; c < utf8.RuneSelf && (c >= '0' && c <= '9' || !plainLetter(rune(c))) {
					return false
				}
				text = rest[:len(text)+1+len(line)]
				next = plainNext(next, line)
			}
			j.write("<p>")
			if !j.plainRun(text) {
				return false
			}
			j.write("</p>\n")
			rest = plainNext(rest, text)
		}
	}
	return true
}

func (j *job) write(all ...string) {
	for _, s := range all {
		j.out.WriteString(s)
	}
}

// plainLine is the first line of a text.
func plainLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}

// plainNext is what follows a line.
func plainNext(text, line string) string { return text[min(len(line)+1, len(text)):] }

// plainLetter reports a sign that is neither space nor punctuation, for certain.
func plainLetter(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
	}
	return unicode.IsLetter(r)
}

// plainStart reports a line that begins as a text, and as no other block.
func plainStart(line string) bool {
	if line == "" {
		return false
	}
	switch c := line[0]; {
	case c >= '0' && c <= '9':
		return false
	case c >= utf8.RuneSelf || plainLetter(rune(c)) || strings.IndexByte("\"'([!", c) >= 0:
		return true
	case c == '*': // before a word: no list, no line across
		return plainWord(strings.TrimLeft(line, "*"))
	}
	return false
}

// plainID is what goldmark makes of the words of a heading.
func plainID(text string) string {
	id := make([]byte, 0, len(text))
	for i := range len(text) {
		switch c := text[i]; {
		case c >= 'A' && c <= 'Z':
			id = append(id, c|0x20)
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
			id = append(id, c)
		case c == ' ' || c == '-':
			id = append(id, '-')
		}
	}
	if len(id) == 0 {
		return "heading"
	}
	return string(id)
}

// plainRun writes the text of a block. Its lines begin with a sign that is no space.
func (j *job) plainRun(text string) bool {
	text = strings.TrimRight(text, " ")
	start := 0 // of the text that is not written yet
	flush := func(end int, after bool) {
		if end > start {
			j.plainText(text[start:end], start > 0, after)
		}
	}
	for i := 0; i < len(text); {
		c := text[i]
		if plainSigns[c] == 0 {
			i++
			continue
		}
		switch {
		case c == '\n':
			line := strings.TrimSuffix(text[start:i], " ")
			if strings.HasSuffix(line, " ") {
				return false // more than one: a hard break
			}
			flush(start+len(line), false)
			j.out.WriteByte('\n')
			i++
			start = i
		case c == '*':
			mark := "*"
			if strings.HasPrefix(text[i:], "**") {
				mark = "**"
			}
			inner, _, ok := strings.Cut(text[i+len(mark):], mark)
			end := i + len(mark) + len(inner) + len(mark)
			if !ok || !plainInner(inner) || i > 0 && text[i-1] != ' ' && text[i-1] != '\n' || !plainClosed(inner, text[end:]) {
				return false
			}
			flush(i, true)
			tag := "em>"
			if len(mark) == 2 {
				tag = "strong>"
			}
			j.write("<", tag)
			j.plainText(inner, false, false)
			j.write("</", tag)
			i, start = end, end
		case c == '!' && (i+1 == len(text) || text[i+1] != '['):
			i++
		case c == '!' || c == '[':
			open := i + strings.IndexByte(text[i:], '[') + 1
			label, rest, ok := strings.Cut(text[open:], "](")
			dest, _, closed := strings.Cut(rest, ")")
			if !ok || !closed || !plainInner(label) {
				return false
			}
			flush(i, true)
			if c == '!' && !j.plainImage(dest, label) || c == '[' && !j.plainLink(dest, label) {
				return false
			}
			i = open + len(label) + 2 + len(dest) + 1
			start = i
		default:
			return false
		}
	}
	flush(len(text), false)
	return true
}

// plainWord reports a text that begins with a letter, or with a sign that opens a quotation.
func plainWord(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return plainLetter(r) || r == '«' || r == '"' || r == '('
}

// plainInner reports a text without signs, which begins with a word and does not end with a space.
func plainInner(text string) bool {
	if text == "" || !plainWord(text) || text[len(text)-1] == ' ' {
		return false
	}
	for i := range len(text) {
		if plainSigns[text[i]] != 0 && text[i] != '!' {
			return false
		}
	}
	return !strings.Contains(text, "![")
}

// plainClosed reports that what is emphasised ends before the text that follows its mark, whatever stands elsewhere.
func plainClosed(inner, after string) bool {
	last, _ := utf8.DecodeLastRuneInString(inner)
	if after == "" || after[0] == ' ' || after[0] == '\n' {
		return last < utf8.RuneSelf || plainLetter(last)
	}
	return plainLetter(last) && strings.IndexByte(".,;:?)", after[0]) >= 0
}

// plainText writes a run of text in the typography of its language.
func (j *job) plainText(run string, before, after bool) {
	source, changed := typography.AppendRun(j.source[:0], j.r.lang, run, before, after)
	if !changed {
		source = append(source, run...)
	}
	j.source = source
	if strings.IndexByte(run, '"') >= 0 { // no other sign is escaped here
		write(&j.out, source, changed)
		return
	}
	j.out.Write(source)
}

// plainLink writes a link to a page that is there, or to another site.
func (j *job) plainLink(dest, label string) bool {
	to := []byte(dest)
	switch {
	case plainPath(to):
		if !j.r.plan.Has(dest) {
			return false
		}
		to = []byte(j.r.base + dest)
	case !plainAddress(to) || dest[0] != 'h' || strings.IndexByte(dest[len("https:"):], ':') >= 0:
		return false
	}
	j.write(`<a href="`)
	writeAddress(&j.out, to)
	j.write(`">`)
	j.plainText(label, false, false)
	j.write("</a>")
	return true
}

// plainImage writes a picture that is there.
func (j *job) plainImage(dest, label string) bool {
	if !plainPath([]byte(dest)) || !j.r.plan.Has(dest) {
		return false
	}
	j.write(`<img src="`)
	writeAddress(&j.out, []byte(j.r.base+dest))
	j.write(`" alt="`)
	j.plainText(label, false, false)
	j.write(`" loading="lazy"`)
	if w, h, ok := j.size(dest); ok {
		j.write(` width="`, strconv.Itoa(w), `" height="`, strconv.Itoa(h), `"`)
	}
	j.out.WriteByte('>')
	return true
}
