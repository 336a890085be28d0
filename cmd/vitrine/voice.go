package main

import (
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"syscall"

	"vitrine/internal/build"
	"vitrine/internal/diag"
	"vitrine/internal/write"
)

// text is what the command says, in French and in English.
type text struct{ fr, en string }

func (t text) in(lang diag.Language) string {
	if lang == diag.English {
		return t.en
	}
	return noBreak.Replace(t.fr)
}

// noBreak gives a French text its no-break spaces.
var noBreak = strings.NewReplacer("« ", "«\u00a0", " »", "\u00a0»", " :", "\u00a0:", " ;", "\u00a0;", " ?", "\u00a0?", " !", "\u00a0!")

// lang is the language of messages: the one asked for, else the site's, else LANG's.
func (w *world) lang(site diag.Language) diag.Language {
	if w.asked != "" {
		return w.asked
	}
	if site != "" {
		return site
	}
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := w.env(name); v != "" {
			if strings.HasPrefix(v, "fr") {
				return diag.French
			}
			return diag.English
		}
	}
	return diag.French
}

// say is a message about no place in particular.
func (w *world) say(t text, args ...any) {
	fmt.Fprintf(w.stderr, "vitrine: "+t.in(w.lang(w.site))+"\n", args...)
}

func (w *world) hint(t text, args ...any) {
	label := text{"aide :", "hint:"}
	fmt.Fprintf(w.stderr, "  "+label.in(w.lang(w.site))+" "+t.in(w.lang(w.site))+"\n", args...)
}

// noun is a thing that is counted, one and many.
type noun struct{ one, many text }

var (
	errorNoun   = noun{text{"erreur", "error"}, text{"erreurs", "errors"}}
	warningNoun = noun{text{"avertissement", "warning"}, text{"avertissements", "warnings"}}
	pageNoun    = noun{text{"page", "page"}, text{"pages", "pages"}}
	pieceNoun   = noun{text{"fichier à imprimer", "file to print"}, text{"fichiers à imprimer", "files to print"}}
	changeNoun  = noun{text{"fichier changé", "file changed"}, text{"fichiers changés", "files changed"}}

	otherFileNoun = noun{text{"autre fichier", "other file"}, text{"autres fichiers", "other files"}}
)

// plural is a number with its noun.
func (w *world) plural(n int, x noun) string {
	lang := w.lang(w.site)
	t := x.many
	if n == 1 || n == 0 && lang == diag.French {
		t = x.one
	}
	return strconv.Itoa(n) + " " + t.in(lang)
}

// explain words an error of the system or of the command line.
func (w *world) explain(err error) {
	var unknown *build.UnknownError
	var start *build.StartError
	var sent *build.SentError
	var locked *write.LockedError
	var foreign *write.ForeignError
	var pending *write.PendingError
	var missing *fs.PathError
	switch {
	case errors.As(err, &unknown):
		kinds := map[string]text{"piece": {"pièce inconnue « %s »", "unknown piece “%s”"}, "subject": {"sujet inconnu « %s »", "unknown subject “%s”"},
			"programme": {"programme inconnu « %s »", "unknown programme “%s”"}, "edition": {"édition inconnue « %s »", "unknown edition “%s”"},
			"sent":  {"aucun envoi noté sous le nom « %s » (data/sent/)", "no run recorded as “%s” (data/sent/)"},
			"sheet": {"--start : la pièce « %s » ne va sur aucune planche (clé sheet)", "--start: the piece “%s” goes on no sheet (key sheet)"}}
		w.say(kinds[unknown.Kind], unknown.ID)
		switch {
		case unknown.Near != "":
			w.hint(text{"vouliez-vous dire « %s » ?", "did you mean “%s”?"}, unknown.Near)
		case len(unknown.Known) > 0:
			known := unknown.Known
			if len(known) > 12 {
				known = append(known[:12:12], "…")
			}
			w.hint(text{"existent : %s", "there are: %s"}, strings.Join(known, ", "))
		}
	case errors.As(err, &start) && start.Count == 0:
		w.say(text{"--start : sur « %s », cette pièce commence toujours une feuille neuve", "--start: on “%s” this piece always begins a new sheet"}, start.Sheet)
	case errors.As(err, &start):
		w.say(text{"--start %d : « %s » n’a que %d étiquettes", "--start %d: “%s” has only %d labels"}, start.Start, start.Sheet, start.Count)
	case errors.As(err, &sent):
		w.say(text{"%s existe déjà : cet envoi est noté", "%s is there already: that run is recorded"}, sent.File)
		w.hint(text{"choisissez un autre nom, ou --force pour le noter de nouveau", "choose another name, or --force to record it again"})
	case errors.As(err, &locked):
		w.say(text{"une autre fabrication est en cours dans ce dossier", "another build is running in this folder"})
		w.hint(text{"attendez qu’elle finisse", "wait until it ends"})
	case errors.As(err, &foreign):
		w.say(text{"dans %s/, ces fichiers ne sont pas de Vitrine et gênent : %s", "in %s/, these files are not Vitrine’s and stand in the way: %s"}, foreign.Output, strings.Join(foreign.Paths, ", "))
		w.hint(text{"déplacez-les, ou relancez avec --force", "move them away, or run again with --force"})
	case errors.As(err, &pending):
		w.say(text{"une fabrication a été interrompue dans %s : relancez-la d’abord", "a build was interrupted in %s: run it again first"}, pending.Dir)
	case errors.Is(err, syscall.ENOSPC):
		w.say(text{"le disque est plein ; rien n’a changé", "the disk is full; nothing was changed"})
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		w.say(text{"écriture refusée par le système : %v", "the system refused to write: %v"}, err)
		w.hint(text{"le dossier est peut-être en lecture seule, ou un fichier est ouvert ailleurs : copiez le site dans un dossier à vous", "the folder may be read-only, or a file be open elsewhere: copy the site to a folder of your own"})
	case errors.As(err, &missing) && errors.Is(err, fs.ErrNotExist):
		w.say(text{"introuvable : %s", "not found: %s"}, missing.Path)
	default:
		w.say(text{"%v", "%v"}, err)
	}
}
