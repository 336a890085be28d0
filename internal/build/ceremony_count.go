package build

import (
	"net/url"
	"slices"
	"strings"

	"vitrine/internal/diag"
	"vitrine/internal/model"
)

// dataChecks say what a build would refuse, or warn of.
func (g *gathered) dataChecks() []Check {
	g.mu.Lock()
	list := g.result.Diagnostics.Sorted()
	g.mu.Unlock()
	c := Check{ID: "data", Title: Phrase{"Ce que dit « vitrine check »", "What “vitrine check” says"}}
	c.Found = say("erreurs : %d, avertissements : %d", "errors: %d, warnings: %d", list.Errors(), list.Warnings())
	c.Do = Phrase{"lisez les messages ci-dessus", "read the messages above"}
	if list.Warnings() > 0 {
		c.at(Look)
	}
	if list.Errors() > 0 {
		c.at(Fault)
		c.Do = Phrase{"corrigez les erreurs dites ci-dessus : elles arrêtent la fabrication", "mend the errors told above: they stop the build"}
	}
	return []Check{c}
}

// countChecks hold every place where the winners stand to their number.
func (g *gathered) countChecks() []Check {
	out := []Check{g.winnersCheck()}
	for _, p := range g.pieces {
		if p.Use.For == "award" || p.Use.For == "participant" {
			out = append(out, g.pieceCheck(p))
		}
	}
	if len(out) == 1 {
		return append(out, Check{
			ID: "pieces", State: Look, Title: Phrase{"Pièces pour les lauréats", "Pieces for the winners"},
			Found: Phrase{"aucune : il n’y a ni diplôme ni épreuve des noms à compter", "none: there is neither a diploma nor a proof of names to count"},
			Do:    Phrase{"s’il en faut, ajoutez-les au programme ([[piece]], for = \"award\")", "if there should be some, add them to the programme ([[piece]], for = \"award\")"},
		}, g.siteCheck())
	}
	return append(out, g.proofCheck(), g.siteCheck(), g.mailCheck())
}

func (g *gathered) winnersCheck() Check {
	c := Check{ID: "awards", Title: Phrase{"Remises de l’édition", "Awards of the edition"}, Found: say("%d", "%d", len(g.winners))}
	if len(g.winners) == 0 {
		c.at(Fault)
		c.Do = Phrase{"personne n’a de remise dans cette édition : importez la liste, ou dites laquelle avec --edition", "nobody has an award in this edition: import the list, or say which one with --edition"}
	}
	if len(g.withdrawn) > 0 {
		c.tell(Fine, say("retirés, et nulle part : %s", "withdrawn, and nowhere: %s", some(g.withdrawn)))
	}
	return c
}

// pieceCheck compares the subjects of a piece with the winners.
func (g *gathered) pieceCheck(p *pieceSeen) Check {
	c := Check{ID: "piece/" + p.Use.ID, Title: as(p.template.Title)}
	at := map[*model.Participant]int{}
	pages, others := 0, 0
	for i := range p.Subjects {
		s := &p.Subjects[i]
		if s.Award != nil && s.Award.Edition != g.edition || !p.subjects[i].made {
			continue
		}
		if model.AwardIn(s.Participant, g.edition) == nil {
			others++
			continue
		}
		at[s.Participant] = i
		pages += p.pages(i)
	}
	var missing, left []string
	for _, w := range g.winners {
		if _, ok := at[w.Participant]; ok {
			continue
		}
		if p.limited() || p.Use.Public && !w.Listed(g.on) {
			left = append(left, w.name)
		} else {
			missing = append(missing, w.name)
		}
	}
	c.Found = say("noms : %d, pages : %d", "names: %d, pages: %d", len(at), pages)
	if p.Use.Copies > 1 {
		c.Found = say("noms : %d, pages : %d, exemplaires de chaque : %d", "names: %d, pages: %d, copies of each: %d", len(at), pages, p.Use.Copies)
	}
	c.Do = Phrase{"corrigez ce que disent les messages, puis recommencez", "mend what the messages say, then start again"}
	if len(missing) > 0 {
		c.tell(Fault, say("il manque : %s", "missing: %s", some(missing)))
	}
	if len(left) > 0 {
		c.tell(Fine, say("hors de cette pièce, par sa condition (where ou public) : %s", "not of this piece, by its condition (where or public): %s", some(left)))
	}
	if others > 0 {
		c.tell(Fine, say("et pour d’autres que les lauréats : %d", "and for others than the winners: %d", others))
	}
	return c
}

// limited reports whether a piece is for some winners only.
func (p *pieceSeen) limited() bool {
	for key := range p.Use.Where {
		if key != "edition" {
			return true
		}
	}
	return false
}

