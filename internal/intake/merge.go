package intake

import (
	"slices"
	"strings"

	"vitrine/internal/model"
)

// merger takes rows into the records, one by one.
type merger struct {
	opts    *Options
	refs    *references
	index   *index
	files   *files
	state   *state
	said    *said
	mapping *Mapping
	result  *Result
	fresh   []*record // new ones, in the order of the list
	turns   map[string]int
}

// op is something that a row would do to a record.
type op struct {
	kind  opKind
	sub   *sub
	add   string // commitment or award: sub is to be added
	key   string
	name  string // of the key in the state and the report
	text  string
	old   string
	canon string
	said  pairs // what the list says of the one that is added
	at    int
}

type opKind uint8

const (
	opSame     opKind = iota // the data says so already
	opKept                   // a hand changed or removed what the last list said, and this list says it again
	opSet                    // the data says nothing
	opChange                 // the last list's value, which this one changes
	opConflict               // the data says something else, by another hand
	opAdd                    // a commitment or an award
)

// row takes a row of participants.
func (m *merger) row(in *incoming) {
	if code := m.unfit(in); code != "" {
		m.refuse(in, code, "")
		return
	}
	f := m.index.find(in, m.mapping, m.refs)
	if f.code != "" {
		m.refuse(in, f.code, f.detail)
		return
	}
	if f.record == nil {
		m.add(in)
		return
	}
	m.meet(in, f.record)
}

// unfit is why a row is no record.
func (m *merger) unfit(in *incoming) string {
	name := in.name()
	plain := plainName(name)
	facts := len(in.values) + len(in.challenges) + len(in.award) + len(in.consents)
	switch {
	case in.titles:
		return "titles-again"
	case in.get("id") == "" && in.get("siret") == "" && name == "":
		return "no-name"
	case plain == "total" || plain == "sous total" || strings.HasPrefix(plain, "total ") || strings.HasPrefix(plain, "nombre "):
		return "a-total"
	case facts == 1 && name != "" && (!short(name) || strings.HasPrefix(name, "*") || strings.HasSuffix(name, ":")):
		return "a-remark"
	}
	return ""
}

func (m *merger) count(what string) { m.result.Counts[what]++ }

func (m *merger) refuse(in *incoming, code, detail string) {
	m.count("rows")
	m.count(string(Refused))
	m.keep(RowResult{Place: in.Place, Status: Refused, Name: in.name(), Code: code, Detail: detail})
}

func (m *merger) keep(r RowResult) {
	if len(m.result.Rows) < 4*Listed {
		m.result.Rows = append(m.result.Rows, r)
	}
}

// add makes a new participant of a row.
func (m *merger) add(in *incoming) {
	if in.get("name") == "" {
		if in.name() == "" {
			m.refuse(in, "no-name", "")
			return
		}
		in.values = append(in.values, got{key: "name", text: in.name(), column: -1})
	}
	m.elsewhere(in)
	r := &record{id: m.index.newID(in, m.refs, m.opts.Programme), seen: true, first: in.Place}
	r.values.set("id", r.id)
	for _, o := range m.plan(in, r) {
		m.apply(in, r, o)
	}
	m.index.add(r)
	m.fresh = append(m.fresh, r)
	m.count("rows")
	m.count(string(Added))
	m.keep(RowResult{Place: in.Place, Status: Added, ID: r.id, Name: r.value("name")})
}

// elsewhere says when somebody of the data has the name of a new participant, in another
// commune: a business that moved looks like that.
func (m *merger) elsewhere(in *incoming) {
	var where []string
	for _, n := range calledAs(pairs{{"name", in.get("name")}}) {
		for _, r := range m.index.byPlain[n] {
			a, b := r.value("siret"), in.get("siret")
			if len(a) >= 9 && len(b) >= 9 && a[:9] != b[:9] {
				continue
			}
			place := r.id
			if c := m.refs.communes[r.value("commune")]; c != nil {
				place += " (" + c.name + ")"
			}
			where = append(where, place)
		}
	}
	if len(where) > 0 {
		m.said.add("doubts", Remark{Place: in.Place, Code: "same-name-elsewhere", Field: "name", Before: in.get("name"), Detail: strings.Join(where, ", ")})
	}
}

// meet takes a row into a participant that is there, in the data or in the list above.
func (m *merger) meet(in *incoming, r *record) {
	ops := m.plan(in, r)
	if r.seen {
		for _, o := range ops {
			if o.kind == opChange || o.kind == opConflict && r.isNew() {
				m.refuse(in, "contradiction", r.first.Cell()+" : "+o.name)
				return
			}
		}
	}
	changed := false
	for _, o := range ops {
		if m.apply(in, r, o) {
			changed = true
		}
	}
	m.index.add(r)
	if !r.seen {
		r.seen, r.first = true, in.Place
	}
	m.count("rows")
	if !changed {
		m.count(string(Unchanged))
		return
	}
	m.count(string(Changed))
	m.keep(RowResult{Place: in.Place, Status: Changed, ID: r.id, Name: r.value("name")})
}

