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

// record is a participant as it is written: the places that hold its keys, and the rows
// of commitments.csv and awards.csv that name it.
type record struct {
	id                  string
	parts               []*load.Table
	story               string // its Markdown file
	commitments, awards []*load.Table

	x      *model.Participant // nil when it could not be read
	read   diag.List          // what is wrong with how it is written
	judged diag.List          // the rules that it fails
}

// bindParticipants reads participants.toml or .csv, commitments.csv, awards.csv and
// the Markdown files, where a participant may live alone.
func (p *programme) bindParticipants() {
	p.records = p.gather()
	readers := make([]*reader, len(p.records))
	p.each(len(p.records), func(i int) {
		rec := p.records[i]
		rec.x, readers[i] = p.bindParticipant(rec, &rec.read)
	})
	for i, rec := range p.records {
		if rec.x == nil {
			continue
		}
		r := readers[i]
		r.list = &p.list
		if _, _, ok := p.participants.declareAll(r, rec.x, rec.id, rec.x.Aliases); ok {
			rec.x.ID = rec.id
			rec.x.Unread = rec.read.Errors() > 0 // what is missing from it was meant to be there
			model.Enrol(p.Programme, rec.x)
			p.claimCode(r, rec.x)
		}
	}
	for _, f := range p.afterwards {
		f()
	}
}

// found is what is wrong with the programme's participants, one by one and together.
func (p *programme) found() diag.List {
	var list diag.List
	for _, rec := range p.records {
		list = append(append(list, rec.read...), rec.judged...)
	}
	return append(append(list, p.remarks()...), p.troubles...)
}

// gather finds every participant, in the order of the files.
func (p *programme) gather() []*record {
	files := p.stories(p.content + "/participants")
	byID := map[string]*record{}
	var records []*record
	add := func(t *load.Table) {
		id, _ := t.String("id")
		rec := &record{id: id, parts: []*load.Table{t}, story: files[id]}
		delete(files, id)
		byID[id] = rec
		records = append(records, rec)
	}
	p.file(p.dir+"/participants.toml", func(r *reader) {
		if t := r.part("participant"); t != nil {
			rows, ok := t.Tables("participant")
			if !ok {
				r.wrong(t, "participant", "tables")
			}
			for _, row := range rows {
				add(row)
			}
		}
	})
	for _, row := range p.rows("participants.csv") {
		add(row)
	}
	if p.unread[p.dir+"/participants.toml"] || p.unread[p.dir+"/participants.csv"] {
		return records // whose stories and rows cannot be told from those of no one
	}
	alone := make([]string, 0, len(files))
	for id := range files {
		alone = append(alone, id)
	}
	slices.Sort(alone)
	for _, id := range alone {
		rec := &record{id: id, story: files[id]}
		byID[id] = rec
		records = append(records, rec)
	}
	attach := func(file string, to func(*record, *load.Table)) {
		for _, row := range p.rows(file) {
			id, _ := row.String("participant")
			if rec, ok := byID[id]; ok {
				to(rec, row)
				continue
			}
			known := newRegistry[*record]("participant")
			for _, rec := range records {
				known.ids = append(known.ids, rec.id)
			}
			p.list = append(p.list, known.unknown(row.Span("participant"), id))
		}
	}
	attach("commitments.csv", func(rec *record, row *load.Table) { rec.commitments = append(rec.commitments, row) })
	attach("awards.csv", func(rec *record, row *load.Table) { rec.awards = append(rec.awards, row) })
	return records
}

func (p *programme) rows(name string) []*load.Table {
	rows, list := load.CSV(p.tree, p.dir+"/"+name)
	p.list = append(p.list, list...)
	p.unread[p.dir+"/"+name] = len(list) > 0
	return rows
}

