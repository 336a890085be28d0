package intake

import (
	"fmt"
	"slices"
	"strings"

	"vitrine/internal/diag"
	"vitrine/internal/load"
	"vitrine/internal/model"
	"vitrine/internal/source"
)

// pair is a key and its value, as text: true, 2023-11-30, a | b.
type pair struct{ key, text string }

// pairs are the values of a record, in no order. There are few: a list is walked faster
// than a map, and holds less.
type pairs []pair

func (p pairs) get(key string) (string, bool) {
	for _, x := range p {
		if x.key == key {
			return x.text, true
		}
	}
	return "", false
}

func (p *pairs) set(key, text string) {
	for i := range *p {
		if (*p)[i].key == key {
			(*p)[i].text = text
			return
		}
	}
	*p = append(*p, pair{key, text})
}

// record is a participant of the data, or a new one.
type record struct {
	id          string
	aliases     []string
	values      pairs
	commitments []*sub
	awards      []*sub

	parts []*load.Table // where it is written; none when it is new
	story bool          // the last part is the head of its Markdown file
	was   bool          // its status says that it left

	seen  bool
	first Place // the row that named it first
	edits []edit
}

// sub is a commitment or an award.
type sub struct {
	ref    string // the challenge or the edition
	values pairs
	table  *load.Table // nil when it is new
	turn   int         // how many of the same reference come before it
}

// edit is a value that is to be written.
type edit struct {
	sub  *sub // nil: of the participant itself
	key  string
	text string
}

func (r *record) isNew() bool { return len(r.parts) == 0 }

func (r *record) value(key string) string { v, _ := r.values.get(key); return v }

// change sets a value, to be written.
func (r *record) change(s *sub, key, text string) {
	if s != nil {
		s.values.set(key, text)
		if s.table == nil {
			return
		}
	} else {
		r.values.set(key, text)
		if r.isNew() {
			return
		}
	}
	r.edits = append(r.edits, edit{s, key, text})
}

// files are the programme's own, as far as participants go.
type files struct {
	tree      *source.Tree
	dir       string // data/programmes/ID
	content   string // content/ID/participants
	records   []*record
	csv, toml bool // there is a participants.csv, a participants.toml
	subCSV    map[string]bool
}

// gather reads every participant as it is written. The site is known to load.
func gather(tree *source.Tree, programme string) (*files, diag.List) {
	f := &files{tree: tree, dir: "data/programmes/" + programme, content: "content/" + programme + "/participants", subCSV: map[string]bool{}}
	stories := map[string]string{}
	names, _ := tree.Files(f.content) // the site loads: the folder can be listed
	for _, n := range names {
		if id, ok := strings.CutSuffix(n, ".md"); ok && !strings.Contains(id, ".") {
			stories[id] = f.content + "/" + n
		}
	}
	byID := map[string]*record{}
	add := func(t *load.Table) {
		id, _ := t.String("id")
		r := &record{id: strings.TrimSpace(id), parts: []*load.Table{t}}
		byID[r.id] = r
		f.records = append(f.records, r)
	}
	root, list := load.TOML(tree, f.dir+"/participants.toml")
	if len(list) > 0 {
		return nil, list
	}
	f.toml = root != nil
	if root != nil {
		rows, _ := root.Tables("participant")
		for _, t := range rows {
			add(t)
		}
	}
	f.csv = tree.Exists(f.dir + "/participants.csv")
	rows, list := load.CSV(tree, f.dir+"/participants.csv")
	if len(list) > 0 {
		return nil, list
	}
	for _, t := range rows {
		add(t)
	}
	ids := make([]string, 0, len(stories))
	for id := range stories {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for _, id := range ids {
		md, list := load.Read(tree, stories[id])
		if len(list) > 0 || md.Head == nil {
			return nil, list
		}
		r := byID[id]
		if r == nil {
			r = &record{id: id}
			byID[id] = r
			f.records = append(f.records, r)
		}
		if md.Head.Len() > 0 || len(r.parts) == 0 {
			r.parts = append(r.parts, md.Head)
			r.story = true
		}
	}
	for _, name := range []string{"commitments", "awards"} {
		f.subCSV[name] = tree.Exists(f.dir + "/" + name + ".csv")
		rows, list := load.CSV(tree, f.dir+"/"+name+".csv")
		if len(list) > 0 {
			return nil, list
		}
		for _, t := range rows {
			id, _ := t.String("participant")
			if r := byID[id]; r != nil {
				r.attach(strings.TrimSuffix(name, "s"), t)
			}
		}
	}
	for _, r := range f.records {
		r.read()
	}
	return f, nil
}

// read takes the values of a record from where they are written.
func (r *record) read() {
	rows := [2][]*sub{r.commitments, r.awards}
	r.commitments, r.awards = nil, nil
	for _, t := range r.parts {
		for _, key := range t.Keys() {
			switch key {
			case "commitment", "award":
				subs, _ := t.Tables(key)
				for _, s := range subs {
					r.attach(key, s)
				}
			case "members", "photo":
				inner, ok := t.Table(key)
				if !ok {
					if v, ok := t.String(key); ok {
						r.values.set(key+".file", v)
					}
					continue
				}
				for _, k := range inner.Keys() {
					r.values.set(key+"."+k, asText(inner, k))
				}
			case "aliases":
				r.aliases, _ = t.Strings(key)
				r.values.set(key, joinList(r.aliases))
			default:
				r.values.set(key, asText(t, key))
			}
		}
	}
	r.commitments, r.awards = append(r.commitments, rows[0]...), append(r.awards, rows[1]...)
	numberSubs(r.commitments...)
	status := r.value("status")
	r.was = status == model.Closed || status == model.Withdrawn || r.value("withdrawn_on") != ""
}

// attach adds a commitment or an award.
func (r *record) attach(kind string, t *load.Table) {
	s := &sub{table: t}
	for _, k := range t.Keys() {
		if k != "participant" {
			s.values.set(k, asText(t, k))
		}
	}
	if kind == "commitment" {
		s.ref, _ = s.values.get("challenge")
		r.commitments = append(r.commitments, s)
		return
	}
	s.ref, _ = s.values.get("edition")
	r.awards = append(r.awards, s)
}

// numberSubs counts those that name the same thing.
func numberSubs(subs ...*sub) {
	turns := map[string]int{}
	for _, s := range subs {
		s.turn = turns[s.ref]
		turns[s.ref]++
	}
}

// asText is a value as text, whatever its type.
func asText(t *load.Table, key string) string {
	f := fieldOf(key)
	list := f != nil && (f.kind == kList || f.kind == kEvidence || f.kind == kConsent)
	if list {
		v, ok := t.Strings(key)
		if ok && len(v) == 0 && f.kind == kConsent {
			return none
		}
		return joinList(v)
	}
	if v, ok := t.String(key); ok {
		if t.Row() && f != nil && f.kind == kBool {
			if b, ok := t.Boolean(key); ok {
				return fmt.Sprint(b)
			}
		}
		return v
	}
	if v, ok := t.Date(key); ok {
		return model.DateOf(v).String()
	}
	if v, ok := t.Integer(key); ok {
		return fmt.Sprint(v)
	}
	if v, ok := t.Number(key); ok {
		return decimal(v)
	}
	if v, ok := t.Boolean(key); ok {
		return fmt.Sprint(v)
	}
	v, _ := t.Strings(key)
	return joinList(v)
}
