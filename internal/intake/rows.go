package intake

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"vitrine/internal/hours"
	"vitrine/internal/ident"
	"vitrine/internal/spreadsheet"
)

// got is a value that a row gives.
type got struct {
	key    string
	text   string
	column int
	moves  bool // a phone that is a mobile, under a title that does not say so
}

// gotChallenge is a commitment that a row names.
type gotChallenge struct {
	id     string
	column int
	values pairs
}

// incoming is what a row says.
type incoming struct {
	Place
	values     []got
	consents   []got // scope → true or false
	challenges []gotChallenge
	edition    string
	award      []got
	awarded    string // true, false or not said
	titles     bool   // it repeats the titles, as at the top of each printed page
}

func (in *incoming) get(key string) string {
	for _, v := range in.values {
		if v.key == key {
			return v.text
		}
	}
	return ""
}

// name is how the row calls itself.
func (in *incoming) name() string {
	for _, key := range []string{"name", "print_name", "legal_name"} {
		if v := in.get(key); v != "" {
			return v
		}
	}
	return ""
}

// said gathers remarks, in bounded number.
type said struct {
	counts map[string]int
	list   map[string][]Remark
	told   map[string]bool
}

func newSaid() *said {
	return &said{counts: map[string]int{}, list: map[string][]Remark{}, told: map[string]bool{}}
}

// once says what is the same for every row at the first of them.
func (s *said) once(what string, r Remark) {
	key := r.Code + "\x00" + itoa(r.Rank) + "\x00" + r.Before
	if !s.told[key] {
		s.told[key] = true
		s.add(what, r)
	}
}

func (s *said) add(what string, r Remark) {
	s.counts[what]++
	if len(s.list[what]) < Listed {
		s.list[what] = append(s.list[what], r)
	}
}

// rowReader turns the rows of a sheet into what they say.
type rowReader struct {
	refs   *references
	layout *layout
	base   Place
	said   *said
	exists func(file string) bool

	row *spreadsheet.Row
	in  *incoming
}

func (x *rowReader) at(column int) Place {
	p := x.base
	p.Row, p.Column = x.row.Number, column
	return p
}

func (x *rowReader) repair(code string, c *column, before, after string) {
	x.said.add("repairs", Remark{Place: x.at(c.at), Code: code, Field: c.field.key, Before: before, After: after})
}

func (x *rowReader) doubt(code string, c *column, before, proposal, detail string) {
	x.said.add("doubts", Remark{Place: x.at(c.at), Code: code, Field: c.field.key, Before: before, After: proposal, Detail: detail})
}

func (x *rowReader) put(c *column, text string) { x.putKey(c.field.key, c, text) }

func (x *rowReader) putKey(key string, c *column, text string) {
	if text == "" || slices.ContainsFunc(x.in.values, func(g got) bool { return g.key == key }) {
		return
	}
	x.in.values = append(x.in.values, got{key: key, text: text, column: c.at})
}

// placeholders are what people type where there is nothing to say.
var placeholders = map[string]bool{"-": true, "--": true, "–": true, "/": true, ".": true, "nc": true, "n/c": true, "n.c.": true, "n/a": true, "na": true, "néant": true, "neant": true, "?": true, "aucun": true, "aucune": true, "sans": true, "inconnu": true, "non renseigné": true}

// order is the order in which a row's columns are read: a postcode before the commune that
// it tells from its homonyms, both before the coordinates that must lie in it.
func order(f *field) int {
	switch f.key {
	case "postcode_city":
		return 1
	case "commune":
		return 2
	case "postcode":
		return 3
	case "lat", "lon", "point":
		return 4
	}
	return 0
}

