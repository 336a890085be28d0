package build

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"vitrine/internal/diag"
	"vitrine/internal/ident"
	"vitrine/internal/load"
	"vitrine/internal/model"
	"vitrine/internal/write"
)

// sentDir is where a site keeps what it sent to print, below its folder.
const sentDir = "data/sent"

// SentFile is where a run is recorded, in the site.
func SentFile(name string) string { return sentDir + "/" + name + ".toml" }

// SentError is a run that is recorded already.
type SentError struct{ File string }

func (e *SentError) Error() string { return e.File + " is there already" }

// sentRun is a run that was sent to print: what every page of it showed.
type sentRun struct {
	On      model.Date
	Only    string   // the one piece that it was, if it was one
	Calling []string // PROGRAMME/EDITION/PARTICIPANT, in the order of call
	Items   []sentItem
}

// sentItem is a piece of one subject.
type sentItem struct {
	Programme, Piece, Subject string   // ids; label, diploma, award/2025/garage-du-pont
	Name, Place               string   // as printed then; the subject's title where it is no participant
	Pages                     []string // a digest of what each shows
}

// participant is the id of the item's participant, if it has one.
func (s *sentItem) participant() string {
	kind, id, _ := strings.Cut(s.Subject, "/")
	if kind != "award" && kind != "participant" {
		return ""
	}
	return id[strings.LastIndexByte(id, '/')+1:]
}

// maySend is nil when a run may be recorded.
func (b *builder) maySend() error {
	if b.Sent != "" && !b.Force && b.tree.Exists(SentFile(b.Sent)) {
		return &SentError{File: SentFile(b.Sent)}
	}
	return nil
}

// send records what was just built as sent to print. A record that it replaces is kept in
// the folder of the state.
func (b *builder) send() error {
	run, err := b.run()
	if err != nil {
		return err
	}
	file, text := SentFile(b.Sent), run.text(b.Sent, b.result.Language)
	b.result.Sent = file
	if old, err := b.tree.Read(file); err == nil && string(old) == string(text) {
		return nil
	}
	for n := 1; ; n++ {
		err := write.Edit(b.Site, fmt.Sprintf(".vitrine/sent/%s-%d", b.Sent, n), map[string][]byte{file: text})
		if !errors.Is(err, fs.ErrExist) {
			return err
		}
	}
}

// run lays out all that goes to print, to see what it shows.
func (b *builder) run() (*sentRun, error) {
	r := &sentRun{On: b.site.Today, Only: b.piece()}
	k := newKit(b)
	presses := k.presses("")
	items := make([][]sentItem, len(presses))
	for i := range presses {
		p := &presses[i]
		k.prepare(&p.job) // its findings were reported when it was made
		items[i] = make([]sentItem, len(p.Subjects))
		err := k.each("sent", len(p.Subjects), func(n int) error {
			doc, _, list := k.render(&p.job, &p.Subjects[n])
			if list.Errors() > 0 {
				return fmt.Errorf("%s of %s cannot be laid out", p.Use.ID, p.Subjects[n].Name())
			}
			var err error
			items[i][n], err = k.item(p, n, doc)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	r.Items = slices.Concat(items...)
	for _, c := range b.calling() {
		r.Calling = append(r.Calling, c.key())
	}
	return r, nil
}

// text is the record as a file: sorted, a piece of a subject a block, so that two of them
// can be compared and merged line by line.
func (r *sentRun) text(name string, lang diag.Language) []byte {
	head := "# What was sent to print as « " + name + " »: vitrine reprint --since " + name + " compares with it.\n"
	if lang == diag.French {
		head = "# Ce qui est parti à l’impression sous le nom « " + name + " » : vitrine reprint --since " + name + " s’y compare.\n"
	}
	b := []byte(head)
	b = append(b, "on = "+r.On.String()+"\n"...)
	if r.Only != "" {
		b = fmt.Appendf(b, "only = %s\n", quoted(r.Only))
	}
	b = append(b, "calling = [\n"...)
	for _, c := range r.Calling {
		b = fmt.Appendf(b, "  %s,\n", quoted(c))
	}
	b = append(b, "]\n"...)
	items := slices.Clone(r.Items)
	slices.SortStableFunc(items, func(x, y sentItem) int {
		return cmp.Or(strings.Compare(x.Programme, y.Programme), strings.Compare(x.Piece, y.Piece), strings.Compare(x.Subject, y.Subject))
	})
	for i := range items {
		s := &items[i]
		b = fmt.Appendf(b, "\n[[sent]]\nprogramme = %s\npiece = %s\nsubject = %s\nname = %s\n", quoted(s.Programme), quoted(s.Piece), quoted(s.Subject), quoted(s.Name))
		if s.Place != "" {
			b = fmt.Appendf(b, "place = %s\n", quoted(s.Place))
		}
		pages := make([]string, len(s.Pages))
		for n, p := range s.Pages {
			pages[n] = quoted(p)
		}
		b = fmt.Appendf(b, "pages = [%s]\n", strings.Join(pages, ", "))
	}
	return b
}

// quoted is a TOML string.
func quoted(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, c := range s {
		switch {
		case c == '"' || c == '\\':
			b.WriteByte('\\')
			b.WriteRune(c)
		case c < ' ' || c == 0x7f:
			fmt.Fprintf(&b, `\u%04X`, c)
		default:
			b.WriteRune(c)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// sent reads the record of a run.
func (b *builder) sent(name string) (*sentRun, diag.List, error) {
	if ident.ID(name) != ident.OK || !b.tree.Exists(SentFile(name)) {
		var known []string
		names, _ := b.tree.Files(sentDir) // without the folder there are none
		for _, n := range names {
			if stem, ok := strings.CutSuffix(n, ".toml"); ok {
				known = append(known, stem)
			}
		}
		near, _ := ident.Nearest(name, known)
		return nil, nil, &UnknownError{Kind: "sent", ID: name, Near: near, Known: known}
	}
	t, list := load.TOML(b.tree, SentFile(name))
	if t == nil {
		return nil, list, nil
	}
	r := &sentRun{}
	if on, ok := t.Date("on"); ok {
		r.On = model.DateOf(on)
	} else {
		list = append(list, diag.New(diag.MissingKey, t.Span(""), "key", "on"))
	}
	r.Only, _ = t.String("only")
	r.Calling, _ = t.Strings("calling")
	blocks, _ := t.Tables("sent")
	for _, block := range blocks {
		var s sentItem
		for _, f := range []struct {
			key string
			to  *string
		}{{"programme", &s.Programme}, {"piece", &s.Piece}, {"subject", &s.Subject}, {"name", &s.Name}} {
			var ok bool
			if *f.to, ok = block.String(f.key); !ok {
				list = append(list, diag.New(diag.MissingKey, block.Span(""), "key", f.key))
			}
		}
		s.Place, _ = block.String("place")
		var ok bool
		if s.Pages, ok = block.Strings("pages"); !ok {
			list = append(list, diag.New(diag.MissingKey, block.Span(""), "key", "pages"))
		}
		r.Items = append(r.Items, s)
	}
	return r, list, nil
}
