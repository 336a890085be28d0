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
}
