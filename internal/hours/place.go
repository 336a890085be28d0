package hours

// A Place is what a clock needs to know of where a door is.
type Place struct {
	Zone string // the time there, by its IANA name
	// Holidays are the public holidays besides those of the whole of France, parted by commas: month and
	// day (1226), or 2000 and the days from Easter Sunday (1998 is Good Friday).
	Holidays string
}

const paris = "Europe/Paris"

// Good Friday and Saint Stephen's day are the local law's (Code du travail, L. 3134-13). By its letter Good Friday
// is a holiday only where a commune has a Protestant church; it is kept in all of them here, as people do.
const alsaceMoselle = "1226,1998"

// The days are those of the law: the abolition of slavery (Code du travail, L. 3422-2; at Saint-Martin the day that
// it is kept on since 2018), and those that the Pacific's own labour laws add. What custom adds to them, the
// Muslim feasts of Mayotte or 21 July in the Antilles, is not there.
var places = map[string]Place{
	"57": {paris, alsaceMoselle}, "67": {paris, alsaceMoselle}, "68": {paris, alsaceMoselle},
	"971": {"America/Guadeloupe", "527"},
	"972": {"America/Martinique", "522"},
	"973": {"America/Cayenne", "610"},
	"974": {"Indian/Reunion", "1220"},
	"975": {"America/Miquelon", ""},
	"976": {"Indian/Mayotte", "427"},
	"977": {"America/St_Barthelemy", "1009"},
	"978": {"America/Marigot", "528"},
	"986": {"Pacific/Wallis", "428,729"},
	"987": {"Pacific/Tahiti", "305,1120,1998"},
	"988": {"Pacific/Noumea", "924"},
}

// PlaceOf returns the place of a commune by its INSEE code; where that is none, the one that keeps a time,
// an IANA name, with the holidays of the only place that does.
func PlaceOf(insee, zone string) Place {
	switch insee { // their codes while they were communes of Guadeloupe
	case "97123":
		insee = "97701"
	case "97127":
		insee = "97801"
	}
	if len(insee) == 5 {
		for _, digits := range []int{3, 2} {
			if p, ok := places[insee[:digits]]; ok {
				return p
			}
		}
		if insee[:2] < "97" {
			return Place{Zone: paris}
		}
	}
	for _, p := range places {
		if p.Zone == zone && zone != paris { // no two have the same
			return p
		}
	}
	return Place{Zone: zone}
}
