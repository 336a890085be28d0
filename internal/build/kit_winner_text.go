package build

import (
	"fmt"
	"html"
	"strings"

	"vitrine/internal/cache"
	"vitrine/internal/export"
	"vitrine/internal/model"
	"vitrine/internal/theme"
	"vitrine/internal/typography"
)

// teller says the theme's phrases, and keeps the first that is missing.
type teller struct {
	words theme.Words
	lang  typography.Language
	err   error
}

func (k *kit) teller() *teller {
	return &teller{words: k.theme.Words(k.site.Language), lang: typography.Language(k.site.Language)}
}

// T is a phrase with its places filled.
func (t *teller) T(key string, args ...any) string {
	s, err := t.words.T(key, args...)
	if err != nil && t.err == nil {
		t.err = err
	}
	return s
}

func (t *teller) date(d model.Date) string { return typography.Date(t.lang, d.Year, d.Month, d.Day) }

// pieceTitle is what a piece is called: by the theme's words, else by its template.
func (t *teller) pieceTitle(j *job) string {
	for _, name := range []string{j.Use.Template, j.Use.ID} {
		if key := "kit-piece-" + name; t.words.Has(key) {
			return t.T(key)
		}
	}
	return j.template.Title
}

// folder is what a winner's zip holds beside its pieces and its code, and the letter that brings it.
type folder struct {
	*teller
	*winner
	site        *model.Site
	page, short string // addresses; page is empty while the site has none
	files       []export.Entry
	letter      letter
}

// folder writes the texts of a winner's zip.
func (k *kit) folder(w *winner) (*folder, error) {
	c := &folder{teller: k.teller(), winner: w, site: k.site}
	shown := w.person.PrintProfile(k.site)
	c.short = shown.ShortURL
	if w.person.HasPage(k.site.Today) {
		c.page = k.site.BaseURL + k.plan.Sections[w.programme].Participant(w.person)
	}
	badge, err := k.badge(c)
	if err != nil {
		return nil, err
	}
	mark := ""
	if w.programme.Mark != nil {
		mark = c.name("mark")
	}
	c.text(c.name("how"), c.howTo(mark))
	c.text(c.name("address"), c.addresses()...)
	if mark != "" {
		c.text(mark, c.markRules()...)
	}
	c.files = append(c.files, export.Entry{Name: "contact.vcf", Data: export.VCard(shown, c.page)})
	c.files = append(c.files, badge...)
	c.text(c.name("snippet"), c.snippet(shown))
	c.write(shown, mark)
	return c, c.err
}

// name is the name of a text file.
func (c *folder) name(key string) string { return c.T("winner-name-"+key) + ".txt" }

// text adds a text file of some paragraphs, as the editors of all systems read it.
func (c *folder) text(name string, paragraphs ...string) {
	text := strings.Join(paragraphs, "\n\n") + "\n"
	c.files = append(c.files, export.Entry{Name: name, Data: []byte(strings.ReplaceAll(text, "\n", "\r\n"))})
}

func (c *folder) titled() string {
	return c.T("winner-title", "programme", c.programme.Name, "edition", c.award.Edition.Title)
}

// howTo tells what each file is, and how to print, stick and publish.
func (c *folder) howTo(mark string) string {
	out := []string{c.titled() + "\n" + c.person.Name}
	if c.site.Demo {
		out = append(out, c.T("winner-demo"))
	}
	out = append(out, c.T("winner-inside"))
	is := func(what string, names ...string) { out = append(out, strings.Join(names, ", ")+"\n    "+what) }
	for _, f := range c.winner.files {
		is(c.T("winner-is-"+profileName(f.target.profile), "title", f.title), f.name)
	}
	is(c.T("winner-is-qr"), "qr.svg", "qr.png")
	is(c.T("winner-is-contact"), "contact.vcf")
	is(c.T("winner-is-badge"), badgeName+".svg", badgeName+".png")
	is(c.T("winner-is-snippet"), c.name("snippet"))
	is(c.T("winner-is-address"), c.name("address"))
	if mark != "" {
		is(c.T("winner-is-mark"), mark)
	}
	for _, key := range []string{"print", "stick"} {
		if len(c.winner.files) > 0 {
			out = append(out, c.T("winner-how-"+key)+"\n"+c.T("winner-"+key))
		}
	}
	out = append(out, c.T("winner-how-publish")+"\n"+c.T("winner-publish", "badge", badgeName+".png", "snippet", c.name("snippet")))
	if p := c.site.Publisher; p != nil {
		out = append(out, c.T("winner-how-ask")+"\n"+c.T("winner-ask", "publisher", reached(p)))
	}
	return strings.Join(out, "\n\n")
}

