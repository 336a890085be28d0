package bind

import (
	"slices"
	"strconv"

	"vitrine/internal/diag"
	"vitrine/internal/model"
)

func (p *programme) bindPartners(r *reader) {
	r.tables("partner", func(r *reader) {
		r.need("organisation", "role")
		x := &model.Partner{
			Organisation: ref(r, p.organisations, "organisation"), Role: r.text("role"),
			Duties: r.texts("duties"), Contributions: r.texts("contributions"), Order: r.count("order"), Signs: r.boolean("signs"),
		}
		r.table("signatory", func(r *reader) {
			x.Signatory = model.Signatory{Name: r.text("name"), Title: r.text("title")}
		})
		if x.Organisation != nil {
			p.Partners = append(p.Partners, x)
		}
	})
	slices.SortStableFunc(p.Partners, func(a, b *model.Partner) int { return a.Order - b.Order })
	r.table("mark", func(r *reader) {
		m := &model.Mark{
			Name: r.text("name"), Number: r.raw("number"), FiledOn: r.date("filed_on"), Owner: r.text("owner"),
			Mention: r.text("mention"), Logo: r.file("logo"), Pieces: r.strings("pieces"),
			Approver: ref(r, p.organisations, "approver"),
		}
		if o, ok := p.organisations.byID[m.Owner]; ok {
			m.Owner = o.Name
		}
		p.Mark = m
	})
	r.tables("agreement", p.bindAgreement)
}

// optional is true, false or not said.
func (r *reader) optional(key string) *bool {
	if !r.has(key) {
		return nil
	}
	v := r.boolean(key)
	return &v
}

// oneOrMany is a word, or a list of words.
func (r *reader) oneOrMany(key string) []string {
	for _, p := range r.parts {
		if v, ok := p.String(key); ok && !p.Row() {
			r.has(key)
			return []string{v}
		}
	}
	return r.strings(key)
}

func (p *programme) bindItems(r *reader) {
	for _, kind := range []struct {
		key  string
		list *[]*model.Item
	}{
		{"principle", &p.Principles}, {"argument", &p.Arguments}, {"question", &p.Questions},
		{"document", &p.Documents}, {"testimonial", &p.Testimonials}, {"tool", &p.Tools}, {"definition", &p.Definitions},
	} {
		known := newRegistry[*model.Item]("item")
		r.tables(kind.key, func(r *reader) {
			r.need("title")
			x := &model.Item{
				Title: r.text("title"), Text: r.text("text"), URL: r.link("url"), File: r.file("file"),
				Author: r.text("author"), Date: r.date("date"), Order: r.count("order"), Origin: r.origin(),
			}
			switch kind.key {
			case "question":
				x.Section = r.text("section")
			case "document":
				x.Version, x.Status = r.text("version"), r.text("status")
			case "definition":
				x.Synonyms = r.texts("synonyms")
			}
			if r.has("id") {
				x.ID, _ = known.declare(r, x)
			}
			*kind.list = append(*kind.list, x)
		})
		slices.SortStableFunc(*kind.list, func(a, b *model.Item) int { return a.Order - b.Order })
	}
	r.tables("term", func(r *reader) {
		r.need("text", "weight")
		t := &model.Term{Text: r.text("text")}
		t.Weight, _ = r.number("weight")
		p.Terms = append(p.Terms, t)
	})
}

func (p *programme) bindMilestones(r *reader) {
	known := newRegistry[*model.Milestone]("item")
	r.tables("milestone", func(r *reader) {
		r.need("title", "date")
		x := &model.Milestone{
			Title: r.text("title"), Text: r.text("text"), Status: r.choice("status", "reached", "missed", "dropped"), Origin: r.origin(),
		}
		if n, ok := r.wholeYear("date"); ok {
			x.Year, x.Starts = n, model.Date{Year: n, Month: 12, Day: 31}
		} else {
			x.Starts = r.date("date")
		}
		x.Ends = r.date("ends")
		r.inOrder("date", x.Starts, "ends", x.Ends)
		if r.has("id") {
			x.ID, _ = known.declare(r, x)
		}
		p.Milestones = append(p.Milestones, x)
	})
	slices.SortStableFunc(p.Milestones, func(a, b *model.Milestone) int { return a.Starts.Compare(b.Starts) })
}

// wholeYear is a date of which only the year is known, written as a number.
func (r *reader) wholeYear(key string) (int, bool) {
	for _, p := range r.parts {
		if n, ok := p.Integer(key); ok && p.Has(key) {
			if n < 1000 || n > 9999 {
				r.report(diag.New(diag.BadNumber, p.Span(key), "key", key, "value", strconv.FormatInt(n, 10)))
				n = 1000
			}
			r.has(key)
			return int(n), true
		}
	}
	return 0, false
}

// How many copies of a piece may be asked for, and how many places of a sheet one subject may take: more
// is a slip of the finger.
const (
	mostCopies = 10_000_000
	mostPlaces = 1_000
)

func (p *programme) bindPieces(r *reader) {
	r.tables("piece", func(r *reader) {
		r.need("template", "for")
		x := &model.PieceUse{
			Template: r.raw("template"), For: r.choice("for", model.PieceSubjects()...), Public: r.boolean("public"),
			Copies: r.count("copies"), Profile: r.choice("profile", "press", "office"), Sheet: r.raw("sheet"), Origin: r.origin(),
			Where: map[string][]string{},
		}
		r.table("where", func(r *reader) {
			for _, key := range r.rest() {
				x.Where[key] = r.oneOrMany(key)
			}
		})
		most := mostCopies
		if x.Sheet != "" && x.For != "programme" {
			most = mostPlaces
		}
		if x.Copies > most {
			r.report(diag.New(diag.BadNumber, r.span("copies"), "key", "copies", "value", strconv.Itoa(x.Copies)))
			x.Copies = 0
		}
		if id, ok := p.pieces.declare(r, x); ok {
			if id == "site" || id == "kit" || id == "sheets" || id == "office" || id == "proof-names" || id == "participants" || id == "mail" { // --only, or a folder or file of the kit, has these names
				r.report(diag.New(diag.ReservedID, r.span("id"), "id", id))
				return
			}
			x.ID = id
			p.Pieces = append(p.Pieces, x)
		}
	})
}
