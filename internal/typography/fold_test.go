package typography

import (
	"regexp"
	"slices"
	"testing"
	"testing/quick"
)

func TestSortKey(t *testing.T) {
	// In this order, whatever the order they come in.
	want := []string{
		"3 P’tits Pains", "Aiguille", "Aiguillé", "Aux Blés d’Or", "Aux Blés d’Orge", "Côté cour", "Cote et Fils", "Coteau",
		"Éclat", "Économe", "Edmond", "L’Atelier", "La Ferté", "La Ferté Macé", "La Ferté-Macé", "Le Zinc", "Lebon", "Nœud", "Noeuds", "œuf", "Ofrande", "Zoé",
	}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, func(a, b string) int {
		if SortKey(a) < SortKey(b) {
			return -1
		}
		return 1
	})
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if SortKey("Éa") == SortKey("ea") {
		t.Error("different names have one key: their order would depend on chance")
	}
}

func TestSlug(t *testing.T) {
	for in, want := range map[string]string{
		"Aux Blés d’Or": "aux-bles-d-or", "La Ferté Macé": "la-ferte-mace", "Les Monts d'Andaine": "les-monts-d-andaine",
		"L’Éclat d’Œuf": "l-eclat-d-oeuf", "SARL Dupont Père & Fils (Chez Nono)": "sarl-dupont-pere-fils-chez-nono",
		"  --x--  ": "x", "Ça / là": "ca-la", "Krampouezh c’h": "krampouezh-c-h", "Straße": "strasse", "Łódź": "lodz",
		"": "", "!!!": "", "Αθήνα": "", "a Αθήνα b": "a-b", "m²": "m2", "ﬁn": "fin", "İ": "i", "Ⅷ": "viii",
	} {
		if got := Slug(in); got != want {
			t.Errorf("Slug(%q) = %q, want %q", in, got, want)
		}
	}
}

var slugForm = regexp.MustCompile(`^([a-z0-9]+(-[a-z0-9]+)*)?$`)

func checkSlug(t *testing.T, s string) bool {
	got := Slug(s)
	if !slugForm.MatchString(got) || Slug(got) != got {
		t.Errorf("Slug(%q) = %q, then %q", s, got, Slug(got))
	}
	return !t.Failed()
}

func TestSlugForm(t *testing.T) {
	if err := quick.Check(func(s string) bool { return checkSlug(t, s) }, nil); err != nil {
		t.Error(err)
	}
}

func FuzzSlug(f *testing.F) {
	for _, c := range textCases {
		f.Add(c.in)
	}
	f.Fuzz(func(t *testing.T, s string) { checkSlug(t, s) })
}
