package page

import (
	"net/url"
	"strings"

	"vitrine/internal/diag"
	"vitrine/internal/plan"
)

// surroundings writes down what converted prose depends on beside its text: whether its
// links lead somewhere, and the sizes of its pictures.
func (r *Renderer) surroundings(e *encoder, p story) {
	targets, plain := targetsOf(p.Text)
	if !plain {
		// It takes the parser to know: the prose itself is then the key.
		var list diag.List
		e.text(string(r.markdown(p.Prose, p.down, &list)))
		e.number(uint64(len(list)))
		return
	}
	for _, t := range targets {
		path, inside := within(t)
		if !inside {
			continue // the same wherever it stands
		}
		there := r.plan.Has(path)
		e.flag(there)
		if !there || r.media == nil {
			continue
		}
		if picture, ok := r.media.Web(strings.TrimPrefix(path, "/")); ok {
			for _, s := range picture.Sizes {
				e.number(uint64(s.Width))
				e.number(uint64(s.Height))
			}
		}
	}
}

// Check finds what is wrong with the prose of a page, and parses it only where something
// may be.
func (r *Renderer) Check(p *plan.Page) diag.List {
	story := r.storyOf(p)
	targets, plain := targetsOf(story.Text)
	sound := plain
	for _, t := range targets {
		path, inside := within(t)
		sound = sound && (inside && r.plan.Has(path) || strings.HasPrefix(t, "https://"))
	}
	if sound {
		return nil
	}
	var list diag.List
	r.markdown(story.Prose, story.down, &list)
	return list
}

// within is the path of an address of this site.
func within(target string) (path string, ok bool) {
	u, err := url.Parse(target)
	if err != nil || u.Scheme != "" || u.Host != "" || !strings.HasPrefix(u.Path, "/") {
		return "", false
	}
	return u.Path, true
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
