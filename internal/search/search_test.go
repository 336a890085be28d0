package search

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"vitrine/internal/model"
)

func TestWords(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Aux Blés d’Or", "aux ble d or"},
		{"L’ŒUF À LA COQUE", "l oeuf a la coque"},
		{"Boulangeries-Pâtisseries", "boulangeri patisseri"},
		{"boulangerie bakery bakeries", "boulangeri bakeri bakeri"},
		{"Gâteaux, chevaux, journaux", "gateau cheval journal"},
		{"eaux aux faux Caux", "eau aux fau cau"},
		{"61100 FLERS", "61100 fler"},
		{"Straße łódź", "strasse lodz"},
		{"  ", ""},
		{"Éco-défis 2023", "eco defi 2023"},
	} {
		if got := strings.Join(Words(c.text), " "); got != c.want {
			t.Errorf("%q: %q, not %q", c.text, got, c.want)
		}
	}
}

// What is singular and what is plural come to the same, and so does what was cut already.
func TestStem(t *testing.T) {
	for _, pair := range []string{"artisan artisans", "cheval chevaux", "local locaux", "bateau bateaux", "patisserie patisseries", "bakery bakeries", "prix prix", "noix noix"} {
		one, many, _ := strings.Cut(pair, " ")
		if Stem(one) != Stem(many) {
			t.Errorf("%s: %s and %s", pair, Stem(one), Stem(many))
		}
	}
}

// sample is an index with its rows at hand.
type sample struct {
	*Index
	rows []*model.Profile
}

// site is a programme of n businesses with names, trades and places by chance, but the same
// each time.
func site(n int) sample {
	r := rand.New(rand.NewPCG(1, uint64(n)))
	syllables := strings.Fields("ba be bi bo bou bre ca cha che cou da de du fa fe flo ga ger gra jo la le lin lo ma mar mi mou na no pa per pi po ra ri ro sa sel si ta ti tou va ver vi vo")
	name := func(parts int) string {
		var b strings.Builder
		for range parts {
			b.WriteString(syllables[r.IntN(len(syllables))])
		}
		s := b.String()
		return strings.ToUpper(s[:1]) + s[1:]
	}
	g := &model.Programme{ID: "p"}
	s := &model.Site{Programmes: []*model.Programme{g}}
	var trades []*model.Trade
	for i := range 60 {
		trades = append(trades, &model.Trade{ID: "t" + strconv.Itoa(i), Name: name(3), Family: "famille " + strconv.Itoa(i%8), Synonyms: []string{name(3), name(4)}})
	}
	for i := range 200 {
		s.Territories = append(s.Territories, &model.Territory{
			ID: "c" + strconv.Itoa(i), Name: name(2) + "-sur-" + name(2), Kind: "commune", Lat: 48 + r.Float64(), Lon: -r.Float64(), Postcodes: []string{strconv.Itoa(61000 + 10*(i/4))},
		})
	}
	for i := range 6 {
		t := &model.Theme{ID: "th" + strconv.Itoa(i), Title: name(4)}
		g.Themes = append(g.Themes, t)
		for j := range 7 {
			g.Challenges = append(g.Challenges, &model.Challenge{ID: fmt.Sprint("d", i, j), Title: name(2) + " " + name(3) + " " + name(3), Theme: t})
		}
	}
	for i := range 5 {
		g.Editions = append(g.Editions, &model.Edition{ID: strconv.Itoa(2020 + i), Title: "Édition " + strconv.Itoa(2020+i)})
	}
	x := sample{Index: &Index{Site: s, Programme: g, Small: []string{"le la de sur"}}}
	for i := range n {
		c := s.Territories[r.IntN(len(s.Territories))]
		t := trades[r.IntN(len(trades))]
		p := &model.Profile{ID: "x" + strconv.Itoa(i), Name: []string{"Chez ", "Atelier ", "Au ", ""}[r.IntN(4)] + name(2) + " " + name(3), Trade: t, Commune: c, Postcode: c.Postcodes[0]}
		if r.IntN(2) == 0 {
			p.Description = name(2) + " " + name(3) + " de " + name(2) + " et " + name(3) + " à " + c.Name
		}
		if r.IntN(3) > 0 {
			p.HasPoint, p.Lat, p.Lon = true, c.Lat+r.Float64()/20, c.Lon+r.Float64()/20
		}
		for _, k := range r.Perm(len(g.Challenges))[:3+r.IntN(4)] {
			p.Commitments = append(p.Commitments, model.Deed{Challenge: g.Challenges[k]})
		}
		p.Awards = []model.Distinction{{Edition: g.Editions[r.IntN(5)], Expired: r.IntN(4) == 0}}
		x.rows = append(x.rows, p)
	}
	x.Rows = slices.Values(x.rows)
	return x
}

func compressed(t *testing.T, data []byte) int {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Len()
}

// first is what may pass the wire before the first result, in bytes.
const first = 60_000

