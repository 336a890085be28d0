package page

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"vitrine/internal/diag"
	"vitrine/internal/model"
	"vitrine/internal/theme"
)

// Rules is the office's page on who meets which rules.
type Rules struct {
	theme.Words
	Lang, Title string
	Demo        bool
	Groups      []RuleGroup
}

// RuleGroup is what came of the rules of a programme.
type RuleGroup struct {
	Name                    string
	Lines                   []RuleLine
	Excepted, Pending, Open bool       // some rule of some case is waived, pending, not met yet
	Who                     string     // what the programme calls a participant
	Parts                   []RulePart // those of whom there is something to say
	Fine                    []RuleCase // those who meet all rules
}

// RulePart is what belongs together. Its kind: look (a rule fails, or the level is not
// the one that the rules give), wait (a rule is pending), except (what fails was waived),
// way (no award yet, and something is missing for a first one).
type RulePart struct {
	Kind  string
	Cases []RuleCase
}

// RuleLine is a rule with how often it came to what.
type RuleLine struct {
	Rule, For                                 string
	Passed, Failed, Excepted, Pending, NotYet int
}

// RuleCase is an award, or a participant who has none.
type RuleCase struct {
	Name, Edition string // no edition: how things stand
	Level, Earned string // earned: the level that the rules give instead
	Reason        string // why rules were waived
	Findings      []RuleFinding
	key           string
}

// RuleFinding is what came of a rule.
type RuleFinding struct {
	Rule, Text string
	State      string // pass, fail, waived, pending, not-yet
}

// OfficeRules renders kit/rules.html: per programme each rule with how many meet it, then
// everyone, those first of whom a rule fails. It names people whatever they consent to:
// it is for the office, as the kit is. Programmes without rules have no part in it.
func OfficeRules(site *model.Site, t *theme.Theme) ([]byte, diag.List) {
	v := &Rules{Words: t.Words(site.Language), Lang: site.Language, Title: site.Title, Demo: site.Demo}
	for _, p := range site.Programmes {
		if len(p.Rules) > 0 {
			v.Groups = append(v.Groups, v.group(p, site.Today))
		}
	}
	layout, ok := t.Page("rules")
	if !ok {
		return nil, diag.List{diag.New(diag.TemplateRun, diag.Span{File: t.File("layouts/rules.html")}, "reason", "there is no such layout")}
	}
	var b bytes.Buffer
	if err := layout.ExecuteTemplate(&b, "rules.html", v); err != nil {
		return nil, diag.List{t.TemplateError(diag.TemplateRun, err)}
	}
	return b.Bytes(), nil
}

func (v *Rules) group(p *model.Programme, today model.Date) RuleGroup {
	cases := map[model.State][]RuleCase{}
	g := RuleGroup{Name: p.Name, Who: capital(p.Words.Participant().One), Lines: make([]RuleLine, len(p.Rules))}
	at := map[*model.Rule]*RuleLine{}
	for i, r := range p.Rules {
		g.Lines[i] = RuleLine{Rule: r.Message, For: v.subject(p, r)}
		at[r] = &g.Lines[i]
	}
	for _, e := range model.Explain(p, today) {
		c := RuleCase{Name: e.Holder.Name, key: e.Holder.SortKey}
		if e.Award != nil {
			c.Edition, c.key = e.Award.Edition.Title, c.key+"\x00"+e.Award.On.String()
			if e.Award.Level != nil {
				c.Level = e.Award.Level.Title
			}
		}
		if e.Earned != nil {
			c.Earned = e.Earned.Title
		}
		for _, r := range e.Verdicts {
			c.Findings = append(c.Findings, RuleFinding{Rule: r.Rule.Message, Text: r.Text(), State: string(r.State)})
			switch l := at[r.Rule]; r.State {
			case model.Passed:
				l.Passed++
			case model.Failed:
				l.Failed++
			case model.Waived:
				l.Excepted++
				g.Excepted, c.Reason = true, e.Award.Waived
			case model.Pending:
				l.Pending++
				g.Pending = true
			case model.NotYet:
				l.NotYet++
				g.Open = true
			}
		}
		state := e.State()
		if c.Earned != "" {
			state = model.Failed
		}
		cases[state] = append(cases[state], c)
	}
	for _, list := range cases {
		slices.SortStableFunc(list, func(a, b RuleCase) int { return cmp.Compare(a.key, b.key) })
	}
	for _, part := range []struct {
		kind  string
		state model.State
	}{{"look", model.Failed}, {"wait", model.Pending}, {"except", model.Waived}, {"way", model.NotYet}} {
		if list := cases[part.state]; len(list) > 0 {
			g.Parts = append(g.Parts, RulePart{part.kind, list})
		}
	}
	g.Fine = cases[model.Passed]
	return g
}

// subject says whom a rule judges: a level and a group have names; what is said of a
// first award and of later ones is the theme's.
func (v *Rules) subject(p *model.Programme, r *model.Rule) string {
	kind, id, _ := strings.Cut(r.For, ":")
	switch kind {
	case "level":
		for _, l := range p.Levels {
			if l.ID == id {
				return l.Title
			}
		}
	case "group":
		for _, g := range p.Groups {
			if g.ID == id {
				return g.Title
			}
		}
	case "team":
		return capital(p.Words.Of("team").Plural())
	}
	if s, err := v.T("rules-for-" + kind); err == nil {
		return s
	}
	return r.For
}
