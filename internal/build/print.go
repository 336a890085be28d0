package build

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"vitrine/internal/diag"
	"vitrine/internal/ident"
	"vitrine/internal/model"
	"vitrine/internal/pdf"
	"vitrine/internal/plan"
	"vitrine/internal/typography"
	"vitrine/internal/write"
)

// PrintOptions say which piece to print again, for whom, and where to.
type PrintOptions struct {
	Piece    string
	Subjects []string // ids, also old ones and EDITION/ID; none: all
	Profile  string   // press or office; empty: the piece's own
	Start    int      // the first label of the sheet that is not used yet, from 1; 0: as if it were 1
	// Duplicate says on each page that it replaces one that was spoilt, and gives the file a
	// name of its own.
	Duplicate bool
	Out       string // a folder; empty: the kit's
}

// StartError is a first label that the sheet does not have.
type StartError struct {
	Start int
	Sheet string // its title
	Count int    // of its labels; 0: each begins on a new sheet
}

func (e *StartError) Error() string {
	return fmt.Sprintf("%s has %d labels, no label %d", e.Sheet, e.Count, e.Start)
}

// Print makes a piece again for some subjects, and touches nothing else.
func Print(o Options, po PrintOptions) (*Result, error) {
	o.Only = po.Piece
	b := newBuilder(o)
	b.printing, b.marked = true, po.Duplicate
	return b.result, b.runWith(func() error { return b.print(po) }, func() error {
		out := write.Output{Name: "kit", Dir: b.Kit, KeepOthers: true}
		if po.Out != "" {
			out = write.Output{Name: "print", Dir: po.Out, KeepOthers: true}
		}
		s, err := write.Open(write.Options{State: b.State, Outputs: []write.Output{out}, Force: b.Force, Workers: b.Workers})
		b.session = s
		return err
	})
}

func (b *builder) print(po PrintOptions) error {
	if err := b.knowsPiece(po.Piece); err != nil {
		return err
	}
	if po.Start > 0 && !b.onSheets(po.Piece) {
		return &UnknownError{Kind: "sheet", ID: po.Piece}
	}
	var jobs []job
	for _, p := range b.plan.Pieces {
		if p.Use.ID != po.Piece {
			continue
		}
		selected := *p
		if len(po.Subjects) > 0 {
			selected.Subjects = nil
			for _, name := range po.Subjects {
				s, ok := b.find(p, name)
				if ok {
					selected.Subjects = append(selected.Subjects, s)
				}
			}
		}
		if len(selected.Subjects) > 0 {
			j := job{Piece: &selected}
			if !po.sheets(p) {
				j.targets = []target{b.printTarget(p, po)}
			}
			jobs = append(jobs, j)
		}
	}
	if err := b.unknownSubject(po); err != nil {
		return err
	}
	k := newKit(b)
	k.report(k.said)
	for i := range jobs {
		b.report(k.prepare(&jobs[i]))
		if b.failed.Load() {
			return nil
		}
		if s := jobs[i].stock; po.Start > 1 && s != nil && (jobs[i].Single() || jobs[i].separate()) {
			return &StartError{Start: po.Start, Sheet: s.Title}
		} else if po.Start > 1 && s != nil && po.Start > s.Grid.Count() {
			return &StartError{Start: po.Start, Sheet: s.Title, Count: s.Grid.Count()}
		}
	}
	if _, err := b.theme.Words(b.site.Language).T("duplicate"); err != nil && po.Duplicate {
		b.report(diag.List{diag.New(diag.TemplateRun, diag.Span{}, "reason", err.Error())})
		return nil
	}
	var tasks []task
	for i := range jobs {
		w := newWork(&jobs[i])
		if len(w.targets) == 0 {
			w.gang = &gang{output: b.printSheets(w.Piece, po), start: po.Start}
			w.left.Store(1)
			tasks = append(tasks, task{w, -1})
			continue
		}
		for s := range w.Subjects {
			if !po.Duplicate { // no build ever makes a duplicate
				w.first, w.keys[s] = k.read(w.job, &w.Subjects[s])
			}
			w.wanted[0][s] = true
			tasks = append(tasks, task{w, s})
		}
		w.left.Store(int64(len(w.Subjects)))
	}
	return k.each("piece", len(tasks), func(i int) error { return k.do(tasks[i]) })
}

