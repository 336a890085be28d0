package build

import (
	"strconv"

	"vitrine/internal/diag"
	"vitrine/internal/layout"
	"vitrine/internal/load"
	"vitrine/internal/model"
	"vitrine/internal/page"
	"vitrine/internal/pdf"
	"vitrine/internal/piece"
	"vitrine/internal/plan"
	"vitrine/internal/png"
	"vitrine/internal/typography"
)

// previewWidth is that of the pictures on the office page, in pixels.
const previewWidth = 720

// kit is what the pieces of one build share.
type kit struct {
	*builder
	fonts     layout.Fonts
	encoders  map[pdf.Profile]*pdf.Encoder
	templates map[string]*piece.Template
	sheets    []page.Sheet // for the office page
}

// laid is one subject's piece, laid out and encoded.
type laid struct {
	doc   *layout.Document
	pages map[pdf.Profile][]*pdf.Page
}

// job is a piece with the profiles that it is made in, and where each goes.
type job struct {
	*plan.Piece
	template *piece.Template
	targets  []target
}

// target is a folder of outputs for a profile.
type target struct {
	profile        pdf.Profile
	output, prefix string // kit, label/office/
}

// makeKit lays out the pieces: all of them for the kit, and only the public ones when
// the site alone is built.
func (b *builder) makeKit() error {
	done := b.timed("piece")
	defer done()
	jobs := b.jobs()
	if len(jobs) == 0 && !b.wantsKit() {
		return nil
	}
	k := newKit(b)
	for i := range jobs {
		jobs[i].template = k.template(jobs[i].Use)
	}
	if b.failed.Load() {
		return nil
	}
	for i := range jobs {
		if err := k.makePiece(&jobs[i]); err != nil {
			return err
		}
	}
	if !b.wantsKit() || b.failed.Load() || b.piece() != "" {
		return nil
	}
	return k.office()
}

func newKit(b *builder) *kit {
	k := &kit{builder: b, templates: map[string]*piece.Template{}, encoders: map[pdf.Profile]*pdf.Encoder{
		pdf.Press: pdf.NewEncoder(pdf.Press), pdf.Office: pdf.NewEncoder(pdf.Office),
	}}
	k.loadFonts()
	return k
}

// jobs are the pieces of this build, with where each profile goes.
func (b *builder) jobs() []job {
	var out []job
	for _, p := range b.plan.Pieces {
		if id := b.piece(); id != "" && p.Use.ID != id {
			continue
		}
		j := job{Piece: p}
		if b.wantsKit() {
			profiles := b.site.Profiles
			if p.Use.Profile != "" {
				profiles = []string{p.Use.Profile}
			}
			for _, name := range profiles {
				if name == "office" {
					j.targets = append(j.targets, target{pdf.Office, "kit", p.Programme.ID + "/office/" + p.Use.ID})
				} else {
					j.targets = append(j.targets, target{pdf.Press, "kit", p.Dir()})
				}
			}
		}
		if p.Public && b.wantsSite() {
			j.targets = append(j.targets, target{pdf.Office, "public", "kit/" + p.Dir()})
		}
		if len(j.targets) > 0 {
			out = append(out, j)
		}
	}
	return out
}

// pieceScope are the folders in which a build of one piece may prune.
func (b *builder) pieceScope() []string {
	var out []string
	for _, p := range b.plan.Pieces {
		if p.Use.ID == b.piece() {
			for _, dir := range []string{p.Dir(), p.Programme.ID + "/office/" + p.Use.ID} {
				out = append(out, dir, dir+".pdf")
			}
		}
	}
	return out
}

// weights are the names that theme.toml gives to styles of fonts.
var weights = map[string]int{"regular": 400, "italic": 400, "semibold": 600, "bold": 700}

// loadFonts reads the theme's print fonts; a site's [design.fonts] replaces the regular
// one of a family.
func (k *kit) loadFonts() {
	own := k.site.Design.Fonts
	for _, f := range k.theme.Fonts {
		file, tree := f.File, k.theme.Tree
		if replaced := own[f.Name]; replaced != "" && f.Style == "regular" {
			file, tree = k.file(replaced), k.tree
		}
		data, err := tree.Read(file)
		if err != nil {
			k.report(diag.List{diag.New(diag.BadFont, diag.Span{File: file}, "file", file, "reason", err.Error())})
			continue
		}
		name := f.Name + "-" + strconv.Itoa(weights[f.Style])
		if f.Style == "italic" {
			name += "i"
		}
		font, err := layout.ParseFont(name, f.Name, weights[f.Style], f.Style == "italic", data)
		if err != nil {
			k.report(diag.List{diag.New(diag.BadFont, diag.Span{File: file}, "file", file, "reason", err.Error())})
			continue
		}
		k.fonts = append(k.fonts, font)
	}
}

