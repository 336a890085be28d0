package bind

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"vitrine/internal/diag"
	"vitrine/internal/ident"
	"vitrine/internal/load"
	"vitrine/internal/model"
	"vitrine/internal/typography"
)

// reader takes the keys of one record. The record may lie in several places (its
// table and the head of its Markdown file); a key set in two of them is an error.
// What was never asked for is, at the end, an unknown key.
type reader struct {
	b     *binder
	parts []*load.Table
	known []string
	list  *diag.List
	room  [8]string // for the keys of small records
}

func (b *binder) read(list *diag.List, parts ...*load.Table) *reader {
	r := &reader{b: b, parts: parts, list: list}
	r.known = r.room[:0]
	return r
}

// origin is where the record is written.
func (r *reader) origin() diag.Origin {
	if len(r.parts) == 1 {
		return r.parts[0].Ref
	}
	refs := make(places, len(r.parts))
	for i, p := range r.parts {
		refs[i] = p.Ref
	}
	return refs
}

// places is a record in several files.
type places []load.Ref

func (p places) Span(key string) diag.Span {
	for _, ref := range p {
		if s, ok := ref.Find(key); ok {
			return s
		}
	}
	return p[0].Span("")
}

// part declares the key and returns the table that holds it, or nil.
func (r *reader) part(key string) *load.Table {
	r.known = append(r.known, key)
	var found *load.Table
	for _, p := range r.parts {
		if !p.Has(key) {
			continue
		}
		if found != nil {
			r.report(diag.New(diag.TwicePlace, p.KeySpan(key), "key", key, "other", found.File()))
			continue
		}
		found = p
	}
	return found
}

func (r *reader) has(key string) bool { return r.part(key) != nil }

// holds reports whether a part sets the key, without asking for it.
func (r *reader) holds(key string) bool {
	return slices.ContainsFunc(r.parts, func(p *load.Table) bool { return p.Has(key) })
}

func (r *reader) report(d diag.Diagnostic) { *r.list = append(*r.list, d) }

// span is the place of a key's value, or of the record.
func (r *reader) span(key string) diag.Span { return r.origin().Span(key) }

func (r *reader) wrong(p *load.Table, key, want string) {
	r.report(diag.New(diag.WrongType, p.Span(key), "key", key, "want", want))
}

// need reports the keys that are missing, or that hold nothing.
func (r *reader) need(keys ...string) {
	for _, k := range keys {
		if !r.holds(k) {
			r.report(diag.New(diag.MissingKey, r.span(""), "key", k).WithHint("add-to-file", "key", k))
			continue
		}
		for _, p := range r.parts {
			if v, ok := p.String(k); ok && strings.TrimSpace(v) == "" {
				r.report(diag.New(diag.MissingKey, p.Span(k), "key", k).WithHint("fill-in", "key", k))
			}
		}
	}
}

// done reports every key that no one asked for, with the nearest that exists.
func (r *reader) done() {
	for _, p := range r.parts {
		if p.Len() == 0 {
			continue
		}
		for _, k := range p.Keys() {
			if slices.Contains(r.known, k) {
				continue
			}
			d := diag.New(diag.UnknownKey, p.KeySpan(k), "key", k)
			if near, ok := r.meant(k); ok {
				d = d.WithHint("did-you-mean", "word", near)
			} else {
				known := slices.Clone(r.known)
				slices.Sort(known)
				d = d.WithHint("known-keys", "keys", strings.Join(slices.Compact(known), ", "))
			}
			r.report(d)
		}
	}
}

// meant is the key that was probably meant: one that a slip apart, or the one that a
// French word stands for.
func (r *reader) meant(key string) (string, bool) {
	if near, ok := ident.Nearest(key, r.known); ok {
		return near, true
	}
	word := strings.ReplaceAll(typography.Slug(key), "-", "_")
	for _, candidate := range []string{word, frenchKeys[word]} {
		if slices.Contains(r.known, candidate) {
			return candidate, true
		}
	}
	return "", false
}

// frenchKeys are the keys that a French hand writes first.
var frenchKeys = map[string]string{
	"nom": "name", "enseigne": "name", "raison_sociale": "legal_name", "identifiant": "id", "titre": "title",
	"adresse": "address", "code_postal": "postcode", "cp": "postcode", "code_insee": "commune", "ville": "commune",
	"telephone": "phone", "tel": "phone", "portable": "mobile", "courriel": "email", "mail": "email", "site": "url",
	"site_web": "url", "horaires": "hours", "metier": "trade", "activite": "activity", "effectif": "employees",
	"latitude": "lat", "longitude": "lon", "statut": "status", "accord": "consent", "defi": "challenge",
	"date": "on", "niveau": "level", "numero": "number", "preuves": "evidence", "justificatifs": "evidence",
	"participante": "participant", "texte": "text", "nouveau": "new", "fait_le": "done_on", "remis_le": "on",
	"thematique": "theme", "resume": "summary", "pourquoi": "why", "comment": "how",
}

// raw is a string as it is written.
func (r *reader) raw(key string) string {
	p := r.part(key)
	if p == nil {
		return ""
	}
	v, ok := p.String(key)
	if !ok {
		r.wrong(p, key, "a-string")
	}
	return strings.TrimSpace(v)
}

