package model

import (
	"cmp"
	"slices"
)

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
	if r.counted < fewest { // nothing can be broken down
		o.Challenges, o.Themes, o.Trades, o.Communes, o.Levels, o.Groups, o.Roles, o.Cross = Breakdown{}, Breakdown{}, Breakdown{}, Breakdown{}, Breakdown{}, Breakdown{}, Breakdown{}, nil
	} else {
		o.Challenges, o.Themes = overlapping(r.Challenges, r.counted, r.countedBefore), overlapping(r.Themes, r.counted, r.countedBefore)
		o.Groups, o.Roles = overlapping(r.Groups, r.counted, r.countedBefore), overlapping(r.Roles, 0, 0)
		o.Trades, o.Communes, o.Levels = gathered(r.Trades), gathered(r.Communes), gathered(r.Levels)
		o.Cross = r.Cross.public(o.Trades, o.Challenges)
	}
	o.Total, o.Before = hide(r.Total), hide(r.Before)
	if small(r.First) || small(r.Renewed) || o.Total == Few || r.Told > 0 {
		o.First, o.Renewed = Few, Few // each is the other taken from the total; of those named, the site says it
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

// overlapping leaves out the small rows of parts that may overlap. Where they do not, those left
// out are the whole less the rest: the next smallest go with them.
func overlapping(b Breakdown, whole, wholeBefore int) Breakdown {
	out := Breakdown{Compared: b.Compared}
	left := 0
	now := sayable(b.Rows, whole, func(x Row) int { return x.Count })
	was := sayable(b.Rows, wholeBefore, func(x Row) int { return x.Before }) // as its own report does
	for i, x := range b.Rows {
		if !now[i] {
			if x.Count > 0 {
				left++
			}
			continue
		}
		if x.Before > 0 && !was[i] {
			x.Before = Few
		}
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

// sayable tells which rows may be told: those of five or more, but for the smallest of them
// while the others, taken from the whole, would leave one to four.
func sayable(rows []Row, whole int, count func(Row) int) []bool {
	told, sum, hidden := make([]bool, len(rows)), 0, false
	for i, x := range rows {
		told[i] = count(x) >= fewest
		if told[i] {
			sum += count(x)
		}
		hidden = hidden || small(count(x))
	}
	for hidden && small(whole-sum) {
		least := -1
		for i, x := range rows {
			if told[i] && (least < 0 || cmp.Or(cmp.Compare(count(x), count(rows[least])), cmp.Compare(rows[least].Title, x.Title)) < 0) {
				least = i
			}
		}
		if least < 0 {
			break
		}
		told[least], sum = false, sum-count(rows[least])
	}
	return told
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