// TestWeight weighs what is asked for before the first result of 10,000: the head, the
// heaviest files of two words, and twenty lines that all lie in other files. The script
// itself, whose own test holds it under 20 kB, is added as heavy as it may be.
func TestWeight(t *testing.T) {
	files := site(10_000).Files()
	var head, words, lines []int
	for _, f := range files {
		size := compressed(t, f.Data)
		switch {
		case f.Name == "index.json":
			head = append(head, size)
		case strings.HasPrefix(f.Name, "words-"):
			words = append(words, size)
		case strings.HasPrefix(f.Name, "rows-"):
			lines = append(lines, size)
		}
	}
	slices.Sort(words)
	slices.Sort(lines)
	sum := head[0] + words[len(words)-1] + words[len(words)-2]
	for _, n := range lines[len(lines)-20:] {
		sum += n
	}
	t.Logf("%d files; head %d, heaviest words %d and %d, median %d, lines %d each: %d bytes", len(files), head[0], words[len(words)-1], words[len(words)-2], words[len(words)/2], lines[len(lines)/2], sum)
	if sum > first {
		t.Errorf("%d bytes pass before the first result, more than %d", sum, first)
	}
}

// Every word of a profile is found in the file that its first letters lead to, with its row.
func TestWordsLeadToRows(t *testing.T) {
	for _, n := range []int{2, 61, 700} {
		x := site(n)
		files := map[string][]byte{}
		for _, f := range x.Files() {
			files[f.Name] = f.Data
		}
		type key struct {
			word  string
			field int
		}
		rows := map[key][]int{}
		for i := range shards(n) {
			var entries [][]any
			if err := json.Unmarshal(files["words-"+strconv.Itoa(i)+".json"], &entries); err != nil {
				t.Fatal(err)
			}
			for _, e := range entries {
				word := e[0].(string)
				if shardOf(word, shards(n)) != i {
					t.Errorf("%s is in the wrong file", word)
				}
				for j := 1; j < len(e); j += 2 {
					rows[key{word, int(e[j].(float64))}] = gaps(e[j+1].(string))
				}
			}
		}
		look := func(row, field int, texts ...string) {
			for _, text := range texts {
				for _, w := range Words(text) {
					if len(w) > 1 && !slices.Contains(strings.Fields("le la de sur"), w) && !slices.Contains(rows[key{w, field}], row) {
						t.Errorf("%d: %q does not lead to row %d", n, w, row)
					}
				}
			}
		}
		for i, p := range x.rows {
			look(i, inName, p.Name)
			look(i, inTrade, append(slices.Clone(p.Trade.Synonyms), p.Trade.Name, p.Trade.Family)...)
			look(i, inCommune, p.Commune.Name, p.Postcode)
			look(i, inText, p.Description)
			for _, d := range p.Commitments {
				look(i, inChallenge, d.Challenge.Title)
			}
		}
	}
}

// numbers reads what appendNumber wrote; it is the script's own reading, in Go.
func numbers(s string) []int {
	var out []int
	n, shift := 0, 0
	for i := range len(s) {
		d := strings.IndexByte(digits, s[i])
		n |= (d & 31) << shift
		if shift += 5; d&32 == 0 {
			out = append(out, n)
			n, shift = 0, 0
		}
	}
	return out
}

func gaps(s string) []int {
	var out []int
	next := 0
	for _, gap := range numbers(s) {
		out = append(out, next+gap)
		next += gap + 1
	}
	return out
}

func TestRows(t *testing.T) {
	for _, rows := range [][]int{nil, {0}, {31}, {32}, {0, 1, 2}, {5, 37, 38, 1100, 70_000}} {
		if got := gaps(string(appendRows(nil, rows))); !slices.Equal(got, rows) {
			t.Errorf("%v: %v", rows, got)
		}
	}
	for n := -2000; n < 2000; n++ {
		u := int(signed(n))
		back := u / 2
		if u%2 == 1 {
			back = -(u + 1) / 2
		}
		if back != n {
			t.Fatalf("%d comes back as %d", n, back)
		}
	}
}

// The same rows make the same bytes, whatever the order of Go's maps; the names of the
// files are known before they are made; the version tells of every change.
func TestSame(t *testing.T) {
	a, b := site(300).Files(), site(300).Files()
	var names []string
	for i, f := range a {
		names = append(names, f.Name)
		if !bytes.Equal(f.Data, b[i].Data) {
			t.Errorf("%s is not the same twice", f.Name)
		}
		if !json.Valid(f.Data) {
			t.Errorf("%s is no JSON", f.Name)
		}
	}
	if want := Names(300); !slices.Equal(names, want) {
		t.Errorf("%v, not %v", names, want)
	}
	x := site(300)
	x.rows[7].Name += " Zut"
	if bytes.Equal(x.Files()[0].Data, a[0].Data) {
		t.Error("a name changed and the version did not")
	}
}

// Text that would close a script or a tag stays text, and what cannot be found by words, a
// name of small words or none at all, harms nobody.
func TestHostile(t *testing.T) {
	x := site(3)
	x.rows[0].Name = `</script><img src=x onerror=alert(1)>` + "\u2028\x00\xff"
	x.rows[1].Name = "De la"
	x.rows[2].Name = "…"
	x.rows[2].Trade, x.rows[2].Commune, x.rows[2].Commitments, x.rows[2].Awards = nil, nil, nil, nil
	for _, f := range x.Files() {
		if !json.Valid(f.Data) || bytes.Contains(f.Data, []byte("</")) {
			t.Errorf("%s: %s", f.Name, f.Data)
		}
	}
}

// Small words alone lead to a name that has no other.
func TestSmallName(t *testing.T) {
	x := site(2)
	x.rows[1].Name = "De la"
	all := ""
	for _, f := range x.Files() {
		all += string(f.Data)
	}
	if !strings.Contains(all, `["de",0,"B"]`) {
		t.Error("« De la » is not found by its words")
	}
}

func BenchmarkFiles(b *testing.B) {
	x := site(10_000)
	for b.Loop() {
		x.Files()
	}
}
