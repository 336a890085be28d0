package model

import (
	"strings"

	"vitrine/internal/typography"
)

// Explanation says of an award, or of a participant who has none, which rules are met
// and which are not.
type Explanation struct {
	Holder   *Participant
	Award    *Award // nil: how things stand on the build's day
	Verdicts []Verdict
	// Earned is the highest level whose rules are met, where it is not the one that
	// the award carries; nil elsewhere.
	Earned *Level
}

// Explain judges all participants of a programme, in the order of the data. Who is judged
// by no rule has no explanation.
func Explain(p *Programme, today Date) []Explanation {
	var out []Explanation
	for _, x := range p.participants {
		first := len(out)
		for _, v := range Judge(x, today) {
			if len(out) == first || out[len(out)-1].Award != v.Award {
				out = append(out, Explanation{Holder: x, Award: v.Award, Earned: Earned(v.Award, today)})
			}
			e := &out[len(out)-1]
			e.Verdicts = append(e.Verdicts, v)
		}
	}
	return out
}

// State is the one that asks for most attention: what fails, what waits, what is not
// there yet, what was waived; else all rules pass.
func (e Explanation) State() State {
	for _, s := range []State{Failed, Pending, NotYet, Waived} {
		for _, v := range e.Verdicts {
			if v.State == s {
				return s
			}
		}
	}
	return Passed
}

// Text is the finding with what was asked for, in the programme's words: « 2 défis
// sur 3 », « 4 membres, 3 à 10 attendus », « 0 défi sur 1 (en attente jusqu’au 30
// novembre 2027) ».
func (v Verdict) Text() string {
	w := v.Rule.counted(v.Holder.Programme.Words)
	english := w.Language == typography.English
	text := v.numbers(w, english)
	if v.State == Pending {
		day := typography.Date(w.Language, v.Until.Year, v.Until.Month, v.Until.Day)
		if english {
			return text + " (pending until " + day + ")"
		}
		return text + " (en attente jusqu’au " + day + ")"
	}
	return text
}

func (v Verdict) numbers(w typography.Word, english bool) string {
	pick := func(fr, en string) string {
		if english {
			return en
		}
		return fr
	}
	r := v.Rule
	number := func(f float64) string { return typography.Decimal(w.Language, f, -1) }
	expected := func(f float64) string {
		return number(f) + pick(noBreak+w.Agree(int(f), "attendu", "attendue"), " expected")
	}
	found := amount(w, v.Found, r)
	switch {
	case r.Metric == "value" && r.Field == "employees" && !v.Holder.HasEmployees:
		return pick("nombre "+w.DePlural()+" inconnu", "number of "+w.Plural()+" unknown")
	case r.HasMin && r.HasMax && r.Min != r.Max:
		return found + ", " + number(r.Min) + pick(" à ", " to ") + expected(r.Max)
	case r.HasMin && !r.HasMax && v.Found < r.Min:
		return found + pick(" sur ", " of ") + number(r.Min)
	case r.HasMin && r.HasMax:
		return found + ", " + expected(r.Min)
	case r.HasMin:
		return found + ", " + pick(number(r.Min)+" au moins", "at least "+number(r.Min))
	case r.HasMax && r.Max == 0 && v.Found == 0 && w.One != "":
		return w.None() + r.quality(w, 1)
	case r.HasMax && r.Max == 0:
		return found + pick(", "+w.Agree(1, "aucun admis", "aucune admise"), ", none allowed")
	case r.HasMax:
		return found + ", " + pick(number(r.Max)+" au plus", "at most "+number(r.Max))
	}
	return found
}

// noBreak keeps a number with its word.
const noBreak = "\u00a0"

// amount is « 2 défis », « 1,5 point »: a word with a number that need not be whole.
func amount(w typography.Word, f float64, r *Rule) string {
	n := typography.Decimal(w.Language, f, -1)
	if w.One == "" {
		return n
	}
	form := int(f) // in French the plural starts with two: « 1,5 point »
	if w.Language == typography.English && float64(form) != f {
		form = 2
	}
	return n + noBreak + w.Form(form) + r.quality(w, form)
}

// quality is what a count is limited to, said after its word: « 2 défis nouveaux »,
// « aucun défi sans justificatif ».
func (r *Rule) quality(w typography.Word, n int) string {
	if r.Metric != "count" || r.Of == "members" {
		return ""
	}
	english := w.Language == typography.English
	text := ""
	if r.Where.New != nil && *r.Where.New && !english {
		text = " " + w.Agree(n, "nouveau", "nouvelle")
	}
	switch e := r.Where.Evidence; {
	case e == nil:
	case *e && english:
		text += " with evidence"
	case *e:
		text += " avec justificatif"
	case english:
		text += " without evidence"
	default:
		text += " sans justificatif"
	}
	return text
}

// counted is the word for what the rule counts. Members of one role have the name of
// that role, unless [words] has another word for it.
func (r *Rule) counted(words Words) typography.Word {
	kind := "challenge"
	switch {
	case r.Metric == "sum":
		kind = "points"
	case r.Metric == "value" && r.Field == "employees":
		kind = "employee"
	case r.Metric == "value":
		kind = "member"
	case r.Of == "members" && r.Metric == "distinct":
		kind = "role"
	case r.Of == "members":
		kind = "member"
		if len(r.Where.Roles) == 1 {
			role := r.Where.Roles[0]
			if _, ok := words[role]; !ok {
				return typography.Word{Language: words.language(), One: strings.NewReplacer("_", " ", "-", " ").Replace(role)}
			}
			kind = role
		}
	case r.Metric == "distinct" && r.Field != "":
		kind = r.Field
	}
	w := words[kind].Word
	w.Language = words.language()
	return w
}

// language is that of the words; French when there is none.
func (w Words) language() typography.Language {
	if l := w["challenge"].Language; l != "" {
		return l
	}
	return typography.French
}
