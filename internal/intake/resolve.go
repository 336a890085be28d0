package intake

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"vitrine/internal/ident"
	"vitrine/internal/model"
	"vitrine/internal/typography"
)

func itoa(n int) string { return strconv.Itoa(n) }

// plainName is a name as names are compared: small letters without accents, words set
// apart by spaces, saint for st, no article in front.
func plainName(s string) string {
	words := strings.Split(typography.Slug(s), "-")
	for i, w := range words {
		switch w {
		case "st":
			words[i] = "saint"
		case "ste":
			words[i] = "sainte"
		}
	}
	plain := strings.Join(words, " ")
	if other := beyond(s); other != "" {
		plain = strings.TrimSpace(plain + " " + other)
	}
	if plain == "" { // signs alone: they are all there is to tell it from others
		plain = strings.ToLower(strings.TrimSpace(s))
	}
	return plain
}

// beyond are the words of a name in letters that a slug cannot write: without them, all names of another
// script would be one.
func beyond(s string) string {
	const latin = 0x250 // and below
	if strings.IndexFunc(s, func(r rune) bool { return r >= latin && unicode.IsLetter(r) }) < 0 {
		return ""
	}
	var out []string
	for w := range strings.FieldsFuncSeq(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }) {
		if typography.Slug(w) == "" {
			out = append(out, strings.ToLower(w))
		}
	}
	return strings.Join(out, " ")
}

// names are what cells may call the records of a kind.
type names struct {
	ids   map[string]string   // exact id → id
	plain map[string][]string // plain name → ids
	all   []string            // plain names, for near misses
	title map[string]string   // id → how it is called
	asked map[string]answer   // what was looked for already: a column says few things
}

type answer struct {
	ids  []string
	near string
}

// maxAsked bounds what is remembered.
const maxAsked = 20_000

func newNames() *names {
	return &names{ids: map[string]string{}, plain: map[string][]string{}, title: map[string]string{}, asked: map[string]answer{}}
}

// add declares a record under its id and names.
func (n *names) add(id string, called ...string) {
	n.ids[id] = id
	if len(called) > 0 {
		n.title[id] = called[0]
	}
	for _, c := range append(called, id) {
		p := plainName(c)
		if p == "" || slices.Contains(n.plain[p], id) {
			continue
		}
		n.plain[p] = append(n.plain[p], id)
		n.all = append(n.all, p)
	}
}

// numbering stands before a title: « 3. », « Défi n° 4 - », « D12 : ».
var numbering = regexp.MustCompile(`^\s*(?:\pL{1,12}\s*)?(?:n\s*°\s*)?\d{1,3}\s*[.):–—-]+\s*`)

// find resolves what a cell says. With several, ids has them all; with none, near may be
// the title of what was meant.
func (n *names) find(s string) (ids []string, near string) {
	a, ok := n.asked[s]
	if !ok {
		a.ids, a.near = n.look(s)
		if len(n.asked) < maxAsked {
			n.asked[strings.Clone(s)] = a
		}
	}
	return a.ids, a.near
}

func (n *names) look(s string) (ids []string, near string) {
	s = strings.TrimSpace(s)
	if id, ok := n.ids[s]; ok {
		return []string{id}, ""
	}
	for _, form := range []string{s, numbering.ReplaceAllString(s, "")} {
		if ids := n.plain[plainName(form)]; len(ids) > 0 {
			return ids, ""
		}
	}
	if p, ok := ident.Nearest(plainName(s), n.all); ok {
		return nil, n.title[n.plain[p][0]]
	}
	return nil, ""
}

// one is find where a single record will do.
func (n *names) one(s string) (string, bool) {
	ids, _ := n.find(s)
	if len(ids) == 1 {
		return ids[0], true
	}
	return "", false
}

// commune is one of the site.
type commune struct {
	code, name string
	postcodes  []string
	lat, lon   float64
}

// references are what cells may refer to.
type references struct {
	site       *model.Site
	programme  *model.Programme
	communes   map[string]*commune // by INSEE code
	cities     *names              // → INSEE codes
	trades     *names
	challenges *names
	editions   *names
	levels     *names
	speller    *speller
	byPostcode map[string][]string
}

func newReferences(site *model.Site, p *model.Programme) *references {
	r := &references{
		site: site, programme: p, communes: map[string]*commune{}, cities: newNames(), trades: newNames(),
		challenges: newNames(), editions: newNames(), levels: newNames(), byPostcode: map[string][]string{},
	}
	var texts []string
	for _, t := range site.Territories {
		if t.Kind != "commune" || t.Code == "" {
			continue
		}
		c := &commune{t.Code, t.Name, t.Postcodes, t.Lat, t.Lon}
		r.communes[t.Code] = c
		for _, code := range t.Postcodes {
			r.byPostcode[code] = append(r.byPostcode[code], t.Code)
		}
		r.cities.add(t.Code, t.Name, typography.Bare(t.Article, t.Name))
		texts = append(texts, t.Name)
	}
	for _, t := range site.Trades {
		r.trades.add(t.ID, append([]string{t.Name}, t.Synonyms...)...)
		texts = append(texts, t.Name)
	}
	for _, c := range p.Challenges {
		r.challenges.add(c.ID, c.Title)
	}
	for _, e := range p.Editions {
		called := []string{e.Title}
		if y := e.Starts.Year; y > 0 && !slices.ContainsFunc(p.Editions, func(o *model.Edition) bool { return o != e && (o.Starts.Year == y || o.ID == itoa(y)) }) {
			called = append(called, itoa(y))
		}
		r.editions.add(e.ID, called...)
	}
	for _, l := range p.Levels {
		r.levels.add(l.ID, l.Title)
	}
	r.speller = newSpeller(texts...)
	return r
}

// ceremony is the day on which an edition's awards are handed over, if the data says it.
func (r *references) ceremony(edition string) (string, bool) {
	for _, e := range r.programme.Editions {
		if e.ID == edition && e.Ceremony != nil && !e.Ceremony.Starts.IsZero() {
			return e.Ceremony.Starts.String(), true
		}
	}
	return "", false
}

// city resolves a commune by its name, with the postcode to tell homonyms apart.
func (r *references) city(name, postcode string) (ids []string, near string) {
	ids, near = r.cities.find(name)
	if len(ids) > 1 && postcode != "" {
		var with []string
		for _, id := range ids {
			if slices.Contains(r.communes[id].postcodes, postcode) {
				with = append(with, id)
			}
		}
		if len(with) == 0 && len(postcode) == 5 {
			for _, id := range ids {
				if id[:2] == postcode[:2] {
					with = append(with, id)
				}
			}
		}
		if len(with) > 0 {
			ids = with
		}
	}
	return ids, near
}
