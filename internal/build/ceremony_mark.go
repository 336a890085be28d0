package build

import (
	"slices"
	"strings"

	"vitrine/internal/diag"
	"vitrine/internal/model"
)

// ruleChecks say who does not meet which rule.
func (g *gathered) ruleChecks() []Check {
	c := Check{ID: "rules", Title: Phrase{"Règles du programme", "Rules of the programme"}}
	if len(g.programme.Rules) == 0 {
		c.Found = Phrase{"les données n’ont aucune règle ([[rule]]) : rien n’a été jugé", "the data have no rule ([[rule]]): nothing was judged"}
		return []Check{c}
	}
	c.Do = Phrase{"complétez les fiches, ou accordez une dérogation (waived = \"motif\")", "complete the records, or grant a waiver (waived = \"reason\")"}
	judged, pending := 0, 0
	failing := map[*model.Participant]bool{}
	for _, w := range g.winners {
		for _, v := range model.Judge(w.Participant, g.on) {
			if v.Award != w.award {
				continue
			}
			judged++
			text := v.Rule.Message + " (" + v.Text() + ")"
			failing[w.Participant] = failing[w.Participant] || !v.OK()
			switch {
			case v.State == model.Pending:
				pending++
			case v.OK():
			case v.State == model.Waived:
				c.tell(Look, say("%s : %s — dérogation : %s", "%s: %s — waived: %s", w.name, text, w.award.Waived))
			case v.Rule.Severity == diag.Error:
				c.tell(Fault, say("%s : %s", "%s: %s", w.name, text))
			default:
				c.tell(Look, say("%s : %s", "%s: %s", w.name, text))
			}
		}
		if level := model.Earned(w.award, g.on); level != nil {
			c.tell(Look, say("%s : ses engagements valent le niveau « %s »", "%s: the commitments make the level “%s”", w.name, level.Title))
		}
	}
	met := len(g.winners)
	for _, fails := range failing {
		if fails {
			met--
		}
	}
	if pending > 0 {
		c.tell(Fine, say("en attente d’un délai qui court encore : %d", "waiting for a time that is not over: %d", pending))
	}
	c.Found = say("jugements : %d, lauréats qui remplissent tout : %d sur %d", "verdicts: %d, winners who meet all: %d of %d", judged, met, len(g.winners))
	return []Check{c}
}

// markChecks look for the mark's mention on what bears the mark, and for what bears it without leave.
func (g *gathered) markChecks() []Check {
	mention := Check{ID: "mark-mention", Title: Phrase{"Mention de la marque", "The mark’s notice"}}
	allowed := Check{ID: "mark-pieces", Title: Phrase{"Pièces permises par la marque", "Pieces that the mark allows"}}
	m := g.programme.Mark
	if m == nil {
		mention.Found = Phrase{"le programme n’a pas de marque ([mark])", "the programme has no mark ([mark])"}
		return []Check{mention}
	}
	ask := Phrase{"demandez l’accord du titulaire avant d’imprimer", "ask the owner before printing"}
	if m.Approver != nil {
		ask = say("demandez l’accord avant d’imprimer : %s", "ask before printing: %s", m.Approver.Name)
	}
	mention.Do, allowed.Do = ask, ask
	with, bearing, want := 0, 0, squashed(m.Mention)
	for _, p := range g.pieces {
		bears, said, made := g.bearers(p, m, want)
		listed := slices.Contains(m.Pieces, p.Use.ID) || slices.Contains(m.Pieces, p.Use.Template)
		if len(bears) == 0 && !listed {
			continue
		}
		bearing++
		switch {
		case want == "":
		case said == made:
			with++
		case said > 0:
			mention.tell(Fault, say("%s : la mention manque pour %d sur %d", "%s: the notice is missing for %d of %d", p.template.Title, made-said, made))
		default:
			mention.tell(Look, say("%s : sans la mention", "%s: without the notice", p.template.Title))
		}
		if !listed {
			allowed.tell(Look, say("%s : n’est pas dans [mark] pieces, et montre : %s", "%s: is not in [mark] pieces, and shows: %s", p.template.Title, bears))
		}
	}
	mention.Found = say("pièces avec la mention : %d sur %d", "pieces with the notice: %d of %d", with, bearing)
	if want == "" {
		mention.at(Look)
		mention.Found = Phrase{"la marque n’a pas de mention dans les données (mention) : on ne peut pas la chercher", "the mark has no notice in the data (mention): it cannot be looked for"}
	}
	allowed.Found = say("permises : %s", "allowed: %s", m.Pieces)
	if len(m.Pieces) == 0 {
		allowed.at(Look)
		allowed.Found = Phrase{"les données n’en nomment aucune ([mark] pieces)", "the data name none ([mark] pieces)"}
	}
	return []Check{mention, allowed}
}