// printTarget is where a reprint goes: beside the kit's own file, or into the folder
// asked for.
func (b *builder) printTarget(p *plan.Piece, po PrintOptions) target {
	name := po.Profile
	if name == "" {
		name = p.Use.Profile
	}
	t := target{form: b.form(pdf.Press), output: "kit", prefix: p.Dir()}
	if name == "office" {
		t.form, t.prefix = b.form(pdf.Office), officeDir(p)
	}
	if po.Out != "" {
		t.output, t.prefix = "print", b.apart(p)
	}
	return t
}

// apart is a piece's name in a folder of one's own: with its programme's where another one
// has a piece of that name.
func (b *builder) apart(p *plan.Piece) string {
	if slices.ContainsFunc(b.plan.Pieces, func(q *plan.Piece) bool { return q.Programme != p.Programme && q.Use.ID == p.Use.ID }) {
		return p.Dir()
	}
	return p.Use.ID
}

// sheets reports whether a piece comes out on its sheets: asked for the office printer it
// does, since that is its office form.
func (po PrintOptions) sheets(p *plan.Piece) bool {
	profile := po.Profile
	if profile == "" {
		profile = p.Use.Profile
	}
	return p.Use.Sheet != "" && (profile == "office" || po.Start > 0)
}

// onSheets reports whether a piece has sheets in some programme.
func (b *builder) onSheets(id string) bool {
	return slices.ContainsFunc(b.plan.Pieces, func(p *plan.Piece) bool { return p.Use.ID == id && p.Use.Sheet != "" })
}

// printSheets is where sheets that are printed again go. In the kit they lie beside the
// sheets of all subjects, which stay as they are.
func (b *builder) printSheets(p *plan.Piece, po PrintOptions) output {
	if po.Out != "" {
		return output{"print", b.apart(p) + b.form(pdf.Office).ext(), "piece", ""}
	}
	name := sheetsFile(p)
	if po.Start > 0 || len(po.Subjects) > 0 || po.Duplicate {
		name = strings.TrimSuffix(name, ".pdf") + "." + strconv.Itoa(max(1, po.Start)) + b.form(pdf.Office).ext()
	}
	return output{"kit", name, "piece", ""}
}

// find resolves the name of a subject: an id, an id it had before, or EDITION/ID for
// an award of another edition.
func (b *builder) find(p *plan.Piece, name string) (plan.Subject, bool) {
	name = strings.TrimPrefix(name, p.Use.For+"/")
	for _, s := range p.Subjects {
		if s.ID == name || s.File == name || typography.Slug(s.Title) == typography.Slug(name) {
			return s, true
		}
		if s.Participant != nil {
			if slices.Contains(s.Participant.Aliases, name) {
				return s, true
			}
		}
	}
	edition, id, ok := strings.Cut(name, "/")
	if !ok || p.Use.For != "award" {
		return plan.Subject{}, false
	}
	for _, e := range p.Programme.Editions {
		if e.ID != edition {
			continue
		}
		for _, x := range model.Participants(p.Programme) {
			if a := model.AwardIn(x, e); a != nil && x.ID == id {
				return plan.Subject{Kind: "award", ID: name, Title: x.Name, File: name, Participant: x, Award: a, Edition: e}, true
			}
		}
	}
	return plan.Subject{}, false
}

func (b *builder) unknownSubject(po PrintOptions) error {
	var known []string
	for _, p := range b.plan.Pieces {
		if p.Use.ID == po.Piece {
			for _, s := range p.Subjects {
				known = append(known, s.File)
			}
		}
	}
	for _, name := range po.Subjects {
		ok := false
		for _, p := range b.plan.Pieces {
			if p.Use.ID == po.Piece {
				_, found := b.find(p, name)
				ok = ok || found
			}
		}
		if !ok {
			near, _ := ident.Nearest(name, known)
			return &UnknownError{Kind: "subject", ID: name, Near: near, Known: known}
		}
	}
	return nil
}