// text is a string as it is shown: with the typography of the site's language.
func (r *reader) text(key string) string {
	v := r.raw(key)
	if (strings.HasPrefix(v, "À REMPLACER") || strings.HasPrefix(v, "TO REPLACE")) && !r.b.site.Demo {
		r.report(diag.New(diag.ToReplace, r.span(key), "key", key)) // as new files of `vitrine new` mark it
	}
	return typography.Text(r.b.lang, v)
}

func (r *reader) texts(key string) []string {
	list := r.strings(key)
	for i, s := range list {
		list[i] = typography.Text(r.b.lang, s)
	}
	return list
}

func (r *reader) strings(key string) []string {
	p := r.part(key)
	if p == nil {
		return nil
	}
	v, ok := p.Strings(key)
	if !ok {
		r.wrong(p, key, "a-list")
	}
	return v
}

func (r *reader) integer(key string) (int, bool) {
	p := r.part(key)
	if p == nil {
		return 0, false
	}
	v, ok := p.Integer(key)
	if !ok {
		r.wrong(p, key, "an-integer")
		return 0, false
	}
	if v < -1_000_000_000 || v > 1_000_000_000 {
		r.report(diag.New(diag.BadNumber, p.Span(key), "key", key, "value", strconv.FormatInt(v, 10)))
		return 0, false
	}
	return int(v), true
}

// count is a whole number that is not negative.
func (r *reader) count(key string) int {
	n, ok := r.integer(key)
	if ok && n < 0 {
		r.report(diag.New(diag.BadNumber, r.span(key), "key", key, "value", strconv.Itoa(n)))
		return 0
	}
	return n
}

func (r *reader) number(key string) (float64, bool) {
	p := r.part(key)
	if p == nil {
		return 0, false
	}
	v, ok := p.Number(key)
	if !ok {
		r.wrong(p, key, "a-number")
		return 0, false
	}
	if v != v || v > 1e15 || v < -1e15 {
		r.report(diag.New(diag.BadNumber, p.Span(key), "key", key, "value", strconv.FormatFloat(v, 'g', -1, 64)))
		return 0, false
	}
	return v, true
}

// money is an amount in exact cents.
func (r *reader) money(key string) model.Cents {
	v, ok := r.number(key)
	c := cents(v)
	if ok && math.Abs(v*100-float64(c)) > 1e-3 {
		r.report(diag.New(diag.BadNumber, r.span(key), "key", key, "value", strconv.FormatFloat(v, 'f', -1, 64)))
	}
	return c
}

// cents is an amount of euros to the nearest cent.
func cents(euros float64) model.Cents { return model.Cents(math.Round(euros * 100)) }

func (r *reader) boolean(key string) bool {
	p := r.part(key)
	if p == nil {
		return false
	}
	v, ok := p.Boolean(key)
	if !ok {
		r.wrong(p, key, "a-boolean")
	}
	return v
}

func (r *reader) date(key string) model.Date {
	p := r.part(key)
	if p == nil {
		return model.Date{}
	}
	t, ok := p.Date(key)
	if !ok {
		v, isText := p.String(key)
		if isText {
			r.report(badDate(p, key, v))
		} else {
			r.wrong(p, key, "a-date")
		}
		return model.Date{}
	}
	return model.DateOf(t)
}

// badDate says what a text that is no date should be, when it can be told.
func badDate(p *load.Table, key, v string) diag.Diagnostic {
	d := diag.New(diag.BadDate, p.Span(key), "value", v)
	for _, form := range []string{time.DateOnly, "02/01/2006", "2/1/2006", "02-01-2006", "02.01.2006", "02/01/06"} {
		t, err := time.Parse(form, strings.TrimSpace(v))
		if err != nil {
			continue
		}
		if p.Row() {
			return d.WithHint("write-instead", "value", t.Format(time.DateOnly))
		}
		return d.WithHint("write-unquoted", "value", t.Format(time.DateOnly))
	}
	return d
}

// moment is a date with the hour of a TOML date and time, if it has one.
func (r *reader) moment(key string) (model.Date, string) {
	d := r.date(key)
	for _, p := range r.parts {
		if t, ok := p.Date(key); ok && (t.Hour() != 0 || t.Minute() != 0) {
			return d, t.Format("15:04")
		}
	}
	return d, ""
}

func (r *reader) period(key string) model.Period {
	v := r.raw(key)
	if v == "" {
		return model.Period{}
	}
	p, ok := model.ParsePeriod(v)
	if !ok {
		r.report(diag.New(diag.BadPeriod, r.span(key), "value", v))
	}
	return p
}

// table reads the table at a key; fill may be left out when there is none.
func (r *reader) table(key string, fill func(*reader)) {
	p := r.part(key)
	if p == nil {
		return
	}
	t, ok := p.Table(key)
	if !ok {
		r.wrong(p, key, "a-table")
		return
	}
	sub := r.b.read(r.list, t)
	fill(sub)
	sub.done()
}

// tables reads a list of tables.
func (r *reader) tables(key string, fill func(*reader)) {
	p := r.part(key)
	if p == nil {
		return
	}
	list, ok := p.Tables(key)
	if !ok {
		r.wrong(p, key, "tables")
		return
	}
	for _, t := range list {
		sub := r.b.read(r.list, t)
		fill(sub)
		sub.done()
	}
}

// rest lets every other key be: the caller reads them itself.
func (r *reader) rest() []string {
	var keys []string
	for _, p := range r.parts {
		for _, k := range p.Keys() {
			if !slices.Contains(r.known, k) {
				keys = append(keys, k)
			}
		}
	}
	slices.Sort(keys)
	r.known = append(r.known, keys...)
	return keys
}
