package intake

import (
	"strings"

	"vitrine/internal/model"
	"vitrine/internal/typography"
)

// kind is how a field's cells are read.
type kind uint8

const (
	kText kind = iota // on one line
	kLong             // with its lines
	kList             // separated by |
	kBool
	kInteger
	kNumber
	kDate
	kSIRET
	kNAF
	kPostcode
	kCommune
	kTrade
	kPhone
	kEmail
	kURL
	kHours
	kChoice
	kFile
	kID
	kConsent
	kChallenge
	kEdition
	kLevel
	kEvidence // a list of texts
	kPseudo   // read into other fields
)

// entity is what a field belongs to.
type entity uint8

const (
	ofParticipant entity = iota
	ofCommitment
	ofAward
	ofNobody
)

// field is a key of the data as columns know it.
type field struct {
	key    string
	kind   kind
	of     entity
	fr, en string // titles of the columns that are written
	// aliases are the titles that are understood, the likeliest first. They are compared
	// without case, accents, punctuation, plurals, or what stands in brackets.
	aliases string
	width   int
}

// fields are all keys, in the order in which they are written.
var fields = []*field{
	{"id", kID, ofParticipant, "Identifiant", "Id", "id|identifiant|identifiant vitrine|slug", 24},
	{"code", kID, ofParticipant, "Code court", "Short code", "code|code court|short code", 12},
	{"aliases", kList, ofParticipant, "Anciens identifiants", "Former ids", "aliases|anciens identifiants|former ids", 16},
	{"name", kText, ofParticipant, "Nom", "Name", "enseigne|nom commercial|nom de l'entreprise|nom de l'établissement|nom entreprise|nom établissement|name|trading name|business name|entreprise|établissement|commerce|structure|nom|business|company|lauréat|labellisé|raison sociale ou enseigne|nom ou raison sociale|nom de la structure|denomination usuelle|company name", 32},
	{"print_name", kText, ofParticipant, "Nom à imprimer", "Print name", "print name|nom à imprimer|nom imprimé|nom diplôme|nom sur le diplôme|name on the diploma", 32},
	{"legal_name", kText, ofParticipant, "Raison sociale", "Legal name", "legal name|raison sociale|dénomination sociale|dénomination|nom légal|registered name|raison social", 32},
	{"kind", kChoice, ofParticipant, "Nature", "Kind", "kind|nature|type de participant|type", 12},
	{"sole_trader", kBool, ofParticipant, "Entreprise individuelle", "Sole trader", "sole trader|entreprise individuelle|entrepreneur individuel|micro entreprise|auto entrepreneur|ei", 10},
	{"siret", kSIRET, ofParticipant, "SIRET", "SIRET", "siret|n siret|numéro siret|num siret|no siret|numéro de siret|siret de l'établissement|code siret|siret etablissement", 18},
	{"naf", kNAF, ofParticipant, "Code NAF", "NAF code", "naf|code naf|ape|code ape|naf ape|code naf ape|code ape naf|nafa|code nafa|aprm|code aprm", 10},
	{"trade", kTrade, ofParticipant, "Métier", "Trade", "trade|métier|profession|corps de métier|secteur d'activité|secteur|craft", 20},
	{"activity", kText, ofParticipant, "Activité", "Activity", "activity|activité|activité principale|libellé activité|détail activité|libellé ape|libellé naf", 32},
	{"employees", kInteger, ofParticipant, "Effectif", "Employees", "employees|effectif|nombre de salariés|nb salariés|salariés|nb de salariés|staff|headcount|effectif salarié", 8},
	{"address", kText, ofParticipant, "Adresse", "Address", "address|adresse|voie|rue|n et voie|n voie rue|n rue|adresse 1|adresse postale|adresse 2|complément d'adresse|complément adresse|adresse complément|street|street address|adresse ligne 1|adresse ligne 2|libellé voie", 36},
	{"postcode", kPostcode, ofParticipant, "Code postal", "Postcode", "postcode|code postal|cp|codpos|postal code|code post|c p|zip|zip code", 10},
	{"commune", kCommune, ofParticipant, "Commune (INSEE)", "Commune (INSEE)", "commune|code insee|insee|code commune|depcom|citycode|ville|localité|city|town|commune insee|code insee commune|code commune insee|nom commune|nom de la commune|municipality|bureau distributeur", 10},
	{"lat", kNumber, ofParticipant, "Latitude", "Latitude", "lat|latitude|y|lat y|coord y|coordonnée y|y l93|y lambert|y lambert 93|latitude y", 12},
	{"lon", kNumber, ofParticipant, "Longitude", "Longitude", "lon|longitude|lng|long|x|lon x|coord x|coordonnée x|x l93|x lambert|x lambert 93|longitude x", 12},
	{"phone", kPhone, ofParticipant, "Téléphone", "Phone", "phone|téléphone|tél|tel fixe|téléphone fixe|fixe|telephone number|n tel|n téléphone|numéro de téléphone|tel 1|phone number|téléphone 1|tél pro|téléphone professionnel|tel entreprise|téléphone entreprise", 16},
	{"mobile", kPhone, ofParticipant, "Portable", "Mobile", "mobile|portable|tél portable|téléphone portable|téléphone mobile|tel mobile|gsm|cell|cell phone|mobile phone|tel 2|téléphone 2", 16},
	{"email", kEmail, ofParticipant, "Courriel", "E-mail", "email|courriel|e mail|mail|adresse mail|adresse email|adresse e mail|adresse courriel|adresse électronique|mèl|mel|email address", 28},
	{"url", kURL, ofParticipant, "Site web", "Website", "url|site web|site internet|site|web|internet|adresse web|website|web site|page web|lien|site www", 28},
	{"hours", kHours, ofParticipant, "Horaires", "Hours", "hours|horaires|horaires d'ouverture|heures d'ouverture|horaires osm|opening hours|opening times|ouverture", 28},
	{"logo", kFile, ofParticipant, "Logo", "Logo", "logo|fichier logo", 20},
	{"photo.file", kFile, ofParticipant, "Photo (fichier)", "Photo (file)", "photo file|photo|fichier photo|photo fichier", 20},
	{"photo.alt", kText, ofParticipant, "Photo : ce qu’elle montre", "Photo: what it shows", "photo alt|photo ce qu'elle montre|texte alternatif|photo what it shows|légende photo", 28},
	{"photo.credit", kText, ofParticipant, "Photo : crédit", "Photo: credit", "photo credit|photo crédit|crédit photo|photo credits", 16},
	{"description", kLong, ofParticipant, "Présentation", "Description", "description|présentation|texte de présentation|descriptif|about", 48},
	{"status", kChoice, ofParticipant, "Statut", "Status", "status|statut|état|situation", 12},
	{"consent", kConsent, ofParticipant, "Accords", "Consent", "consent|accords|accord|consentement|autorisation|droit à l'image|autorisation de diffusion|accord de diffusion|accord rgpd|rgpd|accord diffusion|autorisation diffusion", 28},
	{"withdrawn_on", kDate, ofParticipant, "Retiré le", "Withdrawn on", "withdrawn on|retiré le|date de retrait|date retrait", 12},
	{"note", kLong, ofParticipant, "Note (interne)", "Note (internal)", "note|remarque|observation|commentaire|note interne|comment|remark", 32},

	{"participant", kID, ofNobody, "Identifiant du participant", "Participant id", "participant|participant id|identifiant du participant|identifiant participant", 24},
	{"challenge", kChallenge, ofCommitment, "Identifiant de l’action", "Action id", "challenge|identifiant de l'action|action id|action|engagement|actions|engagements|action relevée|actions réalisées|actions engagées|commitment|commitments|challenges", 28},
	{"done_on", kDate, ofCommitment, "Réalisé le", "Done on", "done on|réalisé le|fait le|date de réalisation|date réalisation|date realisation action", 12},
	{"new", kBool, ofCommitment, "Nouveau", "New", "new|nouveau|nouvelle action|nouvel engagement", 8},
	{"evidence", kEvidence, ofCommitment, "Preuves (internes)", "Evidence (internal)", "evidence|preuve|preuves internes|justificatif|pièce justificative", 40},
	{"text", kLong, ofCommitment, "Texte public", "Public text", "text|texte public|texte|témoignage|public text", 48},
	{"measure", kText, ofCommitment, "Mesure", "Measure", "measure|mesure|effet mesuré", 16},

	{"edition", kEdition, ofAward, "Édition", "Edition", "edition|édition|millésime|année|promotion|session|année du label|année de labellisation", 12},
	{"on", kDate, ofAward, "Remis le", "Awarded on", "on|remis le|awarded on|date de remise|date de labellisation|date d'attribution|date label|labellisé le|date du label|date labellisation|date de cérémonie|award date", 12},
	{"level", kLevel, ofAward, "Niveau", "Level", "level|niveau|label|labels|grade|mention", 12},
	{"valid_until", kDate, ofAward, "Valable jusqu’au", "Valid until", "valid until|valable jusqu'au|fin de validité|date de fin|expire le|échéance|expiration", 14},
	{"number", kText, ofAward, "Numéro du diplôme", "Diploma number", "number|numéro du diplôme|n diplôme|numéro de label|n label|n du label|award number|diploma number", 14},
	{"waived", kText, ofAward, "Dérogation", "Waived", "waived|dérogation|motif de dérogation", 24},

	// Read into others.
	{"awarded", kBool, ofNobody, "", "", "awarded|labellisé oui non|est labellisé|obtenu|validé|décision|lauréat oui non|label obtenu", 0},
	{"postcode_city", kPseudo, ofNobody, "", "", "cp ville|code postal ville|code postal et ville|cp commune|cp et ville|code postal commune|ville cp|postcode city", 0},
	{"point", kPseudo, ofNobody, "", "", "coordonnées|pointgeo|point geo|geo point|géolocalisation|coordonnées gps|gps|latlon|lat lon|latitude longitude|geopoint", 0},
	{"legal_form", kPseudo, ofNobody, "", "", "forme juridique|statut juridique|legal form|forme", 0},
}

