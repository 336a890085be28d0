package build

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"sync"

	"vitrine/internal/cache"
	"vitrine/internal/diag"
	"vitrine/internal/layout"
	"vitrine/internal/model"
	"vitrine/internal/pdf"
	"vitrine/internal/piece"
	"vitrine/internal/plan"
	"vitrine/internal/typography"
)

// kit is what the pieces of one build share. It may be used by several goroutines.
type kit struct {
	*builder
	fonts     layout.Fonts
	atlas     *atlas    // of the maps on pieces
	said      diag.List // of the fonts and the printing condition
	base      cache.Key // of what all pieces are made with: the program, the language, the fonts, the printing condition
	inkLimit  float64   // of the printing condition, in percent
	encoders  map[pdf.Profile]*pdf.Encoder
	pictures  *shelf
	renderers sync.Pool // of *piece.Renderer

	mu        sync.Mutex
	library   *library
	resources map[*model.Programme]*piece.Resources
}

// job is a piece with the profiles that it is made in, and where each goes.
type job struct {
	*plan.Piece
	template  *templateFile
	stock     *stockFile // the sheets it is ganged on; nil: none
	resources *piece.Resources
	base      cache.Key      // of what all its subjects are made with
	edition   *model.Edition // the current one, or nil
	count     int            // what texts may call Count
	targets   []target
}

// form is how the frames of a piece become a file.
type form struct {
	profile   pdf.Profile
	marks     bool // printer's marks around the page
	light     bool // large dark grounds become light ones
	duplicate bool // it replaces a page that was spoilt, and says so
}

// ext is how its files are called: a duplicate does not take an original's place.
func (f form) ext() string {
	if f.duplicate {
		return ".duplicate.pdf"
	}
	return ".pdf"
}

// target is a folder of outputs for a form.
type target struct {
	form
	output, prefix string // kit, label/office/
}

// all is the file of all subjects, or of the only one.
func (t target) all() string { return t.prefix + t.ext() }

// file is where a subject's own file goes.
func (t target) file(j *job, s *plan.Subject) string {
	if j.Single() {
		return t.all()
	}
	return t.prefix + "/" + s.File + t.ext()
}

// makeKit makes the pieces: all of them for the kit, and only the public ones when the
// site alone is built.
func (b *builder) makeKit() error {
	done := b.timed("piece")
	defer done()
	jobs := b.jobs()
	if len(jobs) == 0 && !b.wantsKit() && b.pieces == nil {
		return nil
	}
	k := b.workshop()
	for i := range jobs {
		k.report(k.prepare(&jobs[i]))
	}
	if b.failed.Load() {
		return nil
	}
	works, err := k.makeAll(jobs)
	if err != nil || b.failed.Load() {
		return err
	}
	if b.wantsKit() && b.piece() == "" {
		if err := k.office(works); err != nil {
			return err
		}
	}
	k.sweep()
	return nil
}

// workshop is what the build's pieces are made with, once for the pictures of the site and for the kit.
func (b *builder) workshop() *kit {
	if b.pieces == nil {
		b.pieces = newKit(b)
		b.report(b.pieces.said)
	}
	return b.pieces
}

func newKit(b *builder) *kit {
	k := &kit{builder: b, atlas: b.newAtlas(), library: newLibrary(b), resources: map[*model.Programme]*piece.Resources{}}
	k.pictures = newShelf(k)
	k.renderers.New = func() any { return piece.NewRenderer(b.site.Language) }
	k.useFonts()
	k.loadCondition()
	return k
}