// read reads a row; blank says that it has nothing to read.
func (x *rowReader) read(row *spreadsheet.Row) (in *incoming, blank bool) {
	x.row = row
	x.in = &incoming{Place: x.at(-1)}
	blank = true
	same := 0
	for _, c := range x.layout.columns {
		if c.at < len(row.Cells) && c.title != "" && row.Cells[c.at].Text == c.title {
			same++
		}
	}
	x.in.titles = same > 1 || same > 0 && same == len(x.layout.columns)
	if x.in.titles {
		return x.in, false // nothing in it is a value, right or wrong
	}
	for pass := range 5 {
		for _, c := range x.layout.columns {
			if order(c.field) != pass {
				continue
			}
			if c.at >= len(row.Cells) {
				continue
			}
			cell := row.Cells[c.at]
			if cell.Kind == spreadsheet.Blank || cell.Merge == spreadsheet.Across || strings.TrimSpace(cell.Text) == "" {
				continue
			}
			if cell.Merge == spreadsheet.Alone {
				blank = false
			}
			if cell.Kind == spreadsheet.Error || formulaError.MatchString(cell.Text) {
				x.doubt("formula-error", c, cell.Text, "", "")
				continue
			}
			x.cell(c, cell)
		}
	}
	for _, key := range []string{"lat", "lon"} {
		other := map[string]string{"lat": "lon", "lon": "lat"}[key]
		if v := x.in.get(key); v != "" && x.in.get(other) == "" {
			i := slices.IndexFunc(x.in.values, func(g got) bool { return g.key == key })
			x.doubt("half-a-point", &column{at: x.in.values[i].column, field: byKey[key]}, v, "", "")
			x.drop(key)
		}
	}
	x.subs()
	return x.in, blank
}

// formulaError is how errors look once a sheet is saved as text.
var formulaError = regexp.MustCompile(`^#(N/A|REF!|VALEUR!|VALUE!|NOM\?|NAME\?|DIV/0!|NUL!|NULL!|NOMBRE!|NUM!)$`)

// cell reads one cell into the row.
func (x *rowReader) cell(c *column, cell spreadsheet.Cell) {
	if cell.Kind == spreadsheet.Text {
		cell.Text = unguarded(cell.Text)
	}
	text := strings.TrimSpace(cell.Text)
	kind := c.field.kind
	if placeholders[strings.ToLower(text)] && kind != kBool && kind != kConsent && c.field.of != ofNobody && c.field.key != "name" {
		return
	}
	switch kind {
	case kText, kLong:
		x.text(c, cell)
	case kID:
		x.put(c, text)
	case kList, kEvidence:
		x.list(c, cell.Text)
	case kBool:
		x.boolean(c, text)
	case kInteger:
		x.integer(c, cell)
	case kNumber:
		x.coordinate(c, cell)
	case kDate:
		x.date(c, cell)
	case kSIRET:
		x.siret(c, cell)
	case kNAF:
		if v, why := ident.NAF(text); why == ident.OK {
			x.put(c, v)
		} else {
			x.doubt("bad-naf", c, text, "", why.String())
		}
	case kPostcode:
		x.postcode(c, cell)
	case kCommune:
		x.commune(c, cell)
	case kTrade:
		x.reference(c, text, x.refs.trades, "unknown-trade")
	case kLevel:
		x.reference(c, text, x.refs.levels, "unknown-level")
	case kEdition:
		if ids, near := x.refs.editions.find(text); len(ids) == 1 {
			x.in.edition = ids[0]
		} else {
			x.doubt("unknown-edition", c, text, near, "")
		}
	case kPhone:
		x.phone(c, cell)
	case kEmail:
		x.email(c, text)
	case kURL:
		x.url(c, text)
	case kHours:
		if _, err := hours.Parse(text); err == nil {
			x.put(c, text)
		} else {
			x.doubt("bad-hours", c, text, "", "")
		}
	case kChoice:
		if v, ok := choice(c.field.key, text); ok {
			x.put(c, v)
		} else {
			x.doubt("unknown-word", c, text, "", "")
		}
	case kFile:
		if name := strings.TrimPrefix(text, "/"); x.exists(name) {
			x.put(c, name)
		} else {
			x.doubt("missing-file", c, text, "", "")
		}
	case kConsent:
		x.consent(c, text)
	case kChallenge:
		x.challenge(c, cell.Text)
	case kPseudo:
		x.pseudo(c, cell)
	}
}