// notKept are columns that lists have and the data has no place for.
var notKept = "civilité|prénom|nom du dirigeant|dirigeant|nom du gérant|gérant|contact|nom du contact|responsable|nom prénom|nom et prénom|siren|n siren|numéro siren|" +
	"date maj|maj|dernière maj|date de mise à jour|date de dernière modification|updated|code epci|nom epci|epci|département|région|canton|n|num|numéro|no|rang|ordre|n ordre|" +
	"horodateur|timestamp|total|nombre de défis|nb défis|nombre d'actions|nb actions|pays|country|cedex|first name|last name|contact name|index"

// byKey finds a field.
var byKey = func() map[string]*field {
	m := map[string]*field{}
	for _, f := range fields {
		m[f.key] = f
	}
	return m
}()

// fieldOf finds the field of a key, also those that have a part of their own: members.ROLE,
// consent.SCOPE, challenge:ID.
func fieldOf(key string) *field {
	if f := byKey[key]; f != nil {
		return f
	}
	switch head, rest, _ := strings.Cut(key, "."); {
	case head == "members" && rest != "":
		return &field{key: key, kind: kInteger, of: ofParticipant}
	case head == "consent":
		if _, ok := model.ScopeNamed(rest); ok {
			return &field{key: key, kind: kPseudo, of: ofNobody}
		}
	}
	if id, ok := strings.CutPrefix(key, "challenge:"); ok && id != "" {
		return &field{key: key, kind: kPseudo, of: ofNobody}
	}
	return nil
}

