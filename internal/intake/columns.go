package intake

import (
	"errors"
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
type sample struct {
	rows   []spreadsheet.Row
	number int
}

var errEnough = errors.New("enough")

func readSample(b *spreadsheet.Book, s *spreadsheet.Sheet) (*sample, error) {
	var out sample
	err := b.Read(s, func(r *spreadsheet.Row) error {
		row := *r
		row.Cells = slices.Clone(r.Cells)
		out.rows = append(out.rows, row)
		if len(out.rows) >= headRows+sampleRows {
			return errEnough
		}
		return nil
	})
	if err != nil && !errors.Is(err, errEnough) {
		return nil, err
	}
	return &out, nil
}

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

func containsWords(s, part string) bool {
	return strings.Contains(" "+s+" ", " "+part+" ")
}

// certain is the score from which a title counts when the row of titles is looked for.
const certain = 0.75

// find looks for the row of titles: the one with the most that are understood. wanted is
// the row that a mapping remembers, or 0.
func (g *guesser) find(s *sample, known map[string]string) (titles []string, header int, below []spreadsheet.Row) {
	best := 0.0
	for i := range min(len(s.rows), headRows) {
		for _, two := range []bool{false, true} {
			if two && i+1 >= len(s.rows) {
				continue
			}
			t := rowTitles(s.rows[i].Cells, nil)
			last := i
			if two {
				t = rowTitles(s.rows[i].Cells, s.rows[i+1].Cells)
				last = i + 1
			}
			score := g.rate(t, known)
			if two {
				score -= 0.6
			}
			if score > best {
				best, titles, header, below = score, t, s.rows[last].Number, s.rows[last+1:]
			}
		}
	}
	return titles, header, below
}

// rate is how many different titles of a row are understood; 0 when it is no row of titles.
func (g *guesser) rate(titles []string, known map[string]string) float64 {
	seen := map[string]bool{}
	filled, strange, others := 0, 0, 0
	for _, t := range titles {
		if t == "" {
			continue
		}
		filled++
		if _, ok := known[plainTitle(t)]; ok {
			seen["="+t] = true
			continue
		}
		c := g.candidates(t)
		switch {
		case len(c) > 0 && c[0].score >= certain && !seen[c[0].field.key]:
			seen[c[0].field.key] = true
		case g.nots[plainTitle(t)]:
			others++
		case len(t) > 60 || strings.ContainsAny(t, "@") || strings.Trim(t, "0123456789 .,/-+") == "":
			strange++ // no title looks like that
		}
	}
	n := len(seen)
	if n == 0 || strange > n || n+others == 1 && filled > 2 {
		return 0
	}
	return float64(n) + float64(others)*0.3 - float64(strange)*0.5
}

// rowTitles are the titles of a row, or of two of which the upper names groups.
func rowTitles(upper, lower []spreadsheet.Cell) []string {
	out := make([]string, max(len(upper), len(lower)))
	for i := range out {
		var u, l spreadsheet.Cell
		if i < len(upper) {
			u = upper[i]
		}
		if i < len(lower) {
			l = lower[i]
		}
		if lower == nil {
			if u.Merge != spreadsheet.Across {
				out[i], _ = clean(u.Text, false)
			}
			continue
		}
		if l.Kind == spreadsheet.Text && l.Merge == spreadsheet.Alone {
			out[i], _ = clean(l.Text, false)
		} else if u.Kind == spreadsheet.Text && u.Merge != spreadsheet.Across {
			out[i], _ = clean(u.Text, false)
		}
	}
	return out
}

// assign gives each column its field, by the mapping, the titles, and what the cells hold.
func (g *guesser) assign(titles []string, below []spreadsheet.Row, known map[string]string) *layout {
	l := &layout{titles: titles}
	type option struct {
		at int
		column
	}
	var options []option
	fixed := map[int]string{}
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
		if key, ok := known[plainTitle(title)]; ok && title != "" {
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
func (g *guesser) byContents(results []ColumnResult, chosen []*column, fixed map[int]string, taken map[string]int, below []spreadsheet.Row) {
	for at := range chosen {
		if _, ok := fixed[at]; ok || chosen[at] != nil || results[at].How == "twice" {
			continue
		}
		if plain := plainTitle(results[at].Title); g.nots[plain] {
			continue
		}
		for _, key := range []string{"siret", "email", "phone"} {
			f := byKey[key]
			if ok, n := looks(f, at, below); taken[key] == 0 && n >= 3 && ok >= 0.9 {
				chosen[at] = &column{at: at, title: results[at].Title, field: f, how: "contents"}
				results[at].How = "contents"
				taken[key]++
				break
			}
		}
	}
}

// severalColumns reports the fields that several columns may fill.
func severalColumns(f *field) bool {
	return f.key == "challenge" || f.key == "address" || f.key == "commune" || strings.HasPrefix(f.key, "challenge:") || strings.HasPrefix(f.key, "consent.")
}

// holds says what the rows of a sheet are.
func holds(taken map[string]int) string {
	who := taken["name"] > 0 || taken["siret"] > 0 || taken["id"] > 0
	switch {
	case who && (taken["name"] > 0 || taken["participant"] == 0):
		return "participants"
	case taken["participant"] > 0 && taken["challenge"] > 0:
		return "commitments"
	case taken["participant"] > 0 && taken["edition"] > 0:
		return "awards"
	}
	return ""
}

// looks is the share of a column's cells that look like a field's values, and how many
// cells hold anything. Fields whose cells may be anything look always right.
func looks(f *field, at int, below []spreadsheet.Row) (share float64, cells int) {
	test := tests[f.kind]
	if f.key == "lat" || f.key == "lon" {
		test = func(c spreadsheet.Cell) bool { _, ok := number(c); return ok }
	}
	good := 0
	for i, r := range below {
		if i >= sampleRows {
			break
		}
		if at >= len(r.Cells) || r.Cells[at].Kind == spreadsheet.Blank || r.Cells[at].Merge == spreadsheet.Across || strings.TrimSpace(r.Cells[at].Text) == "" {
			continue
		}
		cells++
		if test == nil || test(r.Cells[at]) {
			good++
		}
	}
	if cells == 0 {
		return 0, 0
	}
	return float64(good) / float64(cells), cells
}

// tests are what the cells of some kinds look like, generously: what is nearly right is a
// repair or a doubt later on.
var tests = map[kind]func(spreadsheet.Cell) bool{
	kSIRET: func(c spreadsheet.Cell) bool {
		d := digits(c.Text)
		return len(d) >= 12 && len(d) <= 14 && !strings.ContainsAny(c.Text, "+/@") || scientific.MatchString(strings.TrimSpace(c.Text))
	},
	kPhone: func(c spreadsheet.Cell) bool {
		n := len(digits(c.Text))
		_, why := ident.Phone(c.Text)
		return why == ident.OK && n > 6 || why == ident.LostZero || n >= 9 && n <= 24 && strings.ContainsAny(c.Text, " ./+") && !strings.ContainsFunc(c.Text, isLetter)
	},
	kEmail:    func(c spreadsheet.Cell) bool { return strings.Contains(c.Text, "@") },
	kURL:      func(c spreadsheet.Cell) bool { return strings.Contains(c.Text, ".") && !strings.Contains(c.Text, "@") },
	kPostcode: func(c spreadsheet.Cell) bool { n := len(digits(c.Text)); return n >= 4 && n <= 5 },
	kDate:     func(c spreadsheet.Cell) bool { _, _, ok := date(c); return ok || c.Kind == spreadsheet.Number },
	kBool:     func(c spreadsheet.Cell) bool { _, ok := yesNo(c.Text); return ok },
	kInteger:  func(c spreadsheet.Cell) bool { return digits(c.Text) != "" },
	kNAF:      func(c spreadsheet.Cell) bool { _, why := ident.NAF(c.Text); return why == ident.OK },
}

var scientific = regexp.MustCompile(`^\d([.,]\d+)?[eE]\+?\d{2}$`)
