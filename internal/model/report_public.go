package model

import "slices"

// small tells of a number that would speak of too few.
func small(n int) bool { return n > 0 && n < fewest }

func hide(n int) int {
	if small(n) {
		return Few
	}
	return n
}

// public hides what would speak of too few. Rows that add up to a shown total are not left out but
// gathered, until what is gathered may be said; where rows overlap, the small ones are left out.
func (r *Report) public() *Report {
	o := *r
	o.Public = true
	if r.Total < fewest { // nothing can be broken down
		o.Challenges, o.Themes, o.Trades, o.Communes, o.Levels, o.Groups, o.Roles, o.Cross = Breakdown{}, Breakdown{}, Breakdown{}, Breakdown{}, Breakdown{}, Breakdown{}, Breakdown{}, nil
	} else {
		o.Challenges, o.Themes = overlapping(r.Challenges), overlapping(r.Themes)
		o.Groups, o.Roles = overlapping(r.Groups), overlapping(r.Roles)
		o.Trades, o.Communes, o.Levels = gathered(r.Trades), gathered(r.Communes), gathered(r.Levels)
		o.Cross = r.Cross.public(o.Trades, o.Challenges)
	}
	o.Total, o.Before = hide(r.Total), hide(r.Before)
	if small(r.First) || small(r.Renewed) || o.Total == Few {
		o.First, o.Renewed = Few, Few // each is the other taken from the total
	}
	o.Candidates, o.Active, o.Closed, o.Withdrawn = hide(r.Candidates), hide(r.Active), hide(r.Closed), hide(r.Withdrawn)
	o.Reached = hide(r.Reached)
	o.Funnel = nil
	for _, s := range r.Funnel {
		if !small(s.Value) {
			o.Funnel = append(o.Funnel, s)
		}
	}
	return &o
}

// overlapping leaves out the small rows of parts that add up to nothing.
func overlapping(b Breakdown) Breakdown {
	out := Breakdown{Compared: b.Compared}
	left := 0
	for _, x := range b.Rows {
		if x.Count < fewest {
			if x.Count > 0 {
				left++
			}
			continue
		}
		x.Before = hide(x.Before)
		if small(x.New) || small(x.Count-x.New) {
			x.New = Few
		}
		out.Rows = append(out.Rows, x)
	}
	if len(out.Rows) > 0 {
		out.Left = b.Left + left
	}
	return out
}

// gathered puts the small rows of parts that add up into one, with as many of the next smallest as it
// takes for their sum to be sayable. The edition before is not told apart: the two reports would be
// taken from each other.
func gathered(b Breakdown) Breakdown {
	rows := slices.Clone(b.Rows)
	rows = slices.DeleteFunc(rows, func(x Row) bool { return x.Count == 0 })
	byCount(rows)
	rest, some, total := Row{Kind: RowOthers}, false, 0
	keep := rows[:0:0]
	for _, x := range rows {
		total += x.Count
		if small(x.Count) || x.Kind != "" {
			rest.Count, some = rest.Count+x.Count, true
			continue
		}
		keep = append(keep, x)
	}
	for some && small(rest.Count) && len(keep) > 0 {
		x := keep[len(keep)-1]
		keep = keep[:len(keep)-1]
		rest.Count += x.Count
	}
	if some {
		rest.Share = share(rest.Count, total)
		keep = append(keep, rest)
	}
	if len(keep) < 2 { // all in one row says nothing
		return Breakdown{}
	}
	for i := range keep {
		keep[i].Before = 0
	}
	return Breakdown{Rows: keep}
}

// public leaves the challenges that the report names and the trades that it tells apart. Cells under
// five, nought too, are hidden; where the row's sum would tell what they are, so is the smallest other.
func (c *Cross) public(trades, challenges Breakdown) *Cross {
	if c == nil || len(trades.Rows) == 0 || len(challenges.Rows) == 0 {
		return nil
	}
	out := &Cross{}
	to := make([]int, len(c.Columns))
	rest := -1
	for i, x := range c.Columns {
		if slices.ContainsFunc(trades.Rows, func(t Row) bool { return t.Kind == "" && x.Kind == "" && t.Title == x.Title }) {
			to[i], out.Columns = len(out.Columns), append(out.Columns, x)
		} else {
			to[i] = -1
		}
	}
	for i, x := range c.Columns {
		if to[i] >= 0 {
			continue
		}
		if rest < 0 {
			rest, out.Columns = len(out.Columns), append(out.Columns, Row{Kind: RowOthers})
		}
		to[i] = rest
		out.Columns[rest].Count += x.Count
	}
	for i := range out.Columns {
		out.Columns[i].Before = 0
	}
	if len(out.Columns) < 2 {
		return nil
	}
	for _, row := range c.Rows {
		at := slices.IndexFunc(challenges.Rows, func(x Row) bool { return x.Challenge == row.Challenge })
		if at < 0 {
			continue
		}
		cells := make([]int, len(out.Columns))
		for i, n := range row.Cells {
			cells[to[i]] += n
		}
		if hideCells(cells) {
			out.Rows = append(out.Rows, CrossRow{challenges.Rows[at], cells})
		}
	}
	if len(out.Rows) == 0 {
		return nil
	}
	return out
}

// hideCells hides the small cells of a row whose sum is known. It is false when nothing is left.
func hideCells(cells []int) bool {
	hidden, sum := 0, 0
	for i, n := range cells {
		if n < fewest {
			cells[i] = Few
			hidden, sum = hidden+1, sum+n
		}
	}
	for hidden < len(cells) && sum > 0 && (hidden == 1 && small(sum) || sum == hidden*(fewest-1)) {
		least := -1
		for i, n := range cells {
			if n != Few && (least < 0 || n < cells[least]) {
				least = i
			}
		}
		sum, hidden = sum+cells[least], hidden+1
		cells[least] = Few
	}
	return hidden < len(cells)
}
