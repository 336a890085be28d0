package bind

import (
	"math"
	"strconv"
	"strings"

	"vitrine/internal/diag"
	"vitrine/internal/ident"
	"vitrine/internal/model"
	"vitrine/internal/typography"
)

func (p *programme) bindMeasures(r *reader) {
	r.tables("measure", func(r *reader) {
		r.need("title")
		m := &model.Measure{
			Title: r.text("title"), Formula: r.raw("formula"), Unit: r.text("unit"), Approx: r.boolean("approx"),
			Period: r.text("period"), Source: r.text("source"), Origin: r.origin(),
		}
		m.Value, m.HasValue = r.number("value")
		m.Stated = m.HasValue
		m.Target, m.HasTarget = r.number("target")
		if m.Formula == "" {
			r.need("value")
		} else {
			f, err := model.ParseFormula(m.Formula)
			if err != nil {
				r.report(diag.New(diag.BadFormula, p.within(m, err.Start, err.End), "formula", m.Formula, "reason", err.Reason))
			}
			m.Expression = f
		}
		m.Edition = ref(r, p.editions, "edition")
		m.Territory = ref(r, p.binder.territories, "territory")
		m.Group = ref(r, p.groups, "group")
		r.has("challenge")
		p.after(func() { m.Challenge = ref(r, p.challenges, "challenge") })
		r.has("participant")
		p.afterParticipants(func() {
			if x := ref(r, p.participants, "participant"); x != nil {
				model.Concern(m, x)
			}
		})
		if id, ok := p.measures.declare(r, m); ok {
			m.ID = id
			p.Measures = append(p.Measures, m)
		}
	})
}

// within is the place of a part of a formula, in bytes of its text: that of the whole where
// the file writes it in another way (with escapes, over lines).
func (p *programme) within(m *model.Measure, start, end int) diag.Span {
	s := m.Origin.Span("formula")
	text, ok := p.tree.Text(s.File)
	if !ok || s.End > len(text) || s.Start > s.End {
		return s
	}
	at := strings.Index(string(text[s.Start:s.End]), m.Formula)
	if at < 0 {
		return s
	}
	s.Start += at
	s.Start, s.End = s.Start+start, s.Start+end
	return s
}

// plainNumber is a number as messages take it: {n:figure}.
func plainNumber(v float64) string {
	if math.Abs(v) < 1e15 {
		v = math.Round(v*1e6) / 1e6
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// money is an amount as messages take it: {n:figure}.
func money(c model.Cents) string { return strconv.FormatInt(int64(c), 10) + "¢" }

// compute works the formulas out and keeps what there is to say: it is done again when a
// participant was read again.
func (p *programme) compute() {
	p.troubles = nil
	for _, t := range p.Compute(p.site.Today) {
		m := t.Measure
		switch t.Kind {
		case "name":
			p.troubles = append(p.troubles, p.unknownName(m, t.Name))
		case "circle":
			p.troubles = append(p.troubles, diag.New(diag.FormulaCircle, p.within(m, t.Name.Start, t.Name.End), "path", strings.Join(t.Path, " → ")))
		case "zero":
			p.troubles = append(p.troubles, diag.New(diag.FormulaZero, m.Origin.Span("formula"), "title", m.Title, "formula", m.Formula))
		case "value":
			d := diag.New(diag.FigureMismatch, m.Origin.Span("value"), "title", m.Title, "value", plainNumber(m.Value), "found", plainNumber(rounded(t.Value, m.Value)))
			p.troubles = append(p.troubles, d.WithNote(m.Origin.Span("formula"), "formula-here"))
		}
	}
}

// rounded is a computed value with two digits more than the stated one shows.
func rounded(v, like float64) float64 {
	scale := math.Pow10(min(model.Decimals(like, 12)+2, 12))
	return math.Round(v*scale) / scale
}

func (p *programme) unknownName(m *model.Measure, n model.Name) diag.Diagnostic {
	at := p.within(m, n.Start, n.End)
	if kind, counts := strings.CutPrefix(n.Text, "count:"); counts {
		d := diag.New(diag.BadChoice, at, "key", "count", "value", kind, "choices", strings.Join(model.Countable, ", "))
		if near, ok := ident.Nearest(kind, model.Countable); ok {
			d = d.WithHint("did-you-mean", "word", near)
		}
		return d
	}
	return p.measures.unknown(at, n.Text)
}

// checkFigures looks for figures of people that say neither when nor by whom they were
// counted, where another count is known.
func (p *programme) checkFigures() {
	for _, m := range p.Measures {
		t := m.Territory
		if t == nil {
			t = p.Territory
		}
		unit := m.Unit
		if unit == "" {
			unit = m.Title
		}
		if t == nil || t.Population.Value == 0 || !m.Stated || m.Value == float64(t.Population.Value) || !typography.Inhabitants(unit) ||
			m.Period != "" && m.Source != "" {
			continue
		}
		d := diag.New(diag.FigureUndated, m.Origin.Span("value"), "value", plainNumber(m.Value), "territory", t.Name, "other", strconv.Itoa(t.Population.Value))
		if t.Population.Year != 0 {
			p.list = append(p.list, d.WithNote(t.Origin.Span("population"), "population-of", "year", strconv.Itoa(t.Population.Year)))
			continue
		}
		p.list = append(p.list, d.WithNote(t.Origin.Span("population"), "population-here"))
	}
}

// figureKey is what two figures have in common that are the same figure.
type figureKey struct {
	programme, id, title, unit, period string
	edition                            *model.Edition
	territory                          *model.Territory
	group                              *model.Group
	challenge                          *model.Challenge
	participant                        *model.Participant
}

// checkConflicts looks for one figure with two values: in a programme by its title, in two
// programmes where the id is the same as well and it is said of one place. How many take part
// in each of two programmes is no conflict.
func (b *binder) checkConflicts() {
	seen := map[figureKey]*model.Measure{}
	for _, p := range b.site.Programmes {
		for _, m := range p.Measures {
			if !m.Stated {
				continue
			}
			k := figureKey{
				title: typography.Slug(m.Title), unit: typography.Slug(m.Unit), period: typography.Slug(m.Period), edition: m.Edition,
				territory: m.Territory, group: m.Group, challenge: m.Challenge, participant: model.Subject(m),
			}
			across := k
			k.programme, across.id = p.ID, m.ID
			keys := []figureKey{k, across}
			if m.Territory == nil {
				keys = keys[:1]
			}
			for _, key := range keys {
				other := seen[key]
				if other == nil {
					seen[key] = m
				} else if other.Value != m.Value {
					b.list = append(b.list, diag.New(diag.FigureConflict, m.Origin.Span("value"), "title", m.Title, "value", plainNumber(m.Value), "other", plainNumber(other.Value)).
						WithNote(other.Origin.Span("value"), "said-here"))
					break
				}
			}
		}
	}
}
