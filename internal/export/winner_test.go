package export

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"vitrine/internal/model"
)

// cardLines reads a card strictly: lines that end as they must, are short enough and whole, and unfold
// to NAME:values with known escapes.
func cardLines(data []byte) (map[string][][]string, error) {
	text := string(data)
	if !utf8.ValidString(text) || !strings.HasSuffix(text, "\r\n") {
		return nil, fmt.Errorf("not UTF-8, or its last line does not end")
	}
	for line := range strings.SplitSeq(strings.TrimSuffix(text, "\r\n"), "\r\n") {
		if len(line) > 75 || line == "" || !utf8.ValidString(line) || strings.ContainsAny(line, "\r\n") {
			return nil, fmt.Errorf("line %q", line)
		}
	}
	out := map[string][][]string{}
	lines := strings.Split(strings.TrimSuffix(strings.ReplaceAll(text, "\r\n ", ""), "\r\n"), "\r\n")
	if lines[0] != "BEGIN:VCARD" || lines[1] != "VERSION:3.0" || lines[len(lines)-1] != "END:VCARD" {
		return nil, fmt.Errorf("no card")
	}
	for _, line := range lines {
		name, rest, ok := strings.Cut(line, ":")
		if !ok || strings.Trim(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-;=,") != "" {
			return nil, fmt.Errorf("line %q", line)
		}
		values, cur := []string{}, ""
		for i := 0; i < len(rest); i++ {
			switch rest[i] {
			case '\\':
				i++
				if i == len(rest) || !strings.ContainsRune(`\;,n`, rune(rest[i])) {
					return nil, fmt.Errorf("escape in %q", line)
				}
				if rest[i] == 'n' {
					cur += "\n"
				} else {
					cur += rest[i : i+1]
				}
			case ';':
				values, cur = append(values, cur), ""
			default:
				cur += rest[i : i+1]
			}
		}
		key, _, _ := strings.Cut(name, ";")
		out[key] = append(out[key], append(values, cur))
	}
	return out, nil
}

func TestVCard(t *testing.T) {
	p := &model.Profile{
		Name: "L’Œuf ; « Père, fils » \\ " + strings.Repeat("très long ", 12), Phone: "02 61 91 00 01", Email: "a@b.example", URL: "https://b.example/",
		Address: "1 rue du Fil\nBâtiment B", Postcode: "61100", Commune: &model.Territory{Name: "Flers"}, HasPoint: true, Lat: 48.75, Lon: -.5,
	}
	got, err := cardLines(VCard(p, "https://site.example/x/"))
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]string{
		"FN": p.Name, "N": p.Name + "||||", "TEL": p.Phone, "EMAIL": p.Email, "GEO": "48.750000|-0.500000", "ADR": "||1 rue du Fil, Bâtiment B|Flers||61100|",
	} {
		if len(got[key]) != 1 || strings.Join(got[key][0], "|") != want {
			t.Errorf("%s: %q, want %q", key, got[key], want)
		}
	}
	if len(got["URL"]) != 2 {
		t.Errorf("addresses: %q", got["URL"])
	}
	bare, err := cardLines(VCard(&model.Profile{Name: "Seul"}, ""))
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"TEL", "EMAIL", "ADR", "GEO", "URL", "CATEGORIES"} {
		if len(bare[key]) > 0 {
			t.Errorf("a closed profile has %s: %q", key, bare[key])
		}
	}
}

func FuzzVCard(f *testing.F) {
	f.Add("Nom", "1 rue\r\nX", "61100")
	f.Add("é;,\\\n", strings.Repeat("œ", 80), "\xff")
	f.Fuzz(func(t *testing.T, name, address, postcode string) {
		got, err := cardLines(VCard(&model.Profile{Name: name, Address: address, Postcode: postcode}, ""))
		if err != nil {
			t.Fatal(err)
		}
		if name != "" && len(got["FN"]) != 1 || len(got["BEGIN"]) != 1 || len(got["END"]) != 1 {
			t.Fatalf("%q", got)
		}
	})
}

// opened reads a message as a mail program does.
func opened(data []byte) (head mail.Header, text, file string, attached []byte, err error) {
	for line := range strings.SplitSeq(string(data), "\r\n") {
		if len(line) > 78 || strings.ContainsAny(line, "\r\n") {
			return nil, "", "", nil, fmt.Errorf("line %q", line)
		}
	}
	m, err := mail.ReadMessage(bytes.NewReader(data))
	if err != nil {
		return nil, "", "", nil, err
	}
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/mixed" {
		return nil, "", "", nil, fmt.Errorf("%s: %v", kind, err)
	}
	parts := multipart.NewReader(m.Body, params["boundary"])
	for n := 0; ; n++ {
		p, err := parts.NextRawPart()
		if err == io.EOF {
			return m.Header, text, file, attached, nil
		}
		if err != nil {
			return nil, "", "", nil, err
		}
		switch p.Header.Get("Content-Transfer-Encoding") {
		case "quoted-printable":
			b, err := io.ReadAll(quotedprintable.NewReader(p))
			if err != nil || n != 0 {
				return nil, "", "", nil, fmt.Errorf("part %d: %v", n, err)
			}
			text = string(b)
		case "base64":
			raw, _ := io.ReadAll(p)
			attached, err = decode(raw)
			if file = p.FileName(); err != nil || n != 1 {
				return nil, "", "", nil, fmt.Errorf("part %d: %v", n, err)
			}
		default:
			return nil, "", "", nil, fmt.Errorf("part %d is %v", n, p.Header)
		}
	}
}