// title is how a field's column is called.
func (f *field) title(lang typography.Language) string {
	switch {
	case f.fr == "":
		return f.key
	case lang == typography.English:
		return f.en
	}
	return f.fr
}

// plainTitle is a title as titles are compared: without what stands in brackets, case,
// accents, punctuation and plurals.
func plainTitle(s string) string {
	var b strings.Builder
	depth := 0
	for _, r := range s {
		switch {
		case r == '(' || r == '[':
			depth++
			b.WriteByte(' ')
		case (r == ')' || r == ']') && depth > 0:
			depth--
		case r == '°' || r == 'º':
			b.WriteByte(' ')
		case depth == 0:
			b.WriteRune(r)
		}
	}
	if strings.TrimSpace(b.String()) == "" && depth == 0 && s != "" {
		return plainWords(strings.Trim(s, "()[] "))
	}
	return plainWords(b.String())
}

func plainWords(s string) string {
	words := strings.Split(typography.Slug(strings.ReplaceAll(s, "_", " ")), "-")
	for i, w := range words {
		if len(w) > 3 && (strings.HasSuffix(w, "s") || strings.HasSuffix(w, "x")) {
			words[i] = w[:len(w)-1]
		}
	}
	return strings.Join(words, " ")
}

// small are the words that change nothing in a title.
var small = map[string]bool{"de": true, "du": true, "des": true, "la": true, "le": true, "les": true, "l": true, "d": true, "et": true, "the": true, "of": true, "votre": true, "son": true, "no": true, "num": true, "numero": true, "n": true}

func withoutSmall(plain string) string {
	var out []string
	for w := range strings.SplitSeq(plain, " ") {
		if !small[w] {
			out = append(out, w)
		}
	}
	return strings.Join(out, " ")
}