// bindParticipant reads one record. It touches nothing shared, so that records are
// read side by side.
func (p *programme) bindParticipant(rec *record, list *diag.List) (*model.Participant, *reader) {
	x := &model.Participant{Programme: p.Programme}
	parts := rec.parts
	if rec.story != "" {
		md, ok := p.markdown(list, rec.story)
		if !ok {
			return nil, nil
		}
		x.Story = prose(rec.story, md)
		if md.Head.Len() > 0 || len(parts) == 0 {
			parts = append(parts, md.Head)
		}
	}
	r := p.read(list, parts...)
	r.known = make([]string, 0, 48)
	x.Origin = r.origin()
	if len(rec.parts) == 0 {
		if id := r.raw("id"); id != "" && id != rec.id {
			r.report(diag.New(diag.BadID, r.span("id"), "id", id, "proposal", rec.id))
		}
	}
	r.has("id")
	p.bindIdentity(r, x)
	p.bindContact(r, x)
	x.SortKey = typography.SortKey(x.Name) + "\x00" + rec.id
	r.tables("commitment", func(r *reader) { p.bindCommitment(r, x) })
	r.tables("award", func(r *reader) { p.bindAward(r, x) })
	r.done()
	for _, row := range rec.commitments {
		sub := p.read(list, row)
		sub.has("participant")
		p.bindCommitment(sub, x)
		sub.done()
	}
	for _, row := range rec.awards {
		sub := p.read(list, row)
		sub.has("participant")
		p.bindAward(sub, x)
		sub.done()
	}
	return x, r
}

func (p *programme) bindIdentity(r *reader, x *model.Participant) {
	r.need("name")
	x.Code = r.raw("code")
	x.Aliases = r.strings("aliases")
	x.Name, x.PrintName, x.LegalName = r.text("name"), r.text("print_name"), r.text("legal_name")
	x.Kind = r.choice("kind", "business", "team", "person")
	x.SoleTrader = r.boolean("sole_trader")
	x.SIRET, x.NAF = r.siret("siret"), r.naf("naf")
	x.Trade = ref(r, p.trades, "trade")
	x.Activity = r.text("activity")
	x.HasEmployees = r.has("employees")
	x.Employees = r.count("employees")
	r.table("members", func(r *reader) {
		x.Members = map[string]int{}
		for _, role := range r.rest() {
			x.Members[role] = r.count(role)
		}
	})
	x.Description, x.Note = r.text("description"), r.raw("note")
	x.Status = r.choice("status", model.Candidate, model.Active, model.Closed, model.Withdrawn)
	x.WithdrawnOn = r.date("withdrawn_on")
	if !x.WithdrawnOn.IsZero() && !x.WithdrawnOn.After(p.site.Today) && (x.Status == "" || x.Status == model.Active) {
		x.Status = model.Withdrawn
	}
	if r.has("consent") {
		x.Consent = r.scopes("consent")
		return
	}
	// The default is what the office asks of everyone: it never opens a mobile, nor
	// where a sole trader lives.
	x.Consent = p.site.Privacy.Default &^ model.ScopeMobile
	if x.SoleTrader {
		x.Consent &^= model.ScopeAddress | model.ScopeLocation
	}
}

func (p *programme) bindContact(r *reader, x *model.Participant) {
	x.Address, x.Postcode = r.text("address"), r.postcode("postcode")
	if code := r.raw("commune"); code != "" {
		x.Commune = p.commune(r, code)
	}
	x.Lat, x.Lon = r.point()
	x.Phone, x.Mobile = r.phone("phone"), r.phone("mobile")
	x.Email, x.URL = r.email("email"), r.url("url")
	x.Hours, x.HasHours = r.hours("hours")
	x.Logo = r.file("logo")
	if v := r.photoFile(); v != "" {
		x.Photo.File = v
		return
	}
	r.table("photo", func(r *reader) {
		r.need("file", "alt")
		x.Photo = model.Picture{File: r.file("file"), Alt: r.text("alt"), Credit: r.text("credit")}
	})
}

// photoFile is the file of a photo given as a bare name in a row.
func (r *reader) photoFile() string {
	for _, p := range r.parts {
		if _, ok := p.String("photo"); ok && p.Row() {
			return r.file("photo")
		}
	}
	return ""
}

// commune resolves an INSEE code.
func (p *programme) commune(r *reader, code string) *model.Territory {
	if t, ok := p.communes[code]; ok {
		return t
	}
	if !isCommune(code) {
		r.report(diag.New(diag.BadINSEE, r.span("commune"), "value", code))
		return nil
	}
	if p.territories.broken {
		return nil
	}
	d := diag.New(diag.UnknownRef, r.span("commune"), "kind", "commune", "id", code)
	for _, t := range p.site.Territories {
		if t.Kind == "commune" && slices.Contains(t.Postcodes, code) {
			d = d.WithHint("postcode-of", "word", t.Code, "name", t.Name)
			break
		}
	}
	r.report(d)
	return nil
}