// loadCondition reads what press files are printed on, and makes the encoders for it.
func (k *kit) loadCondition() {
	var press *pdf.Condition
	var at diag.Span
	if o := k.site.Origin; o != nil {
		at = o.Span("kit.condition")
	}
	c, list := k.theme.Condition(k.tree, k.site.Kit.Condition, at)
	k.said = append(k.said, list...)
	if c != nil {
		press = &pdf.Condition{Identifier: c.Identifier, Info: c.Info, Registry: c.Registry, Profile: c.Profile}
		k.inkLimit = float64(c.InkLimit)
		sum := sha256.Sum256(c.Profile)
		k.base = cache.KeyOf(k.base[:], []byte(c.Identifier), []byte(c.Info), []byte(c.Registry), sum[:], fmt.Append(nil, k.site.Kit.Marks, k.site.Kit.Light, c.InkLimit))
	}
	encoder := pdf.NewEncoder(pdf.Press, press)
	k.encoders = map[pdf.Profile]*pdf.Encoder{pdf.Press: encoder, pdf.Office: encoder.For(pdf.Office)}
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
			profiles := b.site.Kit.Profiles
			if p.Use.Profile != "" {
				profiles = []string{p.Use.Profile}
			}
			for _, name := range profiles {
				switch {
				case name == "press":
					j.targets = append(j.targets, target{b.form(pdf.Press), "kit", p.Dir()})
				case p.Use.Sheet == "": // else its sheets are its office form
					j.targets = append(j.targets, target{b.form(pdf.Office), "kit", officeDir(p)})
				}
			}
		}
		if p.Public && b.wantsSite() {
			j.targets = append(j.targets, target{form{profile: pdf.Office}, "public", "kit/" + p.Dir()})
		}
		if len(j.targets) > 0 || b.wantsKit() && p.Use.Sheet != "" {
			out = append(out, j)
		}
	}
	return out
}

// form is how the kit's files of a profile are made.
func (b *builder) form(profile pdf.Profile) form {
	return form{profile: profile, marks: profile == pdf.Press && b.site.Kit.Marks, light: profile == pdf.Office && b.site.Kit.Light, duplicate: b.marked}
}

// officeDir is where a piece's files for the office printer go, below kit/.
func officeDir(p *plan.Piece) string { return p.Programme.ID + "/office/" + p.Use.ID }

// sheetsFile is where a piece's sheets go, below kit/.
func sheetsFile(p *plan.Piece) string { return p.Programme.ID + "/office/sheets/" + p.Use.ID + ".pdf" }

// pieceScope are the folders in which a build of one piece may prune.
func (b *builder) pieceScope() []string {
	var out []string
	for _, p := range b.plan.Pieces {
		if p.Use.ID == b.piece() {
			for _, dir := range []string{p.Dir(), officeDir(p)} {
				out = append(out, dir, dir+".pdf")
			}
			out = append(out, sheetsFile(p))
		}
	}
	return out
}

// file is where a file of the site lies: in static/, else in data/files/.
func (b *builder) file(name string) string {
	if b.tree.Exists("static/" + name) {
		return "static/" + name
	}
	return "data/files/" + name
}

// prepare readies a job; what was said of its template is in the list.
func (k *kit) prepare(j *job) diag.List {
	k.mu.Lock()
	defer k.mu.Unlock()
	t := k.library.template(j.Use)
	j.template = t
	j.base = cache.KeyOf(k.base[:], t.sum[:])
	j.resources = k.resourcesOf(j.Programme)
	j.edition, j.count = j.Programme.CurrentEdition(k.site.Today), k.awarded(j.Programme)
	if j.stock = k.library.stockOf(j.Use); j.stock == nil {
		return t.said
	}
	return slices.Concat(t.said, j.stock.said, j.misfits())
}

// resourcesOf is what the pieces of a programme are drawn with. k.mu is held, or nobody
// else is at work.
func (k *kit) resourcesOf(g *model.Programme) *piece.Resources {
	r := k.resources[g]
	if r == nil {
		r = &piece.Resources{
			Language: typography.Language(k.site.Language), Fonts: k.fonts,
			Palette: piece.NewPalette(k.theme.Colors, k.site, g), Image: k.pictures.print, InkLimit: k.inkLimit,
			Places: func(t *model.Territory) *piece.Places { return k.atlas.places(g, t) },
		}
		k.resources[g] = r
	}
	return r
}
