package diag

import "strings"

// Code names a kind of message. It does not change with the language, and
// docs/diagnostics.md has a section for each.
type Code string

// The codes, by what they are about.
const (
	// Files that cannot be read as what they are.
	Unreadable  Code = "unreadable"
	BadEncoding Code = "bad-encoding"
	TOMLSyntax  Code = "toml-syntax"
	CSVSyntax   Code = "csv-syntax"
	FrontMatter Code = "front-matter"

	// Keys and their types.
	UnknownKey Code = "unknown-key"
	MissingKey Code = "missing-key"
	WrongType  Code = "wrong-type"
	TwicePlace Code = "set-twice"
	BadChoice  Code = "bad-choice"

	// Names and references.
	BadID      Code = "bad-id"
	Duplicate  Code = "duplicate-id"
	ReservedID Code = "reserved-id"
	UnknownRef Code = "unknown-ref"
	OrphanFile Code = "orphan-file"

	// Values with rules of their own.
	BadDate        Code = "bad-date"
	DateOrder      Code = "date-order"
	BadPeriod      Code = "bad-period"
	BadSIRET       Code = "bad-siret"
	BadSIREN       Code = "bad-siren"
	BadINSEE       Code = "bad-insee"
	BadNAF         Code = "bad-naf"
	BadPostcode    Code = "bad-postcode"
	BadCoordinates Code = "bad-coordinates"
	BadHours       Code = "bad-hours"
	BadURL         Code = "bad-url"
	BadEmail       Code = "bad-email"
	BadPhone       Code = "bad-phone"
	BadColour      Code = "bad-colour"
	BadNumber      Code = "bad-number"

	// The programme's own rules.
	RuleFailed     Code = "rule-failed"
	RuleUnmet      Code = "rule-unmet"
	LevelLow       Code = "level-low"
	BadRule        Code = "bad-rule"
	IdleRule       Code = "idle-rule"
	DuplicateAward Code = "duplicate-award"
	AwardLater     Code = "award-later"
	NotAwarded     Code = "not-awarded"
	UnknownFile    Code = "unknown-file"
	LegalNotice    Code = "legal-notice"
	FirstLanguage  Code = "first-language"

	// Figures, money, dates and names that do not agree.
	BadFormula     Code = "bad-formula"
	FormulaCircle  Code = "formula-circle"
	FormulaZero    Code = "formula-zero"
	FigureMismatch Code = "figure-mismatch"
	FigureConflict Code = "figure-conflict"
	FigureUndated  Code = "figure-undated"
	ToReplace      Code = "to-replace"
	BudgetQuantity Code = "budget-quantity"
	BudgetProduct  Code = "budget-product"
	BudgetTotal    Code = "budget-total"
	FundingRate    Code = "funding-rate"
	FundingCap     Code = "funding-cap"
	FundingOver    Code = "funding-over"
	DateOutside    Code = "date-outside"
	DateConflict   Code = "date-conflict"
	DeadlineEarly  Code = "deadline-early"
	NearDuplicate  Code = "near-duplicate"
	BadRange       Code = "bad-range"
	UnknownRole    Code = "unknown-role"

	// Addresses and links.
	PathCollision Code = "path-collision"
	CodeCollision Code = "code-collision"
	UnsafePath    Code = "unsafe-path"
	DeadLink      Code = "dead-link"
	DeadImage     Code = "dead-image"

	// The theme.
	UnknownTheme   Code = "unknown-theme"
	UnknownLayout  Code = "unknown-layout"
	TemplateSyntax Code = "template-syntax"
	TemplateRun    Code = "template-run"
	BadFont        Code = "bad-font"

	// Printing conditions.
	UnknownCondition Code = "unknown-condition"
	BadProfile       Code = "bad-profile"

	// Pictures and pieces.
	MissingFile   Code = "missing-file"
	BadPicture    Code = "bad-picture"
	PictureCoarse Code = "picture-coarse"
	PictureLow    Code = "picture-low"
	UnknownPiece  Code = "unknown-template"
	PieceFor      Code = "piece-for"
	BadBox        Code = "bad-box"
	CutTight      Code = "cut-tight"
	CutNodes      Code = "cut-nodes"
	UnknownSheet  Code = "unknown-sheet"
	BadSheet      Code = "bad-sheet"
	SheetTooSmall Code = "sheet-too-small"
	TextOverflow  Code = "text-overflow"
	TextShrunk    Code = "text-shrunk"
	MissingGlyph  Code = "missing-glyph"
	NameUnseen    Code = "name-unseen"
	QRTooSmall    Code = "qr-too-small"

	// What would go wrong on paper.
	InkHigh      Code = "ink-high"
	RichBlack    Code = "rich-black"
	Hairline     Code = "hairline"
	TextTiny     Code = "text-tiny"
	TextReversed Code = "text-reversed"
	TextUnsafe   Code = "text-unsafe"
	TextCut      Code = "text-cut"
	TextHidden   Code = "text-hidden"
	BadSpot      Code = "bad-spot"
	ShortBleed   Code = "short-bleed"
	ContrastLow  Code = "contrast-low"
	QRQuiet      Code = "qr-quiet"
	QRNoAddress  Code = "qr-no-address"
)