// reached is a body with the ways to reach it.
func reached(o *model.Organisation) string {
	out := o.Name
	for _, way := range []string{o.Email, o.Phone} {
		if way != "" {
			out += ", " + way
		}
	}
	return out
}

func (c *folder) addresses() []string {
	var out []string
	if c.page != "" {
		out = append(out, c.T("winner-page", "page", c.page))
	}
	out = append(out, c.T("winner-short", "short", c.short))
	if c.page == "" && c.award.On.After(c.site.Today) {
		out = append(out, c.T("winner-later"))
	}
	return out
}

// markRules tell what the winner may do with the programme's mark.
func (c *folder) markRules() []string {
	m := c.programme.Mark
	head := c.T("winner-mark-title", "mark", m.Name)
	say := func(key, place, value string) {
		if value != "" {
			head += "\n" + c.T(key, place, value)
		}
	}
	switch {
	case m.Number != "" && !m.FiledOn.IsZero():
		head += "\n" + c.T("winner-mark-date", "number", m.Number, "date", c.date(m.FiledOn))
	default:
		say("winner-mark-number", "number", m.Number)
	}
	say("winner-mark-owner", "owner", m.Owner)
	if m.Approver != nil {
		say("winner-mark-approver", "approver", m.Approver.Name)
	}
	var pieces []string
	for _, id := range m.Pieces {
		if key := "kit-piece-" + id; c.words.Has(key) {
			id = c.T(key)
		}
		pieces = append(pieces, id)
	}
	say("winner-mark-pieces", "pieces", strings.Join(pieces, ", "))
	out := []string{head}
	for _, a := range c.programme.Agreements {
		if !a.Ends.IsZero() && !a.Starts.After(c.award.On) && !a.Ends.Before(c.award.On) {
			out = append(out, c.T("winner-mark-ends", "date", c.date(a.Ends)))
			break
		}
	}
	if until := c.award.Until(); !until.IsZero() {
		out = append(out, c.T("winner-mark-until", "date", c.date(until)))
	}
	out = append(out, c.T("winner-mark-do"), c.T("winner-mark-badge"))
	if m.Mention != "" {
		out = append(out, c.T("winner-mark-mention")+"\n"+m.Mention)
	}
	return out
}

// snippet is the badge as HTML, for the winner's own website.
func (c *folder) snippet(shown *model.Profile) string {
	href := c.page
	if href == "" {
		href = c.short
	}
	alt := c.T("winner-alt-named", "name", shown.Name, "programme", c.programme.Name, "edition", c.award.Edition.Title)
	return `<a href="` + html.EscapeString(href) + `"><img src="` + badgeName + `.png" width="240" height="80" alt="` + html.EscapeString(alt) + `"></a>`
}

// letter is the message that brings a winner its zip.
type letter struct {
	mail         export.Mail // without its text and its file
	file, place  string      // the zip's name, and where the kit has it
	with, beside string      // the text with the zip attached, and without
	most         int         // the largest zip that is attached, in bytes
}