// file is where a file of the site lies: in static/, else in data/files/.
func (b *builder) file(name string) string {
	if b.tree.Exists("static/" + name) {
		return "static/" + name
	}
	return "data/files/" + name
}

// template reads a piece's template: the site's own, else the theme's.
func (k *kit) template(u *model.PieceUse) *piece.Template {
	if t, ok := k.templates[u.Template]; ok {
		return t
	}
	tree, file := k.tree, "data/pieces/"+u.Template+".toml"
	if !tree.Exists(file) {
		tree, file = k.theme.Tree, k.theme.File("pieces/"+u.Template+".toml")
	}
	root, list := load.TOML(tree, file)
	k.report(list)
	var t *piece.Template
	switch {
	case root != nil:
		t, list = piece.Parse(u.Template, root, piece.Options{Language: typography.Language(k.site.Language), Words: k.theme.Words(k.site.Language)})
		k.report(list)
	case len(list) == 0:
		k.report(diag.List{diag.New(diag.UnknownPiece, u.Origin.Span("template"), "id", u.Template)})
	}
	k.templates[u.Template] = t
	return t
}

// makePiece lays out every subject of a piece and writes its files: one a subject, and
// one with all of them.
func (k *kit) makePiece(j *job) error {
	all, err := k.layOut(j)
	if err != nil || k.failed.Load() {
		return err
	}
	if !j.Single() {
		if err := k.together(j, all); err != nil {
			return err
		}
	}
	return k.preview(j, all)
}

// layOut makes the files of every subject.
func (k *kit) layOut(j *job) ([]laid, error) {
	res := &piece.Resources{
		Language: typography.Language(k.site.Language), Fonts: k.fonts,
		Palette: piece.NewPalette(k.theme.Colors, k.site, j.Programme), Image: k.media.print,
	}
	count := k.awarded(j.Programme)
	all := make([]laid, len(j.Subjects))
	renderers := make(chan *piece.Renderer, k.Workers)
	for range k.Workers {
		renderers <- piece.NewRenderer(k.site.Language)
	}
	err := k.each(j.Use.ID, len(j.Subjects), func(i int) error {
		rd := <-renderers
		defer func() { renderers <- rd }()
		s := &j.Subjects[i]
		doc, list := rd.Render(j.template, res, k.scope(j, s, count), k.subject(j, s))
		k.report(list)
		if list.Errors() > 0 {
			return nil
		}
		return k.encode(j, s, doc, &all[i])
	})
	return all, err
}

// encode makes the files of one subject.
func (k *kit) encode(j *job, s *plan.Subject, doc *layout.Document, out *laid) error {
	out.doc = doc
	out.pages = map[pdf.Profile][]*pdf.Page{}
	for _, t := range j.targets {
		e := k.encoders[t.profile]
		pages := out.pages[t.profile]
		if pages == nil {
			for i := range doc.Pages {
				p, err := e.Page(&doc.Pages[i])
				if err != nil {
					return err
				}
				pages = append(pages, p)
			}
			out.pages[t.profile] = pages
		}
		data, err := e.Assemble(doc, pages)
		if err != nil {
			return err
		}
		path := t.prefix + "/" + s.File + ".pdf"
		if j.Single() {
			path = t.prefix + ".pdf"
		}
		if err := k.put(t.output, path, "piece", s.Name(), data); err != nil {
			return err
		}
	}
	return nil
}

// together makes the file of all subjects.
func (k *kit) together(j *job, all []laid) error {
	for _, t := range j.targets {
		doc := *all[0].doc
		doc.Title = j.template.Title + " · " + j.Programme.Name
		doc.Pages = nil
		var pages []*pdf.Page
		for _, l := range all {
			doc.Pages = append(doc.Pages, l.doc.Pages...)
			pages = append(pages, l.pages[t.profile]...)
		}
		data, err := k.encoders[t.profile].Assemble(&doc, pages)
		if err != nil {
			return err
		}
		if err := k.put(t.output, t.prefix+".pdf", "piece", "", data); err != nil {
			return err
		}
	}
	return nil
}

