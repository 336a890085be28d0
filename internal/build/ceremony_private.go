package build

import (
	"cmp"
	"html"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"vitrine/internal/model"
	"vitrine/internal/typography"
)

// leastPrivate is how long a value has to be, in bytes, to be looked for: shorter ones stand everywhere.
const leastPrivate = 6

// privateScan looks for what no consent opens in what is published.
type privateScan struct {
	values map[uint64][]privateValue // by their first bytes
	count  int
	common int // values that stand in open fields too: finding them says nothing

	mu    sync.Mutex
	bytes int
	found map[finding]bool
}

// privateValue is a value of a closed field, as it is looked for.
type privateValue struct {
	text, field, who string
}

type finding struct{ file, field, who string }

// newPrivateScan gathers the values of closed fields of all records, but for those that open fields or the
// site's own texts hold too.
func newPrivateScan(site *model.Site) *privateScan {
	s := &privateScan{values: map[uint64][]privateValue{}, found: map[finding]bool{}}
	for _, g := range site.Programmes {
		for _, x := range model.Participants(g) {
			s.record(site, x)
		}
	}
	s.drop(openText(site))
	return s
}

// add looks for a value from now on.
func (s *privateScan) add(x *model.Participant, field, value string) {
	text := plainText(value)
	if len(text) < leastPrivate || !strings.ContainsFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
		return
	}
	s.count++
	key := head(text)
	s.values[key] = append(s.values[key], privateValue{text, field, x.Programme.ID + "/" + x.ID})
}

// drop forgets the values that an open text holds, whole or within a longer word.
func (s *privateScan) drop(open string) {
	known := map[string]bool{}
	s.each(open, func(_ int, v privateValue) { known[v.text] = true })
	for key, list := range s.values {
		s.values[key] = slices.DeleteFunc(list, func(v privateValue) bool {
			if known[v.text] {
				s.common++
				s.count--
			}
			return known[v.text]
		})
	}
}

// each visits the values in a text, with where each begins.
func (s *privateScan) each(plain string, visit func(at int, v privateValue)) {
	var window uint64 // the last bytes, as head makes a number of them
	for end := range len(plain) {
		window = (window<<8 | uint64(plain[end])) & (1<<(8*leastPrivate) - 1)
		i := end + 1 - leastPrivate
		if i < 0 {
			continue
		}
		for _, v := range s.values[window] {
			if strings.HasPrefix(plain[i:], v.text) {
				visit(i, v)
			}
		}
	}
}

// record adds what a record keeps to itself.
func (s *privateScan) record(site *model.Site, x *model.Participant) {
	var shown model.Profile
	if x.HasPage(site.Today) {
		shown = *x.Profile(site)
	}
	closed := func(field, value, opened string) {
		if opened == "" && value != "" {
			s.add(x, field, value)
		}
	}
	for _, f := range [][3]string{
		{"name", x.Name, shown.Name}, {"print_name", x.PrintName, shown.PrintName}, {"legal_name", x.LegalName, ""}, {"note", x.Note, ""},
		{"address", x.Address, shown.Address}, {"email", x.Email, shown.Email}, {"url", x.URL, shown.URL}, {"siret", x.SIRET, shown.SIRET},
		{"description", x.Description, shown.Description}, {"logo", x.Logo, shown.Logo}, {"photo", x.Photo.File, shown.Photo.File},
		{"photo.alt", x.Photo.Alt, shown.Photo.Alt}, {"photo.credit", x.Photo.Credit, shown.Photo.Credit},
	} {
		closed(f[0], f[1], f[2])
	}
	for field, numbers := range map[string][2]string{"phone": {x.Phone, shown.Phone}, "mobile": {x.Mobile, shown.Mobile}} {
		for _, form := range phoneForms(numbers[0]) {
			closed(field, form, numbers[1])
		}
	}
	if !shown.HasPoint && (x.Lat != 0 || x.Lon != 0) {
		s.add(x, "lat", decimal(x.Lat))
		s.add(x, "lon", decimal(x.Lon))
	}
	for _, line := range strings.Split(x.Story.Text, "\n\n") {
		closed("story", line, shown.Story.Text)
	}
	for _, c := range x.Commitments {
		for _, e := range c.Evidence {
			s.add(x, "evidence", e)
		}
		if !x.HasPage(site.Today) || !x.Consent.Has(model.ScopeStory) {
			s.add(x, "text", c.Text)
		}
	}
	for _, a := range x.Awards {
		s.add(x, "waived", a.Waived)
	}
}