// message is one text in the languages that a reader may choose.
type message struct{ fr, en string }

func (m message) text(lang Language) string {
	if lang == English {
		return m.en
	}
	return noBreak.Replace(m.fr)
}

// noBreak gives a French text its no-break spaces: they are not told from others in a
// source file.
var noBreak = strings.NewReplacer("« ", "«\u00a0", " »", "\u00a0»", " :", "\u00a0:", " ;", "\u00a0;", " ?", "\u00a0?", " !", "\u00a0!")

// entry is what the catalogue knows of a code.
type entry struct {
	severity Severity
	message
	advice message
}

func (e entry) hint(lang Language) string { return e.advice.text(lang) }

// Codes lists every code of the catalogue.
func Codes() []Code {
	out := make([]Code, 0, len(catalogue))
	for c := range catalogue {
		out = append(out, c)
	}
	return out
}

// noun is a kind of record in both languages; feminine is its French gender.
type noun struct {
	fr       string
	feminine bool
	en       string
}

// nouns are the kinds of records that messages speak of. They are the words of
// the data's keys, not those of a programme.
var nouns = map[string]noun{
	"organisation": {"organisation", true, "organisation"},
	"territory":    {"territoire", false, "territory"},
	"trade":        {"métier", false, "trade"},
	"programme":    {"programme", false, "programme"},
	"theme":        {"thème", false, "theme"},
	"challenge":    {"défi", false, "challenge"},
	"participant":  {"participant", false, "participant"},
	"edition":      {"édition", true, "edition"},
	"level":        {"niveau", false, "level"},
	"group":        {"groupe", false, "group"},
	"event":        {"rendez-vous", false, "event"},
	"measure":      {"mesure", true, "measure"},
	"category":     {"catégorie", true, "category"},
	"piece":        {"pièce", true, "piece"},
	"commune":      {"commune", true, "commune"},
	"award":        {"attribution", true, "award"},
	"page":         {"page", true, "page"},
	"news":         {"actualité", true, "news item"},
	"scope":        {"accord", false, "consent scope"},
	"font":         {"police", true, "font"},
	"colour":       {"couleur", true, "colour"},
	"rule":         {"règle", true, "rule"},
	"item":         {"élément", false, "item"},
	"box":          {"cadre", false, "box"},
	"style":        {"style", false, "style"},
}

func inflect(value, form string, lang Language) string {
	if form == "" {
		return value
	}
	if form == "phrase" {
		if m, ok := phrases[value]; ok {
			return m.text(lang)
		}
		return value
	}
	if form == "figure" {
		return figure(value, lang)
	}
	n, ok := nouns[value]
	if !ok {
		return value
	}
	if lang == English {
		if form == "unknown" {
			return "unknown " + n.en
		}
		return n.en
	}
	switch {
	case form == "unknown" && n.feminine:
		return n.fr + " inconnue"
	case form == "unknown":
		return n.fr + " inconnu"
	case form == "none" && n.feminine:
		return "aucune " + n.fr
	case form == "none":
		return "aucun " + n.fr
	case form == "a" && n.feminine:
		return "une " + n.fr
	case form == "a":
		return "un " + n.fr
	case form == "of" && strings.ContainsRune("aeéèh", firstRune(n.fr)):
		return "d’" + n.fr
	case form == "of":
		return "de " + n.fr
	}
	return n.fr
}

func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}
