package serve

import (
	"errors"
	"io/fs"
	"strings"

	"vitrine/internal/diag"
)

// words are what the overlay and the server's own pages say.
type words struct {
	Errors      [2]string `json:"errors"` // one, many; # is their number
	Warnings    [2]string `json:"warnings"`
	LastGood    string    `json:"lastGood"`
	Gone        string    `json:"gone"`
	Lost        string    `json:"lost"`
	Hint        string    `json:"hint"`
	Note        string    `json:"note"`
	More        [2]string `json:"more"`
	Fold        string    `json:"fold"`
	Line        string    `json:"line"`
	Overlay     string    `json:"overlay"`
	Mend        string    `json:"-"`
	notYet      string
	cannotShow  string
	noPage      string
	wrongHost   string
	wrongOrigin string
	wrongMethod string
}

var french = words{
	Errors:      [2]string{"# erreur", "# erreurs"},
	Warnings:    [2]string{"# avertissement", "# avertissements"},
	LastGood:    "vous voyez la dernière version sans erreur",
	Gone:        "Cette page n’existe plus dans le site.",
	Lost:        "L’aperçu est arrêté. Relancez «\u00a0vitrine serve\u00a0».",
	Hint:        "aide\u00a0:",
	Note:        "voir\u00a0:",
	More:        [2]string{"et # autre", "et # autres"},
	Fold:        "Replier",
	Line:        "ligne",
	Overlay:     "Vitrine, aperçu",
	Mend:        "Corrigez et enregistrez\u00a0: cette page se met à jour d’elle-même.",
	notYet:      "Le site ne peut pas encore être montré",
	cannotShow:  "Cette page ne peut pas être montrée",
	noPage:      "Il n’y a rien à cette adresse.",
	wrongHost:   "Ce serveur ne répond qu’à ses propres adresses.",
	wrongOrigin: "Ce serveur ne répond qu’à ses propres pages.",
	wrongMethod: "Ce serveur ne fait que montrer\u00a0: GET et HEAD.",
}

var english = words{
	Errors:      [2]string{"# error", "# errors"},
	Warnings:    [2]string{"# warning", "# warnings"},
	LastGood:    "you see the last version without errors",
	Gone:        "This page no longer exists in the site.",
	Lost:        "The preview has stopped. Run “vitrine serve” again.",
	Hint:        "hint:",
	Note:        "see:",
	More:        [2]string{"and # other", "and # others"},
	Fold:        "Fold",
	Line:        "line",
	Overlay:     "Vitrine, preview",
	Mend:        "Mend it and save: this page updates by itself.",
	notYet:      "The site cannot be shown yet",
	cannotShow:  "This page cannot be shown",
	noPage:      "There is nothing at this address.",
	wrongHost:   "This server answers to its own addresses only.",
	wrongOrigin: "This server answers to its own pages only.",
	wrongMethod: "This server only shows: GET and HEAD.",
}

func wordsIn(lang diag.Language) words {
	if lang == diag.English {
		return english
	}
	return french
}

// refusal words what the system refused.
func refusal(err error, lang diag.Language) string {
	var p *fs.PathError
	what := err.Error()
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if lang == diag.English {
			return "the site’s folder is no longer there"
		}
		return "le dossier du site n’est plus là"
	case errors.As(err, &p):
		what = p.Err.Error()
	}
	if lang == diag.English {
		return "the site’s folder cannot be read: " + what
	}
	return "le dossier du site ne peut pas être lu\u00a0: " + what
}

// counted is a number of things, one or many, as the language counts them.
func counted(n int, forms [2]string, lang diag.Language) string {
	form := forms[1]
	if n == 1 || n == 0 && lang != diag.English {
		form = forms[0]
	}
	return strings.Replace(form, "#", itoa(n), 1)
}
