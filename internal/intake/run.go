package intake

import (
	"errors"
	"slices"
	"strings"

	"vitrine/internal/bind"
	"vitrine/internal/diag"
	"vitrine/internal/ident"
	"vitrine/internal/load"
	"vitrine/internal/model"
	"vitrine/internal/source"
	"vitrine/internal/spreadsheet"
	"vitrine/internal/typography"
)

// Run reads a list into a programme's data, in memory: Files holds what would be written.
func Run(o Options) (*Result, error) {
	site, p, err := open(&o)
	if err != nil {
		return nil, err
	}
	if o.Edition != "" {
		if err := knownEdition(p, o.Edition); err != nil {
			return nil, err
		}
	}
	f, list := gather(o.Tree, p.ID)
	if len(list) > 0 {
		return nil, &SiteError{list, o.Tree.Text}
	}
	r := &Result{
		File: o.File, Programme: p.ID, Language: typography.Language(site.Language), Book: o.Book,
		Counts: map[string]int{}, Mapping: &Mapping{},
	}
	refs := newReferences(site, p)
	previous, _ := o.Tree.Text(f.dir + "/" + StateFile)
	m := &merger{
		opts: &o, refs: refs, index: newIndex(site, f.records), files: f, state: readState(previous),
		said: newSaid(), mapping: o.Map, result: r, turns: map[string]int{},
	}
	if o.Map != nil {
		r.Mapping.Same = o.Map.Same
	}
	sheets, err := m.sheets()
	if err != nil {
		return nil, err
	}
	// Who is said in a sheet of participants is known before the sheets that name them.
	for _, holds := range []string{"participants", "commitments", "awards"} {
		for _, s := range sheets {
			if s.layout != nil && s.layout.holds == holds {
				if err := m.sheet(s); err != nil {
					return nil, err
				}
			}
		}
	}
	m.finish(sheets)
	return r, m.write()
}

// Language is that of a site, as far as it can be told before the site is read; empty when
// it cannot.
func Language(tree *source.Tree) typography.Language {
	root, _ := load.TOML(tree, "data/site.toml") // what is wrong with it is said later
	if root == nil {
		return ""
	}
	lang, _ := root.String("language")
	return typography.Language(lang)
}

// open binds the site, which must load.
func open(o *Options) (*model.Site, *model.Programme, error) {
	site, list := bind.Site(o.Tree, bind.Options{Today: o.Today, Workers: o.Workers})
	if bad := blocking(list); len(bad) > 0 {
		return nil, nil, &SiteError{bad, o.Tree.Text}
	}
	var ids []string
	for _, p := range site.Programmes {
		ids = append(ids, p.ID)
		if p.ID == o.Programme || o.Programme == "" && len(site.Programmes) == 1 {
			o.Programme = p.ID
			return site, p, nil
		}
	}
	near, _ := ident.Nearest(o.Programme, ids)
	return nil, nil, &UnknownError{"programme", o.Programme, near, ids}
}

func knownEdition(p *model.Programme, id string) error {
	var ids []string
	for _, e := range p.Editions {
		if e.ID == id {
			return nil
		}
		ids = append(ids, e.ID)
	}
	near, _ := ident.Nearest(id, ids)
	return &UnknownError{"edition", id, near, ids}
}

// blocking are the errors for which a site does not load. A rule that an award fails is
// the programme's affair, to be settled before the site is built.
func blocking(list diag.List) diag.List {
	return slices.DeleteFunc(slices.Clone(list), func(d diag.Diagnostic) bool {
		return d.Severity != diag.Error || d.Code == diag.RuleFailed || d.Code == diag.RuleUnmet
	})
}

// understood is a sheet and how it is read.
type understood struct {
	*spreadsheet.Sheet
	layout *layout
	result SheetResult
}

// sheets finds out how each sheet is laid out.
func (m *merger) sheets() ([]*understood, error) {
	g := newGuesser(m.refs)
	var out []*understood
	tables := 0
	for i, s := range m.opts.Book.Sheets {
		u := &understood{Sheet: s, result: SheetResult{Name: s.Name, Rank: i + 1, Hidden: s.Hidden}}
		out = append(out, u)
		known := m.opts.Map.sheet(s.Name, len(m.opts.Book.Sheets) == 1)
		switch {
		case known != nil && known.Skip:
			u.result.Code = "sheet-skipped"
			continue
		case s.Hidden && (known == nil || !known.Read):
			u.result.Code = "sheet-hidden"
			continue
		}
		sample, err := readSample(m.opts.Book, s)
		if err != nil {
			return nil, err
		}
		if len(sample.rows) == 0 {
			u.result.Code = "sheet-empty"
			continue
		}
		titles, header, below := g.find(sample, known.titles())
		if titles == nil {
			u.result.Code = "no-table"
			continue
		}
		l := g.assign(titles, below, known.titles())
		l.header = header
		u.result.Header, u.result.Columns = header, l.results
		if l.holds == "" {
			u.result.Code = "no-name-column"
			continue
		}
		u.result.Holds = l.holds
		u.layout = l
		tables++
	}
	if tables == 0 {
		var results []SheetResult
		for _, u := range out {
			results = append(results, u.result)
		}
		return nil, &NoTableError{results}
	}
	return out, nil
}

