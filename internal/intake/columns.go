package intake

import (
	"regexp"
	"slices"
	"strings"

	"vitrine/internal/ident"
	"vitrine/internal/spreadsheet"
)

// column is one that is read.
type column struct {
	at    int
	title string
	field *field
	arg   string // of challenge:ID, consent.SCOPE
	score float64
	how   string
}

// layout is how a sheet is laid out.
type layout struct {
	holds   string // participants, commitments, awards
	header  int    // the row of the titles; the rows below it are data
	titles  []string
	columns []*column
	results []ColumnResult
}

// The parts of a sheet that are looked at to understand it.
const (
	headRows   = 60  // in which the titles are looked for
	sampleRows = 200 // below them
)

// sample is the top of a sheet.
// guesser understands titles.
type guesser struct {
	refs    *references
	aliases []alias // by field, likeliest first
	nots    map[string]bool
	words   []string // all aliases, for near misses
	byWord  map[string]*field
	known   map[string][]column // titles that were understood already
}

type alias struct {
	plain, bare string
	field       *field
	rank        int
}

func newGuesser(refs *references) *guesser {
	g := &guesser{refs: refs, nots: map[string]bool{}, byWord: map[string]*field{}, known: map[string][]column{}}
	add := func(f *field, rank int, title string) {
		p := plainTitle(title)
		if p == "" {
			return
		}
		g.aliases = append(g.aliases, alias{p, withoutSmall(p), f, rank})
		if g.byWord[p] == nil {
			g.byWord[p] = f
			g.words = append(g.words, p)
		}
	}
	w := refs.programme.Words
	for _, f := range fields {
		n := 0
		for _, t := range append(strings.Split(f.aliases, "|"), f.key, f.fr, f.en) {
			add(f, n, t)
			n++
		}
		// The programme's own words name its columns.
		own := map[string]string{"name": "participant", "challenge": "challenge", "edition": "edition", "level": "level"}[f.key]
		if word := w.Of(own); own != "" && word.One != "" {
			for _, t := range []string{word.One, word.Many, "nom " + word.One, word.One + " relevé", word.Many + " relevés", word.Many + " choisis", "identifiant " + word.One} {
				add(f, n, t)
				n++
			}
		}
	}
	for t := range strings.SplitSeq(notKept, "|") {
		g.nots[plainTitle(t)] = true
		g.nots[withoutSmall(plainTitle(t))] = true
	}
	delete(g.nots, "")
	return g
}

var (
	trailing = regexp.MustCompile(`^(.*\D)\s*\d{1,2}$`)
	agrees   = regexp.MustCompile(`^(accord|autorisation|autorise|consent|consentement|diffusion|diffuser|publication|publier|ok pour|ok)\b`)
)

// scopeWords are what consent columns call the scopes.
var scopeWords = []struct {
	words string
	scope string
}{
	{"nom|name|enseigne", "name"}, {"adresse|address", "address"}, {"geolocalisation|localisation|carte|location|map|plan", "location"},
	{"telephone|tel|phone|fixe", "phone"}, {"portable|mobile", "mobile"}, {"courriel|mail|email", "email"}, {"site|url|web|internet", "url"},
	{"horaire|hour", "hours"}, {"logo", "logo"}, {"photo|image|picture", "photo"}, {"temoignage|recit|presentation|story|description", "story"}, {"open data|donnee ouverte|opendata", "open-data"},
}

// candidates are the fields that a title may mean, best first.
func (g *guesser) candidates(title string) []column {
	c, ok := g.known[title]
	if !ok {
		if len(title) <= 200 { // no title is longer
			c = g.understand(title)
		}
		g.known[title] = c
	}
	return c
}

func (g *guesser) understand(title string) []column {
	if id, ok := strings.CutPrefix(title, "challenge:"); ok {
		title = id
	}
	if f := fieldOf(strings.TrimSpace(title)); f != nil && strings.Contains(f.key, ".") {
		_, arg, _ := strings.Cut(f.key, ".")
		return []column{{field: f, arg: arg, score: 1.2}}
	}
	plain := plainTitle(title)
	if plain == "" {
		return nil
	}
	if agrees.MatchString(plain) {
		for _, s := range scopeWords {
			for w := range strings.SplitSeq(s.words, "|") {
				if slices.Contains(strings.Split(plain, " "), w) || strings.Contains(w, " ") && strings.Contains(plain, w) {
					return []column{{field: fieldOf("consent." + s.scope), arg: s.scope, score: 1.1}}
				}
			}
		}
	}
	if ids, _ := g.refs.challenges.find(title); len(ids) == 1 && len(plain) > 3 {
		return []column{{field: fieldOf("challenge:" + ids[0]), arg: ids[0], score: 1.1}}
	}
	bare := withoutSmall(plain)
	if g.nots[plain] {
		return nil
	}
	best := map[*field]float64{}
	put := func(f *field, s float64) {
		if s > best[f] {
			best[f] = s
		}
	}
	forms := []string{plain}
	if m := trailing.FindStringSubmatch(plain); m != nil {
		forms = append(forms, strings.TrimSpace(m[1])) // défi 1, défi 2
	}
	var bareForms []string
	for _, p := range forms {
		bareForms = append(bareForms, withoutSmall(p))
	}
	for _, a := range g.aliases {
		rank := float64(a.rank) * 0.004
		for i, p := range forms {
			off := rank + float64(i)*0.05
			switch {
			case p == a.plain:
				put(a.field, 1-off)
			case bareForms[i] == a.bare && a.bare != "":
				put(a.field, 0.9-off)
			}
		}
		// The words of an alias within a longer title.
		if len(a.bare) >= 3 && len(bare) > len(a.bare) && strings.Contains(bare, a.bare) && containsWords(bare, a.bare) {
			put(a.field, 0.5+0.2*float64(len(a.bare))/float64(len(bare))-rank)
		}
	}
	if len(best) == 0 && !g.nots[bare] && len(plain) >= 4 {
		if near, ok := ident.Nearest(plain, g.words); ok {
			put(g.byWord[near], 0.78)
		}
	}
	var out []column
	for _, f := range fields {
		if s, ok := best[f]; ok {
			out = append(out, column{field: f, score: s})
		}
	}
	slices.SortStableFunc(out, func(a, b column) int {
		switch {
		case a.score > b.score:
			return -1
		case a.score < b.score:
			return 1
		}
		return 0
	})
	return out
}

