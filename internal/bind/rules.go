package bind

import (
	"slices"
	"strings"

	"vitrine/internal/diag"
	"vitrine/internal/ident"
	"vitrine/internal/model"
)

// bindRules reads the programme's rules. One that could not be applied as it is written
// is an error at the key that makes it so; one that nobody will ever meet, or be judged
// by, is a warning: see idleRules.
func (p *programme) bindRules(r *reader) {
	r.tables("rule", func(r *reader) {
		errors := r.list.Errors()
		r.need("for", "metric", "message")
		x := &model.Rule{
			For: r.raw("for"), Metric: r.choice("metric", "count", "distinct", "sum", "value"),
			Of: r.choice("of", "commitments", "members"), Field: r.raw("field"), Message: r.text("message"),
			Editions: refs(r, p.editions, "editions"), Origin: r.origin(),
		}
		x.Min, x.HasMin = r.number("min")
		x.Max, x.HasMax = r.number("max")
		if r.choice("severity", "error", "warning") == "warning" {
			x.Severity = diag.Warning
		}
		p.ruleSubject(r, x.For)
		p.ruleBounds(r, x)
		p.ruleField(r, x)
		r.table("where", func(r *reader) {
			p.bindFilter(r, x)
			p.ruleFilter(r, x)
		})
		if r.list.Errors() == errors { // else no one is judged by it
			p.Rules = append(p.Rules, x)
		}
	})
}

// ruleSubject checks what a rule is for.
func (p *programme) ruleSubject(r *reader, subject string) {
	kind, id, _ := strings.Cut(subject, ":")
	switch kind {
	case "award", "renewal", "team", "":
		if id == "" {
			return
		}
	case "level":
		p.levels.get(r, "for", id)
		return
	case "group":
		p.groups.get(r, "for", id)
		return
	}
	r.report(diag.New(diag.BadChoice, r.span("for"), "key", "for", "value", subject, "choices", "award, renewal, level:ID, team, group:ID"))
}

// badRule says at a key why the rule cannot be applied.
func (r *reader) badRule(key, reason, hint string, args ...string) {
	d := diag.New(diag.BadRule, r.span(key), "reason", reason)
	if hint != "" {
		d = d.WithHint(hint, args...)
	}
	r.report(d)
}

// ruleBounds checks that the rule asks for something that there can be.
func (p *programme) ruleBounds(r *reader, x *model.Rule) {
	switch {
	case !r.holds("min") && !r.holds("max"):
		r.badRule("", "rule-no-bound", "rule-bounds")
	case x.HasMin && x.HasMax && x.Min > x.Max:
		r.badRule("max", "rule-min-max", "")
	case x.HasMax && x.Max < 0:
		r.badRule("max", "rule-negative", "")
	}
}

// ruleFields are the fields that each metric can look at; the first is the default.
var ruleFields = map[string][]string{
	"count": nil, "distinct": {"challenge", "theme", "kind", "level"}, "sum": {"points"}, "value": {"employees", "members"},
}

// ruleField checks what the rule looks at.
func (p *programme) ruleField(r *reader, x *model.Rule) {
	fields, known := ruleFields[x.Metric]
	if !known {
		return // said already
	}
	if x.Of == "members" {
		switch x.Metric {
		case "sum":
			r.badRule("metric", "rule-sum-members", "rule-count-members")
			return
		case "distinct":
			fields = []string{"role"}
		case "value":
			fields = []string{"members"}
		}
	}
	switch {
	case x.Field == "" && x.Metric == "value":
		r.badRule("", "rule-value-field", "rule-fields", "list", strings.Join(fields, ", "))
	case x.Field == "" || slices.Contains(fields, x.Field):
	case len(fields) == 0:
		r.badRule("field", "rule-count-field", "rule-no-field")
	default:
		if near, ok := ident.Nearest(x.Field, fields); ok {
			r.badRule("field", "rule-field", "did-you-mean", "word", near)
			return
		}
		r.badRule("field", "rule-field", "rule-fields", "list", strings.Join(fields, ", "))
	}
}

func (p *programme) bindFilter(r *reader, x *model.Rule) {
	f := &x.Where
	f.New, f.Evidence = r.optional("new"), r.optional("evidence")
	f.Themes, f.Levels, f.Roles = r.oneOrMany("theme"), r.oneOrMany("level"), r.oneOrMany("role")
	f.DoneWithin, f.WithinAfter = r.period("done_within"), r.period("within_after")
	f.SinceLastAward = r.boolean("since_last_award")
	p.after(func() {
		errors := r.list.Errors()
		for _, id := range f.Themes {
			p.themes.get(r, "theme", id)
		}
		for _, id := range f.Levels {
			if !slices.ContainsFunc(p.Challenges, func(c *model.Challenge) bool { return c.Level == id }) && !p.challenges.broken {
				p.levels.get(r, "level", id)
			}
		}
		if r.list.Errors() > errors {
			p.Rules = slices.DeleteFunc(p.Rules, func(r *model.Rule) bool { return r == x })
		}
	})
}

