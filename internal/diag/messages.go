package diag

// catalogue is every message, once. In French the marks ; : ! ? and « » get their
// no-break spaces when they are shown; {name} is a value, {name:form} an inflected kind.
var catalogue = map[Code]entry{
	Unreadable: {Error, message{"lecture impossible : {reason:phrase}", "cannot be read: {reason:phrase}"}, message{}},
	BadEncoding: {Error, message{"ce fichier n’est pas en UTF-8", "this file is not UTF-8"},
		message{"enregistrez-le en UTF-8 depuis votre éditeur", "save it as UTF-8 from your editor"}},
	TOMLSyntax: {Error, message{"TOML mal formé : {reason}", "malformed TOML: {reason}"}, message{}},
	CSVSyntax: {Error, message{"CSV mal formé : {reason}", "malformed CSV: {reason}"},
		message{"les colonnes se séparent par des virgules ou des points-virgules, les listes par |", "columns are separated by commas or semicolons, lists by |"}},
	FrontMatter: {Error, message{"l’en-tête n’est pas fermé", "the front matter is not closed"},
		message{"il tient entre deux lignes +++", "it stands between two +++ lines"}},

	UnknownKey: {Error, message{"clé inconnue « {key} »", "unknown key “{key}”"}, message{}},
	MissingKey: {Error, message{"il manque la clé « {key} »", "the key “{key}” is missing"}, message{}},
	WrongType:  {Error, message{"« {key} » doit être {want:phrase}", "“{key}” must be {want:phrase}"}, message{}},
	TwicePlace: {Error, message{"« {key} » est aussi donnée dans {other}", "“{key}” is also set in {other}"},
		message{"gardez-la à un seul endroit", "keep it in one place"}},
	BadChoice: {Error, message{"« {value} » ne convient pas à « {key} »", "“{value}” does not fit “{key}”"},
		message{"choix possibles : {choices}", "one of: {choices}"}},

	BadID: {Error, message{"identifiant mal formé « {id} »", "malformed id “{id}”"},
		message{"lettres minuscules sans accent, chiffres et traits d’union, par exemple « {proposal} »", "lower-case letters, digits and hyphens, such as “{proposal}”"}},
	Duplicate:  {Error, message{"{kind:term} en double « {id} »", "duplicate {kind:term} “{id}”"}, message{}},
	ReservedID: {Error, message{"« {id} » est réservé", "“{id}” is reserved"}, message{"choisissez un autre identifiant", "choose another id"}},
	UnknownRef: {Error, message{"{kind:unknown} « {id} »", "{kind:unknown} “{id}”"}, message{}},
	OrphanFile: {Error, message{"ce fichier ne correspond à {kind:none} « {id} »", "this file belongs to no {kind:term} “{id}”"},
		message{"son nom doit être l’identifiant d’une fiche", "its name must be the id of a record"}},

	BadDate:        {Error, message{"« {value} » n’est pas une date", "“{value}” is not a date"}, message{"écrivez 2023-11-30, sans guillemets", "write 2023-11-30, without quotes"}},
	DateOrder:      {Error, message{"« {what} » ({later}) précède « {than} » ({earlier})", "“{what}” ({later}) comes before “{than}” ({earlier})"}, message{}},
	BadPeriod:      {Error, message{"durée illisible « {value} »", "unreadable period “{value}”"}, message{"écrivez par exemple « 3 months » ou « 1 year »", "write for instance “3 months” or “1 year”"}},
	BadSIRET:       {Error, message{"SIRET invalide « {value} » : {reason:phrase}", "invalid SIRET “{value}”: {reason:phrase}"}, message{}},
	BadSIREN:       {Error, message{"SIREN invalide « {value} » : {reason:phrase}", "invalid SIREN “{value}”: {reason:phrase}"}, message{}},
	BadINSEE:       {Error, message{"code INSEE de commune invalide « {value} »", "invalid INSEE commune code “{value}”"}, message{"cinq caractères, entre guillemets : « 61169 », « 2A004 »", "five characters, in quotes: “61169”, “2A004”"}},
	BadNAF:         {Error, message{"code NAF invalide « {value} »", "invalid NAF code “{value}”"}, message{"par exemple « 10.71C »", "such as “10.71C”"}},
	BadPostcode:    {Error, message{"code postal invalide « {value} »", "invalid postcode “{value}”"}, message{"cinq chiffres, entre guillemets", "five digits, in quotes"}},
	BadCoordinates: {Error, message{"coordonnée « {key} » hors limites : {value}", "coordinate “{key}” out of range: {value}"}, message{"en degrés décimaux ; lat d’abord, lon ensuite", "in decimal degrees; lat, then lon"}},
	BadHours:       {Error, message{"horaires illisibles « {value} »", "unreadable opening hours “{value}”"}, message{"écrivez-les comme OpenStreetMap : « Tu-Fr 08:30-12:30,14:00-19:00; Sa 09:00-13:00 »", "write them as OpenStreetMap does: “Tu-Fr 08:30-12:30,14:00-19:00; Sa 09:00-13:00”"}},
	BadURL:         {Error, message{"adresse web invalide « {value} »", "invalid web address “{value}”"}, message{"elle commence par https:// ou http://", "it starts with https:// or http://"}},
	BadEmail:       {Error, message{"adresse électronique invalide « {value} »", "invalid e-mail address “{value}”"}, message{}},
	BadPhone:       {Error, message{"numéro de téléphone invalide « {value} »", "invalid phone number “{value}”"}, message{"par exemple « 02 33 98 44 00 » ou « +33 2 33 98 44 00 »", "such as “02 33 98 44 00” or “+33 2 33 98 44 00”"}},
	BadColour:      {Error, message{"couleur invalide « {value} »", "invalid colour “{value}”"}, message{"six chiffres hexadécimaux après # ; en CMJN, quatre pourcentages", "six hexadecimal digits after #; in CMYK, four percentages"}},
	BadNumber:      {Error, message{"« {key} » hors limites : {value}", "“{key}” out of range: {value}"}, message{}},

	RuleFailed: {Error, message{"{participant} ({edition}) : {rule} ({found})", "{participant} ({edition}): {rule} ({found})"},
		message{"complétez ses engagements, ou notez « waived = \"raison\" » sur l’attribution", "complete its commitments, or note waived = \"reason\" on the award"}},
	DuplicateAward: {Error, message{"« {participant} » a déjà une attribution pour l’édition « {edition} »", "“{participant}” already has an award for edition “{edition}”"}, message{}},
	AwardLater: {Warning, message{"attributions datées après le {date} : {count} ; leurs pièces sont faites, le site n’en dit rien encore", "awards dated after {date}: {count}; their pieces are made, the site does not speak of them yet"},
		message{"construisez avec --date pour voir le site ce jour-là", "build with --date to see the site on that day"}},
	LegalNotice: {Error, message{"mentions légales incomplètes : il manque {what:phrase}", "incomplete legal notice: {what:phrase} is missing"},
		message{"la loi exige éditeur (adresse, téléphone), direction de la publication et hébergeur", "the law asks for publisher (address, phone), publication director and host"}},

	FirstLanguage: {Warning, message{"le site n’est fabriqué que dans sa première langue, « {language} »", "the site is made in its first language only, “{language}”"},
		message{"les traductions (X.en.toml, X.en.md) ne sont pas encore publiées", "translations (X.en.toml, X.en.md) are not published yet"}},

	PathCollision: {Error, message{"deux pages veulent l’adresse /{path}", "two pages want the address /{path}"}, message{}},
	CodeCollision: {Error, message{"le code court « {code} » est déjà pris par « {other} »", "the short code “{code}” is already taken by “{other}”"},
		message{"donnez à l’un des deux une clé « code » de votre choix", "give one of them a “code” of your choice"}},
	UnsafePath: {Error, message{"chemin refusé « {path} »", "refused path “{path}”"}, message{"restez dans le dossier static, sans « .. »", "stay inside the static folder, without “..”"}},
	DeadLink:   {Error, message{"ce lien ne mène nulle part : {target}", "this link leads nowhere: {target}"}, message{}},
	DeadImage:  {Error, message{"cette image n’existe pas : {target}", "there is no such image: {target}"}, message{"posez le fichier dans static/", "put the file in static/"}},

	UnknownTheme:   {Error, message{"thème graphique inconnu « {id} »", "unknown theme “{id}”"}, message{"un dossier themes/{id} avec un fichier theme.toml", "a folder themes/{id} with a theme.toml"}},
	TemplateSyntax: {Error, message{"gabarit mal formé : {reason}", "malformed template: {reason}"}, message{}},
	TemplateRun:    {Error, message{"le gabarit échoue : {reason}", "the template failed: {reason}"}, message{}},
	BadFont:        {Error, message{"police inutilisable « {file} » : {reason:phrase}", "unusable font “{file}”: {reason:phrase}"}, message{"une police TrueType (.ttf), entière", "a whole TrueType font (.ttf)"}},

	MissingFile:    {Error, message{"fichier introuvable « {file} »", "no such file “{file}”"}, message{"dans static/, ou dans data/files/ s’il n’est que pour l’impression", "in static/, or in data/files/ if it is for print only"}},
	BadPicture:     {Error, message{"image inutilisable « {file} » : {reason:phrase}", "unusable picture “{file}”: {reason:phrase}"}, message{}},
	PictureCoarse:  {Error, message{"{piece}, {record} : « {file} » n’a que {dpi} points par pouce à cette taille", "{piece}, {record}: “{file}” has only {dpi} dots per inch at this size"}, message{"il en faut 150 au moins, 300 pour être net", "at least 150 are needed, 300 to be sharp"}},
	PictureLow:     {Warning, message{"{piece}, {record} : « {file} » a {dpi} points par pouce, 300 seraient nets", "{piece}, {record}: “{file}” has {dpi} dots per inch, 300 would be sharp"}, message{}},
	UnknownPiece:   {Error, message{"gabarit de pièce inconnu « {id} »", "unknown piece template “{id}”"}, message{}},
	BadBox:         {Error, message{"cadre mal décrit : {reason:phrase}", "badly described box: {reason:phrase}"}, message{}},
	TextOverflow:   {Error, message{"{piece}, {record} : « {text} » ne tient pas ({field})", "{piece}, {record}: “{text}” does not fit ({field})"}, message{"donnez un « print_name » plus court, ou agrandissez le cadre", "give a shorter print_name, or a larger box"}},
	TextShrunk:     {Warning, message{"{piece}, {record} : « {text} » réduit à {size} pt", "{piece}, {record}: “{text}” shrunk to {size} pt"}, message{}},
	MissingGlyph:   {Error, message{"{piece}, {record} : la police « {font} » n’a pas « {char} » ({code})", "{piece}, {record}: the font “{font}” lacks “{char}” ({code})"}, message{"changez ce caractère, ou choisissez une police qui l’a", "change this character, or choose a font that has it"}},
	QRTooSmall:     {Error, message{"{piece}, {record} : code QR de {size} mm, il en faut {min}", "{piece}, {record}: the QR code is {size} mm, it needs {min}"}, message{}},
	PrivateInPiece: {Error, message{"la pièce publique « {piece} » demande une donnée privée : {field}", "the public piece “{piece}” asks for private data: {field}"}, message{}},
}

