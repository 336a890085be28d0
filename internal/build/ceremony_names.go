package build

import (
	"fmt"
	"strings"

	"vitrine/internal/layout"
	"vitrine/internal/typography"
)

// nameChecks show the names to read first, and those that look wrong.
func (g *gathered) nameChecks() []Check {
	tight := Check{ID: "tight", Title: Phrase{"Les noms les plus serrés", "The tightest names"}}
	tight.Do = Phrase{"lisez d’abord ces noms sur l’épreuve ; un nom plus court se donne dans print_name", "read these names first on the proof; a shorter one is given in print_name"}
	proof := g.kit.proof(g.programme, g.works())
	if len(proof.Names) == 0 {
		return []Check{g.oddNames()}
	}
	first := proof.TightestNames(5)
	for _, n := range first {
		fit, _ := n.Fit()
		p := say("%s — %s, %s pt sur %s, lignes : %d", "%s — %s, %s pt of %s, lines: %d", n.Name, fit.Piece, points(fit.Size), points(fit.Full), fit.Lines)
		if fit.Slack().Tight() {
			tight.tell(Look, p)
		} else {
			tight.tell(Fine, p)
		}
	}
	tight.Found = say("%d sur %d, à lire en premier", "%d of %d, to be read first", len(first), len(proof.Names))
	return []Check{tight, g.oddNames()}
}

// oddNames finds names that were not looked at.
func (g *gathered) oddNames() Check {
	odd := Check{ID: "odd-names", Title: Phrase{"Noms en capitales ou en double", "Names in capitals or twice"}}
	odd.Do = Phrase{"un nom comme il doit être imprimé se donne dans print_name", "a name as it is to be printed is given in print_name"}
	seen := map[string]string{}
	for _, w := range g.winners {
		if shouts(w.name) {
			odd.tell(Look, say("tout en capitales : %s", "all in capitals: %s", w.name))
		}
		key := typography.SortKey(w.name)
		if other, ok := seen[key]; ok {
			odd.tell(Look, say("deux fois le même nom : %s (%s, %s)", "the same name twice: %s (%s, %s)", w.name, other, w.ID))
		}
		seen[key] = w.ID
	}
	odd.Found = say("%d", "%d", len(odd.Details))
	return odd
}

// shouts tells whether a name of several words has no small letter.
func shouts(name string) bool {
	return strings.ToUpper(name) == name && strings.ToLower(name) != name && len(strings.Fields(name)) > 1
}

func points(l layout.Length) string { return fmt.Sprintf("%.0f", l.PT()) }
