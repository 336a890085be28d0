package bind

import (
	"vitrine/internal/diag"
	"vitrine/internal/ident"
	"vitrine/internal/model"
	"vitrine/internal/typography"
)

// neutral is what a programme calls its things when it does not say: by language,
// by kind. The paths are those of DESIGN, whatever the language.
var neutral = map[typography.Language]map[string]model.Word{
	typography.French: {
		"participant": word("participant", "participants", false, "participants"),
		"challenge":   word("défi", "défis", false, "defis"),
		"theme":       word("thème", "thèmes", false, "themes"),
		"edition":     word("édition", "éditions", true, "editions"),
		"group":       word("groupe", "groupes", false, "groupes"),
		"award":       word("distinction", "distinctions", true, ""),
		"team":        word("équipe", "équipes", true, ""),
		"level":       word("niveau", "niveaux", false, ""),
		"event":       word("rendez-vous", "rendez-vous", false, ""),
		"points":      word("point", "points", false, ""),
		"member":      word("membre", "membres", false, ""),
		"employee":    word("salarié", "salariés", false, ""),
		"role":        word("rôle", "rôles", false, ""),
		"kind":        word("type", "types", false, ""),
	},
	typography.English: {
		"participant": word("participant", "participants", false, "participants"),
		"challenge":   word("challenge", "challenges", false, "defis"),
		"theme":       word("theme", "themes", false, "themes"),
		"edition":     word("edition", "editions", false, "editions"),
		"group":       word("group", "groups", false, "groupes"),
		"award":       word("award", "awards", false, ""),
		"team":        word("team", "teams", false, ""),
		"level":       word("level", "levels", false, ""),
		"event":       word("event", "events", false, ""),
		"points":      word("point", "points", false, ""),
		"member":      word("member", "members", false, ""),
		"employee":    word("employee", "employees", false, ""),
		"role":        word("role", "roles", false, ""),
		"kind":        word("kind", "kinds", false, ""),
	},
}

func word(one, many string, feminine bool, path string) model.Word {
	return model.Word{Word: typography.Word{One: one, Many: many, Feminine: feminine}, Path: path}
}

// words reads [words] over the neutral ones.
func (r *reader) words() model.Words {
	lang := r.b.lang
	out := model.Words{}
	for kind, w := range neutral[lang] {
		w.Language = lang
		out[kind] = w
	}
	r.table("words", func(r *reader) {
		for _, kind := range r.rest() {
			w, known := out[kind]
			r.table(kind, func(r *reader) {
				if v := r.text("one"); v != "" {
					w.One, w.Many = v, ""
				}
				if v := r.text("many"); v != "" {
					w.Many = v
				}
				if v := r.choice("gender", "m", "f"); v != "" {
					w.Feminine = v == "f"
				}
				if v := r.raw("path"); v != "" {
					if ident.ID(v) == ident.OK {
						w.Path = v
					} else {
						r.report(diag.New(diag.BadID, r.span("path"), "id", v, "proposal", typography.Slug(v)))
					}
				}
			})
			w.Language = lang
			if known || w.One != "" {
				out[kind] = w
			}
		}
	})
	return out
}