// remembered is the field that is known of a title; turns counts the columns that bear it, of which each
// has its own.
func remembered(known map[string][]string, title string, turns map[string]int) (key string, ok bool) {
	t := plainTitle(title)
	list := known[t]
	if title == "" || len(list) == 0 {
		return "", false
	}
	n := turns[t]
	turns[t]++
	if n < len(list) {
		return list[n], true
	}
	key = list[len(list)-1]
	return key, key == "" || severalColumns(fieldOf(key))
}

// certain is the score from which a title counts when the row of titles is looked for.
// find looks for the row of titles: the one with the most that are understood. wanted is
// the row that a mapping remembers, or 0.
// rate is how many different titles of a row are understood; 0 when it is no row of titles.
// rowTitles are the titles of a row, or of two of which the upper names groups.
// assign gives each column its field, by the mapping, the titles, and what the cells hold.
func (g *guesser) assign(titles []string, below []spreadsheet.Row, known map[string][]string) *layout {
	l := &layout{titles: titles}
	type option struct {
		at int
		column
	}
	var options []option
	fixed := map[int]string{}
	turns := map[string]int{}
	taken := map[string]int{}
	width := len(titles)
	for _, r := range below {
		width = max(width, len(r.Cells))
	}
	results := make([]ColumnResult, width)
	chosen := make([]*column, width)
	for at := range width {
		title := ""
		if at < len(titles) {
			title = titles[at]
		}
		results[at] = ColumnResult{Column: at, Title: title, How: "unknown"}
		if key, ok := remembered(known, title, turns); ok {
			fixed[at] = key
			results[at].How = "map"
			if key == "" {
				continue
			}
			f := fieldOf(key)
			_, arg, _ := strings.Cut(key, ".")
			if id, ok := strings.CutPrefix(key, "challenge:"); ok {
				arg = id
			}
			chosen[at] = &column{at: at, title: title, field: f, arg: arg, how: "map"}
			taken[key]++
			continue
		}
		for _, c := range g.candidates(title) {
			ok, n := looks(c.field, at, below)
			if n >= 3 {
				switch {
				case ok < 0.3:
					c.score *= 0.55
				case ok >= 0.8:
					c.score += 0.08
				}
			}
			options = append(options, option{at, c})
		}
	}
	slices.SortStableFunc(options, func(a, b option) int {
		switch {
		case a.score > b.score:
			return -1
		case a.score < b.score:
			return 1
		}
		return a.at - b.at
	})
	for _, o := range options {
		if _, ok := fixed[o.at]; ok || chosen[o.at] != nil {
			continue
		}
		r := &results[o.at]
		if o.score < 0.55 {
			if r.Near == "" {
				r.Near = o.field.key
			}
			continue
		}
		if taken[o.field.key] > 0 && !severalColumns(o.field) {
			r.How, r.Near = "twice", o.field.key
			continue
		}
		c := o.column
		c.at, c.title, c.how = o.at, r.Title, "title"
		if c.score < certain {
			c.how = "near"
		}
		chosen[o.at] = &c
		taken[o.field.key]++
		r.How = c.how
	}
	g.byContents(results, chosen, fixed, taken, below)
	// A list with a single name calls it what it likes.
	if taken["name"] == 0 && taken["legal_name"] == 1 {
		for _, c := range chosen {
			if c != nil && c.field.key == "legal_name" {
				c.field = byKey["name"]
				taken["name"], taken["legal_name"] = 1, 0
			}
		}
	}
	for at, c := range chosen {
		if c != nil {
			results[at].Field, results[at].Near = c.field.key, ""
			l.columns = append(l.columns, c)
			continue
		}
		plain := plainTitle(results[at].Title)
		if results[at].How == "unknown" && (g.nots[plain] || g.nots[withoutSmall(plain)]) {
			results[at].How = "not-kept"
		}
	}
	for _, r := range results {
		if r.Title != "" || r.Field != "" {
			l.results = append(l.results, r)
		}
	}
	l.holds = holds(taken)
	return l
}

// byContents names the columns that no title tells, but every cell does.
// severalColumns reports the fields that several columns may fill.
// holds says what the rows of a sheet are.
// looks is the share of a column's cells that look like a field's values, and how many
// cells hold anything. Fields whose cells may be anything look always right.
// tests are what the cells of some kinds look like, generously: what is nearly right is a
// repair or a doubt later on.
