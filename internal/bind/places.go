package bind

import (
	"slices"
	"strconv"
	"strings"

	"vitrine/internal/diag"
	"vitrine/internal/ident"
	"vitrine/internal/load"
	"vitrine/internal/model"
	"vitrine/internal/typography"
)

// bindOrganisations reads data/organisations.toml.
func (b *binder) bindOrganisations() {
	b.file("data/organisations.toml", func(r *reader) {
		r.tables("organisation", func(r *reader) {
			r.need("name")
			o := &model.Organisation{
				Name: r.text("name"), ShortName: r.text("short_name"), Kind: r.text("kind"),
				Aliases: r.texts("aliases"), URL: r.url("url"), Email: r.email("email"),
				Phone: r.phone("phone"), Address: r.text("address"), Logo: r.file("logo"),
				SIREN: r.siren("siren"), Origin: r.origin(),
			}
			if id, ok := b.organisations.declare(r, o); ok {
				o.ID = id
				b.site.Organisations = append(b.site.Organisations, o)
			}
		})
	})
}

// bindTrades reads data/trades.toml.
func (b *binder) bindTrades() {
	b.file("data/trades.toml", func(r *reader) {
		r.tables("trade", func(r *reader) {
			r.need("name")
			t := &model.Trade{
				Name: r.text("name"), Family: r.text("family"), SchemaOrg: r.raw("schema_org"),
				NAF: r.strings("naf"), Synonyms: r.strings("synonyms"), Origin: r.origin(),
			}
			if id, ok := b.trades.declare(r, t); ok {
				t.ID = id
				b.site.Trades = append(b.site.Trades, t)
			}
		})
	})
}

var territoryKinds = []string{"commune", "epci", "zone", "quartier", "scot", "departement", "region"}

// bindTerritories reads data/territories.toml and data/communes.csv.
func (b *binder) bindTerritories() {
	stories := b.stories("content/territories")
	b.file("data/territories.toml", func(r *reader) {
		r.tables("territory", func(r *reader) { b.bindTerritory(r, stories) })
	})
	b.bindCommunes(stories)
	b.after(func() {
		if !b.territories.broken {
			b.unclaimed("territory", stories)
		}
	})
}

func (b *binder) bindTerritory(r *reader, stories map[string]string) {
	r.need("name", "kind")
	t := &model.Territory{
		Name: r.text("name"), Kind: r.choice("kind", territoryKinds...), Code: r.raw("code"),
		Article: r.count("article"), Postcodes: r.strings("postcodes"),
		Outline: r.file("outline"), Origin: r.origin(),
	}
	if t.Article > 5 {
		r.report(diag.New(diag.BadNumber, r.span("article"), "key", "article", "value", strconv.Itoa(t.Article)))
		t.Article = 0
	}
	t.Lat, t.Lon = r.point()
	r.table("population", func(r *reader) {
		t.Population = model.Population{Value: r.count("value"), Year: r.count("year"), Source: r.text("source")}
	})
	r.has("parent")
	r.has("members")
	id, ok := b.territories.declare(r, t)
	if !ok {
		return
	}
	t.ID = id
	t.Story, _ = b.story(&b.list, stories, id)
	b.addTerritory(r, t)
	b.after(func() {
		if t.Parent = ref(r, b.territories, "parent"); t.Parent == t {
			t.Parent = nil
		}
		for i, m := range r.strings("members") {
			member, ok := b.communes[m]
			if !ok {
				member, ok = b.territories.item(r, "members", i, m)
			}
			if ok && member != t {
				t.Members = appendOnce(t.Members, member)
			}
		}
	})
}

// addTerritory keeps the territory, and knows a commune by its INSEE code.
func (b *binder) addTerritory(r *reader, t *model.Territory) {
	if t.Kind == "commune" && t.Code != "" {
		if !isCommune(t.Code) {
			r.report(diag.New(diag.BadINSEE, r.span("code"), "value", t.Code))
			return
		}
		b.communes[t.Code] = t
	}
	b.site.Territories = append(b.site.Territories, t)
}

// bindCommunes adds the communes of data/communes.csv that territories.toml does not
// describe itself. Their id is the slug of article and name; homonyms get their code.
func (b *binder) bindCommunes(stories map[string]string) {
	rows, list := load.CSV(b.tree, "data/communes.csv")
	b.list = append(b.list, list...)
	b.unread["data/communes.csv"] = len(list) > 0
	slugs := map[string]int{}
	for _, row := range rows {
		name, _ := row.String("name")
		article, _ := row.Integer("article_code")
		slugs[typography.Slug(typography.Le(int(article), name))]++
	}
	for _, row := range rows {
		r := b.read(&b.list, row)
		r.need("insee", "name")
		code := r.raw("insee")
		t := &model.Territory{
			Name: r.text("name"), Kind: "commune", Code: code, Article: r.count("article_code"), Origin: r.origin(),
		}
		t.Name = typography.Le(t.Article, t.Name)
		t.Lat, t.Lon = r.point()
		if r.has("postcodes") {
			t.Postcodes = r.strings("postcodes")
		}
		if n, ok := r.integer("population_municipal"); ok {
			t.Population.Value = n
		}
		r.has("epci_name")
		epci := r.raw("epci_siren")
		r.done()
		if _, described := b.communes[code]; described || t.Name == "" {
			continue
		}
		id := typography.Slug(t.Name)
		if _, taken := b.territories.byID[id]; taken || slugs[id] > 1 {
			id += "-" + strings.ToLower(code)
		}
		if id, _, ok := b.territories.declareAll(r, t, id, nil); ok {
			t.ID = id
			t.Story, _ = b.story(&b.list, stories, id)
			b.addTerritory(r, t)
			b.after(func() { b.joinEPCI(t, epci) })
		}
	}
}

// joinEPCI ties a commune to the territory that has the SIREN of its EPCI.
func (b *binder) joinEPCI(t *model.Territory, siren string) {
	for _, e := range b.site.Territories {
		if siren != "" && e.Code == siren {
			t.Parent = e
			e.Members = appendOnce(e.Members, t)
			return
		}
	}
}

func appendOnce[T comparable](list []T, v T) []T {
	if slices.Contains(list, v) {
		return list
	}
	return append(list, v)
}

func isCommune(code string) bool {
	_, why := ident.Commune(code)
	return why == ident.OK
}
