package intake

import (
	"slices"
	"strings"

	"vitrine/internal/model"
)

func (m *merger) barred(in *incoming, r *record, s *sub, key, text string, at int) bool {
	if !strings.Contains(text, `\|`) || !isList(fieldOf(key)) {
		return false
	}
	rows := m.files.csv && !m.files.toml
	if !r.isNew() {
		rows = r.parts[0].Row()
	}
	if s != nil && s.table != nil {
		rows = s.table.Row()
	}
	if rows {
		p := in.Place
		p.Column = at
		m.said.add("doubts", Remark{Place: p, Code: "bar-in-list", Field: key, Before: text})
	}
	return rows
}

func (m *merger) consents(in *incoming, r *record) []op {
	if len(in.consents) == 0 {
		return nil
	}
	open := m.refs.site.Privacy.Default &^ model.ScopeMobile
	if r.value("sole_trader") == "true" || in.get("sole_trader") == "true" {
		open &^= model.ScopeAddress | model.ScopeLocation
	}
	old, own := r.values.get("consent")
	if listed := in.get("consent"); listed != "" {
		old, own = listed, true
	}
	if own {
		open = 0
		for _, s := range splitList(old) {
			if bit, ok := model.ScopeNamed(s); ok {
				open |= bit
			}
		}
	}
	was := open
	for _, g := range in.consents {
		bit, _ := model.ScopeNamed(g.key)
		if g.text == "true" {
			open |= bit
		} else {
			open &^= bit
		}
	}
	if open == was && !own {
		return nil
	}
	var list []string
	for i, s := range model.ScopeNames {
		if open.Has(1 << i) {
			list = append(list, s)
		}
	}
	text := joinList(list)
	if text == "" {
		text = none
	}
	return []op{m.weigh(r, nil, "consent", "consent", text, in.consents[0].column)}
}

func (m *merger) printName(in *incoming, r *record) []op {
	i := slices.IndexFunc(in.values, func(g got) bool { return g.key == "name" })
	if i < 0 || in.get("print_name") != "" || r.value("print_name") != "" || r.seen && !r.isNew() {
		return nil
	}
	name := in.values[i].text
	if o := m.weigh(r, nil, "name", "name", name, in.values[i].column); o.kind == opConflict || o.kind == opKept {
		name = o.old // the data's name stays: a list in capitals does not spell it anew
	}
	if !shouted(name) {
		return nil
	}
	proposal := m.refs.speller.propose(name)
	if m.opts.AcceptNames {
		return []op{m.weigh(r, nil, "print_name", "print_name", proposal, in.values[i].column)}
	}
	p := in.Place
	p.Column = in.values[i].column
	m.said.add("doubts", Remark{Place: p, Code: "capitals", Field: "print_name", Before: name, After: proposal})
	return nil
}

func (m *merger) challenge(r *record, c gotChallenge, turn int) []op {
	var s *sub
	for _, x := range r.commitments {
		if x.ref == c.id && x.turn == turn {
			s = x
		}
	}
	name := "commitment/" + c.id
	if turn > 0 {
		name += "#" + itoa(turn+1)
	}
	if s == nil {
		if _, known := m.state.said(r.id, name); known && !r.isNew() {
			return []op{{kind: opKept, name: name}} // a hand removed it
		}
		s = &sub{ref: c.id, turn: turn}
		s.values.set("challenge", c.id)
		for _, v := range c.values {
			if !(v.key == "new" && v.text == "false") {
				s.values.set(v.key, v.text)
			}
		}
		return []op{{kind: opAdd, sub: s, add: "commitment", name: name, text: c.id, said: c.values, at: c.column}}
	}
	ops := []op{{kind: opSame, name: name}}
	for _, v := range c.values {
		ops = append(ops, m.weigh(r, s, v.key, name+"/"+v.key, v.text, c.column))
	}
	return ops
}

func (m *merger) award(in *incoming, r *record) []op {
	edition := in.edition
	if edition == "" {
		edition = m.opts.Edition
	}
	if in.awarded == "false" {
		return nil
	}
	say := func(code, text, detail string) {
		p := in.Place
		for _, g := range in.award {
			p.Column = g.column
		}
		m.said.once("doubts", Remark{Place: p, Code: code, Field: "edition", Before: text, Detail: detail})
	}
	if edition == "" {
		if len(in.award) > 0 || in.awarded == "true" {
			say("award-no-edition", "", "")
		}
		return nil
	}
	name := "award/" + edition
	var s *sub
	for _, x := range r.awards {
		if x.ref == edition {
			s = x
		}
	}
	m.inOrder(in, s, edition)
	if s == nil {
		if _, known := m.state.said(r.id, name); known && !r.isNew() {
			return []op{{kind: opKept, name: name}}
		}
		s = &sub{ref: edition}
		s.values.set("edition", edition)
		for _, g := range in.award {
			s.values.set(g.key, g.text)
		}
		if _, dated := s.values.get("on"); !dated {
			day, ok := m.refs.ceremony(edition)
			if !ok {
				say("award-no-date", edition, "")
				return nil
			}
			s.values.set("on", day)
		}
		at := -1
		var said pairs
		for _, g := range in.award {
			at = g.column
			said.set(g.key, g.text)
		}
		return []op{{kind: opAdd, sub: s, add: "award", name: name, text: edition, said: said, at: at}}
	}
	ops := []op{{kind: opSame, name: name}}
	for _, g := range in.award {
		ops = append(ops, m.weigh(r, s, g.key, name+"/"+g.key, g.text, g.column))
	}
	return ops
}

func (m *merger) inOrder(in *incoming, s *sub, edition string) {
	on, _ := m.refs.ceremony(edition)
	if s != nil {
		on, _ = s.values.get("on")
	}
	until := -1
	for i, g := range in.award {
		switch g.key {
		case "on":
			on = g.text
		case "valid_until":
			until = i
		}
	}
	if until < 0 || on == "" || in.award[until].text >= on {
		return
	}
	p := in.Place
	p.Column = in.award[until].column
	m.said.add("doubts", Remark{Place: p, Code: "until-before-on", Field: "valid_until", Before: in.award[until].text, Detail: on})
	in.award = slices.Delete(in.award, until, until+1)
}

func (m *merger) subRow(in *incoming, holds string) {
	id := in.get("participant")
	r := m.index.byID[id]
	switch {
	case id == "":
		m.refuse(in, "no-participant", "")
		return
	case r == nil:
		m.refuse(in, "unknown-participant", id)
		return
	case holds == "commitments" && len(in.challenges) == 0:
		m.refuse(in, "no-challenge", "")
		return
	case holds == "awards" && in.edition == "":
		m.refuse(in, "no-edition", "")
		return
	}
	var ops []op
	if holds == "awards" {
		if ops = m.award(in, r); len(ops) == 0 {
			m.refuse(in, "award-no-date", in.edition)
			return
		}
	} else {
		for _, c := range in.challenges {
			key := r.id + "\x00" + c.id
			ops = append(ops, m.challenge(r, c, m.turns[key])...)
			m.turns[key]++
		}
	}
	changed := false
	for _, o := range ops {
		changed = m.apply(in, r, o) || changed
	}
	m.count("rows")
	status := Unchanged
	switch {
	case changed && ops[0].kind == opAdd:
		status = Added
	case changed:
		status = Changed
	}
	m.count(string(status))
	if status != Unchanged {
		m.keep(RowResult{Place: in.Place, Status: status, ID: r.id, Name: r.value("name")})
	}
}
