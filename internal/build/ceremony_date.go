package build

import "vitrine/internal/model"

// dateChecks hold the days together: of the ceremony, of the awards, of today.
func (g *gathered) dateChecks() []Check {
	c := Check{ID: "date", Title: Phrase{"Jour de la cérémonie et des remises", "Day of the ceremony and of the awards"}, Found: say("le %s", "%s", g.on)}
	mend := Phrase{"corrigez on chez ces lauréats, ou le jour de la cérémonie", "correct on of these winners, or the day of the ceremony"}
	switch e := g.edition.Ceremony; {
	case e == nil:
		c.tell(Look, Phrase{"l’édition ne nomme pas sa cérémonie (ceremony) : le jour est celui des remises, ou --on", "the edition does not name its ceremony (ceremony): the day is that of the awards, or --on"})
	case e.Starts != g.on:
		c.tell(Look, say("l’agenda dit le %s", "the diary says %s", e.Starts))
	}
	if g.on.Before(g.today) {
		c.tell(Look, say("cette cérémonie est passée : nous sommes le %s", "this ceremony is over: today is %s", g.today))
	}
	var later, sooner, early []string
	for _, w := range g.winners {
		switch {
		case w.award.On.After(g.on):
			later = append(later, w.name)
		case w.award.On.Before(g.on):
			sooner = append(sooner, w.name)
		}
		if !w.award.On.After(g.today) && g.today.Before(g.on) {
			early = append(early, w.name)
		}
	}
	if len(later)+len(sooner) > 0 {
		c.Do = mend
	}
	if len(later) > 0 {
		c.tell(Fault, say("remise datée d’après la cérémonie, absente du site ce soir-là : %s", "award dated after the ceremony, not on the site that evening: %s", some(later)))
	}
	if len(sooner) > 0 {
		c.tell(Look, say("remise datée d’avant la cérémonie : %s", "award dated before the ceremony: %s", some(sooner)))
	}
	embargo := Check{ID: "embargo", Title: Phrase{"Rien sur le site avant la cérémonie", "Nothing on the site before the ceremony"}}
	embargo.Do = Phrase{"datez ces remises du jour de la cérémonie", "date these awards on the day of the ceremony"}
	switch {
	case !g.today.Before(g.on):
		embargo.Found = say("le site les montre depuis le %s", "the site has shown them since %s", g.on)
	case len(early) > 0:
		embargo.tell(Look, say("le site les montre déjà : %s", "the site shows them already: %s", some(early)))
		embargo.Found = say("déjà montrés : %d", "shown already: %d", len(early))
	default:
		embargo.Found = say("cachés jusqu’au %s : %d", "hidden until %s: %d", g.on, len(g.winners))
	}
	current := Check{ID: "current", Title: Phrase{"Édition des diplômes", "Edition of the diplomas"}, Found: as(g.edition.Title)}
	if e := g.programme.CurrentEdition(g.on); e != g.edition {
		current.at(Fault)
		current.Do = Phrase{"ce jour-là, les pièces sans where sont pour une autre édition : donnez where = {edition = [\"ID\"]}", "on that day pieces without where are for another edition: give where = {edition = [\"ID\"]}"}
		current.tell(Fault, say("l’édition en cours ce jour-là : %s", "the current edition on that day: %s", titleOf(e)))
	}
	return []Check{c, embargo, current}
}

func titleOf(e *model.Edition) Phrase {
	if e == nil {
		return Phrase{"aucune", "none"}
	}
	return as(e.Title)
}
