package page

import (
	"net/url"
	"strings"

	"vitrine/internal/diag"
	"vitrine/internal/model"
)

// surroundings writes down what converted prose depends on beside its text: whether its
// links lead somewhere, and the sizes of its pictures.
func (r *Renderer) surroundings(e *encoder, p told) {
	targets, plain := targetsOf(p.text.Text)
	if !plain {
		// It takes the parser to know: the prose itself is then the key.
		var list diag.List
		e.text(string(r.markdown(model.Prose{Text: p.text.Text}, p.down, &list)))
		e.number(uint64(len(list)))
		return
	}
	for _, t := range targets {
		u, err := url.Parse(t)
		if err != nil || u.Scheme != "" || u.Host != "" || !strings.HasPrefix(u.Path, "/") {
			continue // the same wherever it stands
		}
		there := r.plan.Has(u.Path)
		e.flag(there)
		if !there || r.media == nil {
			continue
		}
		if picture, ok := r.media.Web(strings.TrimPrefix(u.Path, "/")); ok {
			for _, s := range picture.Sizes {
				e.number(uint64(s.Width))
				e.number(uint64(s.Height))
			}
		}
	}
}

// targetsOf finds the addresses of a text's links and pictures without parsing it, as
// long as they are written the plain way, [words](/address/). plain is false when some
// may be written otherwise.
func targetsOf(text string) (targets []string, plain bool) {
	if strings.Contains(text, "]:") {
		return nil, false
	}
	for {
		_, rest, found := strings.Cut(text, "](")
		if !found {
			return targets, true
		}
		target, after, closed := strings.Cut(rest, ")")
		if !closed || strings.ContainsAny(target, " \t\r\n<>()\\&\"'`[]") {
			return nil, false
		}
		targets = append(targets, target)
		text = after
	}
}
