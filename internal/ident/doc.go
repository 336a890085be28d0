// Package ident checks the identifiers and addresses that French public data
// carries: SIREN, SIRET, INSEE codes, NAF, postcodes, telephone numbers, e-mail
// and web addresses, and the ids and short codes of a site's own records.
//
// Every check takes a text as it was typed and returns its normal form and a
// Reason, which is OK or says what is wrong, so that the caller words the
// message in the reader's language. Where a Reason allows a sure guess (a lost
// leading zero, a missing https://), the normal form returned is that guess.
// Nothing is looked up: a well-formed number may still belong to nobody.
package ident

// A Reason says why a text was refused.
type Reason uint8

// The reasons. To add one: a constant here, a name below, a message in each
// language where the checks are called.
const (
	OK            Reason = iota
	Empty                // nothing but spaces
	BadCharacter         // a character that never stands in this kind of value
	TooShort             // fewer characters or digits than the kind has
	TooLong              // more
	LostZero             // a leading zero is missing; the guess has it
	BadChecksum          // the control digit does not agree
	BadForm              // the right characters in a wrong order
	UnknownRegion        // a department or an overseas number that does not exist
	NotEPCI              // a SIREN, not of a group of communes
	BadPrefix            // a telephone number that starts like none
	NoScheme             // an address without http(s)://; the guess has it
	BadScheme            // neither http nor https
	NoHost               // an address without a host
	BadHost              // a host or domain that cannot exist, or without a dot
	UserInfo             // a user name or password within an address
	DisplayName          // an e-mail with a name around it; the guess is without
	NoAt                 // an e-mail without @
	EdgeHyphen           // an id that starts or ends with a hyphen
	ReservedName         // a name that Windows keeps for a device
)

var reasonNames = [...]string{
	OK: "ok", Empty: "empty", BadCharacter: "bad-character", TooShort: "too-short", TooLong: "too-long",
	LostZero: "lost-zero", BadChecksum: "bad-checksum", BadForm: "bad-form", UnknownRegion: "unknown-region",
	NotEPCI: "not-epci", BadPrefix: "bad-prefix", NoScheme: "no-scheme", BadScheme: "bad-scheme", NoHost: "no-host",
	BadHost: "bad-host", UserInfo: "user-info", DisplayName: "display-name", NoAt: "no-at",
	EdgeHyphen: "edge-hyphen", ReservedName: "reserved-name",
}

// String returns the reason's name, which does not change.
func (r Reason) String() string {
	if int(r) < len(reasonNames) {
		return reasonNames[r]
	}
	return "unknown"
}
