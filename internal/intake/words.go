package intake

import (
	"strings"

	"vitrine/internal/typography"
)

// phrase is what is said, in French and in English. {before}, {after} and {detail} are
// those of the remark; in French the no-break spaces are put in when it is shown.
type phrase struct{ fr, en string }

func (p phrase) in(lang typography.Language) string {
	if lang == typography.English {
		return p.en
	}
	return noBreak.Replace(p.fr)
}

var noBreak = strings.NewReplacer("« ", "«\u00a0", " »", "\u00a0»", " :", "\u00a0:", " ;", "\u00a0;", " ?", "\u00a0?", " !", "\u00a0!")

// words are all that an import says of cells, rows, sheets and files, by their codes. The
// codes do not change; docs/import.md has a line for each.
var words = map[string]phrase{
	// repairs
	"mojibake":           {"accents abîmés par un double enregistrement, rétablis", "accents broken by a wrong encoding, restored"},
	"invisible":          {"caractères invisibles enlevés", "invisible characters removed"},
	"spaces":             {"espaces en trop, insécables ou tabulations", "extra spaces, no-break spaces or tabs"},
	"apostrophe":         {"signe tapé à la place d’une apostrophe", "a sign typed for an apostrophe"},
	"american-date":      {"date à l’américaine : le mois vient en premier, sans autre lecture possible", "American date: the month comes first, it cannot be read otherwise"},
	"serial-date":        {"numéro de jour du tableur", "the spreadsheet’s number of the day"},
	"lost-zero-siret":    {"zéro de tête perdu : la clé de contrôle le prouve", "leading zero lost: the control digit proves it"},
	"lost-zero-postcode": {"zéro de tête perdu", "leading zero lost"},
	"lost-zero-insee":    {"zéro de tête perdu : ce code existe dans les données", "leading zero lost: the data has this code"},
	"lost-zero-phone":    {"zéro de tête perdu", "leading zero lost"},
	"phone-form":         {"numéro écrit autrement", "number written another way"},
	"phone-is-mobile":    {"c’est un portable : rangé dans « mobile », qui n’est publié qu’avec son propre accord", "this is a mobile: put in “mobile”, which is published only with a consent of its own"},
	"two-phones":         {"deux numéros dans la cellule : un fixe et un portable", "two numbers in the cell: a landline and a mobile"},
	"email-form":         {"adresse écrite autrement", "address written another way"},
	"no-scheme":          {"https:// manquait", "https:// was missing"},
	"unit":               {"unité enlevée", "unit removed"},
	"postcode-and-city":  {"code postal et ville dans la même cellule", "postcode and city in one cell"},
	"decimal-comma":      {"virgule décimale", "decimal comma"},
	"lambert-93":         {"coordonnées Lambert-93 converties en degrés (WGS 84)", "Lambert-93 coordinates converted to degrees (WGS 84)"},
	"swapped-point":      {"latitude et longitude inversées : dans l’autre sens, le point est dans la commune", "latitude and longitude swapped: the other way round, the point is in the commune"},

	// doubts: the value is left out
	"formula-error":       {"la formule donne une erreur, ou n’a jamais été calculée", "the formula gives an error, or was never computed"},
	"bad-naf":             {"ce n’est pas un code NAF", "this is no NAF code"},
	"unknown-trade":       {"métier inconnu{?after:, peut-être « {after} »}", "unknown trade{?after:, maybe “{after}”}"},
	"unknown-level":       {"niveau inconnu{?after:, peut-être « {after} »}", "unknown level{?after:, maybe “{after}”}"},
	"unknown-edition":     {"édition inconnue{?after:, peut-être « {after} »}", "unknown edition{?after:, maybe “{after}”}"},
	"unknown-challenge":   {"action inconnue{?after:, peut-être « {after} »}", "unknown action{?after:, maybe “{after}”}"},
	"unknown-word":        {"mot inconnu ici", "unknown word here"},
	"bad-hours":           {"horaires qu’un programme ne sait pas lire ; par exemple : Tu-Sa 08:00-12:30,14:00-19:00", "hours that a program cannot read; for instance: Tu-Sa 08:00-12:30,14:00-19:00"},
	"missing-file":        {"ce fichier n’est ni dans static/ ni dans data/files/", "this file is neither in static/ nor in data/files/"},
	"lost-character":      {"un caractère a été perdu avant cet envoi ; le texte est repris tel quel", "a character was lost before this was sent; the text is taken as it is"},
	"not-yes-no":          {"ni oui ni non", "neither yes nor no"},
	"not-a-number":        {"ce n’est pas un nombre", "this is no number"},
	"bad-date":            {"ce n’est pas une date sûre", "this is no certain date"},
	"scientific":          {"le tableur a perdu les derniers chiffres : demandez le numéro complet", "the spreadsheet lost the last digits: ask for the whole number"},
	"rounded-siret":       {"numéro arrondi par le tableur : demandez le numéro complet", "number rounded by the spreadsheet: ask for the whole number"},
	"siren-only":          {"c’est un SIREN (9 chiffres) : il manque le numéro de l’établissement (14 chiffres)", "this is a SIREN (9 digits): the establishment’s number is missing (14 digits)"},
	"bad-siret":           {"ce n’est pas un SIRET : un chiffre est faux ou manque", "this is no SIRET: a digit is wrong or missing"},
	"postcode-elsewhere":  {"avec un zéro devant, ce serait {after}, qui n’est pas à {detail}", "with a leading zero this would be {after}, which is not in {detail}"},
	"bad-postcode":        {"ce n’est pas un code postal", "this is no postcode"},
	"communes-disagree":   {"une autre colonne dit {detail}, gardé", "another column says {detail}, which is kept"},
	"homonyms":            {"plusieurs communes portent ce nom : {detail}", "several communes have this name: {detail}"},
	"unknown-commune":     {"commune absente des données{?after:, peut-être {after}}", "the data has no such commune{?after:, maybe {after}}"},
	"postcode-for-insee":  {"c’est un code postal (celui de {detail}), pas un code INSEE{?after: ; peut-être {after}}", "this is a postcode (of {detail}), no INSEE code{?after:; maybe {after}}"},
	"several-meanings":    {"plusieurs sens possibles : {detail}", "several meanings: {detail}"},
	"bad-phone":           {"ce n’est pas un numéro sûr{?detail: ; on y lit {detail}}", "this is no certain number{?detail:; it holds {detail}}"},
	"bad-email":           {"ce n’est pas une adresse électronique", "this is no e-mail address"},
	"bad-url":             {"ce n’est pas une adresse de site", "this is no web address"},
	"consent-to-what":     {"accord à quoi ? Le réglage du site s’applique ; on peut lister : {detail}", "consent to what? The site’s default applies; one may list: {detail}"},
	"unknown-scope":       {"on ne sait pas ce que « {detail} » ouvre : rien n’est changé aux accords", "it is not known what “{detail}” opens: consent is left as it is"},
	"bad-point":           {"ce ne sont pas des coordonnées", "these are no coordinates"},
	"half-a-point":        {"une seule coordonnée sur deux", "one coordinate of two"},
	"point-elsewhere":     {"ce point est loin de {detail}", "this point is far from {detail}"},
	"point-abroad":        {"ce point n’est pas en France, et la commune n’est pas connue", "this point is not in France, and the commune is not known"},
	"which-challenge":     {"la ligne nomme plusieurs actions, ou aucune : on ne sait pas à laquelle cela se rapporte", "the row names several actions, or none: it is not known which one this is about"},
	"same-name-elsewhere": {"ajouté, mais les données ont ce nom ailleurs : {detail}. A-t-il déménagé ? Répondez dans import.toml ([[same]])", "added, but the data has this name elsewhere: {detail}. Did they move? Answer in import.toml ([[same]])"},
	"capitals":            {"nom tout en capitales ; pour l’impression : « {after} » ? (--accept-names l’écrit dans print_name)", "name in capitals; to be printed as “{after}”? (--accept-names writes it to print_name)"},
	"award-no-edition":    {"de quelle édition ? Aucune distinction n’est ajoutée (--edition la donne pour toute la liste)", "of which edition? No award is added (--edition says it for the whole list)"},
	"award-no-date":       {"remise quel jour ? Il faut une colonne « Remis le », ou la date de la cérémonie dans l’édition", "awarded on which day? A column “Awarded on” is needed, or the ceremony’s date in the edition"},

	"bar-in-list":     {"une barre | dans un élément ne peut pas s’écrire dans un fichier CSV", "a bar | inside an item cannot be written in a CSV file"},
	"until-before-on": {"la fin de validité précède la remise ({detail})", "the end of validity comes before the award ({detail})"},

	// rows that are refused
	"no-name":             {"ni nom, ni SIRET, ni identifiant", "no name, SIRET or id"},
	"a-total":             {"c’est une ligne de total", "this is a line of totals"},
	"titles-again":        {"c’est la ligne des titres, répétée", "these are the titles again"},
	"a-remark":            {"c’est une remarque sous le tableau", "this is a remark below the table"},
	"near-match":          {"presque quelqu’un des données : {detail}. Est-ce lui ? Répondez dans import.toml ([[same]])", "nearly somebody of the data: {detail}. Is it them? Answer in import.toml ([[same]])"},
	"other-siret":         {"même nom, même commune, mais un autre SIRET : {detail}. Répondez dans import.toml ([[same]])", "same name and commune, but another SIRET: {detail}. Answer in import.toml ([[same]])"},
	"several-people":      {"plusieurs des données portent ce nom : {detail}. Répondez dans import.toml ([[same]])", "several of the data have this name: {detail}. Answer in import.toml ([[same]])"},
	"unknown-participant": {"aucun participant « {detail} »", "no participant “{detail}”"},
	"contradiction":       {"dit autre chose que la ligne du même participant plus haut ({detail})", "says something else than the row of the same participant above ({detail})"},
	"no-participant":      {"pas d’identifiant de participant", "no participant id"},
	"no-challenge":        {"pas d’action reconnue", "no action that is known"},
	"no-edition":          {"pas d’édition reconnue", "no edition that is known"},

	// sheets that are not read
	"sheet-skipped":  {"écartée par import.toml", "left out by import.toml"},
	"sheet-hidden":   {"feuille masquée : pas lue (read = true dans import.toml la fait lire)", "hidden sheet: not read (read = true in import.toml reads it)"},
	"sheet-empty":    {"vide", "empty"},
	"no-table":       {"pas de ligne de titres reconnue", "no row of titles that is understood"},
	"no-name-column": {"aucune colonne ne dit qui est qui (nom, SIRET ou identifiant)", "no column says who is who (name, SIRET or id)"},

	// files that are refused
	"empty":       {"ce fichier est vide", "this file is empty"},
	"damaged":     {"ce fichier est abîmé ou incomplet : demandez qu’on vous le renvoie", "this file is damaged or cut short: ask for it again"},
	"bomb":        {"ce fichier enfle hors de proportion quand on l’ouvre : il est refusé", "this file grows out of proportion when it is opened: it is refused"},
	"locked":      {"ce classeur est protégé par un mot de passe : ouvrez-le, enlevez le mot de passe et enregistrez-le", "this workbook is under a password: open it, take the password away and save it"},
	"old-excel":   {"c’est un classeur de l’ancien format .xls : ouvrez-le et enregistrez-le en .xlsx", "this workbook is of the old format .xls: open it and save it as .xlsx"},
	"binary":      {"c’est un classeur binaire .xlsb : ouvrez-le et enregistrez-le en .xlsx", "this is a binary workbook, .xlsb: open it and save it as .xlsx"},
	"web-page":    {"c’est une page web enregistrée sous un nom de tableur : ouvrez-la dans un tableur et enregistrez-la en .xlsx", "this is a web page under a spreadsheet’s name: open it in a spreadsheet program and save it as .xlsx"},
	"not-a-sheet": {"ce n’est pas un tableur", "this is no spreadsheet"},
	"too-large":   {"plus de lignes qu’un tableur n’en a", "more rows than a spreadsheet has"},
	"open-quote":  {"ligne {detail} : un guillemet ouvert n’est jamais fermé", "line {detail}: a quote is never closed"},
	"misnamed":    {"son nom dit un autre format que son contenu ({detail}) : lu d’après son contenu", "its name says another format than its content ({detail}): read by its content"},
	"macros":      {"ce classeur a des macros : elles sont ignorées, les cellules sont lues", "this workbook has macros: they are ignored, the cells are read"},

	// how a column was understood
	"by-near":     {"titre approchant", "a title that is near"},
	"by-contents": {"d’après les cellules", "by its cells"},
	"by-map":      {"d’après import.toml", "by import.toml"},
	"by-map-none": {"pas lue, d’après import.toml", "not read, by import.toml"},
	"unknown":     {"pas lue{?after: ; peut-être {after}}", "not read{?after:; maybe {after}}"},
	"twice":       {"pas lue : une autre colonne dit déjà {after}", "not read: another column says {after} already"},
	"not-kept":    {"pas lue : les données n’ont pas de place pour elle", "not read: the data has no place for it"},
}

