package intake

import (
	"slices"
	"strings"

	"vitrine/internal/ident"
	"vitrine/internal/model"
	"vitrine/internal/typography"
)

// index finds participants by what rows call them.
type index struct {
	byID    map[string]*record
	bySIRET map[string]*record
	byName  map[string][]*record // plain name and commune
	old     map[string][]string  // commune → plain names of the data's participants
	byPlain map[string][]*record // plain name alone, of the data's participants
	codes   map[string]bool      // short codes of the site
}

func newIndex(site *model.Site, records []*record) *index {
	x := &index{
		byID: map[string]*record{}, bySIRET: map[string]*record{}, byName: map[string][]*record{},
		old: map[string][]string{}, byPlain: map[string][]*record{}, codes: map[string]bool{},
	}
	for _, p := range site.Programmes {
		for _, m := range model.Participants(p) {
			x.codes[m.Code] = true
			x.codes[ident.ShortCode(p.ID, m.ID)] = true
		}
	}
	for _, r := range records {
		x.add(r)
		commune := r.value("commune")
		for _, n := range calledAs(r.values) {
			x.old[commune] = append(x.old[commune], n)
			x.byPlain[n] = append(x.byPlain[n], r)
		}
	}
	return x
}

// add makes a record be found.
func (x *index) add(r *record) {
	x.byID[r.id] = r
	for _, a := range r.aliases {
		x.byID[a] = r
	}
	if s, why := ident.SIRET(r.value("siret")); why == ident.OK && x.bySIRET[s] == nil {
		x.bySIRET[s] = r
	}
	for _, n := range calledAs(r.values) {
		key := n + "\x00" + r.value("commune")
		if !slices.Contains(x.byName[key], r) {
			x.byName[key] = append(x.byName[key], r)
		}
	}
}

// calledAs are the plain names of a record.
func calledAs(p pairs) []string {
	var out []string
	for _, key := range []string{"name", "print_name", "legal_name"} {
		v, _ := p.get(key)
		if n := businessName(v); n != "" && !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}

// businessName is a name as names are compared: without a legal form.
func businessName(s string) string {
	words := strings.Fields(strings.ToUpper(s))
	for len(words) > 1 && legalForms[words[0]] {
		words = words[1:]
	}
	for len(words) > 1 && legalForms[words[len(words)-1]] {
		words = words[:len(words)-1]
	}
	return plainName(strings.ReplaceAll(strings.Join(words, " "), "&", " et "))
}

// found is whom a row is about.
type found struct {
	record *record // nil: somebody new
	code   string  // why it cannot be told; the row is refused
	detail string
}

// find tells whom a row is about.
func (x *index) find(in *incoming, m *Mapping, refs *references) found {
	if id := in.get("id"); id != "" && x.byID[id] != nil {
		return found{record: x.byID[id]}
	}
	label := in.name()
	if c := refs.communes[in.get("commune")]; c != nil {
		label += ", " + c.name
	}
	for _, name := range []string{label, in.name()} {
		if id, ok := m.who(name); ok && name != "" {
			if id == "" {
				return found{}
			}
			if r := x.byID[id]; r != nil {
				return found{record: r}
			}
			return found{code: "unknown-participant", detail: id}
		}
	}
	siret := in.get("siret")
	if r := x.bySIRET[siret]; siret != "" && r != nil {
		return found{record: r}
	}
	if in.get("id") != "" {
		return found{} // an id of its own: nobody else is meant
	}
	var values pairs
	for _, key := range []string{"name", "print_name", "legal_name"} {
		values.set(key, in.get(key))
	}
	commune := in.get("commune")
	var same []*record
	for _, n := range calledAs(values) {
		list := x.byName[n+"\x00"+commune]
		if commune == "" && len(list) == 0 {
			list = x.byPlain[n]
		}
		for _, r := range list {
			if !slices.Contains(same, r) {
				same = append(same, r)
			}
		}
	}
	var open []*record // of which the SIRET does not say that they are others
	for _, r := range same {
		other := r.value("siret")
		switch {
		case siret == "" || other == "":
			open = append(open, r)
		case !r.isNew():
			return found{code: "other-siret", detail: r.id + " (" + other + ")"}
		}
	}
	switch {
	case len(open) == 1:
		return found{record: open[0]}
	case len(open) > 1:
		var ids []string
		for _, r := range open {
			ids = append(ids, r.id)
		}
		return found{code: "several-people", detail: strings.Join(ids, ", ")}
	}
	return x.near(values, commune, siret, label)
}

// maxNear bounds how many names a row is compared with.
const maxNear = 2000

// near looks for a participant of the data whose name is nearly the row's.
func (x *index) near(values pairs, commune, siret, label string) found {
	names := x.old[commune]
	if len(names) == 0 || len(names) > maxNear {
		return found{}
	}
	for _, n := range calledAs(values) {
		near, ok := ident.Nearest(n, names)
		if !ok || len(n) < 5 {
			continue
		}
		for _, r := range x.byName[near+"\x00"+commune] {
			if other := r.value("siret"); siret != "" && other != "" && siret[:9] != other[:min(9, len(other))] {
				continue // another company
			}
			return found{code: "near-match", detail: label + " → " + r.id}
		}
	}
	return found{}
}

// newID makes the id of a new participant: the slug of its name, with its commune and
// then a number where that is taken. The same list gives the same ids.
func (x *index) newID(in *incoming, refs *references, programme string) string {
	base := typography.Slug(in.get("id"))
	if base == "" {
		for _, n := range []string{in.get("print_name"), in.get("name"), in.get("legal_name")} {
			if base = slugOf(n); base != "" {
				break
			}
		}
	}
	if base == "" {
		base = "participant"
	}
	free := func(id string) bool {
		return ident.ID(id) == ident.OK && x.byID[id] == nil && !x.codes[ident.ShortCode(programme, id)]
	}
	if free(base) {
		return base
	}
	if c := refs.communes[in.get("commune")]; c != nil {
		if base = slugCut(base, 60) + "-" + typography.Slug(c.name); free(base) {
			return base
		}
	}
	for n := 2; ; n++ {
		if id := slugCut(base, 90) + "-" + itoa(n); free(id) {
			return id
		}
	}
}

// slugOf is the slug of a name without its legal form, when something is left.
func slugOf(name string) string {
	words := strings.Fields(name)
	for len(words) > 1 && legalForms[strings.ToUpper(words[0])] {
		words = words[1:]
	}
	for len(words) > 1 && legalForms[strings.ToUpper(words[len(words)-1])] {
		words = words[:len(words)-1]
	}
	return slugCut(typography.Slug(strings.Join(words, " ")), 80)
}

// slugCut shortens a slug at a word.
func slugCut(s string, size int) string {
	if len(s) <= size {
		return s
	}
	s = s[:size]
	if i := strings.LastIndexByte(s, '-'); i > size/2 {
		s = s[:i]
	}
	return strings.Trim(s, "-")
}