// decode is base64, written here a second time.
func decode(raw []byte) ([]byte, error) {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
	var out []byte
	acc, bits := 0, 0
	for _, c := range raw {
		if c == '\r' || c == '\n' || c == '=' {
			continue
		}
		v := strings.IndexByte(letters, c)
		if v < 0 {
			return nil, fmt.Errorf("letter %q", c)
		}
		acc, bits = acc<<6|v, bits+6
		if bits >= 8 {
			bits -= 8
			out = append(out, byte(acc>>bits))
			acc &= 1<<bits - 1
		}
	}
	return out, nil
}

func TestMail(t *testing.T) {
	data := bytes.Repeat([]byte("zip \x00\xff"), 1000)
	m := &Mail{
		From: Mailbox{`L’Agglo du "Fil"`, "kit@agglo.example"}, To: Mailbox{`SARL "Au, Pont"; \ fils`, "contact@pont.example"},
		Subject: "Votre kit « Le Label », Édition 2025 : " + strings.Repeat("très ", 30), Text: "Bonjour,\n\n" + strings.Repeat("œuvre ", 60) + "\n. \n--=_part_of_the_draft\n",
		File: "pont.zip", Data: data,
	}
	head, text, file, attached, err := opened(m.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if head.Get("X-Unsent") != "1" || head.Get("MIME-Version") != "1.0" || head.Get("Date") != "" {
		t.Errorf("%v", head)
	}
	for key, want := range map[string]Mailbox{"From": m.From, "To": m.To} {
		if got, err := head.AddressList(key); err != nil || len(got) != 1 || got[0].Name != want.Name || got[0].Address != want.Address {
			t.Errorf("%s: %v %v", key, got, err)
		}
	}
	if got, err := new(mime.WordDecoder).DecodeHeader(head.Get("Subject")); err != nil || got != m.Subject {
		t.Errorf("subject %q, %v", got, err)
	}
	if strings.ReplaceAll(text, "\r\n", "\n") != m.Text || file != "pont.zip" || !bytes.Equal(attached, data) {
		t.Errorf("text %q, file %q of %d bytes", text, file, len(attached))
	}
	m.File, m.To = "", Mailbox{Name: "Sans adresse"}
	if head, _, file, _, err := opened(m.Bytes()); err != nil || file != "" || head.Get("To") != "" {
		t.Error(err, file, head.Get("To"))
	}
}

// FuzzMail: whatever a record says, no header is added and the text comes back.
func FuzzMail(f *testing.F) {
	f.Add("Nom", "a@b.example", "Objet", "Texte\n")
	f.Add("x\r\nBcc: a@b.example", "a@b.example\r\nBcc: x", "=?utf-8?q?x?=", "--=_part_of_the_draft--\r\n=")
	f.Add(strings.Repeat("a", 300), "", strings.Repeat("é", 300), "")
	f.Fuzz(func(t *testing.T, name, address, subject, text string) {
		head, got, _, _, err := opened((&Mail{To: Mailbox{name, address}, Subject: subject, Text: text}).Bytes())
		if err != nil {
			if len(address) > 70 && strings.Contains(err.Error(), "line") {
				return // an address is not cut
			}
			t.Fatal(err)
		}
		for key := range head {
			if !slices.Contains([]string{"Mime-Version", "X-Unsent", "To", "Subject", "Content-Type"}, key) {
				t.Errorf("header %s", key)
			}
		}
		plain := func(s string) string { return strings.ReplaceAll(s, "\r\n", "\n") }
		if !strings.Contains(strings.ReplaceAll(text, "\r\n", ""), "\r") && plain(got) != plain(text) {
			t.Errorf("text %q, want %q", got, text)
		}
	})
}

func TestZipAndMailMerge(t *testing.T) {
	day := time.Date(2025, 11, 30, 0, 0, 0, 0, time.UTC)
	files := []Entry{{"mode.txt", []byte(strings.Repeat("é ", 500))}, {"a.pdf", []byte("%PDF")}}
	data, err := Zip(day, files)
	if err != nil {
		t.Fatal(err)
	}
	again, _ := Zip(day, files)
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil || !bytes.Equal(data, again) || len(r.File) != 2 {
		t.Fatal(err)
	}
	for i, f := range r.File {
		rc, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(rc)
		if err != nil || !bytes.Equal(got, files[i].Data) || f.Name != files[i].Name || !f.Modified.Equal(day) {
			t.Errorf("%s: %v %v", f.Name, err, f.Modified)
		}
	}
	rows := [][]string{{"nom", "ville"}, {"Dupont ; « Père »\nfils", `61100 "FLERS"`}}
	text := MailMerge(rows)
	if !bytes.HasPrefix(text, []byte("\xef\xbb\xbf")) {
		t.Error("a spreadsheet does not know that it is UTF-8")
	}
	c := csv.NewReader(bytes.NewReader(text[3:]))
	c.Comma = ';'
	if got, err := c.ReadAll(); err != nil || len(got) != 2 || !slices.Equal(got[0], rows[0]) || got[1][0] != rows[1][0] || got[1][1] != rows[1][1] {
		t.Errorf("%q %v", got, err)
	}
}
