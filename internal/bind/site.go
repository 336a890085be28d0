package bind

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"vitrine/internal/diag"
	"vitrine/internal/model"
	"vitrine/internal/typography"
)

// bindSite reads data/site.toml.
func (b *binder) bindSite() {
	s := b.site
	s.Timezone, s.Theme, s.Language = "Europe/Paris", "default", "fr"
	found := b.file("data/site.toml", func(r *reader) {
		s.Origin = r.origin()
		r.need("title", "base_url", "language", "publisher")
		if v := r.choice("language", "fr", "en"); v != "" {
			s.Language = v
		}
		b.lang = typography.Language(s.Language)
		s.Demo = r.boolean("demo")
		s.Title, s.Baseline = r.text("title"), r.text("baseline")
		s.BaseURL = strings.TrimRight(r.url("base_url"), "/")
		s.Languages = r.languages(s.Language)
		if v := r.raw("theme"); v != "" && r.checkID(v, "theme") {
			s.Theme = v
		}
		if v := r.raw("timezone"); v != "" {
			if _, err := time.LoadLocation(v); err != nil {
				r.report(diag.New(diag.BadChoice, r.span("timezone"), "key", "timezone", "value", v, "choices", "Europe/Paris, America/Martinique, Indian/Reunion…"))
			} else {
				s.Timezone = v
			}
		}
		r.has("publisher")
		b.after(func() { s.Publisher = ref(r, b.organisations, "publisher") })
		r.table("legal", func(r *reader) {
			s.Legal.Director = r.text("publication_director")
			r.table("host", func(r *reader) {
				s.Legal.Host = model.Host{Name: r.text("name"), Address: r.text("address"), Phone: r.raw("phone")}
			})
		})
		r.table("privacy", func(r *reader) { b.bindPrivacy(r) })
		r.table("accessibility", func(r *reader) {
			s.Accessibility = model.Accessibility{
				Status:    r.choice("status", "none", "partial", "full"),
				AuditedOn: r.date("audited_on"),
				Contact:   r.email("contact"),
			}
			s.Accessibility.Rate, _ = r.number("rate")
		})
		r.table("design", func(r *reader) { s.Design = r.design() })
		s.Kit = model.Kit{Profiles: []string{"press"}, Scale: [2]float64{100, 100}, Attach: 8}
		r.table("kit", func(r *reader) { r.kit(&s.Kit) })
		s.OpenData.Licence = model.Licences[0]
		r.table("open_data", func(r *reader) {
			var ids []string
			for _, l := range model.Licences {
				ids = append(ids, l.ID)
			}
			s.OpenData.Licence = model.LicenceNamed(r.choice("licence", ids...))
		})
	})
	if !found {
		b.list = append(b.list, diag.New(diag.MissingFile, diag.Span{File: "data/site.toml"}, "file", "data/site.toml").WithHint("no-site"))
	}
	s.Today = b.opts.Today(s.Timezone)
}

func (r *reader) languages(first string) []string {
	langs := r.strings("languages")
	if len(langs) == 0 {
		return []string{first}
	}
	for i, l := range langs {
		if l != "fr" && l != "en" {
			r.report(diag.New(diag.BadChoice, r.itemSpan("languages", i), "key", "languages", "value", l, "choices", "fr, en"))
		}
	}
	if len(langs) > 1 {
		r.report(diag.New(diag.FirstLanguage, r.span("languages"), "language", first))
	}
	if !slices.Contains(langs, first) {
		langs = append([]string{first}, langs...)
	}
	return langs
}

func (b *binder) bindPrivacy(r *reader) {
	s := b.site
	s.Privacy.Contact = r.email("contact")
	controller := r.text("controller")
	b.after(func() {
		if o, ok := b.organisations.byID[controller]; ok {
			controller = o.Name
		}
		s.Privacy.Controller = controller
	})
	s.Privacy.Default = r.scopes("default_consent")
}

// scopes reads a list of consent scopes.
func (r *reader) scopes(key string) model.Scopes {
	var out model.Scopes
	for i, name := range r.strings(key) {
		s, ok := model.ScopeNamed(name)
		if !ok {
			r.report(diag.New(diag.BadChoice, r.itemSpan(key, i), "key", key, "value", name, "choices", strings.Join(model.ScopeNames, ", ")))
		}
		out |= s
	}
	return out
}

func (r *reader) design() model.Design {
	d := model.Design{Colors: map[string]model.Color{}, Fonts: map[string]string{}}
	r.table("colors", func(r *reader) {
		for _, name := range r.rest() {
			d.Colors[name] = r.color(name)
		}
	})
	r.table("fonts", func(r *reader) {
		for _, name := range r.rest() {
			r.table(name, func(r *reader) { d.Fonts[name] = r.file("file") })
		}
	})
	return d
}

// checkLegal holds the site to what the law asks every publisher to say.
func (b *binder) checkLegal() {
	s := b.site
	if s.Origin == nil {
		return
	}
	missing := func(origin diag.Origin, key, what string) {
		b.list = append(b.list, diag.New(diag.LegalNotice, origin.Span(key), "what", what))
	}
	for _, c := range []struct{ value, what string }{
		{s.Legal.Director, "director"},
		{s.Legal.Host.Name, "host-name"},
		{s.Legal.Host.Address, "host-address"},
		{s.Legal.Host.Phone, "host-phone"},
	} {
		if c.value == "" {
			missing(s.Origin, "legal", c.what)
		}
	}
	if p := s.Publisher; p != nil {
		if p.Address == "" {
			missing(p.Origin, "", "publisher-addr")
		}
		if p.Phone == "" {
			missing(p.Origin, "", "publisher-tel")
		}
	}
}

// kit reads [kit]: how the printed pieces are made.
func (r *reader) kit(k *model.Kit) {
	if r.has("profiles") {
		k.Profiles = r.strings("profiles")
		for i, p := range k.Profiles {
			if p != "press" && p != "office" {
				r.report(diag.New(diag.BadChoice, r.itemSpan("profiles", i), "key", "profiles", "value", p, "choices", "press, office"))
			}
		}
	}
	k.SharePictures = r.choice("share_pictures", "programme", "participant")
	k.Condition = r.raw("condition")
	k.Marks, k.Light, k.Participants = r.boolean("marks"), r.boolean("light"), r.boolean("participants")
	if r.has("attach") {
		k.Attach = r.count("attach")
	}
	r.table("printer", func(r *reader) {
		r.pair("offset", -20, 20, &k.Offset)
		r.pair("scale", 95, 105, &k.Scale)
	})
}

// pair reads two numbers within bounds.
func (r *reader) pair(key string, lowest, highest float64, out *[2]float64) {
	p := r.part(key)
	if p == nil {
		return
	}
	v, ok := p.Numbers(key)
	if !ok || len(v) != 2 {
		r.wrong(p, key, "two-numbers")
		return
	}
	for i, f := range v {
		if f < lowest || f > highest {
			r.report(diag.New(diag.BadNumber, r.span(key), "key", key, "value", strconv.FormatFloat(f, 'f', -1, 64)))
			return
		}
		out[i] = f
	}
}