// write writes the letter. It goes to the address in the record: consent says what is published, and a
// letter is not.
func (c *folder) write(shown *model.Profile, mark string) {
	l := &c.letter
	l.mail.To = export.Mailbox{Name: shown.Name, Address: c.person.Email}
	l.mail.Subject = c.T("winner-subject", "programme", c.programme.Name, "edition", c.award.Edition.Title)
	l.file, l.place, l.most = c.person.ID+".zip", "kit/"+c.winner.zip().path, c.site.Kit.Attach*1e6
	hello := c.T("winner-hello") + "\n\n" + c.T("winner-news", "name", shown.Name, "programme", c.programme.Name, "edition", c.award.Edition.Title)
	if c.site.Demo {
		hello = c.T("winner-demo") + "\n\n" + hello
	}
	var list, titles []string
	for _, f := range c.winner.files {
		if len(titles) == 0 || titles[len(titles)-1] != f.title {
			titles = append(titles, f.title)
			list = append(list, "– "+f.title)
		}
	}
	list = append(list, "– "+c.T("winner-also"))
	rest := []string{strings.Join(list, "\n"), c.T("winner-start", "how", c.name("how")), strings.Join(c.addresses(), "\n")}
	if mark != "" {
		rest = append(rest, c.T("winner-mail-mark", "file", mark))
	}
	bye := c.T("winner-bye")
	if p := c.site.Publisher; p != nil {
		l.mail.From = export.Mailbox{Name: p.Name, Address: p.Email}
		bye += "\n" + strings.ReplaceAll(reached(p), ", ", "\n")
	}
	end := strings.Join(append(rest, bye), "\n\n") + "\n"
	l.with = hello + "\n\n" + c.T("winner-attached", "file", l.file) + "\n" + end
	l.beside = c.T("winner-to-attach", "file", l.place) + "\n\n" + hello + "\n\n" + c.T("winner-elsewhere") + "\n" + end
}

// key is that of the message, whose zip has a key.
func (l *letter) key(zip cache.Key) cache.Key {
	return cache.KeyOf([]byte("letter"), zip[:], []byte(l.mail.From.Name), []byte(l.mail.From.Address), []byte(l.mail.To.Name), []byte(l.mail.To.Address),
		[]byte(l.mail.Subject), []byte(l.with), []byte(l.beside), fmt.Append(nil, l.most))
}

// bytes is the message with a zip, where that is not too large for a letter box.
func (l *letter) bytes(zip []byte) []byte {
	m := l.mail
	m.Text = l.beside
	if len(zip) <= l.most {
		m.Text, m.File, m.Data = l.with, l.file, zip
	}
	return m.Bytes()
}

// mergeLines is how many lines of an address the mail merge has.
const mergeLines = 4

// merge is the table of a programme's winners; nil when there are none.
func (k *kit) merge(g *model.Programme, all []*winner) ([]byte, error) {
	t := k.teller()
	head := []string{t.T("winner-field-name"), t.T("winner-field-print"), t.T("winner-field-email")}
	for i := range mergeLines {
		head = append(head, t.T("winner-field-line", "n", i+1))
	}
	for _, field := range []string{"commune", "page", "short", "file"} {
		head = append(head, t.T("winner-field-"+field))
	}
	rows := [][]string{head}
	for _, w := range all {
		if w.programme != g {
			continue
		}
		shown := w.person.PrintProfile(k.site)
		row := []string{shown.Name, shown.PrintName, w.person.Email}
		for i := range mergeLines {
			line := ""
			switch lines := shown.Postal; {
			case i == mergeLines-1 && len(lines) > mergeLines:
				line = strings.Join(lines[i:], ", ")
			case i < len(lines):
				line = lines[i]
			}
			row = append(row, line)
		}
		commune, page := "", ""
		if shown.Commune != nil {
			commune = shown.Commune.Name
		}
		if w.person.HasPage(k.site.Today) {
			page = k.site.BaseURL + k.plan.Sections[g].Participant(w.person)
		}
		rows = append(rows, append(row, commune, page, shown.ShortURL, strings.TrimPrefix(w.zip().path, g.ID+"/")))
	}
	if len(rows) == 1 || t.err != nil {
		return nil, t.err
	}
	return export.MailMerge(rows), nil
}