// hints are the pieces of advice and notes that several codes share.
var hints = map[string]message{
	"did-you-mean":  {"vouliez-vous dire « {word} » ?", "did you mean “{word}”?"},
	"known-keys":    {"clés possibles : {keys}", "possible keys: {keys}"},
	"declared-here": {"déjà déclaré ici", "already declared here"},
	"template-here": {"dans ce gabarit", "in this template"},
	"add-to-file":   {"ajoutez « {key} » à cette fiche", "add “{key}” to this record"},
	"alias-of":      {"c’est l’ancien identifiant de « {id} »", "it is the old id of “{id}”"},
	"waived":        {"dérogation : {reason}", "waived: {reason}"},
	"give-one":      {"par exemple : {example}", "for instance: {example}"},
	"existing":      {"existent : {list}", "there are: {list}"},
	"no-site":       {"lancez vitrine dans le dossier d’un site, ou dites lequel avec --site", "run vitrine in a site’s folder, or say which with --site"},
	"no-programme":  {"ce fichier dit le nom et le genre du programme ; sans lui, retirez le dossier {dir}", "this file says the programme’s name and kind; without it, remove the folder {dir}"},
	"missing-digit": {"il manque sans doute un zéro au début : {proposal}", "a leading zero is probably lost: {proposal}"},
}