// phoneForms are the ways in which a number may be written.
func phoneForms(n string) []string {
	if n == "" {
		return nil
	}
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, n)
	out := []string{n, digits, typography.Phone(typography.French, n)}
	if rest, ok := strings.CutPrefix(digits, "0"); ok {
		out = append(out, "33"+rest, "33 "+typography.Phone(typography.French, n)[1:])
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func decimal(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// text looks at a published text, or at the name of a file. It may be called by several goroutines.
func (s *privateScan) text(file, text string) {
	plain := plainText(text)
	var found []finding
	s.each(plain, func(at int, v privateValue) {
		if alone(plain, at, at+len(v.text)) {
			found = append(found, finding{file, v.field, v.who})
		}
	})
	s.mu.Lock()
	defer s.mu.Unlock()
	s.bytes += len(text)
	for _, f := range found {
		s.found[f] = true
	}
}

// head is the first bytes of a text as a number.
func head(s string) uint64 {
	var v uint64
	for i := range leastPrivate {
		v = v<<8 | uint64(s[i])
	}
	return v
}

// alone tells whether a part of a text is not cut out of a longer word or number.
func alone(s string, from, to int) bool {
	first, _ := utf8.DecodeRuneInString(s[from:])
	last, _ := utf8.DecodeLastRuneInString(s[:to])
	before, _ := utf8.DecodeLastRuneInString(s[:from])
	after, _ := utf8.DecodeRuneInString(s[to:])
	word := func(r rune) bool { return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r)) }
	return !(word(first) && word(before)) && !(word(last) && word(after))
}

// plainText is a text as it is compared: small letters, one kind of space and of apostrophe.
func plainText(s string) string {
	if strings.Contains(s, "&") {
		s = html.UnescapeString(s)
	}
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			space = b.Len() > 0
			continue
		case r == '’':
			r = '\''
		case r == '\u00ad' || r == '\u200b':
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// privateChecks say whether a closed field was found in what is published.
func (g *gathered) privateChecks() []Check {
	s := g.outputs.scan
	c := Check{ID: "private", Title: Phrase{"Ce que personne n’a ouvert, cherché dans le site", "What nobody opened, looked for on the site"}}
	c.Do = Phrase{"ne publiez pas : retirez ces mots du texte qui les dit, ou demandez l’accord", "do not publish: take these words out of the text that says them, or ask for consent"}
	c.Found = say("valeurs cherchées : %d, fichiers : %d (d’images, seul le nom : %d)", "values looked for: %d, files: %d (of pictures only the name: %d)", s.count, len(g.outputs.names), g.outputs.other)
	if s.common > 0 {
		c.tell(Fine, say("écrites aussi dans des textes ouverts, donc pas cherchées : %d", "written in open texts too, hence not looked for: %d", s.common))
	}
	var all []finding
	for f := range s.found {
		all = append(all, f)
	}
	slices.SortFunc(all, func(a, b finding) int {
		return cmp.Or(cmp.Compare(a.who, b.who), cmp.Compare(a.field, b.field), cmp.Compare(a.file, b.file))
	})
	for i, f := range all {
		if i == 20 {
			c.tell(Fault, say("… et %d de plus", "… and %d more", len(all)-i))
			break
		}
		c.tell(Fault, say("%s de %s, dans %s", "%s of %s, in %s", f.field, f.who, "public/"+f.file))
	}
	return []Check{c}
}
