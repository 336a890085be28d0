package acceptance

import (
	"encoding/csv"
	"path/filepath"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"vitrine/internal/typography"
)

// late are those of the last list; mended is the one whose name had a typo.
var (
	late   = []string{"la-cordonniere", "atelier-zoe"}
	mended = "garage-du-bocge" // an id stays as it was
)

// reprinted holds the zip to the pages that differ and no other, and the lists beside them to who they are.
func (r *rehearsal) reprinted(said string) {
	t := r.t
	r.says(said, "2 ajoutés, 1 retiré, 2 changés") // the name, and the number on the poster
	names := r.unpack("reprint-bat.zip", "zip")
	var own []string
	for _, n := range names {
		if rest, ok := strings.CutPrefix(n, "label/diploma/"); ok {
			own = append(own, rest)
		}
	}
	if want := []string{"atelier-zoe.pdf", mended + ".pdf", "la-cordonniere.pdf"}; !slices.Equal(own, want) {
		t.Errorf("the diplomas of %q, want %q, in %q", own, want, names)
	}
	pages := r.pages("zip/label/diploma.pdf")
	for _, name := range []string{"La Cordonnière", "Atelier Zoé", "Garage du Bocage"} {
		if n := count(pages, squash(name)); n != 1 {
			t.Errorf("« %s » is on %d of the pages to print again", name, n)
		}
	}
	if len(pages) != 3 {
		t.Errorf("%d pages to print again", len(pages))
	}
	errata := strings.NewReplacer("\u00a0", " ").Replace(r.read("zip/errata.txt"))
	for _, want := range []string{"La Cordonnière", "Atelier Zoé", "Garage du Bocge", "Garage du Bocage", "Fleuriste Vasseur"} {
		if !strings.Contains(errata, want) {
			t.Errorf("the errata do not speak of %s:\n%s", want, errata)
		}
	}
	if strings.Contains(errata, "Aubert") {
		t.Errorf("the errata speak of who did not change:\n%s", errata)
	}
	r.called()
}

// called holds the order of call to communes, then names; all that are left, and nobody twice.
func (r *rehearsal) called() {
	t := r.t
	in := csv.NewReader(strings.NewReader(strings.TrimPrefix(r.read("zip/calling-order.csv"), "\ufeff")))
	in.Comma = ';'
	rows, err := in.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var keys, ids []string
	for i, row := range rows[1:] {
		if row[2] != itoa(i+1) {
			t.Errorf("rank %s in line %d", row[2], i+1)
		}
		keys = append(keys, typography.SortKey(row[5])+"\x00"+typography.SortKey(row[4]))
		ids = append(ids, row[8])
		if (row[3] == "") != slices.Contains(late, row[8]) {
			t.Errorf("%s had the rank %q", row[8], row[3])
		}
	}
	if len(rows) != 63 || !slices.IsSorted(keys) || slices.Contains(ids, "fleuriste-vasseur") {
		t.Errorf("%d are called, or in another order: %q", len(rows)-1, ids)
	}
	slices.Sort(ids)
	if len(slices.Compact(ids)) != 62 {
		t.Error("someone is called twice")
	}
}

// rebuilt compares the diplomas that were sent with those of the whole kit, as an outside reader sees them:
// the zip had the new ones.
func (r *rehearsal) rebuilt() {
	t := r.t
	now := r.pages("kit/label/diploma.pdf")
	var fresh []string
	for _, p := range now {
		if !slices.Contains(r.before, p) {
			fresh = append(fresh, p)
		}
	}
	again := r.pages("zip/label/diploma.pdf")
	slices.Sort(fresh)
	slices.Sort(again)
	if len(now) != 62 || !slices.Equal(fresh, again) {
		t.Errorf("%d pages; those that differ:\n%q\nthose of the zip:\n%q", len(now), fresh, again)
	}
	gone := 0
	for _, p := range r.before {
		if !slices.Contains(now, p) {
			gone++
		}
	}
	if gone != 2 { // the one who withdrew, and the typo
		t.Errorf("%d pages are no more", gone)
	}
}

// exported opens the workbook that the data come back in with another program: everyone is in it, withdrawn or
// not, and a SIRET is a text.
func (r *rehearsal) exported() {
	t := r.t
	r.run("export", "retour.xlsx")
	f, err := excelize.OpenFile(filepath.Join(r.dir, "retour.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(f.GetSheetList()[0])
	if err != nil || len(rows) != 64 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	var sirets, want []string
	for i, row := range rows[1:] {
		want = append(want, siretOf(i))
		for _, cell := range row {
			if len(cell) == 14 && strings.Trim(cell, "0123456789") == "" {
				sirets = append(sirets, cell)
			}
		}
	}
	slices.Sort(sirets)
	slices.Sort(want)
	if !slices.Equal(sirets, want) {
		t.Errorf("SIRETs %q, want %q", sirets, want)
	}
}

func count(pages []string, text string) (n int) {
	for _, p := range pages {
		if strings.Contains(p, text) {
			n++
		}
	}
	return n
}
