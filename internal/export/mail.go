package export

import (
	"bytes"
	"encoding/base64"
	"mime/quotedprintable"
	"strings"
	"unicode/utf8"
)

// Mailbox is a person or a body with its e-mail address.
type Mailbox struct{ Name, Address string }

// Mail is a message that was not sent: a mail program opens it, ready to be read again and sent.
type Mail struct {
	From, To Mailbox // without an address they are left out, for whoever sends it to fill in
	Subject  string
	Text     string // paragraphs, with plain line breaks
	File     string // the attached file's name, in ASCII letters; empty: there is none
	Data     []byte // what it holds: a zip
}

// boundary stands between the parts. Neither quoted-printable nor base64 text can hold it.
const boundary = "=_part_of_the_draft"

// Bytes is the message as an .eml file: RFC 5322 and MIME, in ASCII, and X-Unsent, by which mail
// programs know a draft. It has no date: sending it gives it one.
func (m *Mail) Bytes() []byte {
	var b bytes.Buffer
	b.Grow(len(m.Data)*138/100 + 2*len(m.Text) + 1024)
	header := func(name, value string) {
		if value != "" {
			b.WriteString(name + ": " + value + "\r\n")
		}
	}
	header("MIME-Version", "1.0")
	header("X-Unsent", "1")
	header("From", m.From.header())
	header("To", m.To.header())
	header("Subject", headerText(m.Subject))
	header("Content-Type", `multipart/mixed; boundary="`+boundary+`"`)
	part := func(kind, coding, disposition string) {
		b.WriteString("\r\n--" + boundary + "\r\n")
		header("Content-Type", kind)
		header("Content-Transfer-Encoding", coding)
		header("Content-Disposition", disposition)
		b.WriteString("\r\n")
	}
	part("text/plain; charset=utf-8", "quoted-printable", "")
	q := quotedprintable.NewWriter(&b)
	// A bytes.Buffer never fails.
	_, _ = q.Write([]byte(crlf(m.Text)))
	_ = q.Close()
	if m.File != "" {
		part(`application/zip; name="`+m.File+`"`, "base64", `attachment; filename="`+m.File+`"`)
		const width = 57 // bytes that are a line of 76 letters
		line := make([]byte, 78)
		for data := m.Data; len(data) > 0; {
			n := min(width, len(data))
			end := base64.StdEncoding.EncodedLen(n)
			base64.StdEncoding.Encode(line, data[:n])
			b.Write(append(line[:end], "\r\n"...))
			data = data[n:]
		}
	}
	b.WriteString("\r\n--" + boundary + "--\r\n")
	return b.Bytes()
}

// crlf ends lines as mail does.
func crlf(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\n", "\r\n")
}

func (m Mailbox) header() string {
	if m.Address == "" || strings.ContainsFunc(m.Address, func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune(`<>,;:"`, r) }) {
		return ""
	}
	if m.Name == "" {
		return m.Address
	}
	name := headerText(m.Name)
	if name == m.Name {
		name = `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(name) + `"`
	}
	return name + "\r\n <" + m.Address + ">"
}

// headerText is a text as a header may hold it (RFC 2047), on lines that are short enough. Line breaks
// become spaces: nothing in a name starts another header.
func headerText(s string) string {
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r < ' ' || r == 0x7f }), " ")
	s = strings.ToValidUTF8(s, "\uFFFD")
	plain := len(s) < 60 && !strings.Contains(s, "=?")
	for i := range len(s) {
		plain = plain && s[i] < 0x80
	}
	if plain {
		return s
	}
	var out []string
	for len(s) > 0 {
		n := min(codedBytes, len(s))
		for n < len(s) && !utf8.RuneStart(s[n]) {
			n--
		}
		out = append(out, "=?utf-8?b?"+base64.StdEncoding.EncodeToString([]byte(s[:n]))+"?=")
		s = s[n:]
	}
	return strings.Join(out, "\r\n ")
}

// codedBytes is how much text a coded word has: few enough for it to stand on one line with the header's
// name.
const codedBytes = 42