// Say words a code.
func Say(lang typography.Language, code, before, after, detail string) string {
	text := words[code].in(lang)
	values := map[string]string{"before": before, "after": after, "detail": detail}
	for name, v := range values {
		mark := "{?" + name + ":"
		for {
			i := strings.Index(text, mark)
			if i < 0 {
				break
			}
			depth, end := 1, i+len(mark)
			for ; end < len(text) && depth > 0; end++ {
				switch text[end] {
				case '{':
					depth++
				case '}':
					depth--
				}
			}
			inner := text[i+len(mark) : end-1]
			if v == "" {
				inner = ""
			}
			text = text[:i] + inner + text[end:]
		}
	}
	return strings.NewReplacer("{before}", before, "{after}", after, "{detail}", detail).Replace(text)
}

// Codes lists every code that an import may say.
func Codes() []string {
	out := make([]string, 0, len(words))
	for c := range words {
		out = append(out, c)
	}
	return out
}

// Message is what a remark says.
func (r Remark) Message(lang typography.Language) string {
	return Say(lang, r.Code, r.Before, r.After, r.Detail)
}

// Where is « feuille 2, F17 », or « F17 » in a file of one sheet.
func (r *Result) Where(lang typography.Language, p Place) string {
	cell := p.Cell()
	if p.Column < 0 {
		cell = phrase{"ligne ", "row "}.in(lang) + cell
	}
	if len(r.Sheets) > 1 {
		return phrase{"feuille ", "sheet "}.in(lang) + itoa(p.Rank) + ", " + cell
	}
	return cell
}
