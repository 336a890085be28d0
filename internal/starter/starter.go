// Package starter writes the first files of a site, a programme, a participant, a piece and a theme:
// commented, complete enough to be built, in the site's language. It reads what the site
// has already and returns whole files by their names; putting them down is its caller's.
package starter

import (
	"bytes"
	"embed"
	"fmt"
	"path"
	"strings"
	"text/template"

	"vitrine/internal/bind"
	"vitrine/internal/diag"
	"vitrine/internal/ident"
	"vitrine/internal/load"
	"vitrine/internal/source"
	"vitrine/internal/typography"
)

//go:embed files
var files embed.FS

// Files are whole files by their slash-separated names, relative to the site.
type Files map[string][]byte

// Reason says why nothing can be started.
type Reason string

// The reasons, and what of a Problem they use.
const (
	BadID            Reason = "bad-id"            // ID; Proposal, or none
	Reserved         Reason = "reserved"          // ID
	Taken            Reason = "taken"             // ID, File
	NoSite           Reason = "no-site"           //
	NoProgramme      Reason = "no-programme"      // Known is empty
	WhichProgramme   Reason = "which-programme"   // Known
	UnknownProgramme Reason = "unknown-programme" // ID, Known
	UnknownTemplate  Reason = "unknown-template"  // ID, Known
	UnknownKind      Reason = "unknown-kind"      // ID, Known
	UnknownCopy      Reason = "unknown-copy"      // ID, Known
	TwoOfThatName    Reason = "two-of-that-name"  // ID, Known: how to name each
	BadColour        Reason = "bad-colour"        // ID
	Unreadable       Reason = "unreadable"        // File, List: what is wrong in it
	ByHand           Reason = "by-hand"           // File, Text: what to write there by hand
)

// Problem is why nothing can be started.
type Problem struct {
	Reason       Reason
	ID, Proposal string
	File, Text   string
	Known        []string
	List         diag.List
}

func (p *Problem) Error() string { return string(p.Reason) + " " + p.ID + p.File }

// fields are what the texts show.
type fields struct {
	Title, ID, Name      string
	Kind                 string
	Territory, Publisher string
	Today, Year          string // 2025-03-14, 2025
	Example              bool
	Trades, Challenges   string // ids that there are
	Editions             string
	Challenge, Edition   string // one of them
}

// NewSite is what a new site is made from.
type NewSite struct {
	Language  typography.Language
	Title     string
	Programme string // the name of its first programme
	ID        string // of that programme; empty: the slug of its name
	Kind      string // of that programme, one of Kinds; empty: the first of them
	Today     string // the day, as 2025-03-14
}

// Site returns the files of a new site with one programme, marked as invented. A label has an
// example participant too: the others have no award that one could show.
func Site(n NewSite) (Files, error) {
	if n.ID == "" {
		n.ID = typography.Slug(n.Programme)
	}
	if err := checkProgramme(n.ID); err != nil {
		return nil, err
	}
	if n.Kind == "" {
		n.Kind = Kinds[0]
	}
	if drafts[n.Kind] == "" {
		return nil, &Problem{Reason: UnknownKind, ID: n.Kind, Known: Kinds}
	}
	f := fields{Title: n.Title, ID: n.ID, Name: n.Programme, Kind: n.Kind, Today: n.Today, Year: year(n.Today), Example: n.Kind == Kinds[0]}
	f.Territory, f.Publisher = "votre-territoire", "votre-organisation"
	if n.Language == typography.English {
		f.Territory, f.Publisher = "your-territory", "your-organisation"
	}
	out := Files{}
	for _, name := range []string{"site", "organisations", "territories", "trades"} {
		if err := out.add("data/"+name+".toml", n.Language, name, f); err != nil {
			return nil, err
		}
	}
	return out, out.programme(n.Language, f)
}

// Kinds are the kinds of programmes that there are first files for; the first one is
// what a programme is when nothing is said.
var Kinds = []string{"label", "challenge", "charter", "network", "club"}

