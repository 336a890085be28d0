package main

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"vitrine/internal/build"
)

// ruleStates are the words for what came of a rule.
var ruleStates = map[string]text{
	"pass":    {"oui", "yes"},
	"fail":    {"NON", "NO"},
	"waived":  {"dérogation", "waived"},
	"pending": {"en attente", "pending"},
	"not-yet": {"pas encore", "not yet"},
}

// rulesWidth is the most room that the words of rules take in the table: what is longer
// pushes its finding to the right.
const rulesWidth = 64

// rules prints who meets which rules: a heading for each award, or for whoever has none,
// then a line for each rule.
func (w *world) rules(found []build.RuleFinding) {
	if found == nil {
		return // the data could not be read, which is said
	}
	lang := w.lang(w.site)
	if len(found) == 0 {
		fmt.Fprintln(w.stdout, text{"aucune règle à vérifier", "no rule to check"}.in(lang))
		return
	}
	states, words := 0, 0
	for _, f := range found {
		states = max(states, utf8.RuneCountInString(ruleStates[f.State].in(lang)))
		words = max(words, min(utf8.RuneCountInString(f.Rule), rulesWidth))
	}
	last, programme := "", ""
	for _, f := range found {
		if f.Programme != programme {
			programme = f.Programme
			fmt.Fprintln(w.stdout, programme)
		}
		heading := "  " + f.Name
		if f.Award != "" {
			heading += " (" + f.Award + ")"
		}
		if at := f.Programme + "/" + f.Participant + "/" + f.Award; at != last {
			last = at
			fmt.Fprintln(w.stdout, heading)
		}
		fmt.Fprintf(w.stdout, "    %s  %s  %s\n", padded(ruleStates[f.State].in(lang), states), padded(f.Rule, words), f.Text)
	}
	fmt.Fprintln(w.stdout)
}

// padded fills a text with spaces to a width in characters.
func padded(s string, width int) string {
	return s + strings.Repeat(" ", max(0, width-utf8.RuneCountInString(s)))
}
