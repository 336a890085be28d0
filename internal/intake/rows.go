package intake

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"vitrine/internal/hours"
	"vitrine/internal/ident"
	"vitrine/internal/model"
	"vitrine/internal/spreadsheet"
	"vitrine/internal/typography"
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

func (x *rowReader) siret(c *column, cell spreadsheet.Cell) {
	text := strings.TrimSpace(cell.Text)
	if cell.Kind == spreadsheet.Number && cell.Number == math.Trunc(cell.Number) && cell.Number > 0 && cell.Number < 1e15 && len(digits(text)) < 14 {
		text = decimal(cell.Number)
	}
	if scientific.MatchString(text) {
		x.doubt("scientific", c, text, "", "")
		return
	}
	v, why := ident.SIRET(strings.Map(betweenDigits, text))
	switch {
	case why == ident.OK:
		x.put(c, v)
	case why == ident.LostZero:
		x.repair("lost-zero-siret", c, text, v)
		x.put(c, v)
	case strings.HasSuffix(v, "00000") && len(v) >= 13:
		x.doubt("rounded-siret", c, text, "", "")
	default:
		if _, siren := ident.SIREN(v); siren == ident.OK {
			x.doubt("siren-only", c, text, "", "")
			return
		}
		x.doubt("bad-siret", c, text, "", why.String())
	}
}

// betweenDigits drops the signs that people put between the digits of a number.
func betweenDigits(r rune) rune {
	if strings.ContainsRune(".-_'", r) {
		return -1
	}
	return r
}

// postcode is read after the commune, which proves a lost zero.
func (x *rowReader) postcode(c *column, cell spreadsheet.Cell) {
	text := strings.TrimSpace(cell.Text)
	if rest, ok := strings.CutPrefix(strings.ToUpper(text), "F-"); ok {
		text = rest
	}
	text, _, _ = strings.Cut(text, ".0") // 61100.0, by way of another program
	v, why := ident.Postcode(text)
	switch why {
	case ident.OK:
		x.put(c, v)
	case ident.LostZero:
		if place := x.refs.communes[x.in.get("commune")]; place != nil && len(place.postcodes) > 0 && !slices.Contains(place.postcodes, v) || place != nil && place.code[:2] != v[:2] {
			x.doubt("postcode-elsewhere", c, text, v, place.name)
			return
		}
		x.repair("lost-zero-postcode", c, text, v)
		x.put(c, v)
	default:
		x.doubt("bad-postcode", c, text, "", why.String())
	}
}

var (
	cedex    = regexp.MustCompile(`(?i)\s+cedex(\s+\d+)?$`)
	codeCity = regexp.MustCompile(`^(\d{5})\s+(\pL.*)$`)
	cityCode = regexp.MustCompile(`^(\pL.*\pL)\s*[(,]?\s*(\d{5})\)?$`)
)

// commune reads a name or an INSEE code. Several columns may say it.
func (x *rowReader) commune(c *column, cell spreadsheet.Cell) {
	text, why := clean(cell.Text, false)
	for _, code := range why {
		x.repair(code, c, cell.Text, text)
	}
	if x.code(c, text) {
		return
	}
	name := cedex.ReplaceAllString(text, "")
	if m := codeCity.FindStringSubmatch(name); m != nil {
		x.repair("postcode-and-city", c, text, m[1]+" | "+m[2])
		x.putKey("postcode", c, m[1])
		name = m[2]
	} else if m := cityCode.FindStringSubmatch(name); m != nil {
		x.repair("postcode-and-city", c, text, m[2]+" | "+m[1])
		x.putKey("postcode", c, m[2])
		name = m[1]
	}
	postcode := x.in.get("postcode")
	for _, o := range x.layout.columns {
		if o.field.key == "postcode" && o.at < len(x.row.Cells) && postcode == "" {
			if v, why := ident.Postcode(x.row.Cells[o.at].Text); why == ident.OK || why == ident.LostZero {
				postcode = v
			}
		}
	}
	ids, near := x.refs.city(name, postcode)
	switch known := x.in.get("commune"); {
	case known != "":
		if len(ids) > 0 && !slices.Contains(ids, known) {
			x.doubt("communes-disagree", c, text, "", x.refs.communes[known].name)
		}
	case len(ids) == 1:
		x.put(c, ids[0])
	case len(ids) > 1:
		var list []string
		for _, id := range ids {
			list = append(list, x.refs.communes[id].name+" ("+id+")")
		}
		x.doubt("homonyms", c, text, "", strings.Join(list, ", "))
	default:
		x.doubt("unknown-commune", c, text, near, "")
	}
}

