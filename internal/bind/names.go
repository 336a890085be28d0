package bind

import (
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"vitrine/internal/diag"
	"vitrine/internal/typography"
)

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// naming is one name of a record.
type naming struct {
	of     any // the record: two names of one are no duplicates
	kind   string
	text   string
	code   string
	origin diag.Origin
	key    string // of the data
	alias  bool
}

// leastLetters is how long a name must be for one letter to be a slip rather than another
// name.
const leastLetters = 8

// mostLetters is how long a name is at most of which slips are looked for: a longer one is a
// text, and would be filed as often as it has letters.
const mostLetters = 200

// checkNames looks for two records of one kind whose names differ by their spaces, their
// capitals, their signs or one letter only, and for names of places that groups spell in
// another way. Communes of an index are known by their code, and left out.
func (b *binder) checkNames() {
	var bodies, places []naming
	for _, o := range b.site.Organisations {
		bodies = append(bodies, naming{of: o, kind: "organisation", text: o.Name, code: o.SIREN, origin: o.Origin, key: "name"})
		if o.ShortName != "" && o.ShortName != o.Name {
			bodies = append(bodies, naming{of: o, kind: "organisation", text: o.ShortName, code: o.SIREN, origin: o.Origin, key: "short_name"})
		}
		for _, a := range o.Aliases {
			bodies = append(bodies, naming{of: o, kind: "organisation", text: a, code: o.SIREN, origin: o.Origin, key: "aliases", alias: true})
		}
	}
	for _, t := range b.site.Territories {
		if at := t.Origin.Span(""); strings.HasSuffix(at.File, ".csv") {
			continue
		}
		places = append(places, naming{of: t, kind: t.Kind, text: t.Name, code: t.Code, origin: t.Origin, key: "name"})
	}
	b.compareNames(bodies, "organisation")
	b.compareNames(places, "territory")
	for _, p := range b.programmes {
		var groups []naming
		for _, g := range p.Groups {
			groups = append(groups, naming{of: g, kind: "group", text: g.Title, origin: g.Origin, key: "title"})
		}
		p.compareNames(groups, "group")
		p.spelledPlaces(groups, places)
	}
}

// compareNames finds the near duplicates of a list, in the time that its letters take: each
// name is filed under its letters, and under its letters without each one of them.
func (b *binder) compareNames(list []naming, kind string) {
	type shelf map[string][]int
	whole, without := shelf{}, shelf{}
	said := map[[2]any]bool{}
	report := func(i, j int) {
		a, x := list[min(i, j)], list[max(i, j)]
		if a.of == x.of || said[[2]any{a.of, x.of}] || a.kind != x.kind || a.code != "" && x.code != "" && a.code != x.code {
			return
		}
		if declared(list, a, x) {
			return
		}
		said[[2]any{a.of, x.of}] = true
		b.list = append(b.list, diag.New(diag.NearDuplicate, x.origin.Span(x.key), "kind", kind, "name", x.text, "other", a.text).
			WithNote(a.origin.Span(a.key), "name-there", "name", a.text))
	}
	for i, n := range list {
		letters := strings.ReplaceAll(typography.Slug(n.text), "-", "")
		if letters == "" {
			continue
		}
		for _, j := range whole[letters] {
			report(j, i)
		}
		whole[letters] = append(whole[letters], i)
		if len(letters) < leastLetters || len(letters) > mostLetters {
			continue
		}
		// One letter more or less: a name is another's without a letter. One letter in the place
		// of another: both are the same without theirs, at the same place.
		for at := range len(letters) {
			if !letter(letters[at]) {
				continue // Club 1 and Club 2 are two
			}
			key := letters[:at] + letters[at+1:]
			for _, j := range whole[key] {
				report(j, i)
			}
			place := key + "\x00" + string(rune(at))
			for _, j := range without[place] {
				report(j, i)
			}
			without[place] = append(without[place], i)
		}
		for _, j := range without["+"+letters] {
			report(j, i)
		}
		for at := range len(letters) {
			if letter(letters[at]) {
				key := "+" + letters[:at] + letters[at+1:]
				without[key] = append(without[key], i)
			}
		}
	}
}

func letter(c byte) bool { return c >= 'a' && c <= 'z' }

// declared reports whether one of two records has the other's name among its aliases, as
// it is written: someone knows that there are two.
func declared(list []naming, a, x naming) bool {
	for _, n := range list {
		if n.alias && (n.of == a.of && n.text == x.text || n.of == x.of && n.text == a.text) {
			return true
		}
	}
	return false
}

// mostWords is how many words of a title may be a place's name.
const mostWords = 5

// spelledPlaces reports a group whose title names a place, spelled in another way.
func (p *programme) spelledPlaces(groups, places []naming) {
	known := map[string]naming{}
	for _, n := range places {
		if letters := strings.ReplaceAll(typography.Slug(n.text), "-", ""); len(letters) >= 5 {
			if other, taken := known[letters]; !taken || other.text == n.text {
				known[letters] = n
			}
		}
	}
	for _, g := range groups {
		words := strings.Fields(g.text)
	title:
		for from := range words {
			for to := from + 1; to <= min(from+mostWords, len(words)); to++ {
				name := strings.Trim(strings.Join(words[from:to], " "), ",.;:()«»“”")
				place, ok := known[strings.ReplaceAll(typography.Slug(name), "-", "")]
				if ok && unlead(name) != unlead(place.text) {
					p.list = append(p.list, diag.New(diag.NearDuplicate, g.origin.Span(g.key), "kind", "territory", "name", name, "other", place.text).
						WithNote(place.origin.Span(place.key), "name-there", "name", place.text))
					break title
				}
			}
		}
	}
}

// unlead is a name with a small first letter and plain spaces: « Centre-ville » stands as
// « centre-ville » inside a title.
func unlead(s string) string {
	first, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(first)) + strings.Join(strings.Fields(s[n:]), " ")
}
