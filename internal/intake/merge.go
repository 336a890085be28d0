package intake

import (
	"slices"
	"strings"
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
// consents turns the answers of a row's columns into the list that the data keeps.
// printName proposes how a name in capitals would be printed.
// challenge takes a commitment. turn tells the ones of the same challenge apart.
// award takes the award of a row's edition.
// inOrder leaves out an end that comes before the award.
// subRow takes a row of a sheet of commitments or of awards.