var labels = map[string]message{
	"hint": {"aide :", "hint:"},
	"note": {"note :", "note:"},
}

// phrases are values that are words: what was expected, why something was refused.
var phrases = map[string]message{
	"a-string":     {"un texte entre guillemets", "a string"},
	"an-integer":   {"un nombre entier", "an integer"},
	"a-number":     {"un nombre", "a number"},
	"a-boolean":    {"true ou false", "true or false"},
	"a-date":       {"une date, comme 2023-11-30", "a date, such as 2023-11-30"},
	"a-list":       {"une liste de textes entre crochets", "a list of strings in brackets"},
	"two-numbers":  {"une liste de deux nombres", "a list of two numbers"},
	"four-numbers": {"une liste de quatre nombres", "a list of four numbers"},
	"a-table":      {"une table", "a table"},
	"tables":       {"une suite de tables [[…]]", "a list of [[…]] tables"},

	"bad-character": {"un caractère n’y a pas sa place", "a character does not belong there"},
	"too-short":     {"il manque des chiffres", "digits are missing"},
	"too-long":      {"il y a trop de chiffres", "there are too many digits"},
	"lost-zero":     {"il manque sans doute le zéro du début", "the leading zero is probably lost"},
	"bad-checksum":  {"la clé de contrôle ne correspond pas, un chiffre est sans doute faux", "the check digit does not match: a digit is probably wrong"},

	"truncated":            {"le fichier est incomplet", "the file is cut short"},
	"too-large":            {"ses dimensions sont démesurées", "its dimensions are out of all proportion"},
	"not-picture":          {"ce n’est pas une image reconnue (JPEG, PNG, GIF, WebP, SVG)", "it is not a known picture (JPEG, PNG, GIF, WebP, SVG)"},
	"mismatch":             {"son contenu n’est pas celui qu’annonce son extension", "its content is not what its extension says"},
	"unsafe-svg":           {"ce SVG contient un script ou un appel extérieur", "this SVG holds a script or an outside reference"},
	"empty":                {"le fichier est vide", "the file is empty"},
	"vector":               {"un dessin vectoriel ne s’imprime pas encore", "a vector drawing cannot be printed yet"},
	"not a TrueType font":  {"ce n’est pas une police TrueType", "it is not a TrueType font"},
	"no TrueType outlines": {"ses contours ne sont pas ceux d’une police TrueType", "its outlines are not TrueType’s"},
	"malformed":            {"le fichier est abîmé", "the file is damaged"},
	"no-such-font":         {"le thème n’a pas de police de ce nom", "the theme has no font of that name"},

	// What systems say, in the words of package syscall.
	"is a directory":    {"c’est un dossier", "it is a folder"},
	"permission denied": {"le système en refuse l’accès", "the system denies access to it"},

	"director":       {"legal.publication_director", "legal.publication_director"},
	"host-name":      {"legal.host.name", "legal.host.name"},
	"host-address":   {"legal.host.address", "legal.host.address"},
	"host-phone":     {"legal.host.phone", "legal.host.phone"},
	"publisher-addr": {"l’adresse de l’éditeur", "the publisher’s address"},
	"publisher-tel":  {"le téléphone de l’éditeur", "the publisher’s phone"},
}
