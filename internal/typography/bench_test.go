package typography

import "testing"

// texts are what a site sets: names by the thousand, sentences, runs of prose, mostly
// French, some of them typed as they should be.
var texts = []struct{ name, text string }{
	{"name", "Boulangerie Saint-Étienne"},
	{"sentence", "Boulangerie pâtisserie artisanale à Saint-Étienne, 3 défis relevés."},
	{"apostrophe", "Les clients ont suivi, parfois avec surprise, souvent avec le sourire de l'équipe."},
	{"settled", "«\u00a0Nous voulions des gestes simples, que chacun comprenne au premier coup d’œil\u00a0», raconte la gérante\u00a0: 30\u00a0% de moins\u202f!"},
	{"typed", `« Nous voulions des gestes simples, que chacun comprenne au premier coup d'oeil », raconte la gérante. "Pourquoi pas nous ?" Les 12 500 kWh d'hier : 30 % de moins !`},
	{"machine", "Écrire à contact@exemple.org ou voir https://exemple.org/a?b=c:d, puis « oui »..."},
	{"long", "Depuis son ouverture, l'atelier accueille les habitants avec la même attention pour le travail bien fait. Un carnet de suivi, tenu à jour chaque semaine, montre les progrès et les points à revoir : ce n'est pas toujours simple, mais la régularité compte davantage que l'exploit. Une réunion par trimestre permet de faire le point et de décider du prochain engagement."},
}

func BenchmarkTexts(b *testing.B) {
	for _, c := range texts {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(c.text)))
			for b.Loop() {
				Text(French, c.text)
			}
		})
	}
}