// sheet takes the rows of a sheet.
func (m *merger) sheet(u *understood) error {
	x := &rowReader{refs: m.refs, layout: u.layout, said: m.said, base: Place{Sheet: u.Name, Rank: u.result.Rank}, exists: func(name string) bool {
		return m.opts.Tree.Exists("static/"+name) || m.opts.Tree.Exists("data/files/"+name)
	}}
	n := 0
	err := m.opts.Book.Read(u.Sheet, func(row *spreadsheet.Row) error {
		if row.Number <= u.layout.header {
			return nil
		}
		in, blank := x.read(row)
		if blank {
			return nil
		}
		u.result.Rows++
		if row.Hidden {
			u.result.HiddenRows++
		}
		if u.layout.holds == "participants" {
			m.row(in)
		} else {
			m.subRow(in, u.layout.holds)
		}
		if n++; m.opts.Progress != nil && n%500 == 0 {
			m.opts.Progress(row.Number, max(u.Sheet.Rows, row.Number+1))
		}
		return nil
	})
	u.result.HiddenColumns = slices.Clone(u.Sheet.HiddenColumns)
	return err
}

// finish gathers what is said of the whole list.
func (m *merger) finish(sheets []*understood) {
	r := m.result
	people := false
	for _, u := range sheets {
		people = people || u.result.Holds == "participants"
		r.Sheets = append(r.Sheets, u.result)
		s := MappedSheet{Name: u.Name}
		if old := m.opts.Map.sheet(u.Name, len(sheets) == 1); old != nil {
			s.Skip, s.Read = old.Skip, old.Read
			if u.layout == nil {
				s.Columns = old.Columns
			}
		}
		for _, c := range u.result.Columns {
			if c.Title != "" {
				s.Columns = append(s.Columns, MappedColumn{c.Title, c.Field})
			}
		}
		r.Mapping.Sheets = append(r.Mapping.Sheets, s)
	}
	if m.opts.Map != nil { // other lists have other sheets
		for _, old := range m.opts.Map.Sheets {
			if len(sheets) > 1 && !slices.ContainsFunc(r.Mapping.Sheets, func(s MappedSheet) bool { return s.Name == old.Name }) {
				r.Mapping.Sheets = append(r.Mapping.Sheets, old)
			}
		}
	}
	if people {
		for _, x := range m.files.records {
			if !x.seen && !x.was {
				m.count("missing")
				r.Missing = append(r.Missing, Person{x.id, x.value("name")})
			}
		}
	}
	r.Repairs, r.Doubts = m.said.list["repairs"], m.said.list["doubts"]
	r.Counts["repairs"], r.Counts["doubts"] = m.said.counts["repairs"], m.said.counts["doubts"]
	for _, k := range []string{"rows", "added", "changed", "unchanged", "refused", "missing", "conflicts", "kept", "values"} {
		r.Counts[k] += 0
	}
	byPlace := func(a, b Remark) int {
		if n := a.Rank - b.Rank; n != 0 {
			return n
		}
		if n := a.Row - b.Row; n != 0 {
			return n
		}
		return a.Column - b.Column
	}
	slices.SortStableFunc(r.Repairs, byPlace)
	slices.SortStableFunc(r.Doubts, byPlace)
}

// write makes the files, and reads the site as it would be with them.
func (m *merger) write() error {
	r, o := m.result, m.opts
	files, err := m.files.editAll(m.fresh)
	if err != nil {
		return err
	}
	people := len(m.files.records) + len(m.fresh)
	r.Sources = o.Tree.Text
	edited := len(files) > 0
	if m.state.changed {
		files[m.files.dir+"/"+StateFile] = m.state.bytes()
	}
	r.Files = files
	// A large list is in memory twice from here on: as text, and bound. Once would be one
	// time too many of what is done with.
	*m = merger{}
	if !edited {
		return nil
	}
	over := o.Tree.With(files)
	r.Sources = over.Text
	site, list := bind.Site(over, bind.Options{Today: o.Today, Workers: o.Workers})
	r.Diagnostics = list
	if bad := blocking(list); len(bad) > 0 {
		r.Blocked, r.Diagnostics = true, bad
		return nil
	}
	for _, p := range site.Programmes {
		if p.ID == o.Programme && len(model.Participants(p)) == people {
			return nil
		}
	}
	return errors.New("the data would not hold what was written")
}

// Summary is the names of the files that an import would write, but for its own.
func (r *Result) Summary() []string {
	return slices.DeleteFunc(fileNames(r.Files), func(n string) bool { return strings.HasSuffix(n, "/"+StateFile) })
}