// bearers says what of the mark the pages of a piece show, and for how many subjects of those made they
// have its mention.
func (g *gathered) bearers(p *pieceSeen, m *model.Mark, mention string) (bears []string, said, made int) {
	logo, name := false, false
	for i := range p.subjects {
		s := &p.subjects[i]
		if !s.made {
			continue
		}
		made++
		if mention != "" && strings.Contains(s.text, mention) {
			said++
		}
		for _, page := range s.shown {
			logo = logo || m.Logo != "" && slices.ContainsFunc(page, func(x pictureSeen) bool { return x.is(m.Logo) })
		}
		name = name || m.Name != "" && strings.Contains(strings.Join(s.plain, "\n"), m.Name)
	}
	if logo {
		bears = append(bears, "logo")
	}
	if name {
		bears = append(bears, "« "+m.Name+" »")
	}
	return bears, said, made
}

// is tells whether a picture is a file that the data name.
func (p pictureSeen) is(file string) bool {
	return p.name == file || strings.HasSuffix(p.name, "/"+file)
}

// agreementChecks look for an agreement in force on the day, and at what is due around it.
func (g *gathered) agreementChecks() []Check {
	c := Check{ID: "agreement", Title: Phrase{"Convention en vigueur ce jour-là", "An agreement in force on that day"}}
	if len(g.programme.Agreements) == 0 {
		c.at(Look)
		c.Found = Phrase{"les données n’ont aucune convention ([[agreement]]) : on ne peut pas le savoir", "the data have no agreement ([[agreement]]): it cannot be known"}
		c.Do = Phrase{"s’il y en a une, notez ses dates", "if there is one, note its dates"}
		return []Check{c}
	}
	var in, renewed []*model.Agreement
	for _, a := range g.programme.Agreements {
		switch {
		case a.Starts.After(g.on):
		case a.Ends.IsZero() || !a.Ends.Before(g.on):
			in = append(in, a)
		case a.Renewal != "":
			renewed = append(renewed, a)
		}
	}
	for _, a := range in {
		if a.Ends.IsZero() {
			c.Found = say("depuis le %s, sans fin dite", "since %s, without a stated end", a.Starts)
		} else {
			c.Found = say("du %s au %s", "from %s to %s", a.Starts, a.Ends)
		}
		if a.Renewal != "" {
			c.tell(Fine, say("reconduction : %s", "renewal: %s", a.Renewal))
		}
	}
	switch {
	case len(in) > 0:
	case len(renewed) > 0:
		a := renewed[len(renewed)-1]
		c.at(Look)
		c.Found = say("finie le %s ; reconduction : %s", "ended on %s; renewal: %s", a.Ends, a.Renewal)
		c.Do = Phrase{"vérifiez qu’elle a bien été reconduite jusqu’à ce jour", "make sure that it was renewed up to that day"}
	default:
		c.at(Fault)
		c.Found = Phrase{"aucune ne couvre ce jour", "none covers that day"}
		c.Do = Phrase{"faites signer l’avenant, ou corrigez starts et ends", "have the extension signed, or correct starts and ends"}
	}
	return []Check{c, g.deadlineCheck(append(in, renewed...))}
}

// soon is how many days before a deadline it is worth a look.
const soon = 45

// deadlineCheck lists what the agreements ask for by which day: what passed during the edition, what comes.
func (g *gathered) deadlineCheck(all []*model.Agreement) Check {
	c := Check{ID: "deadlines", Title: Phrase{"Échéances de la convention", "Deadlines of the agreement"}}
	c.Do = Phrase{"vérifiez que ce qui est échu est fait, et notez la suite à l’agenda", "make sure that what is past was done, and put the next ones in the diary"}
	from := g.on
	if g.today.Before(from) {
		from = g.today
	}
	n := 0
	due := func(what Phrase, day string) {
		at, ok := yearly(from.Year, day)
		if !ok {
			c.tell(Look, say("%s : « %s » n’est pas un jour (MM-JJ)", "%s: “%s” is no day (MM-DD)", what, day))
			return
		}
		n++
		next := at
		if next.Before(from) {
			next, _ = yearly(from.Year+1, day)
			if !at.Before(g.edition.Starts) {
				c.tell(Look, say("échéance passée le %s : %s", "passed on %s: %s", at, what))
			}
		}
		state := Fine
		if next.Time().Sub(from.Time()).Hours() <= soon*24 {
			state = Look
		}
		c.tell(state, say("prochaine le %s : %s", "next on %s: %s", next, what))
	}
	for _, a := range all {
		for _, d := range a.Deadlines {
			due(as(d.What), d.Day)
		}
		if a.Notice != "" {
			due(Phrase{"dénonciation de la convention", "notice to end the agreement"}, a.Notice)
		}
	}
	c.Found = say("%d, vues du %s", "%d, seen from %s", n, from)
	if n == 0 && c.State != Look {
		c.Found = Phrase{"aucune, dans les conventions qui couvrent ce jour", "none, in the agreements that cover that day"}
	}
	return c
}

// yearly is the day of a year that data write as MM-DD.
func yearly(year int, day string) (model.Date, bool) {
	d, err := model.ParseDate("2000-" + day) // a leap year: 02-29 is a day
	if err != nil {
		return model.Date{}, false
	}
	return model.DateOf(model.Date{Year: year, Month: d.Month, Day: d.Day}.Time()), true
}