// drafts are the texts of programme.toml by kind.
var drafts = map[string]string{
	"label": "programme", "challenge": "programme-challenge", "charter": "programme-charter", "network": "programme-network", "club": "programme-network",
}

func (o Files) programme(lang typography.Language, f fields) error {
	for _, name := range []string{"programme", "challenges", "participants"} {
		text := name
		if name == "programme" {
			text = drafts[f.Kind]
		}
		if err := o.add("data/programmes/"+f.ID+"/"+name+".toml", lang, text, f); err != nil {
			return err
		}
	}
	return nil
}

// Programme returns the files of another programme of the site, of one of Kinds. Its
// territory is the site's first; where there is none, check says what to fill.
func Programme(tree *source.Tree, id, name, kind, today string) (Files, error) {
	if kind == "" {
		kind = Kinds[0]
	}
	if drafts[kind] == "" {
		return nil, &Problem{Reason: UnknownKind, ID: kind, Known: Kinds}
	}
	lang, err := Language(tree)
	if err != nil {
		return nil, err
	}
	if err := checkProgramme(id); err != nil {
		return nil, err
	}
	dir := "data/programmes/" + id
	if names, err := tree.Walk(dir); err == nil && len(names) > 0 {
		return nil, &Problem{Reason: Taken, ID: id, File: dir}
	}
	site, _ := load.TOML(tree, "data/site.toml")
	f := fields{ID: id, Name: name, Kind: kind, Today: today, Year: year(today)}
	if site != nil {
		f.Publisher, _ = site.String("publisher")
	}
	if ids := idsOf(tree, "data/territories.toml", "territory"); len(ids) > 0 {
		f.Territory = ids[0]
	}
	out := Files{}
	return out, out.programme(lang, f)
}

// checkProgramme holds the id of a programme to its form.
func checkProgramme(id string) error {
	if bind.TakenAddress(id) {
		return &Problem{Reason: Reserved, ID: id}
	}
	return checkID(id)
}

func checkID(id string) error {
	switch ident.ID(id) {
	case ident.OK:
		return nil
	case ident.ReservedName:
		return &Problem{Reason: Reserved, ID: id}
	}
	slug := typography.Slug(id)
	if ident.ID(slug) != ident.OK {
		slug = ""
	}
	return &Problem{Reason: BadID, ID: id, Proposal: slug}
}

// Language is that of the site; a folder without data/site.toml is none.
func Language(tree *source.Tree) (typography.Language, error) {
	if !tree.Exists("data/site.toml") {
		return "", &Problem{Reason: NoSite}
	}
	t, list := load.TOML(tree, "data/site.toml")
	if t == nil {
		return "", &Problem{Reason: Unreadable, File: "data/site.toml", List: list}
	}
	if lang, _ := t.String("language"); lang == string(typography.English) {
		return typography.English, nil
	}
	return typography.French, nil
}

// year is that of a day.
func year(day string) string { y, _, _ := strings.Cut(day, "-"); return y }

// idsOf lists the ids of the tables of a file, as they are written; nothing where the
// file cannot be read.
func idsOf(tree *source.Tree, file, key string) []string {
	t, _ := load.TOML(tree, file)
	if t == nil {
		return nil
	}
	rows, _ := t.Tables(key)
	var out []string
	for _, r := range rows {
		if id, ok := r.String("id"); ok && ident.ID(id) == ident.OK {
			out = append(out, id)
		}
	}
	return out
}

// add fills one of the texts.
func (o Files) add(name string, lang typography.Language, text string, f fields) error {
	data, err := fill(lang, text, f)
	o[name] = data
	return err
}

func fill(lang typography.Language, name string, f any) ([]byte, error) {
	if path.Ext(name) == "" {
		name += ".toml"
	}
	folder := "fr"
	if lang == typography.English {
		folder = "en"
	}
	t, err := template.New(name).Funcs(template.FuncMap{"q": quote}).ParseFS(files, "files/"+folder+"/"+name)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = t.Execute(&b, f)
	return b.Bytes(), err
}

// quote writes a text as a TOML string.
func quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range strings.ToValidUTF8(s, "\ufffd") {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < ' ' || r == 0x7f:
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
