package intake

import (
	"slices"
	"strings"

	"vitrine/internal/model"
	"vitrine/internal/spreadsheet"
)

func (x *rowReader) consent(c *column, text string) {
	if text == none {
		x.put(c, none)
		return
	}
	if v, ok := yesNo(text); ok {
		if v {
			x.said.once("doubts", Remark{Place: x.at(c.at), Code: "consent-to-what", Field: c.field.key, Before: text, Detail: strings.Join(model.ScopeNames, ", ")})
		} else {
			x.put(c, none)
		}
		return
	}
	var list []string
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune("|,;/\n+&", r) }) {
		scope := scopeOf(part)
		if scope == "" {
			x.doubt("unknown-scope", c, text, "", strings.TrimSpace(part))
			return
		}
		list = append(list, scope)
	}
	x.put(c, strings.Join(list, " | "))
}

func scopeOf(word string) string {
	word = strings.TrimSpace(word)
	if _, ok := model.ScopeNamed(word); ok {
		return word
	}
	plain := plainTitle(word)
	for _, s := range scopeWords {
		if slices.Contains(strings.Split(s.words, "|"), plain) {
			return s.scope
		}
	}
	return ""
}

func (x *rowReader) challenge(c *column, text string) {
	add := func(id string) {
		x.in.challenges = append(x.in.challenges, gotChallenge{id: id, column: c.at})
	}
	if id, ok := x.refs.challenges.one(text); ok {
		add(id)
		return
	}
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune("|\n;•", r) }) {
		if part = strings.TrimSpace(part); part == "" || placeholders[strings.ToLower(part)] {
			continue
		}
		if id, ok := x.refs.challenges.one(part); ok {
			add(id)
			continue
		}
		x.commas(c, part, add)
	}
}

func (x *rowReader) commas(c *column, text string, add func(string)) {
	parts := strings.Split(text, ",")
	for i := 0; i < len(parts); {
		found := false
		for j := min(len(parts), i+6); j > i && !found; j-- {
			if id, ok := x.refs.challenges.one(strings.Join(parts[i:j], ",")); ok {
				add(id)
				i, found = j, true
			}
		}
		if found {
			continue
		}
		part := strings.TrimSpace(parts[i])
		if len(parts) == 1 || i == 0 && !slices.ContainsFunc(parts, func(p string) bool { _, ok := x.refs.challenges.one(p); return ok }) {
			part = text
			i = len(parts)
		}
		if part != "" {
			_, near := x.refs.challenges.find(part)
			x.doubt("unknown-challenge", c, part, near, "")
		}
		i++
	}
}

func (x *rowReader) pseudo(c *column, cell spreadsheet.Cell) {
	text := strings.TrimSpace(cell.Text)
	switch {
	case strings.HasPrefix(c.field.key, "consent."):
		v, ok := yesNo(text)
		if !ok {
			x.doubt("not-yes-no", c, text, "", "")
			return
		}
		x.in.consents = append(x.in.consents, got{key: c.arg, text: boolText(v), column: c.at})
	case strings.HasPrefix(c.field.key, "challenge:"):
		x.cross(c, cell)
	case c.field.key == "postcode_city":
		x.commune(&column{at: c.at, field: byKey["commune"]}, cell)
	case c.field.key == "point":
		x.point(c, text)
	case c.field.key == "legal_form":
		switch plainWords(text) {
		case "ei", "entreprise individuelle", "entrepreneur individuel", "micro entreprise", "micro entrepreneur", "auto entrepreneur", "auto entreprise", "autoentrepreneur", "microentreprise", "sole trader":
			x.putKey("sole_trader", c, "true")
		}
	}
}

func (x *rowReader) cross(c *column, cell spreadsheet.Cell) {
	text := strings.TrimSpace(cell.Text)
	g := gotChallenge{id: c.arg, column: c.at}
	if v, ok := yesNo(text); ok {
		if v {
			x.in.challenges = append(x.in.challenges, g)
		}
		return
	}
	if day, why, ok := date(cell); ok {
		if why != "" {
			x.repair(why, c, text, day)
		}
		g.values.set("done_on", day)
		x.in.challenges = append(x.in.challenges, g)
		return
	}
	switch plainWords(text) {
	case "nouveau", "nouvelle", "new":
		g.values.set("new", "true")
	case "deja", "deja en place", "en place", "realise", "releve", "fait", "atteint", "done":
	default:
		x.doubt("not-yes-no", c, text, "", "")
		return
	}
	x.in.challenges = append(x.in.challenges, g)
}

func (x *rowReader) subs() {
	var own []got
	for _, v := range x.in.values {
		f := byKey[v.key]
		switch {
		case f != nil && f.of == ofAward:
			x.in.award = append(x.in.award, v)
		case f != nil && f.of == ofCommitment:
			if len(x.in.challenges) != 1 {
				x.doubt("which-challenge", &column{at: v.column, field: f}, v.text, "", "")
				continue
			}
			x.in.challenges[0].values.set(v.key, v.text)
		default:
			own = append(own, v)
		}
	}
	x.in.values = own
	// A list and a cross may name the same action.
	var once []gotChallenge
	for _, c := range x.in.challenges {
		i := slices.IndexFunc(once, func(o gotChallenge) bool { return o.id == c.id })
		if i < 0 {
			once = append(once, c)
			continue
		}
		for _, v := range c.values {
			if _, there := once[i].values.get(v.key); !there {
				once[i].values.set(v.key, v.text)
			}
		}
	}
	x.in.challenges = once
}
