package typography

import "testing"

func TestPlaceNames(t *testing.T) {
	for _, c := range []struct {
		article         int
		name            string
		de, a, le, bare string
	}{
		{0, "Flers", "de Flers", "à Flers", "Flers", "Flers"},
		{1, "Athis-Val de Rouvre", "d’Athis-Val de Rouvre", "à Athis-Val de Rouvre", "Athis-Val de Rouvre", "Athis-Val de Rouvre"},
		{1, "Échalou", "d’Échalou", "à Échalou", "Échalou", "Échalou"},
		{1, "Hantay", "d’Hantay", "à Hantay", "Hantay", "Hantay"},
		{0, "Hem", "de Hem", "à Hem", "Hem", "Hem"},
		{2, "Le Châtellier", "du Châtellier", "au Châtellier", "Le Châtellier", "Châtellier"},
		{2, "Châtellier", "du Châtellier", "au Châtellier", "Le Châtellier", "Châtellier"},
		{2, "Le Ménil-de-Briouze", "du Ménil-de-Briouze", "au Ménil-de-Briouze", "Le Ménil-de-Briouze", "Ménil-de-Briouze"},
		{3, "La Ferté Macé", "de La Ferté Macé", "à La Ferté Macé", "La Ferté Macé", "Ferté Macé"},
		{3, "Ferté Macé", "de La Ferté Macé", "à La Ferté Macé", "La Ferté Macé", "Ferté Macé"},
		{3, "La Chapelle-d'Armentières", "de La Chapelle-d’Armentières", "à La Chapelle-d’Armentières", "La Chapelle-d’Armentières", "Chapelle-d’Armentières"},
		{4, "Les Monts d'Andaine", "des Monts d’Andaine", "aux Monts d’Andaine", "Les Monts d’Andaine", "Monts d’Andaine"},
		{4, "Monts d'Andaine", "des Monts d’Andaine", "aux Monts d’Andaine", "Les Monts d’Andaine", "Monts d’Andaine"},
		{5, "L'Aigle", "de L’Aigle", "à L’Aigle", "L’Aigle", "Aigle"},
		{5, "Aigle", "de L’Aigle", "à L’Aigle", "L’Aigle", "Aigle"},
		{5, "l'Orne", "de l’Orne", "à l’Orne", "l’Orne", "Orne"},
		{2, "le Nord", "du Nord", "au Nord", "le Nord", "Nord"},
		{3, "la Manche", "de la Manche", "à la Manche", "la Manche", "Manche"},
		{9, "Flers", "de Flers", "à Flers", "Flers", "Flers"},
		{-1, "Flers", "de Flers", "à Flers", "Flers", "Flers"},
		{2, "Le", "du Le", "au Le", "Le Le", "Le"}, // nothing left without it: a name
	} {
		if got := De(c.article, c.name); got != c.de {
			t.Errorf("De(%d, %q) = %q, want %q", c.article, c.name, got, c.de)
		}
		if got := A(c.article, c.name); got != c.a {
			t.Errorf("A(%d, %q) = %q, want %q", c.article, c.name, got, c.a)
		}
		if got := Le(c.article, c.name); got != c.le {
			t.Errorf("Le(%d, %q) = %q, want %q", c.article, c.name, got, c.le)
		}
		if got := Bare(c.article, c.name); got != c.bare {
			t.Errorf("Bare(%d, %q) = %q, want %q", c.article, c.name, got, c.bare)
		}
	}
}