// proofCheck looks for every winner on the proof of names.
func (g *gathered) proofCheck() Check {
	c := Check{ID: "proof", Title: Phrase{"Épreuve des noms", "Proof of names"}}
	on := map[*model.Participant]bool{}
	for _, p := range g.pieces {
		for i, s := range p.Subjects {
			if s.Participant != nil && p.facts[i] != nil && len(p.facts[i].Names) > 0 {
				on[s.Participant] = true
			}
		}
	}
	proof := g.kit.proof(g.programme, g.works())
	c.Found = say("noms : %d", "names: %d", len(proof.Names))
	var missing []string
	for _, w := range g.winners {
		if !on[w.Participant] {
			missing = append(missing, w.name)
		}
	}
	if len(missing) > 0 {
		c.tell(Fault, say("il manque : %s", "missing: %s", some(missing)))
		c.Do = Phrase{"aucune pièce n’imprime ces noms : vérifiez les pièces du programme ([[piece]])", "no piece prints these names: look at the programme’s pieces ([[piece]])"}
	}
	if n := len(proof.Names) - len(g.winners) + len(missing); n > 0 {
		c.tell(Fine, say("et d’autres que les lauréats : %d", "and others than the winners: %d", n))
	}
	return c
}

// siteCheck looks for a link to every winner's page on the pages that the site has of the edition.
func (g *gathered) siteCheck() Check {
	c := Check{ID: "site", Title: Phrase{"Pages de l’édition sur le site", "Pages of the edition on the site"}}
	s := g.plan.Sections[g.programme]
	base := "" // the path that a site below another one has
	if u, err := url.Parse(g.site.BaseURL); err == nil {
		base = u.Path
	}
	links := map[string]bool{}
	files := 0
	for _, p := range g.plan.Pages {
		listed := p.Listing != nil && p.Listing.Filter != nil && p.Listing.Filter.Dimension == "edition" && p.Listing.Filter.ID == g.edition.ID
		if p.Programme != g.programme || p.Edition != g.edition && !listed {
			continue
		}
		if text, ok := g.outputs.pages[p.File()]; ok {
			files++
			for token := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune("\"'<>= \n\t", r) }) {
				links[strings.TrimPrefix(strings.TrimPrefix(token, g.site.BaseURL), base)] = true
			}
		}
	}
	found := 0
	var missing, closed, hidden []string
	for _, w := range g.winners {
		switch {
		case links[s.Participant(w.Participant)]:
			found++
		case !w.Consent.Has(model.ScopeName):
			closed = append(closed, w.name)
		case w.Status != model.Active && w.Status != "":
			hidden = append(hidden, w.name+" ("+w.Status+")")
		default:
			missing = append(missing, w.name)
		}
	}
	c.Found = say("noms : %d, pages : %d", "names: %d, pages: %d", found, files)
	c.Do = Phrase{"vérifiez la date de leur remise (on) : le site ne montre que ce qui est remis", "look at the day of their award (on): the site shows only what was handed over"}
	if files == 0 {
		c.at(Look)
		c.Found = Phrase{"le site n’a pas de page pour cette édition : on ne peut pas compter", "the site has no page of this edition: it cannot be counted"}
	}
	if len(missing) > 0 {
		c.tell(Fault, say("il manque : %s", "missing: %s", some(missing)))
	}
	if len(closed) > 0 {
		c.tell(Fine, say("sans l’accord pour leur nom, donc seulement comptés : %s", "without consent for their name, hence only counted: %s", some(closed)))
	}
	if len(hidden) > 0 {
		c.tell(Look, say("par leur statut, hors des listes : %s", "by their status, not on lists: %s", some(hidden)))
	}
	return c
}

// mailCheck counts the folders of the winners and the lines of the mail merge.
func (g *gathered) mailCheck() Check {
	c := Check{ID: "mail-merge", Title: Phrase{"Dossiers des lauréats et publipostage", "Winners’ folders and mail merge"}}
	if !g.site.Kit.Participants {
		c.Found = Phrase{"non demandés (participants = true sous [kit] les fait)", "not asked for (participants = true below [kit] makes them)"}
		return c
	}
	all, err := g.kit.rewardedOf(g.works())
	if err != nil {
		c.at(Fault)
		c.Found = say("ne peuvent pas être faits : %v", "cannot be made: %v", err)
		return c
	}
	on := map[*model.Participant]bool{}
	for _, w := range all {
		if w.programme == g.programme {
			on[w.person] = true
		}
	}
	c.Found = say("lignes : %d", "lines: %d", len(on))
	var missing, unmailed []string
	for _, w := range g.winners {
		if !on[w.Participant] {
			missing = append(missing, w.name)
		} else if w.Email == "" {
			unmailed = append(unmailed, w.name)
		}
	}
	if len(missing) > 0 {
		c.tell(Fault, say("il manque : %s", "missing: %s", some(missing)))
		c.Do = Phrase{"aucune pièce n’est faite pour eux", "no piece is made for them"}
	}
	if len(unmailed) > 0 {
		c.tell(Fine, say("sans adresse électronique, à joindre autrement : %s", "without an e-mail address, to be reached otherwise: %s", some(unmailed)))
	}
	return c
}

// byPiece counts the messages of some codes, piece by piece.
func (g *gathered) byPiece(codes ...diag.Code) (total int, details []Phrase, errors int) {
	for _, p := range g.pieces {
		n := 0
		for i := range p.subjects {
			for _, d := range p.subjects[i].said {
				if slices.Contains(codes, d.Code) {
					n++
					if d.Severity == diag.Error {
						errors++
					}
				}
			}
		}
		if n > 0 {
			details = append(details, say("%s : %d", "%s: %d", p.template.Title, n))
			total += n
		}
	}
	return total, details, errors
}
