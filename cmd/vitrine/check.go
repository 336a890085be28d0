package main

import (
	"flag"
	"fmt"
	"strings"

	"vitrine/internal/build"
	"vitrine/internal/model"
	"vitrine/internal/typography"
)

// ceremonyFlags are those that only check --ceremony has.
type ceremonyFlags struct {
	wanted                 bool
	programme, edition, on string
}

func runCheck(w *world, fs *flag.FlagSet, args []string) (int, error) {
	var o options
	var c ceremonyFlags
	o.common(fs)
	o.output(fs)
	fs.BoolVar(&c.wanted, "ceremony", false, "look at all that has to be right before an edition’s ceremony")
	fs.BoolVar(&o.rules, "rules", false, "show who meets which rules of the programmes")
	fs.StringVar(&c.programme, "programme", "", "with --ceremony: the programme (each that has awards or a ceremony)")
	fs.StringVar(&c.edition, "edition", "", "with --ceremony: the edition (the one whose ceremony comes next)")
	fs.StringVar(&c.on, "on", "", "with --ceremony: its day, YYYY-MM-DD (that of the edition’s ceremony)")
	rest, err := w.parse(fs, args)
	if err == nil {
		err = w.none(rest)
	}
	if err != nil {
		return exitRefused, err
	}
	if c.wanted && o.rules {
		w.say(text{"--rules et --ceremony se demandent l’un après l’autre", "--rules and --ceremony are asked for one after the other"})
		return exitRefused, errUsage
	}
	if c.wanted {
		return w.ceremony(&o, &c)
	}
	if c != (ceremonyFlags{}) {
		w.say(text{"--programme, --edition et --on vont avec --ceremony", "--programme, --edition and --on go with --ceremony"})
		return exitRefused, errUsage
	}
	return w.make(&o, fs, nil, true)
}

// ceremony looks at what has to be right before the diplomas are printed and handed over.
func (w *world) ceremony(o *options, c *ceremonyFlags) (int, error) {
	b, err := w.options(o)
	if err != nil {
		return exitRefused, err
	}
	co := build.CeremonyOptions{Programme: c.programme, Edition: c.edition}
	if c.on != "" {
		if co.On, err = model.ParseDate(c.on); err != nil {
			w.say(text{"--on attend AAAA-MM-JJ, pas « %s »", "--on takes YYYY-MM-DD, not “%s”"}, c.on)
			return exitRefused, errUsage
		}
	}
	all, result, err := build.CheckCeremonies(b, co)
	w.site = result.Language
	if err != nil {
		w.diagnose(result)
		return exitRefused, err
	}
	code := exitFine
	for _, one := range all {
		if one.Count(build.Fault) > 0 {
			code = exitData
		}
	}
	if o.json {
		status, err := w.printJSONWith(result, map[string]any{"ceremony": w.ceremonyJSON(all)})
		return max(code, status), err
	}
	w.diagnose(result)
	for i, one := range all {
		if i > 0 {
			fmt.Fprintln(w.stdout)
		}
		w.tellCeremony(one)
	}
	if len(all) == 0 && result.Diagnostics.Errors() == 0 {
		w.say(text{"aucune cérémonie : aucun programme n’a d’édition avec des remises ou une cérémonie", "no ceremony: no programme has an edition with awards or a ceremony"})
		w.hint(text{"pour en préparer une, notez dans programme.toml un événement kind = \"ceremony\" et son édition ; « vitrine check » vérifie tout le reste", "to prepare one, put an event with kind = \"ceremony\" and its edition into programme.toml; “vitrine check” looks at all else"})
	}
	if n := result.Diagnostics.Errors(); n > 0 {
		w.say(text{"%s dans les données", "%s in the data"}, w.plural(n, errorNoun))
		code = exitData
	}
	return code, nil
}

// stateWords are the states as the list shows them.
var stateWords = map[build.State]text{
	build.Fine:  {"bon", "ok"},
	build.Look:  {"à voir", "look"},
	build.Fault: {"FAUTE", "FAULT"},
}

var (
	checkNoun = noun{text{"vérification", "check"}, text{"vérifications", "checks"}}
	faultNoun = noun{text{"faute", "fault"}, text{"fautes", "faults"}}
)

// phrase is what a check says, with its no-break spaces.
func phrase(p build.Phrase) text { return text{p.French, p.English} }

// tellCeremony prints the list of checks.
func (w *world) tellCeremony(c *build.Ceremony) {
	lang := w.lang(w.site)
	in := func(p build.Phrase) string { return phrase(p).in(lang) }
	day := typography.Date(typography.Language(lang), c.On.Year, c.On.Month, c.On.Day)
	head := []string{c.Name, c.Title, day}
	if c.Event != "" {
		head[2] = c.Event + ", " + day
	}
	fmt.Fprintln(w.stdout, strings.Join(head, " — "))
	group := ""
	for i := range c.Checks {
		one := &c.Checks[i]
		if one.Group != group {
			group = one.Group
			fmt.Fprintf(w.stdout, "\n%s\n", in(build.GroupTitle(group)))
		}
		colon := text{" : ", ": "}.in(lang)
		fmt.Fprintf(w.stdout, "  %s %s%s%s\n", column(stateWords[one.State].in(lang)), in(one.Title), colon, in(one.Found))
		for _, d := range one.Details {
			fmt.Fprintf(w.stdout, "           · %s\n", in(d))
		}
		if !one.Do.IsZero() {
			fmt.Fprintf(w.stdout, "           → %s\n", in(one.Do))
		}
	}
	fmt.Fprintf(w.stdout, text{"\n%s : %d bonnes, %d à voir, %s\n", "\n%s: %d ok, %d to look at, %s\n"}.in(lang),
		w.plural(len(c.Checks), checkNoun), c.Count(build.Fine), c.Count(build.Look), w.plural(c.Count(build.Fault), faultNoun))
}

// column is a state in brackets, as wide as the widest.
func column(state string) string {
	return "[" + state + "]" + strings.Repeat(" ", max(0, 6-len([]rune(state))))
}

// jsonCheck is a check as --json has it.
type jsonCheck struct {
	ID      string   `json:"id"`
	Group   string   `json:"group"`
	State   string   `json:"state"` // ok, look, fault
	Title   string   `json:"title"`
	Found   string   `json:"found"`
	Do      string   `json:"do"`
	Details []string `json:"details"`
}

// ceremonyJSON are the ceremonies as --json has them.
func (w *world) ceremonyJSON(all []*build.Ceremony) []map[string]any {
	lang := w.lang(w.site)
	in := func(p build.Phrase) string { return phrase(p).in(lang) }
	out := []map[string]any{}
	for _, c := range all {
		checks := make([]jsonCheck, len(c.Checks))
		for i, one := range c.Checks {
			checks[i] = jsonCheck{one.ID, one.Group, string(one.State), in(one.Title), in(one.Found), in(one.Do), []string{}}
			for _, d := range one.Details {
				checks[i].Details = append(checks[i].Details, in(d))
			}
		}
		out = append(out, map[string]any{
			"programme": c.Programme, "edition": c.Edition, "title": c.Event, "on": c.On.String(), "today": c.Today.String(), "checks": checks,
			"counts": map[string]int{"ok": c.Count(build.Fine), "look": c.Count(build.Look), "fault": c.Count(build.Fault)},
		})
	}
	return out
}