func (p *programme) bindCommitment(r *reader, x *model.Participant) {
	r.need("challenge")
	c := &model.Commitment{
		Challenge: ref(r, p.challenges, "challenge"), DoneOn: r.date("done_on"), New: r.boolean("new"),
		Evidence: r.strings("evidence"), Text: r.text("text"), Measure: r.text("measure"), Origin: r.origin(),
	}
	if c.Challenge != nil {
		x.Commitments = append(x.Commitments, c)
	}
}

func (p *programme) bindAward(r *reader, x *model.Participant) {
	r.need("edition", "on")
	a := &model.Award{
		Edition: ref(r, p.editions, "edition"), On: r.date("on"), Level: ref(r, p.levels, "level"),
		ValidUntil: r.date("valid_until"), Number: r.text("number"), Waived: r.text("waived"), Origin: r.origin(),
	}
	r.inOrder("on", a.On, "valid_until", a.ValidUntil)
	if a.Edition == nil {
		return
	}
	for _, other := range x.Awards {
		if other.Edition == a.Edition {
			r.report(diag.New(diag.DuplicateAward, r.span("edition"), "participant", x.Name, "edition", a.Edition.ID).
				WithNote(other.Origin.Span(""), "declared-here"))
			return
		}
	}
	x.Awards = append(x.Awards, a)
}

// codeOf is the short code of a participant that gives none: made from the first id that
// it ever had.
func codeOf(programme string, x *model.Participant) string {
	first := x.ID
	if len(x.Aliases) > 0 {
		first = x.Aliases[0]
	}
	return ident.ShortCode(programme, first)
}

// claimCode gives a participant its short code: its own, else one made from the
// first id it ever had.
func (p *programme) claimCode(r *reader, x *model.Participant) {
	key := "code"
	if x.Code == "" {
		key = "id"
		x.Code = codeOf(p.ID, x)
	} else if ident.ID(x.Code) != ident.OK {
		r.report(diag.New(diag.BadID, r.span("code"), "id", x.Code, "proposal", ident.ShortCode(p.ID, x.ID)))
		return
	}
	if other, taken := p.codes[x.Code]; taken {
		r.report(diag.New(diag.CodeCollision, r.span(key), "code", x.Code, "other", other.ID).
			WithNote(other.Origin.Span(""), "declared-here"))
		return
	}
	p.codes[x.Code] = x
}

// remarks are about all participants together.
func (p *programme) remarks() diag.List {
	return slices.Concat(p.announced(), p.forgotten(), p.idleRules())
}

// announced says how many awards are dated after the site's day: their pieces are made,
// and no page speaks of them yet.
func (p *programme) announced() diag.List {
	var first *model.Award
	n := 0
	for _, x := range model.Participants(p.Programme) {
		for _, a := range x.Awards {
			if !a.On.After(p.site.Today) {
				continue
			}
			if first == nil {
				first = a
			}
			n++
		}
	}
	if n == 0 {
		return nil
	}
	return diag.List{diag.New(diag.AwardLater, first.Origin.Span("on"), "count", strconv.Itoa(n), "date", p.site.Today.String(), "day", first.On.String())}
}

// forgotten names the active participants whom no list shows, because they have no
// award where the others do: a line missed in a file is found before the ceremony.
func (p *programme) forgotten() diag.List {
	if !p.HasAwards() {
		return nil
	}
	var names []string
	var first *model.Participant
	for _, x := range model.Participants(p.Programme) {
		if x.Name != "" && len(x.Awards) == 0 && (x.Status == "" || x.Status == model.Active) {
			if first == nil {
				first = x
			}
			names = append(names, x.Name)
		}
	}
	if first == nil {
		return nil
	}
	if len(names) > 8 {
		names = append(names[:8:8], "…")
	}
	return diag.List{diag.New(diag.NotAwarded, first.Origin.Span(""), "names", strings.Join(names, ", "))}
}