func TestWord(t *testing.T) {
	artisan := Word{Language: French, One: "artisan", Many: "artisans"}
	defi := Word{Language: French, One: "défi"}
	charte := Word{Language: French, One: "charte", Feminine: true}
	equipe := Word{Language: French, One: "équipe", Feminine: true}
	heros := Word{Language: French, One: "héros"}
	haie := Word{Language: French, One: "haie", Feminine: true}
	habitante := Word{Language: French, One: "habitante", Feminine: true}
	cheval := Word{Language: French, One: "réseau local", Many: "réseaux locaux"}
	business := Word{Language: English, One: "business"}
	artisanEn := Word{Language: English, One: "artisan"}
	for i, c := range [][2]string{
		{artisan.The(), "l’artisan"}, {defi.The(), "le défi"}, {charte.The(), "la charte"},
		{equipe.The(), "l’équipe"}, {heros.The(), "le héros"}, {haie.The(), "la haie"}, {habitante.The(), "l’habitante"},
		{artisan.A(), "un artisan"}, {charte.A(), "une charte"},
		{artisan.Of(), "de l’artisan"}, {defi.Of(), "du défi"}, {charte.Of(), "de la charte"}, {heros.Of(), "du héros"},
		{artisan.To(), "à l’artisan"}, {defi.To(), "au défi"}, {charte.To(), "à la charte"},
		{artisan.De(), "d’artisan"}, {artisan.DePlural(), "d’artisans"}, {defi.DePlural(), "de défis"}, {heros.DePlural(), "de héros"}, {haie.DePlural(), "de haies"},
		{artisan.ThePlural(), "les artisans"}, {artisan.OfPlural(), "des artisans"}, {artisan.ToPlural(), "aux artisans"},
		{artisan.None(), "aucun artisan"}, {charte.None(), "aucune charte"},
		{artisan.All(), "tous les artisans"}, {charte.All(), "toutes les chartes"},
		{show(artisan.Count(0)), "0~artisan"}, {show(artisan.Count(1)), "1~artisan"}, {show(artisan.Count(61)), "61~artisans"},
		{show(artisan.Count(1200)), "1_200~artisans"},
		{cheval.Plural(), "réseaux locaux"},
		{artisan.Agree(1, "engagé", "engagée"), "engagé"}, {artisan.Agree(2, "engagé", "engagée"), "engagés"},
		{charte.Agree(1, "engagé", "engagée"), "engagée"}, {charte.Agree(2, "engagé", "engagée"), "engagées"},
		{artisan.Agree(2, "nouveau", "nouvelle"), "nouveaux"}, {equipe.Agree(2, "nouveau", "nouvelle"), "nouvelles"},
		{artisan.Agree(2, "local", "locale"), "locaux"}, {artisan.Agree(2, "précis", "précise"), "précis"},
		{business.Plural(), "businesses"}, {business.The(), "the business"}, {business.A(), "a business"},
		{artisanEn.A(), "an artisan"}, {artisanEn.Of(), "of the artisan"}, {artisanEn.DePlural(), "artisans"},
		{show(artisanEn.Count(0)), "0~artisans"}, {show(artisanEn.Count(1)), "1~artisan"}, {show(business.Count(1200)), "1,200~businesses"},
		{artisanEn.None(), "no artisan"}, {artisanEn.All(), "all artisans"}, {artisanEn.Agree(2, "engaged", "engaged"), "engaged"},
		{Word{Language: English, One: "day"}.Plural(), "days"}, {Word{Language: English, One: "city"}.Plural(), "cities"},
		{Word{Language: English, One: "union"}.A(), "a union"}, {Word{Language: English, One: "hour"}.A(), "an hour"},
	} {
		if c[0] != c[1] {
			t.Errorf("%d: got %q, want %q", i, c[0], c[1])
		}
	}
}

func TestElides(t *testing.T) {
	for s, want := range map[string]bool{
		"artisan": true, "Éclat": true, "œuvre": true, "Œuf d’or": true, "habitant": true, "hôtel": true, "héroïne": true,
		"yeux": true, "Yvetot": true, "yaourt": false, "héros": false, "haies": false, "hautes herbes": false, "Hall": false,
		"onze": false, "oui": false, "défi": false, "": false, "«": false, "12": false, "été": true, "e\u0301te\u0301": true,
	} {
		if got := Elides(s); got != want {
			t.Errorf("Elides(%q) = %v", s, got)
		}
	}
}
