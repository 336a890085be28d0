package page

import (
	"html/template"

	"vitrine/internal/model"
	"vitrine/internal/plan"
)

func (r *Renderer) openData(p *plan.Page) *OpenData {
	v := &OpenData{Write: r.organisation(r.site.Publisher)}
	v.Frame = r.frame(p, r.phrase("data"), r.phrase("data-lead"))
	licence := r.site.OpenData.Licence
	v.Licence = Link{URL: licence.URL, Text: licence.Title}
	sets := map[*model.Programme]int{}
	for _, d := range r.plan.Data {
		g := d.Programme
		if !d.Open() {
			continue
		}
		s := r.plan.Sections[g]
		i, known := sets[g]
		if !known {
			i = len(v.Sets)
			sets[g] = i
			v.Sets = append(v.Sets, Dataset{Title: g.Name, ID: g.ID, Count: len(s.Given), W: g.Words, Listed: len(s.Listed)})
		}
		v.Sets[i].Files = append(v.Sets[i].Files, DataFile{Kind: d.Kind, Name: d.Name(), URL: r.url("/" + d.Path)})
	}
	for _, key := range model.OpenColumns {
		v.Fields = append(v.Fields, Field{Name: r.phrase("column-" + key), Title: r.phrase("column-" + key + "-title"), About: r.phrase("column-" + key + "-about")})
	}
	v.Data = r.catalogueData(v)
	return v
}

// catalogueData says to search engines for data what there is: a schema.org Dataset each.
func (r *Renderer) catalogueData(v *OpenData) template.JS {
	b := appendText(nil, `{"@context":`, schema)
	b = append(b, `,"@graph":[`...)
	for i, s := range v.Sets {
		b = append(b, separator(i, "")...)
		b = appendText(b, `{"@type":"Dataset","name":`, r.pair(s.Title, s.W.Participant().Plural()))
		b = appendText(b, `,"description":`, r.phrase("data-about", "programme", s.Title, "participants", s.W.Participant().Plural(), "site", r.site.Title))
		b = appendText(b, `,"url":`, v.Canonical+"#"+s.ID)
		b = appendText(b, `,"license":`, v.Licence.URL)
		b = appendText(b, `,"inLanguage":`, r.site.Language)
		b = append(r.appendPublisher(b, `,"creator":{"@type":"GovernmentOrganization"`), `,"distribution":[`...)
		for j, f := range s.Files {
			b = append(b, separator(j, "")...)
			b = appendText(b, `{"@type":"DataDownload","name":`, f.Name)
			b = append(appendText(b, `,"contentUrl":`, r.full(f.URL[len(r.base):])), '}')
		}
		b = append(b, `]}`...)
	}
	return template.JS(append(b, `]}`...))
}
