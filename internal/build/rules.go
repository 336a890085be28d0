package build

import (
	"vitrine/internal/bind"
	"vitrine/internal/cache"
	"vitrine/internal/diag"
	"vitrine/internal/model"
	"vitrine/internal/page"
)

// RuleFinding is what came of a rule of a programme for one award, or for a participant
// who has none. It holds names that consent may not open: it is for the office.
type RuleFinding struct {
	Programme   string   `json:"programme"`
	Participant string   `json:"participant"`
	Name        string   `json:"name"`
	Award       string   `json:"award"` // the edition's id; empty: how things stand on the build's day
	Rule        string   `json:"rule"`
	For         string   `json:"for"`
	Found       float64  `json:"found"`
	Min         *float64 `json:"min"` // null: no bound
	Max         *float64 `json:"max"`
	State       string   `json:"state"` // pass, fail, pending, waived, not-yet
	Text        string   `json:"text"`  // the finding, in the site's language and the programme's words
}

// ruleFindings judges everyone.
func ruleFindings(site *model.Site) []RuleFinding {
	out := []RuleFinding{}
	for _, p := range site.Programmes {
		for _, e := range model.Explain(p, site.Today) {
			for _, v := range e.Verdicts {
				f := RuleFinding{
					Programme: p.ID, Participant: e.Holder.ID, Name: e.Holder.Name, Rule: v.Rule.Message, For: v.Rule.For,
					Found: v.Found, State: string(v.State), Text: v.Text(),
				}
				if e.Award != nil {
					f.Award = e.Award.Edition.ID
				}
				if v.Rule.HasMin {
					f.Min = &v.Rule.Min
				}
				if v.Rule.HasMax {
					f.Max = &v.Rule.Max
				}
				out = append(out, f)
			}
		}
	}
	return out
}

// standingRules judges everyone where nothing else is to be done: only the data is read.
func (b *builder) standingRules() {
	if site, list := bind.Site(b.tree, bind.Options{Today: b.Today, Workers: b.Workers}); list.Errors() == 0 {
		b.result.Rules = ruleFindings(site)
	}
}

// rulesOutput is the page that tells the office who meets which rules.
var rulesOutput = output{"kit", "rules.html", "page", ""}

// hasRules reports whether a programme of the site has any rule.
func hasRules(site *model.Site) bool {
	for _, p := range site.Programmes {
		if len(p.Rules) > 0 {
			return true
		}
	}
	return false
}

// rulesPage makes it, where there is a rule to speak of.
func (k *kit) rulesPage() error {
	if !hasRules(k.site) {
		return nil
	}
	data, list := page.OfficeRules(k.site, k.theme)
	k.report(list)
	if data == nil {
		return nil
	}
	return k.putAs(rulesOutput, cache.Key{}, data)
}

// rulesFile is that page asked for by itself.
func (k *kit) rulesFile() (data []byte, list diag.List, ok bool) {
	if !hasRules(k.site) {
		return nil, nil, false
	}
	data, list = page.OfficeRules(k.site, k.theme)
	return data, list, data != nil
}
