package typography

import "strings"

// The article codes that INSEE gives to place names (TNCC). Other codes are
// treated as NoArticle.
const (
	NoArticle        = 0 // Caen: de Caen
	NoArticleElision = 1 // Évreux: d’Évreux
	ArticleLe        = 2 // Le Châtellier: du Châtellier
	ArticleLa        = 3 // La Ferté Macé: de La Ferté Macé
	ArticleLes       = 4 // Les Monts d’Andaine: des Monts d’Andaine
	ArticleL         = 5 // L’Aigle: de L’Aigle
)

var articles = [...]string{ArticleLe: "Le ", ArticleLa: "La ", ArticleLes: "Les ", ArticleL: "L’"}

// Le returns a French place name with its article, in typographic form:
// « Caen », « Le Havre ». The name may be given with or without it; one
// given in small letters stays so (« l’Orne », for a department or a region).
func Le(article int, name string) string {
	given, bare := splitArticle(article, name)
	return given + bare
}

// De returns a French place name after de: « de Caen », « d’Évreux »,
// « du Havre », « de La Ferté Macé », « des Monts d’Andaine », « de L’Aigle ».
func De(article int, name string) string {
	given, bare := splitArticle(article, name)
	switch article {
	case NoArticleElision:
		return "d’" + bare
	case ArticleLe:
		return "du " + bare
	case ArticleLes:
		return "des " + bare
	}
	return "de " + given + bare
}

// A returns a French place name after à: « à Caen », « au Havre »,
// « à La Ferté Macé », « aux Monts d’Andaine ».
func A(article int, name string) string {
	given, bare := splitArticle(article, name)
	switch article {
	case ArticleLe:
		return "au " + bare
	case ArticleLes:
		return "aux " + bare
	}
	return "à " + given + bare
}

// Bare returns a place name without its article, to sort or to address by.
func Bare(article int, name string) string {
	_, bare := splitArticle(article, name)
	return bare
}

func splitArticle(article int, name string) (given, bare string) {
	name = Text(French, name)
	if article < ArticleLe || article > ArticleL {
		return "", name
	}
	given = articles[article]
	if len(name) > len(given) && strings.EqualFold(name[:len(given)], given) {
		return name[:len(given)], name[len(given):]
	}
	return given, name
}
