package intake

import (
	"errors"
	"regexp"
	"slices"
	"strings"

	"vitrine/internal/ident"
	"vitrine/internal/spreadsheet"
)

type sample struct {
	rows   []spreadsheet.Row
	number int
}

var errEnough = errors.New("enough")

func readSample(b *spreadsheet.Book, s *spreadsheet.Sheet) (*sample, error) {
	var out sample
	err := b.Read(s, func(r *spreadsheet.Row) error {
		row := *r
		row.Cells = slices.Clone(r.Cells)
		out.rows = append(out.rows, row)
		if len(out.rows) >= headRows+sampleRows {
			return errEnough
		}
		return nil
	})
	if err != nil && !errors.Is(err, errEnough) {
		return nil, err
	}
	return &out, nil
}

func containsWords(s, part string) bool {
	return strings.Contains(" "+s+" ", " "+part+" ")
}

const certain = 0.75

func (g *guesser) find(s *sample, known map[string][]string) (titles []string, header int, below []spreadsheet.Row) {
	best := 0.0
	for i := range min(len(s.rows), headRows) {
		for _, two := range []bool{false, true} {
			if two && i+1 >= len(s.rows) {
				continue
			}
			t := rowTitles(s.rows[i].Cells, nil)
			last := i
			if two {
				t = rowTitles(s.rows[i].Cells, s.rows[i+1].Cells)
				last = i + 1
			}
			score := g.rate(t, known)
			if two {
				score -= 0.6
			}
			if score > best {
				best, titles, header, below = score, t, s.rows[last].Number, s.rows[last+1:]
			}
		}
	}
	return titles, header, below
}

func (g *guesser) rate(titles []string, known map[string][]string) float64 {
	seen := map[string]bool{}
	filled, strange, others := 0, 0, 0
	for _, t := range titles {
		if t == "" {
			continue
		}
		filled++
		if _, ok := known[plainTitle(t)]; ok {
			seen["="+t] = true
			continue
		}
		c := g.candidates(t)
		switch {
		case len(c) > 0 && c[0].score >= certain && !seen[c[0].field.key]:
			seen[c[0].field.key] = true
		case g.nots[plainTitle(t)]:
			others++
		case len(t) > 60 || strings.ContainsAny(t, "@") || strings.Trim(t, "0123456789 .,/-+") == "":
			strange++ // no title looks like that
		}
	}
	n := len(seen)
	if n == 0 || strange > n || n+others == 1 && filled > 2 {
		return 0
	}
	return float64(n) + float64(others)*0.3 - float64(strange)*0.5
}

func rowTitles(upper, lower []spreadsheet.Cell) []string {
	out := make([]string, max(len(upper), len(lower)))
	for i := range out {
		var u, l spreadsheet.Cell
		if i < len(upper) {
			u = upper[i]
		}
		if i < len(lower) {
			l = lower[i]
		}
		if lower == nil {
			if u.Merge != spreadsheet.Across {
				out[i], _ = clean(u.Text, false)
			}
			continue
		}
		if l.Kind == spreadsheet.Text && l.Merge == spreadsheet.Alone {
			out[i], _ = clean(l.Text, false)
		} else if u.Kind == spreadsheet.Text && u.Merge != spreadsheet.Across {
			out[i], _ = clean(u.Text, false)
		}
	}
	return out
}

func (g *guesser) byContents(results []ColumnResult, chosen []*column, fixed map[int]string, taken map[string]int, below []spreadsheet.Row) {
	for at := range chosen {
		if _, ok := fixed[at]; ok || chosen[at] != nil || results[at].How == "twice" {
			continue
		}
		if plain := plainTitle(results[at].Title); g.nots[plain] {
			continue
		}
		for _, key := range []string{"siret", "email", "phone"} {
			f := byKey[key]
			if ok, n := looks(f, at, below); taken[key] == 0 && n >= 3 && ok >= 0.9 {
				chosen[at] = &column{at: at, title: results[at].Title, field: f, how: "contents"}
				results[at].How = "contents"
				taken[key]++
				break
			}
		}
	}
}

func severalColumns(f *field) bool {
	return f.key == "challenge" || f.key == "address" || f.key == "commune" || strings.HasPrefix(f.key, "challenge:") || strings.HasPrefix(f.key, "consent.")
}

func holds(taken map[string]int) string {
	who := taken["name"] > 0 || taken["siret"] > 0 || taken["id"] > 0
	switch {
	case who && (taken["name"] > 0 || taken["participant"] == 0):
		return "participants"
	case taken["participant"] > 0 && taken["challenge"] > 0:
		return "commitments"
	case taken["participant"] > 0 && taken["edition"] > 0:
		return "awards"
	}
	return ""
}

func looks(f *field, at int, below []spreadsheet.Row) (share float64, cells int) {
	test := tests[f.kind]
	if f.key == "lat" || f.key == "lon" {
		test = func(c spreadsheet.Cell) bool { _, ok := number(c); return ok }
	}
	good := 0
	for i, r := range below {
		if i >= sampleRows {
			break
		}
		if at >= len(r.Cells) || r.Cells[at].Kind == spreadsheet.Blank || r.Cells[at].Merge == spreadsheet.Across || strings.TrimSpace(r.Cells[at].Text) == "" {
			continue
		}
		cells++
		if test == nil || test(r.Cells[at]) {
			good++
		}
	}
	if cells == 0 {
		return 0, 0
	}
	return float64(good) / float64(cells), cells
}

var tests = map[kind]func(spreadsheet.Cell) bool{
	kSIRET: func(c spreadsheet.Cell) bool {
		d := digits(c.Text)
		return len(d) >= 12 && len(d) <= 14 && !strings.ContainsAny(c.Text, "+/@") || scientific.MatchString(strings.TrimSpace(c.Text))
	},
	kPhone: func(c spreadsheet.Cell) bool {
		n := len(digits(c.Text))
		_, why := ident.Phone(c.Text)
		return why == ident.OK && n > 6 || why == ident.LostZero || n >= 9 && n <= 24 && strings.ContainsAny(c.Text, " ./+") && !strings.ContainsFunc(c.Text, isLetter)
	},
	kEmail:    func(c spreadsheet.Cell) bool { return strings.Contains(c.Text, "@") },
	kURL:      func(c spreadsheet.Cell) bool { return strings.Contains(c.Text, ".") && !strings.Contains(c.Text, "@") },
	kPostcode: func(c spreadsheet.Cell) bool { n := len(digits(c.Text)); return n >= 4 && n <= 5 },
	kDate:     func(c spreadsheet.Cell) bool { _, _, ok := date(c); return ok || c.Kind == spreadsheet.Number },
	kBool:     func(c spreadsheet.Cell) bool { _, ok := yesNo(c.Text); return ok },
	kInteger:  func(c spreadsheet.Cell) bool { return digits(c.Text) != "" },
	kNAF:      func(c spreadsheet.Cell) bool { _, why := ident.NAF(c.Text); return why == ident.OK },
}

var scientific = regexp.MustCompile(`^\d([.,]\d+)?[eE]\+?\d{2}$`)
