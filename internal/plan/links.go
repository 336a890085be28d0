package plan

import (
	"strings"

	"vitrine/internal/diag"
	"vitrine/internal/model"
)

// deadLinks reports the addresses of this site that titled texts (documents, questions, tools) lead to and
// where nothing is. Those of prose are looked at where it is converted.
func (p *Plan) deadLinks() diag.List {
	var list diag.List
	for _, g := range p.Site.Programmes {
		for _, items := range [][]*model.Item{g.Principles, g.Arguments, g.Questions, g.Documents, g.Testimonials, g.Tools, g.Definitions} {
			for _, x := range items {
				path, _, _ := strings.Cut(x.URL, "#")
				path, _, _ = strings.Cut(path, "?")
				if strings.HasPrefix(path, "/") && !p.Has(path) {
					list = append(list, diag.New(diag.DeadLink, x.Origin.Span("url"), "target", x.URL))
				}
			}
		}
	}
	return list
}