// text reads a text, cleaned.
func (x *rowReader) text(c *column, cell spreadsheet.Cell) {
	v, why := clean(cell.Text, c.field.kind == kLong)
	for _, code := range why {
		x.repair(code, c, cell.Text, v)
	}
	switch {
	case v == "":
		return
	case strings.Contains(v, "\ufffd"):
		x.doubt("lost-character", c, v, "", "")
	}
	if c.field.key == "address" {
		for i := range x.in.values {
			if x.in.values[i].key == "address" {
				x.in.values[i].text += ", " + v // a second line of the address
				return
			}
		}
	}
	x.put(c, v)
}

func (x *rowReader) list(c *column, text string) {
	items := splitList(strings.ReplaceAll(text, "\n", "|"))
	for i, s := range items {
		v, why := clean(s, false)
		for _, code := range why {
			x.repair(code, c, s, v)
		}
		items[i] = v
	}
	x.put(c, joinList(items))
}

func (x *rowReader) boolean(c *column, text string) {
	v, ok := yesNo(text)
	switch {
	case !ok:
		x.doubt("not-yes-no", c, text, "", "")
	case c.field.key == "awarded":
		x.in.awarded = boolText(v)
	default:
		x.put(c, boolText(v))
	}
}

func boolText(v bool) string {
	if v {
		return "true"
	}
	return "false"
}

var withUnit = regexp.MustCompile(`^(\d+)\s*(salariés?|personnes?|pers\.?|employés?|etp|staff|employees?)$`)

func (x *rowReader) integer(c *column, cell spreadsheet.Cell) {
	text := strings.TrimSpace(cell.Text)
	if v, ok := number(cell); ok && v == math.Trunc(v) && v >= 0 && v <= 1e9 {
		x.put(c, decimal(v))
		return
	}
	if m := withUnit.FindStringSubmatch(strings.ToLower(text)); m != nil {
		x.repair("unit", c, text, m[1])
		x.put(c, m[1])
		return
	}
	x.doubt("not-a-number", c, text, "", "")
}

func (x *rowReader) date(c *column, cell spreadsheet.Cell) {
	v, why, ok := date(cell)
	if !ok {
		x.doubt("bad-date", c, strings.TrimSpace(cell.Text), "", "")
		return
	}
	if why != "" {
		x.repair(why, c, cell.Text, v)
	}
	x.put(c, v)
}

// betweenDigits drops the signs that people put between the digits of a number.
// postcode is read after the commune, which proves a lost zero.
var (
	cedex    = regexp.MustCompile(`(?i)\s+cedex(\s+\d+)?$`)
	codeCity = regexp.MustCompile(`^(\d{5})\s+(\pL.*)$`)
	cityCode = regexp.MustCompile(`^(\pL.*\pL)\s*[(,]?\s*(\d{5})\)?$`)
)

// commune reads a name or an INSEE code. Several columns may say it.
// code reads an INSEE code; false when the text is none.
// reference reads the name of a record.
func (x *rowReader) reference(c *column, text string, n *names, unknown string) {
	ids, near := n.find(text)
	switch {
	case len(ids) == 1 && c.field.of == ofAward:
		x.in.award = append(x.in.award, got{key: c.field.key, text: ids[0], column: c.at})
	case len(ids) == 1:
		x.put(c, ids[0])
	case len(ids) > 1:
		x.doubt("several-meanings", c, text, "", strings.Join(ids, ", "))
	default:
		x.doubt(unknown, c, text, near, "")
	}
}

// written is a number as the data writes it: 02 33 98 44 00.
// consent reads the scopes that a cell lists, or yes or no.
// scopeOf is the scope that a word names.
// challenge reads the titles or ids that a cell lists.
// commas reads titles that commas part, and which may hold commas: the longest first.
// pseudo reads what fills other fields.
// cross reads a cell of a matrix: a cross, the day, or a word.
// subs moves the values of commitments and awards to where they belong.
// short says that a text could be a name and not a remark below the table.
func short(s string) bool { return utf8.RuneCountInString(s) <= 120 }
