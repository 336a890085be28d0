package bind

import (
	"slices"
	"strings"

	"vitrine/internal/diag"
	"vitrine/internal/ident"
	"vitrine/internal/model"
)

// taken are the names at the root of the site that no programme may have.
var taken = []string{"v", "kit", "assets", "page",
	"actualites", "territoires", "donnees", "integrer", "plan-du-site", "contact", "mentions-legales",
	"donnees-personnelles", "accessibilite", "ecoconception",
	"news", "territories", "data", "embed", "sitemap", "legal", "privacy", "accessibility", "eco-design", "en", "fr"}

// TakenAddress reports that no programme may have the id: it is an address of the site.
func TakenAddress(id string) bool { return slices.Contains(taken, id) }

// programme is a programme being read, with the records of its own.
type programme struct {
	*binder
	*model.Programme
	dir, content string

	themes       *registry[*model.Theme]
	challenges   *registry[*model.Challenge]
	editions     *registry[*model.Edition]
	levels       *registry[*model.Level]
	groups       *registry[*model.Group]
	events       *registry[*model.Event]
	measures     *registry[*model.Measure]
	pieces       *registry[*model.PieceUse]
	participants *registry[*model.Participant]
	afterwards   []func() // what needs participants
	records      []*record
	sinceDay     model.Date // where since gives a day
	troubles     diag.List  // of the figures, as they stand now
}

// bindProgrammes reads every folder of data/programmes.
func (b *binder) bindProgrammes() {
	ids, err := b.tree.Dirs("data/programmes")
	if err != nil {
		b.list = append(b.list, diag.New(diag.Unreadable, diag.Span{File: "data/programmes"}, "reason", err.Error()))
	}
	for _, id := range ids {
		dir := "data/programmes/" + id
		switch {
		case ident.ID(id) != ident.OK:
			b.list = append(b.list, diag.New(diag.BadID, diag.Span{File: dir}, "id", id, "proposal", "mon-programme"))
			continue
		case TakenAddress(id):
			b.list = append(b.list, diag.New(diag.ReservedID, diag.Span{File: dir}, "id", id))
			continue
		}
		p := &programme{
			binder: b, Programme: &model.Programme{ID: id}, dir: dir, content: "content/" + id,
			themes:       newRegistry[*model.Theme]("theme"),
			challenges:   newRegistry[*model.Challenge]("challenge"),
			editions:     newRegistry[*model.Edition]("edition"),
			levels:       newRegistry[*model.Level]("level"),
			groups:       newRegistry[*model.Group]("group"),
			events:       newRegistry[*model.Event]("event"),
			measures:     newRegistry[*model.Measure]("measure"),
			pieces:       newRegistry[*model.PieceUse]("piece"),
			participants: newRegistry[*model.Participant]("participant"),
		}
		p.strangers(dir, "programme.toml", "challenges.toml", "participants.toml", "participants.csv", "commitments.csv", "awards.csv", "import.toml")
		if p.bind() {
			b.programmes = append(b.programmes, p)
			b.site.Programmes = append(b.site.Programmes, p.Programme)
		}
	}
	slices.SortStableFunc(b.site.Programmes, func(a, c *model.Programme) int { return a.Order - c.Order })
	for _, p := range b.programmes {
		p.bindParticipants()
		b.resolve()
		p.each(len(p.records), func(i int) { p.records[i].judged = p.judge(p.records[i]) })
		p.compute()
		p.checkFigures()
		p.checkMoney()
		p.checkDates()
		p.checkWords()
	}
	b.checkConflicts()
	b.checkNames()
}