// code reads an INSEE code; false when the text is none.
func (x *rowReader) code(c *column, text string) bool {
	code, why := ident.Commune(text)
	if why != ident.OK && why != ident.LostZero {
		return false
	}
	if known := x.in.get("commune"); known != "" {
		if known != code {
			x.doubt("communes-disagree", c, text, "", x.refs.communes[known].name)
		}
		return true
	}
	if x.refs.communes[code] != nil {
		if why == ident.LostZero {
			x.repair("lost-zero-insee", c, text, code)
		}
		x.put(c, code)
		return true
	}
	if ids := x.refs.byPostcode[code]; len(ids) > 0 {
		proposal := ""
		if len(ids) == 1 {
			proposal = ids[0]
		}
		x.doubt("postcode-for-insee", c, text, proposal, x.refs.communes[ids[0]].name)
		return true
	}
	x.doubt("unknown-commune", c, text, "", "")
	return true
}

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

var betweenPhones = regexp.MustCompile(`\s*(?:/|;|,|\||\n| ou | et | - )\s*`)

func (x *rowReader) phone(c *column, cell spreadsheet.Cell) {
	text, why := clean(cell.Text, false)
	for _, code := range why {
		if code != "spaces" {
			x.repair(code, c, cell.Text, text)
		}
	}
	if t, why := ident.Phone(text); why == ident.OK || why == ident.LostZero {
		x.onePhone(c, text, t, why)
		return
	}
	if d := digits(text); strings.HasPrefix(d, "33") && len(d) == 11 && d == text {
		if t, why := ident.Phone("+" + d); why == ident.OK {
			x.repair("phone-form", c, text, written(t))
			x.onePhone(c, written(t), t, why)
			return
		}
	}
	parts := betweenPhones.Split(text, -1)
	var read []ident.Telephone
	for _, p := range parts {
		if t, why := ident.Phone(p); why == ident.OK {
			read = append(read, t)
		}
	}
	if len(parts) == 2 && len(read) == 2 && (read[0].Line == ident.Mobile) != (read[1].Line == ident.Mobile) {
		x.repair("two-phones", c, text, written(read[0])+" | "+written(read[1]))
		for _, t := range read {
			key := "phone"
			if t.Line == ident.Mobile {
				key = "mobile"
			}
			x.putKey(key, c, written(t))
		}
		return
	}
	detail := ""
	if len(read) > 0 {
		detail = written(read[0])
	}
	x.doubt("bad-phone", c, text, detail, "")
}

// written is a number as the data writes it: 02 33 98 44 00.
func written(t ident.Telephone) string {
	if t.National == "" {
		return t.E164
	}
	return strings.ReplaceAll(typography.Phone(typography.French, t.National), "\u00a0", " ")
}

func (x *rowReader) onePhone(c *column, text string, t ident.Telephone, why ident.Reason) {
	form := written(t)
	if why == ident.LostZero {
		x.repair("lost-zero-phone", c, text, form)
	} else if t.Line != ident.Foreign && digits(form) != digits(text) {
		x.repair("phone-form", c, text, form)
	}
	n := len(x.in.values)
	x.put(c, form)
	if c.field.key == "phone" && t.Line == ident.Mobile && len(x.in.values) > n {
		x.in.values[n].moves = true
	}
}

func (x *rowReader) email(c *column, text string) {
	v := strings.TrimPrefix(strings.Trim(text, " \t;,."), "mailto:")
	normal, why := ident.Email(v)
	switch why {
	case ident.OK, ident.DisplayName:
		if why == ident.DisplayName || normal != text {
			x.repair("email-form", c, text, normal)
		}
		x.put(c, normal)
	default:
		x.doubt("bad-email", c, text, "", why.String())
	}
}

func (x *rowReader) url(c *column, text string) {
	normal, why := ident.URL(strings.TrimSpace(text))
	switch why {
	case ident.OK:
		x.put(c, normal)
	case ident.NoScheme:
		if strings.Contains(normal[len("https://"):], ".") && !strings.ContainsAny(text, " ") {
			x.repair("no-scheme", c, text, normal)
			x.put(c, normal)
			return
		}
		fallthrough
	default:
		x.doubt("bad-url", c, text, "", why.String())
	}
}

// consent reads the scopes that a cell lists, or yes or no.
func (x *rowReader) consent(c *column, text string) {
	if text == none {
		x.put(c, none)
		return
	}
	if v, ok := yesNo(text); ok {
		if v {
			x.said.once("doubts", Remark{Place: x.at(c.at), Code: "consent-to-what", Field: c.field.key, Before: text, Detail: strings.Join(model.ScopeNames, ", ")})
		} else {
			x.put(c, none)
		}
		return
	}
	var list []string
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune("|,;/\n+&", r) }) {
		scope := scopeOf(part)
		if scope == "" {
			x.doubt("unknown-scope", c, text, "", strings.TrimSpace(part))
			return
		}
		list = append(list, scope)
	}
	x.put(c, strings.Join(list, " | "))
}

// scopeOf is the scope that a word names.
func scopeOf(word string) string {
	word = strings.TrimSpace(word)
	if _, ok := model.ScopeNamed(word); ok {
		return word
	}
	plain := plainTitle(word)
	for _, s := range scopeWords {
		if slices.Contains(strings.Split(s.words, "|"), plain) {
			return s.scope
		}
	}
	return ""
}

