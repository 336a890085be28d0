package build

import (
	"bytes"
	"encoding/json"
	"strings"
	"sync"

	"vitrine/internal/cache"
	"vitrine/internal/diag"
	"vitrine/internal/model"
	"vitrine/internal/source"
	"vitrine/internal/theme"
	"vitrine/internal/write"
)

// record is what a build leaves for the next one: what it read, what it found, what it
// put down. When all of that still stands there is nothing to do, and nothing is read.
type record struct {
	Asked    string // a digest of what was asked for
	Zone     string
	Date     model.Date
	Theme    string
	Language diag.Language
	Found    diag.List
	Counts   map[string]int
	Mark     string // of the manifests

	site, layers map[string]source.Stamp
}

// recordName is where the record of this kind of build lies in the cache.
func (b *builder) recordName() string {
	if b.Only == "" {
		return "last"
	}
	return "last-" + b.Only
}

// asked digests the options that decide what is made.
func (b *builder) asked() string {
	k := cache.KeyOf([]byte(b.Program), []byte(b.Public), []byte(b.Kit), []byte(b.Only))
	return k.String()
}

// standing finds out whether the last build would only be repeated. Then it fills the
// result, and says so.
func (b *builder) standing() (bool, error) {
	if b.Dry || b.Force || b.Sent != "" || b.printing || b.Shard.Of > 1 || b.piece() != "" || b.Now == nil || b.Program == "" {
		return false, nil
	}
	rec := b.recall()
	if rec == nil || rec.Asked != b.asked() || b.Today(rec.Zone) != rec.Date {
		return false, nil
	}
	// Sources and outputs are looked at side by side: most of it is waiting for the
	// system.
	var opened error
	var wg sync.WaitGroup
	intact := false
	wg.Go(func() {
		if opened = b.open(); opened == nil {
			intact = b.session.Intact(rec.Mark)
		}
	})
	same := b.sameSources(rec)
	wg.Wait()
	if opened != nil || !same || !intact {
		return false, opened
	}
	r := b.result
	r.Language, r.Diagnostics, r.Counts, r.Written = rec.Language, rec.Found, rec.Counts, true
	b.outputs(b.session.Standing())
	if b.Rules {
		b.standingRules()
	}
	return true, b.session.Abort()
}

// sameSources reports whether the site and its theme look as they did.
func (b *builder) sameSources(rec *record) bool {
	layers, known := theme.Layers(b.Own, b.Themes, rec.Theme)
	if !known || !layers.Same(rec.layers, 1) || !b.tree.Same(rec.site, b.Workers) {
		return false
	}
	b.result.Sources = func(file string) ([]byte, bool) {
		if text, ok := b.tree.Text(file); ok {
			return text, true
		}
		return layers.Text(file)
	}
	return true
}

// recall reads the record of the last build of this kind.
func (b *builder) recall() *record {
	data, ok := b.cache.Load(b.recordName())
	if !ok {
		return nil
	}
	head, rest, ok := bytes.Cut(data, []byte("\n"))
	site, layers, ok2 := strings.Cut(string(rest), "\n\n")
	var rec record
	if !ok || !ok2 || json.Unmarshal(head, &rec) != nil {
		return nil
	}
	if rec.site, ok = source.Decode(site); !ok {
		return nil
	}
	if rec.layers, ok = source.Decode(layers); !ok {
		return nil
	}
	return &rec
}

// remembers reports whether a record of this build is left for the next one.
func (b *builder) remembers() bool {
	return b.Now != nil && !b.printing && b.Shard.Of <= 1 && b.piece() == ""
}

// encodeRead writes down how what was read looked: the end of a record.
func (b *builder) encodeRead() []byte {
	if !b.remembers() {
		return nil
	}
	site := append(source.Encode(b.tree.Seen()), '\n')
	return append(site, source.Encode(b.theme.Tree.Seen())...)
}

// remember leaves a record of this build for the next one; read is what encodeRead wrote.
func (b *builder) remember(report write.Report, read []byte) {
	if !b.remembers() {
		return
	}
	head, err := json.Marshal(record{
		Asked: b.asked(), Zone: b.site.Timezone, Date: b.site.Today, Theme: b.site.Theme, Language: b.result.Language,
		Found: b.result.Diagnostics, Counts: b.result.Counts, Mark: report.Mark,
	})
	if err != nil {
		return
	}
	b.cache.Save(b.recordName(), append(append(head, '\n'), read...))
}