// bind reads programme.toml and challenges.toml; participants come after, once every
// programme's own records are known.
func (p *programme) bind() bool {
	stories := p.programmeStories()
	found := p.file(p.dir+"/programme.toml", func(r *reader) {
		r.need("name", "kind", "territory")
		p.Origin = r.origin()
		p.Name, p.Kind, p.Purpose = r.text("name"), r.raw("kind"), r.text("purpose")
		p.Since = r.year("since")
		p.sinceDay = r.dayOf("since")
		p.Order, _ = r.integer("order")
		p.Validity = r.period("validity")
		p.Accent = r.color("accent")
		for _, what := range r.choices("publish", "budget", "report", "contacts") {
			p.PublishBudget = p.PublishBudget || what == "budget"
			p.PublishReport = p.PublishReport || what == "report"
			p.PublishContacts = p.PublishContacts || what == "contacts"
		}
		p.Territory = ref(r, p.territories, "territory")
		p.Contact = ref(r, p.organisations, "contact")
		p.Words = r.words()
		p.bindLevels(r)
		p.bindEditions(r, stories.editions)
		p.bindGroups(r, stories.groups)
		p.bindEvents(r)
		p.bindPartners(r)
		p.bindRules(r)
		p.bindMeasures(r)
		p.bindMoney(r)
		p.bindItems(r)
		p.bindMilestones(r)
		p.bindPieces(r)
	})
	if !found {
		p.list = append(p.list, diag.New(diag.MissingFile, diag.Span{File: p.dir}, "file", p.dir+"/programme.toml").WithHint("no-programme", "dir", p.dir))
		return false
	}
	if p.Words == nil {
		return false
	}
	p.Story, p.Join = stories.index, stories.join
	p.bindCatalogue(stories)
	unread := p.unread[p.dir+"/challenges.toml"]
	p.themes.broken, p.challenges.broken = unread, unread
	p.resolve()
	for kind, files := range map[string]map[string]string{
		"challenge": stories.challenges, "theme": stories.themes, "group": stories.groups, "edition": stories.editions,
	} {
		if !unread || kind != "challenge" && kind != "theme" {
			p.unclaimed(kind, files)
		}
	}
	return true
}

// stories are a programme's Markdown files, by kind and id.
type stories struct {
	index                                model.Prose
	join                                 *model.Page
	challenges, themes, groups, editions map[string]string
}

func (p *programme) programmeStories() stories {
	s := stories{
		challenges: p.stories(p.content + "/challenges"),
		themes:     p.stories(p.content + "/themes"),
		groups:     p.stories(p.content + "/groups"),
		editions:   p.stories(p.content + "/editions"),
	}
	if name := p.content + "/index.md"; p.tree.Exists(name) {
		if md, ok := p.markdown(&p.list, name); ok {
			s.index = prose(name, md)
		}
	}
	s.join = p.joining(p.content + "/join.md")
	return s
}

// joining reads how one takes part: the head may give the page a title and a first sentence of its own.
func (p *programme) joining(name string) *model.Page {
	if !p.tree.Exists(name) {
		return nil
	}
	md, ok := p.markdown(&p.list, name)
	if !ok {
		return nil
	}
	r := p.read(&p.list, md.Head)
	x := &model.Page{Title: r.text("title"), Description: r.text("description"), Body: prose(name, md), Origin: r.origin()}
	r.done()
	return x
}

// year reads 2022, or a date of which the year is kept.
func (r *reader) year(key string) int {
	for _, p := range r.parts {
		if _, ok := p.Date(key); ok && p.Has(key) {
			return r.date(key).Year
		}
	}
	return r.count(key)
}

// dayOf is the day that a key gives, where it gives a whole one.
func (r *reader) dayOf(key string) model.Date {
	for _, p := range r.parts {
		if t, ok := p.Date(key); ok {
			return model.DateOf(t)
		}
	}
	return model.Date{}
}

// claimStory gives a record its Markdown body, and its head's keys to the reader.
func (p *programme) claimStory(r *reader, files map[string]string, id string) model.Prose {
	story, head := p.story(r.list, files, id)
	if head != nil && head.Len() > 0 {
		r.parts = append(r.parts, head)
	}
	return story
}