// preview draws the first subject's pages for the office page.
func (k *kit) preview(j *job, all []laid) error {
	if k.Dry || !k.wantsKit() || len(all) == 0 {
		return nil
	}
	sheet := page.Sheet{
		ID: j.Use.ID, Title: j.template.Title, Programme: j.Programme.Name, File: j.Dir() + ".pdf",
		Subjects: len(j.Subjects), Public: j.Public, Copies: j.Use.Copies,
		Size: [2]float64{j.template.W.MM(), j.template.H.MM()}, Bleed: j.template.Bleed.MM(),
	}
	for _, l := range all {
		sheet.Pages += len(l.doc.Pages)
	}
	sheet.Profile = "press"
	if j.targets[0].profile == pdf.Office {
		sheet.Profile, sheet.File = "office", j.Programme.ID+"/office/"+j.Use.ID+".pdf"
	}
	for i := range all[0].doc.Pages {
		name := "previews/" + j.Programme.ID + "/" + j.Use.ID
		if i > 0 {
			name += "-" + strconv.Itoa(i+1)
		}
		data, err := png.Encode(&all[0].doc.Pages[i], previewWidth)
		if err != nil {
			return err
		}
		if err := k.put("kit", name+".png", "asset", "", data); err != nil {
			return err
		}
		sheet.Previews = append(sheet.Previews, name+".png")
	}
	if !j.Single() {
		for i, s := range j.Subjects {
			sheet.Files = append(sheet.Files, page.Link{URL: sheet.File[:len(sheet.File)-len(".pdf")] + "/" + s.File + ".pdf", Text: s.Title, Count: len(all[i].doc.Pages)})
		}
	}
	k.sheets = append(k.sheets, sheet)
	return nil
}

// awarded is how many hold an award of the current edition, or how many are listed
// where there are no awards.
func (b *builder) awarded(g *model.Programme) int {
	e := g.CurrentEdition(b.site.Today)
	if e == nil {
		return len(b.plan.Sections[g].Listed)
	}
	n := 0
	for _, x := range model.Participants(g) {
		if model.AwardIn(x, e) != nil && x.Status != model.Withdrawn {
			n++
		}
	}
	return n
}

// scope is what a piece's texts may speak of.
func (k *kit) scope(j *job, s *plan.Subject, count int) *model.Scope {
	sc := &model.Scope{
		Site: k.site, Programme: j.Programme, Edition: s.Edition, Challenge: s.Challenge, Theme: s.Theme,
		Group: s.Group, Event: s.Event, Territory: s.Territory, Count: count,
	}
	if s.Participant != nil {
		sc.Participant = s.Participant.PrintProfile(k.site)
		if j.Public {
			sc.Participant = s.Participant.Profile(k.site)
		}
	}
	if s.Award != nil {
		sc.Award = s.Award.Distinction(k.site)
	}
	if sc.Edition == nil {
		sc.Edition = j.Programme.CurrentEdition(k.site.Today)
	}
	if sc.Territory == nil {
		sc.Territory = j.Programme.Territory
	}
	return sc
}

func (k *kit) subject(j *job, s *plan.Subject) piece.Subject {
	sub := piece.Subject{Name: s.Title, Origin: j.Programme.Origin}
	if k.site.Publisher != nil {
		sub.Author = k.site.Publisher.Name
	}
	if s.Participant != nil {
		sub.Origin = s.Participant.Origin
	}
	switch {
	case s.Award != nil:
		sub.Date = s.Award.On.Time()
	case s.Edition != nil:
		sub.Date = s.Edition.Starts.Time()
	default:
		if e := j.Programme.CurrentEdition(k.site.Today); e != nil {
			sub.Date = e.Starts.Time()
		}
	}
	return sub
}

// office makes the page and the list that tell the office what the kit holds.
func (k *kit) office() error {
	var checked []page.Finding
	for _, d := range k.result.Diagnostics.Sorted() {
		checked = append(checked, page.Finding{Severity: d.Severity.String(), Code: string(d.Code), Text: d.Message(diag.Language(k.site.Language)), File: d.Span.File})
	}
	data, list := page.Office(k.site, k.theme, k.sheets, checked)
	k.report(list)
	if data == nil {
		return nil
	}
	if err := k.put("kit", "index.html", "page", "", data); err != nil {
		return err
	}
	return k.put("kit", "manifest.csv", "data", "", page.Manifest(k.sheets))
}
