package build

import (
	"slices"
	"strings"

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
	Out      string   // a folder; empty: the kit's
}

// Print makes a piece again for some subjects, and touches nothing else.
func Print(o Options, po PrintOptions) (*Result, error) {
	o.Only = po.Piece
	b := newBuilder(o)
	b.printing = true
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
			jobs = append(jobs, job{Piece: &selected, targets: []target{b.printTarget(p, po)}})
		}
	}
	found := 0
	for _, j := range jobs {
		found += len(j.Subjects)
	}
	if len(po.Subjects) > 0 && found < len(po.Subjects) {
		return b.unknownSubject(po)
	}
	k := newKit(b)
	k.report(k.said)
	var tasks []task
	for i := range jobs {
		b.report(k.prepare(&jobs[i]))
		if b.failed.Load() {
			return nil
		}
		w := newWork(&jobs[i])
		for s := range w.Subjects {
			w.first, w.keys[s] = k.read(w.job, &w.Subjects[s])
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
	t := target{profile: pdf.Press, output: "kit", prefix: p.Dir()}
	if name == "office" {
		t.profile, t.prefix = pdf.Office, p.Programme.ID+"/office/"+p.Use.ID
	}
	if po.Out != "" {
		t.output, t.prefix = "print", p.Use.ID
	}
	return t
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
