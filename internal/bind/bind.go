// Package bind turns loaded values into the model: it declares every record, resolves
// the references between them, and checks each value and each rule. It reports all it
// finds; a record that cannot be trusted is left out of the model, never half filled.
//
// There is one file per entity. Each says, key by key, what docs/data.md documents.
package bind

import (
	"path"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"vitrine/internal/diag"
	"vitrine/internal/ident"
	"vitrine/internal/load"
	"vitrine/internal/model"
	"vitrine/internal/source"
	"vitrine/internal/typography"
)

// Options are what the outside world decides.
type Options struct {
	// Today returns the day of the build in a time zone (an IANA name).
	Today func(zone string) model.Date
	// Workers is how many records are read at once.
	Workers int
}

// Site reads a whole site. The model is complete only when the list holds no error.
func Site(tree *source.Tree, opts Options) (*model.Site, diag.List) {
	b := bind(tree, opts)
	return b.site, b.found()
}

func bind(tree *source.Tree, opts Options) *binder {
	b := &binder{
		tree: tree, opts: opts,
		site:          &model.Site{},
		organisations: newRegistry[*model.Organisation]("organisation"),
		territories:   newRegistry[*model.Territory]("territory"),
		communes:      map[string]*model.Territory{},
		trades:        newRegistry[*model.Trade]("trade"),
		codes:         map[string]*model.Participant{},
		unread:        map[string]bool{},
	}
	b.bindSite()
	b.strangers("data", "site.toml", "organisations.toml", "territories.toml", "communes.csv", "trades.toml")
	b.bindOrganisations()
	b.bindTerritories()
	b.bindTrades()
	b.organisations.broken = b.unread["data/organisations.toml"]
	b.territories.broken = b.unread["data/territories.toml"] || b.unread["data/communes.csv"]
	b.trades.broken = b.unread["data/trades.toml"]
	b.resolve()
	b.bindProgrammes()
	b.bindContent()
	b.checkLegal()
	return b
}

// found is everything that is wrong, in order.
func (b *binder) found() diag.List {
	list := slices.Clip(b.list)
	for _, p := range b.programmes {
		list = append(list, p.found()...)
	}
	return list.Sorted()
}

// binder holds what is known while the site is read.
type binder struct {
	tree *source.Tree
	opts Options
	site *model.Site
	lang typography.Language
	list diag.List

	organisations *registry[*model.Organisation]
	territories   *registry[*model.Territory]
	communes      map[string]*model.Territory // by INSEE code
	trades        *registry[*model.Trade]
	codes         map[string]*model.Participant // by short code, across programmes
	orphans       map[string]bool               // story files no record has claimed
	unread        map[string]bool               // files that are there and could not be read
	spots         map[string][4]float64         // inks of their own: how each looks in process inks
	later         []func()
	programmes    []*programme
}

// defer_ puts off what needs records that are not declared yet.
func (b *binder) after(f func()) { b.later = append(b.later, f) }

// resolve runs what was put off.
func (b *binder) resolve() {
	for len(b.later) > 0 {
		f := b.later[0]
		b.later = b.later[1:]
		f()
	}
}

// file reads a TOML file whose keys fill reads. It returns false when there is none.
func (b *binder) file(name string, fill func(*reader)) bool {
	t, list := load.TOML(b.tree, name)
	b.list = append(b.list, list...)
	if t == nil {
		b.unread[name] = len(list) > 0
		return len(list) > 0
	}
	r := b.read(&b.list, t)
	fill(r)
	r.done()
	return true
}

// strangers reports the files of a folder that nothing reads: a list saved under a name
// that is nearly right would otherwise be lost without a word.
func (b *binder) strangers(dir string, known ...string) {
	names, err := b.tree.Files(dir)
	if err != nil {
		return // said where the folder is read
	}
	for _, name := range names {
		if slices.Contains(known, name) || slices.ContainsFunc(known, func(k string) bool { return translation(k, name) }) {
			continue
		}
		d := diag.New(diag.UnknownFile, diag.Span{File: dir + "/" + name})
		stem := strings.TrimSuffix(strings.ToLower(name), ".txt")
		if near, ok := ident.Nearest(stem, known); ok {
			d = d.WithHint("rename-file", "word", near)
		} else {
			d = d.WithHint("known-files", "list", strings.Join(known, ", "))
		}
		b.list = append(b.list, d)
	}
}

// translation reports whether a file is another's in a language: site.en.toml.
func translation(of, name string) bool {
	ext := path.Ext(of)
	stem, ok := strings.CutSuffix(name, ext)
	return ok && translated(stem) && stem[:len(stem)-3]+ext == of
}

// markdown reads a prose file, reporting what is wrong with it.
func (b *binder) markdown(list *diag.List, name string) (load.Markdown, bool) {
	md, problems := load.Read(b.tree, name)
	*list = append(*list, problems...)
	return md, len(problems) == 0 && md.Head != nil
}

// prose is the body of a Markdown file.
func prose(name string, md load.Markdown) model.Prose {
	text := strings.TrimRight(md.Body, " \t\r\n")
	trimmed := strings.TrimLeft(text, "\r\n")
	return model.Prose{Text: trimmed, File: name, At: md.BodyAt + len(text) - len(trimmed)}
}

// stories lists the Markdown files of a folder by the id that their name gives.
func (b *binder) stories(dir string) map[string]string {
	names, err := b.tree.Files(dir)
	if err != nil {
		b.list = append(b.list, diag.New(diag.Unreadable, diag.Span{File: dir}, "reason", err.Error()))
	}
	out := map[string]string{}
	for _, n := range names {
		id, ok := strings.CutSuffix(n, ".md")
		if ok && !translated(id) {
			out[id] = dir + "/" + n
		}
	}
	return out
}

// translated reports whether a file's stem names a language: index.en.
func translated(stem string) bool {
	i := strings.LastIndexByte(stem, '.')
	return i >= 0 && len(stem)-i-1 == 2
}

// story claims the Markdown file of a record: its head may carry keys of the record.
func (b *binder) story(list *diag.List, files map[string]string, id string) (model.Prose, *load.Table) {
	name, ok := files[id]
	if !ok {
		return model.Prose{}, nil
	}
	delete(files, id)
	md, ok := b.markdown(list, name)
	if !ok {
		return model.Prose{}, nil
	}
	return prose(name, md), md.Head
}

// unclaimed reports the stories that belong to no record.
func (b *binder) unclaimed(kind string, files map[string]string) {
	var ids []string
	for id := range files {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for _, id := range ids {
		b.list = append(b.list, diag.New(diag.OrphanFile, diag.Span{File: files[id]}, "kind", kind, "id", id))
	}
}

// each calls f for every index on the workers, which share them out in runs.
func (b *binder) each(n int, f func(i int)) {
	const run = 64
	var next atomic.Int64
	var wg sync.WaitGroup
	for range max(1, min(b.opts.Workers, n)) {
		wg.Go(func() {
			for {
				from := int(next.Add(run)) - run
				if from >= n {
					return
				}
				for i := from; i < min(from+run, n); i++ {
					f(i)
				}
			}
		})
	}
	wg.Wait()
}
