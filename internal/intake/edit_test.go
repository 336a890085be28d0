package intake

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"vitrine/internal/spreadsheet"
)

// valid are values that each field may take.
func valid(r *rand.Rand, key string) (string, bool) {
	pick := func(list ...string) (string, bool) { return list[r.IntN(len(list))], true }
	switch key {
	case "name", "legal_name", "print_name", "activity":
		return pick("Le « Grand » Four", `Chez "Nono" \ fils`, "Œuf & Cie", "Été=hiver # non")
	case "description", "note", "text":
		return pick("Un.\n\nDeux « x » ?", `"""`, "fin\\", "# pas un commentaire\n[[participant]]")
	case "siret":
		return pick(siretOf(r.IntN(1000)))
	case "employees":
		return pick("0", "12")
	case "postcode":
		return pick("61100", "14170")
	case "phone":
		return pick("02 33 98 44 01", "02 33 98 44 02")
	case "email":
		return pick("a@exemple.fr", "b@exemple.fr")
	case "url":
		return pick("https://a.example", "https://b.example/x")
	case "consent":
		return pick("-", "name | phone", "name")
	case "photo.alt", "photo.credit", "members.captain", "members.child":
		if strings.HasPrefix(key, "members") {
			return pick("4", "5")
		}
		return "", false // a photo needs its file
	case "sole_trader", "new":
		return pick("true")
	case "done_on", "on":
		return pick("2024-05-06", "2023-01-31")
	case "valid_until":
		return pick("2028-05-06", "2029-01-31")
	case "evidence":
		return pick("a | b", "e") // a bar inside an item: TestBarInCSVList
	case "number":
		return pick("n° 1", "2")
	}
	return "", false
}

// TestEditsAreExact changes random cells of an export, imports it, and exports again: the
// cells are what they were made, all others what they were, and comments stand.
func TestEditsAreExact(t *testing.T) {
	g := newGuesser(refsOf(t))
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 3))
		files := randomSite(r)
		files[participants] = "# en tête\n" + strings.ReplaceAll(files[participants], "\nname = ", "\n# un nom\nname = ") + "\n# à la fin"
		if seed%3 == 0 {
			files[participants] = strings.ReplaceAll(files[participants], "members = {captain = 1, child = 3}", "members.captain = 1\nmembers.child = 3")
		}
		if seed%4 == 0 {
			files[participants] = strings.ReplaceAll(files[participants], "\n", "\r\n")
		}
		tree := site(files)
		e, err := NewExport(tree, "", today, 1)
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		want := rowsOf(e)
		changed := 0
		for i, table := range e.Tables {
			for row := range want[i] {
				for col := range table.Headings {
					c := g.candidates(table.Headings[col].Title)
					if r.IntN(4) > 0 || len(c) == 0 {
						continue
					}
					if v, ok := valid(r, c[0].field.key); ok && v != want[i][row][col] {
						want[i][row][col] = v
						changed++
					}
				}
			}
		}
		var buf bytes.Buffer
		var tables []spreadsheet.Table
		for i, table := range e.Tables {
			table.Rows = func(yield func([]string) bool) {
				for _, line := range want[i] {
					if !yield(line) {
						return
					}
				}
			}
			tables = append(tables, table)
		}
		if err := spreadsheet.Write(&buf, tables); err != nil {
			t.Fatal(err)
		}
		got := run(t, tree, "a.xlsx", buf.Bytes(), func(o *Options) { o.PreferFile = true })
		if got.Blocked {
			for _, d := range got.Diagnostics {
				t.Errorf("seed %d: %s %s", seed, d.Code, d.Message("fr"))
			}
			t.Logf("%s", got.Files[participants])
			continue
		}
		then := after(tree, got)
		again, err := NewExport(then, "", today, 1)
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		compare(t, fmt.Sprint("seed ", seed), again, e, want)
		text, _ := then.Text(participants)
		if n := strings.Count(string(text), "# un nom"); n != strings.Count(files[participants], "# un nom") || !strings.Contains(string(text), "# à la fin") {
			t.Errorf("seed %d: comments were lost", seed)
		}
		if seed%4 == 0 && strings.Count(string(text), "\n") != strings.Count(string(text), "\r\n") {
			t.Errorf("seed %d: line ends were mixed", seed)
		}
		unchanged(t, fmt.Sprintf("seed %d, again", seed), run(t, then, "a.xlsx", buf.Bytes(), nil))
	}
}

func rowsOf(e *Export) [][][]string {
	out := make([][][]string, len(e.Tables))
	for i, t := range e.Tables {
		for row := range t.Rows {
			out[i] = append(out[i], slices.Clone(row))
		}
	}
	return out
}

func refsOf(t *testing.T) *references {
	s, p, err := open(&Options{Tree: site(nil), Today: today})
	if err != nil {
		t.Fatal(err)
	}
	return newReferences(s, p)
}

// compare holds an export to the rows that it should have, by the titles of another.
func compare(t *testing.T, what string, got, titles *Export, want [][][]string) {
	t.Helper()
	rows := rowsOf(got)
	g := newGuesser(refsOf(t))
	for i, table := range titles.Tables {
		for n, line := range want[i] {
			if n >= len(rows[i]) {
				t.Errorf("%s: a row of %s is lost", what, table.Name)
				continue
			}
			for c, h := range table.Headings {
				at := slices.IndexFunc(got.Tables[i].Headings, func(x spreadsheet.Heading) bool { return x.Title == h.Title })
				if at < 0 {
					continue
				}
				f := fieldOf(h.Title)
				if k := g.candidates(h.Title); len(k) > 0 {
					f = k[0].field
				}
				if a, b := canon(f, rows[i][n][at]), canon(f, line[c]); a != b {
					t.Errorf("%s: %s, row %d, %s is %q, want %q", what, table.Name, n, h.Title, rows[i][n][at], line[c])
				}
			}
		}
	}
}

// TestBarInCSVList brings a list of which an item holds the sign that parts a CSV file's.
func TestBarInCSVList(t *testing.T) {
	tree := site(map[string]string{
		"data/programmes/label/participants.csv": "id,name\nun,Un\n",
		"data/programmes/label/commitments.csv":  "participant,challenge,evidence\nun,tri,a\n",
	})
	data := "Participant;Défi;Preuve\nun;tri;b \\| c\nun;velo;d \\| e\n"
	r := run(t, tree, "a.csv", []byte(data), func(o *Options) { o.PreferFile = true })
	if r.Counts["doubts"] != 2 || r.Doubts[0].Code != "bar-in-list" {
		t.Error(remarks(r.Doubts))
	}
	if got := string(r.Files["data/programmes/label/commitments.csv"]); got != "participant,challenge,evidence\nun,tri,a\nun,velo,\n" {
		t.Errorf("%q", got)
	}
}
