package model

// A part is counted from two lists of entrants, those of the edition and those of the one before. What
// an entrant falls into is said by keys: any comparable values, each with the row it makes.

// tally counts rows by key.
type tally struct {
	rows []Row
	at   map[any]int
}

func (t *tally) row(key any, make func() Row) *Row {
	if t.at == nil {
		t.at = map[any]int{}
	}
	i, ok := t.at[key]
	if !ok {
		i = len(t.rows)
		t.at[key], t.rows = i, append(t.rows, make())
	}
	return &t.rows[i]
}

// breakdown makes the tally's rows a part of the report.
func (s *surveyor) breakdown(t *tally) Breakdown {
	for i := range t.rows {
		t.rows[i].Share = share(t.rows[i].Count, len(s.now))
	}
	byCount(t.rows)
	return Breakdown{Rows: t.rows, Compared: s.Previous != nil && len(s.before) > 0}
}

func (s *surveyor) parts() {
	s.challenges()
	s.Trades = s.partition(func(x entrant) (any, Row) { return s.trade(x.of) })
	s.Communes = s.partition(func(x entrant) (any, Row) {
		if c := x.of.Commune; c != nil {
			return c, Row{Title: c.Name, Territory: c}
		}
		return nil, Row{}
	})
	s.Levels = s.partition(func(x entrant) (any, Row) {
		if x.award != nil && x.award.Level != nil {
			return x.award.Level, Row{Title: x.award.Level.Title}
		}
		return nil, Row{}
	})
	s.groups()
	s.roles()
}

// trade is the family of a participant's trade, else the trade itself.
func (s *surveyor) trade(x *Participant) (any, Row) {
	switch {
	case x.Trade == nil:
		return nil, Row{}
	case x.Trade.Family != "":
		return x.Trade.Family, Row{Title: x.Trade.Family}
	}
	return x.Trade.Name, Row{Title: x.Trade.Name}
}

// partition counts each entrant once. A part of which nobody says anything, or all the same, is no part.
func (s *surveyor) partition(of func(entrant) (any, Row)) Breakdown {
	var t tally
	said := 0
	for i, list := range [][]entrant{s.now, s.before} {
		for _, x := range list {
			key, made := of(x)
			if key == nil {
				made = Row{Kind: RowUnknown}
			} else {
				said++
			}
			row := t.row(key, func() Row { return made })
			if i == 0 {
				row.Count++
			} else {
				row.Before++
			}
		}
	}
	if said == 0 || len(s.now) == 0 {
		return Breakdown{}
	}
	return s.breakdown(&t)
}

func (s *surveyor) challenges() {
	var challenges, themes tally
	for _, t := range s.p.Themes {
		themes.row(t, func() Row { return Row{Title: t.Title, Theme: t} })
	}
	for i, list := range [][]entrant{s.now, s.before} {
		for _, x := range list {
			seen, fresh := map[any]bool{}, map[any]bool{}
			for _, d := range x.deeds {
				c := d.Challenge
				row := challenges.row(c, func() Row { return Row{Title: c.Title, Challenge: c, Theme: c.Theme} })
				count(row, i, !seen[c])
				if i == 0 && d.New && !fresh[c] {
					row.New++
					fresh[c] = true
				}
				seen[c] = true
				if t := c.Theme; t != nil {
					count(themes.row(t, func() Row { return Row{Title: t.Title, Theme: t} }), i, !seen[t])
					seen[t] = true
				}
			}
		}
	}
	if len(challenges.rows) == 0 {
		return
	}
	taken := 0
	for _, x := range challenges.rows {
		if x.Count > 0 {
			taken++
		}
	}
	s.Challenges = s.breakdown(&challenges)
	s.Challenges.Left = max(0, len(s.p.Challenges)-taken)
	s.Themes = s.breakdown(&themes)
}

func count(row *Row, list int, first bool) {
	switch {
	case !first:
	case list == 0:
		row.Count++
	default:
		row.Before++
	}
}

// groups counts the members of each group among those counted.
func (s *surveyor) groups() {
	var t tally
	for _, g := range s.p.Groups {
		if len(g.members) == 0 {
			continue
		}
		in := map[*Participant]bool{}
		for _, x := range g.members {
			in[x] = true
		}
		row := t.row(g, func() Row { return Row{Title: g.Title, Territory: g.Territory} })
		for i, list := range [][]entrant{s.now, s.before} {
			for _, x := range list {
				count(row, i, in[x.of])
			}
		}
	}
	if len(t.rows) > 0 && len(s.now) > 0 {
		s.Groups = s.breakdown(&t)
	}
}

// roles adds up those whom the records speak for.
func (s *surveyor) roles() {
	var t tally
	for i, list := range [][]entrant{s.now, s.before} {
		for _, x := range list {
			for role, n := range x.of.Members {
				row := t.row(role, func() Row { return Row{Title: role} })
				if i == 0 {
					row.Count += n
				} else {
					row.Before += n
				}
			}
		}
	}
	if len(t.rows) == 0 {
		return
	}
	s.Roles = s.breakdown(&t)
	for i := range s.Roles.Rows { // of more than those counted
		s.Roles.Rows[i].Share = 0
	}
}

// widest is how many columns a table of challenges by trade has.
const widest = 8

// cross counts challenges by trade, the trades with few gathered in the last column.
func (s *surveyor) cross() {
	columns := s.Trades.Rows
	taken := columns[:0:0]
	for _, c := range columns {
		if c.Count > 0 {
			taken = append(taken, c)
		}
	}
	if len(taken) < 2 || len(s.Challenges.Rows) == 0 {
		return
	}
	if len(taken) > widest {
		rest := Row{Kind: RowOthers}
		for _, c := range taken[widest-1:] {
			rest.Count, rest.Before = rest.Count+c.Count, rest.Before+c.Before
		}
		taken = append(taken[:widest-1:widest-1], rest)
	}
	place := map[any]int{}
	for i, c := range taken {
		if c.Kind == "" {
			place[c.Title] = i
		}
	}
	last := len(taken) - 1 // those gathered, or of whom nothing is said
	cells := map[*Challenge][]int{}
	for _, x := range s.now {
		at := last
		if key, _ := s.trade(x.of); key != nil {
			if i, ok := place[key]; ok {
				at = i
			}
		}
		seen := map[*Challenge]bool{}
		for _, d := range x.deeds {
			if seen[d.Challenge] {
				continue
			}
			seen[d.Challenge] = true
			if cells[d.Challenge] == nil {
				cells[d.Challenge] = make([]int, len(taken))
			}
			cells[d.Challenge][at]++
		}
	}
	s.Cross = &Cross{Columns: taken}
	for _, row := range s.Challenges.Rows {
		if row.Count > 0 {
			s.Cross.Rows = append(s.Cross.Rows, CrossRow{row, cells[row.Challenge]})
		}
	}
}