// plan says what a row would do, and does nothing.
func (m *merger) plan(in *incoming, r *record) []op {
	var ops []op
	for _, g := range in.values {
		if g.key == "id" || g.key == "participant" || g.key == "city" {
			continue
		}
		if g.moves && canon(byKey["phone"], r.value("phone")) != canon(byKey["phone"], g.text) && in.get("mobile") == "" {
			p := in.Place
			p.Column = g.column
			m.said.add("repairs", Remark{Place: p, Code: "phone-is-mobile", Field: "mobile", Before: g.text, After: g.text})
			g.key = "mobile"
		}
		ops = append(ops, m.weigh(r, nil, g.key, g.key, g.text, g.column))
	}
	together(ops)
	ops = append(ops, m.consents(in, r)...)
	ops = append(ops, m.printName(in, r)...)
	for _, c := range in.challenges {
		ops = append(ops, m.challenge(r, c, 0)...)
	}
	return append(ops, m.award(in, r)...)
}

// together keeps a point whole: its two coordinates come from the same hand.
func together(ops []op) {
	lat := slices.IndexFunc(ops, func(o op) bool { return o.key == "lat" && o.sub == nil })
	lon := slices.IndexFunc(ops, func(o op) bool { return o.key == "lon" && o.sub == nil })
	if lat < 0 || lon < 0 {
		return
	}
	for _, kept := range []opKind{opConflict, opKept} {
		for _, p := range [][2]int{{lat, lon}, {lon, lat}} {
			if other := &ops[p[1]]; ops[p[0]].kind == kept && (other.kind == opChange || other.kind == opSet) {
				other.kind = kept
			}
		}
	}
}

// weigh compares a value of the list with the data's, and with what the last list said.
func (m *merger) weigh(r *record, s *sub, key, name, text string, at int) op {
	f := fieldOf(key)
	values := r.values
	if s != nil {
		values = s.values
	}
	o := op{sub: s, key: key, name: name, text: text, canon: canon(f, text), at: at}
	before, known := m.state.said(r.id, name)
	mine := digest(o.canon)
	old, there := values.get(key)
	o.old = old
	if there && strings.TrimSpace(old) == "" && o.canon != "" {
		there = false
	}
	switch {
	case !there && known && before == mine && !r.isNew():
		o.kind = opKept
	case !there && f.kind == kBool && text == "false":
		o.kind = opSame // no is what nothing says
	case !there:
		o.kind = opSet
	case canon(f, old) == o.canon:
		o.kind = opSame
	case known && before == mine:
		o.kind = opKept
	case known && before == digest(canon(f, old)):
		o.kind = opChange
	case m.opts.PreferFile && !r.isNew():
		o.kind = opChange
	default:
		o.kind = opConflict
	}
	return o
}

// apply does it; true when the data changes.
func (m *merger) apply(in *incoming, r *record, o op) bool {
	place := in.Place
	place.Column = o.at
	switch o.kind {
	case opSame:
		m.state.take(r.id, o.name, o.canon)
		return false
	case opKept:
		m.count("kept")
		return false
	case opConflict:
		m.count("conflicts")
		if len(m.result.Conflicts) < Listed {
			m.result.Conflicts = append(m.result.Conflicts, Change{place, r.id, o.name, o.old, o.text})
		}
		return false
	case opAdd:
		for _, v := range slices.Clone(o.sub.values) {
			if m.barred(in, r, o.sub, v.key, v.text, o.at) {
				o.sub.values = slices.DeleteFunc(o.sub.values, func(p pair) bool { return p.key == v.key })
			}
		}
		if o.add == "commitment" {
			r.commitments = append(r.commitments, o.sub)
		} else {
			r.awards = append(r.awards, o.sub)
		}
		m.state.take(r.id, o.name, "")
		for _, v := range o.said {
			m.state.take(r.id, o.name+"/"+v.key, canon(fieldOf(v.key), v.text))
		}
	default:
		if m.barred(in, r, o.sub, o.key, o.text, o.at) {
			return false
		}
		r.change(o.sub, o.key, o.text)
		m.state.take(r.id, o.name, o.canon)
	}
	if !r.isNew() {
		m.count("values")
		if len(m.result.Changes) < Listed {
			m.result.Changes = append(m.result.Changes, Change{place, r.id, o.name, o.old, o.text})
		}
	}
	return true
}

// barred says, once it has said so, that a list cannot be written where a record lives: in
// a CSV file, a bar inside an item would part it.
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

// consents turns the answers of a row's columns into the list that the data keeps.
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

// printName proposes how a name in capitals would be printed.
func (m *merger) printName(in *incoming, r *record) []op {
	i := slices.IndexFunc(in.values, func(g got) bool { return g.key == "name" })
	if i < 0 || in.get("print_name") != "" || r.value("print_name") != "" || r.seen && !r.isNew() {
		return nil
	}
	name := in.values[i].text
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

// challenge takes a commitment. turn tells the ones of the same challenge apart.
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

// award takes the award of a row's edition.
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

// inOrder leaves out an end that comes before the award.
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

// subRow takes a row of a sheet of commitments or of awards.
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
