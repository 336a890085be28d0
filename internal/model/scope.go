package model

// Scope is what a piece's texts may speak of: one subject and what it belongs to.
// Fields that do not concern the subject are nil.
type Scope struct {
	Site        *Site
	Programme   *Programme
	Participant *Profile
	Award       *Distinction
	Edition     *Edition
	Challenge   *Challenge
	Theme       *Theme
	Group       *Group
	Event       *Event
	Territory   *Territory
	Count       int // participants listed or awarded, as the subject's edition or programme has them

	// Participants are those that the subject brings together, as the public may see them: who took up a
	// challenge, who belongs to a group, who is in a territory; nil for other subjects. Unnamed is how many
	// more there are whose consent does not open the name.
	Participants []*Profile
	Unnamed      int
	Report       *Report // of the edition that a piece is made for; nil elsewhere, and where it may not be shown
}