func (p *programme) bindLevels(r *reader) {
	r.tables("level", func(r *reader) {
		r.need("title")
		l := &model.Level{Title: r.text("title"), Order: r.count("order"), Validity: r.period("validity"), Origin: r.origin()}
		if id, ok := p.levels.declare(r, l); ok {
			l.ID = id
			p.Levels = append(p.Levels, l)
		}
	})
	slices.SortStableFunc(p.Levels, func(a, b *model.Level) int { return a.Order - b.Order })
}

func (p *programme) bindEditions(r *reader, files map[string]string) {
	r.tables("edition", func(r *reader) {
		e := &model.Edition{Origin: r.origin()}
		id, ok := p.editions.declare(r, e)
		if ok {
			e.ID = id
			e.Story = p.claimStory(r, files, id)
			p.Editions = append(p.Editions, e)
		}
		r.need("starts")
		e.Title = r.text("title")
		if e.Title == "" {
			e.Title = id
		}
		e.Starts, e.Ends, e.Target = r.date("starts"), r.date("ends"), r.count("target")
		r.inOrder("starts", e.Starts, "ends", e.Ends)
		r.tables("phases", func(r *reader) {
			ph := model.Phase{Title: r.text("title"), Starts: r.date("starts"), Ends: r.date("ends"), Origin: r.origin()}
			r.inOrder("starts", ph.Starts, "ends", ph.Ends)
			e.Phases = append(e.Phases, ph)
		})
		r.tables("funnel", func(r *reader) {
			e.Funnel = append(e.Funnel, model.Step{Label: r.text("label"), Value: r.count("value")})
		})
		e.Territories = refs(r, p.binder.territories, "territories")
		r.has("ceremony")
		p.after(func() { e.Ceremony = ref(r, p.events, "ceremony") })
	})
	slices.SortStableFunc(p.Editions, func(a, b *model.Edition) int { return a.Starts.Compare(b.Starts) })
}

func (p *programme) bindGroups(r *reader, files map[string]string) {
	r.tables("group", func(r *reader) {
		g := &model.Group{Origin: r.origin()}
		id, ok := p.groups.declare(r, g)
		if ok {
			g.ID = id
			g.Story = p.claimStory(r, files, id)
			p.Groups = append(p.Groups, g)
		}
		r.need("title")
		g.Kind, g.Title, g.Promise, g.Audience = r.text("kind"), r.text("title"), r.text("promise"), r.text("audience")
		g.MeetingsPerYear = r.count("meetings_per_year")
		g.Topics = r.texts("topics")
		g.Territory = ref(r, p.binder.territories, "territory")
		r.has("members")
		p.afterParticipants(func() { model.Join(g, refs(r, p.participants, "members")...) })
	})
}

func (p *programme) bindEvents(r *reader) {
	r.tables("event", func(r *reader) {
		r.need("kind", "title", "starts")
		e := &model.Event{
			Kind: r.text("kind"), Title: r.text("title"), Place: r.text("place"), Audience: r.text("audience"),
			Capacity: r.count("capacity"), Registration: r.url("registration"), Items: r.texts("items"),
			Status: r.choice("status", "scheduled", "moved", "cancelled"), Origin: r.origin(),
		}
		e.Starts, e.Hour = r.moment("starts")
		e.Ends, e.HourEnd = r.moment("ends")
		r.inOrder("starts", e.Starts, "ends", e.Ends)
		e.Edition = ref(r, p.editions, "edition")
		e.Group = ref(r, p.groups, "group")
		if id, ok := p.events.declare(r, e); ok {
			e.ID = id
			p.Events = append(p.Events, e)
		}
	})
	slices.SortStableFunc(p.Events, func(a, b *model.Event) int {
		if c := a.Starts.Compare(b.Starts); c != 0 {
			return c
		}
		return strings.Compare(a.Hour, b.Hour)
	})
}

// afterParticipants puts off what needs the programme's participants.
func (p *programme) afterParticipants(f func()) {
	p.afterwards = append(p.afterwards, f)
}