// ruleFilter checks that what `where` asks can be asked of what the rule counts.
func (p *programme) ruleFilter(r *reader, x *model.Rule) {
	f := x.Where
	for _, key := range r.known {
		switch {
		case !r.holds(key):
		case x.Metric == "value":
			r.badRule(key, "rule-where-value", "")
		case x.Of == "members" && key != "role":
			r.badRule(key, "rule-where-members", "")
		case x.Of != "members" && key == "role":
			r.badRule(key, "rule-where-role", "rule-of-members")
		case x.For == "award" && key == "since_last_award" && f.SinceLastAward:
			r.report(diag.New(diag.IdleRule, r.span(key), "reason", "rule-first-award"))
		}
	}
	if !f.WithinAfter.IsZero() && (!f.DoneWithin.IsZero() || f.SinceLastAward) {
		r.badRule("within_after", "rule-two-times", "")
	}
}

// idleRules are those that judge nobody, or that nobody can meet: they are told once the
// participants are known.
func (p *programme) idleRules() diag.List {
	all := model.Participants(p.Programme)
	if len(all) == 0 {
		return nil // those who will be judged are not there yet
	}
	var list diag.List
	idle := func(r *model.Rule, key, reason string) {
		list = append(list, diag.New(diag.IdleRule, r.Origin.Span(key), "reason", reason))
	}
	teams := slices.ContainsFunc(all, func(x *model.Participant) bool { return x.Kind == "team" })
	points := slices.ContainsFunc(p.Challenges, func(c *model.Challenge) bool { return c.Points != 0 })
	for _, r := range p.Rules {
		kind, id, _ := strings.Cut(r.For, ":")
		if g, ok := p.groups.byID[id]; kind == "group" && ok && len(model.Members(g)) == 0 {
			idle(r, "for", "rule-empty-group")
		}
		if kind == "team" && !teams {
			idle(r, "for", "rule-no-team")
		}
		if r.Metric == "sum" && r.HasMin && r.Min > 0 && !points && !p.challenges.broken {
			idle(r, "metric", "rule-no-points")
		}
		if r.Metric == "distinct" && r.Field == "theme" && r.HasMin && r.Min > float64(len(p.Themes)) && !p.themes.broken {
			idle(r, "min", "rule-few-themes")
		}
		if r.Of == "members" {
			for _, role := range r.Where.Roles {
				if !slices.ContainsFunc(all, func(x *model.Participant) bool { _, ok := x.Members[role]; return ok }) {
					list = append(list, p.unknownRole(r, role))
				}
			}
		}
	}
	return list
}

// unknownRole says that nobody has members of a role, and which there are.
func (p *programme) unknownRole(r *model.Rule, role string) diag.Diagnostic {
	d := diag.New(diag.IdleRule, r.Origin.Span("where"), "reason", "rule-no-role")
	var roles []string
	for _, x := range model.Participants(p.Programme) {
		for known := range x.Members {
			roles = append(roles, known)
		}
	}
	slices.Sort(roles)
	roles = slices.Compact(roles)
	if near, ok := ident.Nearest(role, roles); ok {
		return d.WithHint("did-you-mean", "word", near)
	}
	if len(roles) > 0 {
		return d.WithHint("existing", "list", strings.Join(roles[:min(len(roles), 12)], ", "))
	}
	return d
}

// judge applies the programme's rules, and says which failed, and whose level is not the
// one that the rules give.
func (p *programme) judge(rec *record) diag.List {
	if rec.x == nil || rec.read.Errors() > 0 || rec.x.ID == "" {
		return nil
	}
	x, today := rec.x, p.site.Today
	var list diag.List
	for _, v := range model.Judge(x, today) {
		if v.OK() {
			continue
		}
		if v.Award == nil {
			list = append(list, diag.New(diag.RuleUnmet, x.Origin.Span(""), "participant", x.Name, "rule", v.Rule.Message, "found", v.Text()).As(v.Rule.Severity))
			continue
		}
		d := diag.New(diag.RuleFailed, v.Award.Origin.Span(""), "participant", x.Name,
			"edition", v.Award.Edition.ID, "rule", v.Rule.Message, "found", v.Text()).As(v.Rule.Severity)
		if v.State == model.Waived {
			d = d.As(diag.Warning).WithHint("waived", "reason", v.Award.Waived)
		} else if strings.HasPrefix(v.Rule.For, "level:") {
			if l := model.Earned(v.Award, today); l != nil {
				d = d.WithHint("level-earned", "level", l.Title)
			}
		}
		list = append(list, d)
	}
	for _, a := range x.Awards {
		if l := model.Earned(a, today); l != nil && l.Order > a.Level.Order {
			list = append(list, diag.New(diag.LevelLow, a.Origin.Span("level"), "participant", x.Name, "edition", a.Edition.ID, "level", a.Level.Title, "earned", l.Title))
		}
	}
	return list
}