// challenge reads the titles or ids that a cell lists.
func (x *rowReader) challenge(c *column, text string) {
	add := func(id string) {
		x.in.challenges = append(x.in.challenges, gotChallenge{id: id, column: c.at})
	}
	if id, ok := x.refs.challenges.one(text); ok {
		add(id)
		return
	}
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune("|\n;•", r) }) {
		if part = strings.TrimSpace(part); part == "" || placeholders[strings.ToLower(part)] {
			continue
		}
		if id, ok := x.refs.challenges.one(part); ok {
			add(id)
			continue
		}
		x.commas(c, part, add)
	}
}

// commas reads titles that commas part, and which may hold commas: the longest first.
func (x *rowReader) commas(c *column, text string, add func(string)) {
	parts := strings.Split(text, ",")
	for i := 0; i < len(parts); {
		found := false
		for j := min(len(parts), i+6); j > i && !found; j-- {
			if id, ok := x.refs.challenges.one(strings.Join(parts[i:j], ",")); ok {
				add(id)
				i, found = j, true
			}
		}
		if found {
			continue
		}
		part := strings.TrimSpace(parts[i])
		if len(parts) == 1 || i == 0 && !slices.ContainsFunc(parts, func(p string) bool { _, ok := x.refs.challenges.one(p); return ok }) {
			part = text
			i = len(parts)
		}
		if part != "" {
			_, near := x.refs.challenges.find(part)
			x.doubt("unknown-challenge", c, part, near, "")
		}
		i++
	}
}

// pseudo reads what fills other fields.
func (x *rowReader) pseudo(c *column, cell spreadsheet.Cell) {
	text := strings.TrimSpace(cell.Text)
	switch {
	case strings.HasPrefix(c.field.key, "consent."):
		v, ok := yesNo(text)
		if !ok {
			x.doubt("not-yes-no", c, text, "", "")
			return
		}
		x.in.consents = append(x.in.consents, got{key: c.arg, text: boolText(v), column: c.at})
	case strings.HasPrefix(c.field.key, "challenge:"):
		x.cross(c, cell)
	case c.field.key == "postcode_city":
		x.commune(&column{at: c.at, field: byKey["commune"]}, cell)
	case c.field.key == "point":
		x.point(c, text)
	case c.field.key == "legal_form":
		switch plainWords(text) {
		case "ei", "entreprise individuelle", "entrepreneur individuel", "micro entreprise", "micro entrepreneur", "auto entrepreneur", "auto entreprise", "autoentrepreneur", "microentreprise", "sole trader":
			x.putKey("sole_trader", c, "true")
		}
	}
}

// cross reads a cell of a matrix: a cross, the day, or a word.
func (x *rowReader) cross(c *column, cell spreadsheet.Cell) {
	text := strings.TrimSpace(cell.Text)
	g := gotChallenge{id: c.arg, column: c.at}
	if v, ok := yesNo(text); ok {
		if v {
			x.in.challenges = append(x.in.challenges, g)
		}
		return
	}
	if day, why, ok := date(cell); ok {
		if why != "" {
			x.repair(why, c, text, day)
		}
		g.values.set("done_on", day)
		x.in.challenges = append(x.in.challenges, g)
		return
	}
	switch plainWords(text) {
	case "nouveau", "nouvelle", "new":
		g.values.set("new", "true")
	case "deja", "deja en place", "en place", "realise", "releve", "fait", "atteint", "done":
	default:
		x.doubt("not-yes-no", c, text, "", "")
		return
	}
	x.in.challenges = append(x.in.challenges, g)
}

// subs moves the values of commitments and awards to where they belong.
func (x *rowReader) subs() {
	var own []got
	for _, v := range x.in.values {
		f := byKey[v.key]
		switch {
		case f != nil && f.of == ofAward:
			x.in.award = append(x.in.award, v)
		case f != nil && f.of == ofCommitment:
			if len(x.in.challenges) != 1 {
				x.doubt("which-challenge", &column{at: v.column, field: f}, v.text, "", "")
				continue
			}
			x.in.challenges[0].values.set(v.key, v.text)
		default:
			own = append(own, v)
		}
	}
	x.in.values = own
	// A list and a cross may name the same action.
	var once []gotChallenge
	for _, c := range x.in.challenges {
		i := slices.IndexFunc(once, func(o gotChallenge) bool { return o.id == c.id })
		if i < 0 {
			once = append(once, c)
			continue
		}
		for _, v := range c.values {
			if _, there := once[i].values.get(v.key); !there {
				once[i].values.set(v.key, v.text)
			}
		}
	}
	x.in.challenges = once
}

// short says that a text could be a name and not a remark below the table.
func short(s string) bool { return utf8.RuneCountInString(s) <= 120 }
