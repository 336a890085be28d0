package model

// OpenData says under what licence a site gives its data away.
type OpenData struct{ Licence Licence }

// Licence is what others may do with data.
type Licence struct {
	ID    string // of SPDX
	Title string
	URL   string
}

// Licences are those that a site may choose from; the first is what public bodies in France take.
var Licences = []Licence{
	{"etalab-2.0", "Licence Ouverte 2.0", "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"},
	{"ODbL-1.0", "Open Database License 1.0", "https://opendatacommons.org/licenses/odbl/1-0/"},
	{"CC-BY-4.0", "Creative Commons Attribution 4.0", "https://creativecommons.org/licenses/by/4.0/"},
}

// LicenceNamed is the licence of an id; the first one for an empty id.
func LicenceNamed(id string) Licence {
	for _, l := range Licences {
		if l.ID == id {
			return l
		}
	}
	return Licences[0]
}

// OpenColumns are the columns of open data, in order. A mobile number is not among them: even those who
// publish theirs rarely mean it for a table.
var OpenColumns = []string{
	"id", "name", "trade", "activity", "address", "postcode", "commune", "insee", "lat", "lon",
	"phone", "email", "website", "hours", "siret", "naf", "employees",
	"themes", "challenges", "editions", "level", "awarded", "until", "description", "page",
}

// GivenAway reports whether a site of that day gives the participant's data away: it is listed, and said
// yes to open data.
func (x *Participant) GivenAway(today Date) bool {
	return x.Listed(today) && x.Consent.Has(ScopeOpenData)
}
