package build

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"vitrine/internal/cache"
	"vitrine/internal/diag"
	"vitrine/internal/export"
	"vitrine/internal/model"
	"vitrine/internal/page"
	"vitrine/internal/plan"
	"vitrine/internal/typography"
)

// Each winner of the current edition for whom the kit has a piece gets a folder of its own, as a zip:
// its pieces, and what makes its page known. A draft message brings it, and a table serves the mail
// merge. All of it is the office's: none of it is ever published.

// winner is a participant with an award of the current edition, and its files.
type winner struct {
	programme *model.Programme
	person    *model.Participant
	award     *model.Award
	files     []winnerPiece
}

// winnerPiece is a file of the kit that is in a winner's zip too.
type winnerPiece struct {
	name   string // in the zip
	title  string // of the piece
	job    *job
	target target
	of     *plan.Subject
	key    cache.Key // what it is made from; zero when not known
}

func (w *winner) zip() output {
	return output{"kit", w.programme.ID + "/participants/" + w.person.ID + ".zip", "asset", "participant/" + w.person.ID}
}

func (w *winner) mail() output {
	return output{"kit", w.programme.ID + "/mail/" + w.person.ID + ".eml", "data", "participant/" + w.person.ID}
}

func mergeOutput(g *model.Programme) output {
	return output{"kit", g.ID + "/mail-merge.csv", "data", "programme/" + g.ID}
}

// rewarded are the winners of all programmes for whom there are pieces, as a list of names has them.
// keys are those of each job's subjects; nil when they are not known.
func (k *kit) rewarded(jobs []*job, keys func(j, subject int) cache.Key) ([]*winner, error) {
	if !k.site.Kit.Participants {
		return nil, nil
	}
	t := k.teller()
	at := map[*model.Participant]*winner{}
	var out []*winner
	for n, j := range jobs {
		if j.edition == nil || j.Single() || j.template.Template == nil {
			continue
		}
		title := t.pieceTitle(j)
		for i := range j.Subjects {
			s := &j.Subjects[i]
			if s.Participant == nil || s.Award != nil && s.Award.Edition != j.edition || s.Participant.Status == model.Withdrawn {
				continue
			}
			w := at[s.Participant]
			if w == nil {
				a := model.AwardIn(s.Participant, j.edition)
				if a == nil {
					continue
				}
				w = &winner{programme: j.Programme, person: s.Participant, award: a}
				at[s.Participant] = w
				out = append(out, w)
			}
			for _, target := range j.targets {
				if target.output != "kit" {
					continue
				}
				f := winnerPiece{title: title, job: j, target: target, of: s}
				if keys != nil {
					f.key = fileKey(keys(n, i), target.profile)
				}
				f.name = w.fileName(title, j.Use.ID, t.T("winner-name-"+profileName(target.profile)))
				w.files = append(w.files, f)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b *winner) int { return strings.Compare(a.person.SortKey, b.person.SortKey) })
	return out, t.err
}

// fileName is what a piece's file is called in the zip: by its title, and by the piece where two have
// the same.
func (w *winner) fileName(title, id, profile string) string {
	taken := func(name string) bool {
		return slices.ContainsFunc(w.files, func(f winnerPiece) bool { return f.name == name })
	}
	for _, stem := range []string{typography.Slug(title), typography.Slug(title) + "-" + id} {
		if name := stem + "-" + profile + ".pdf"; stem != "" && !taken(name) {
			return name
		}
	}
	return id + "-" + profile + ".pdf"
}

// rewardedOf are the winners for whom works are made.
func (k *kit) rewardedOf(works []*work) ([]*winner, error) {
	jobs := make([]*job, len(works))
	for i, w := range works {
		jobs[i] = w.job
	}
	return k.rewarded(jobs, func(j, s int) cache.Key { return works[j].keys[s] })
}

// winners makes the zips, the messages and the tables.
func (k *kit) winners(works []*work) error {
	all, err := k.rewardedOf(works)
	if err != nil {
		return err
	}
	if err := k.each("", len(all), func(i int) error { return k.reward(all[i]) }); err != nil {
		return err
	}
	for _, g := range k.site.Programmes {
		data, err := k.merge(g, all)
		if err != nil {
			return err
		}
		o, key := mergeOutput(g), cache.KeyOf([]byte("merge"), data)
		if data == nil || k.keep(o, key) {
			continue
		}
		if err := k.putAs(o, key, data); err != nil {
			return err
		}
	}
	return nil
}

// reward makes a winner's zip and message.
func (k *kit) reward(w *winner) error {
	c, err := k.folder(w)
	if err != nil {
		return err
	}
	key := k.folderKey(w, c)
	zip, mail, mailKey := w.zip(), w.mail(), key
	if key != (cache.Key{}) {
		mailKey = c.letter.key(key)
	}
	keepsZip, keepsMail := key != (cache.Key{}) && k.keep(zip, key) || k.elsewhere(zip), mailKey != (cache.Key{}) && k.keep(mail, mailKey) || k.elsewhere(mail)
	if keepsZip && keepsMail {
		return nil
	}
	var data []byte
	if !k.Dry && !k.failed.Load() {
		if keepsZip {
			data, err = k.session.Read(zip.folder, zip.path)
		}
		if !keepsZip || errors.Is(err, fs.ErrNotExist) { // another shard has it
			data, err = k.pack(w, c, k.standingPiece)
		}
		if err != nil {
			return err
		}
	}
	if !keepsZip {
		if err := k.putAs(zip, key, data); err != nil {
			return err
		}
	}
	if keepsMail {
		return nil
	}
	return k.putAs(mail, mailKey, c.letter.bytes(data))
}

// folderKey is a digest of all that a zip holds; zero when that is not known.
func (k *kit) folderKey(w *winner, c *folder) cache.Key {
	parts := [][]byte{[]byte("winner"), k.base[:], []byte(k.based), fmt.Append(nil, w.award.On), []byte(c.short)}
	for _, f := range w.files {
		if f.key == (cache.Key{}) {
			return cache.Key{}
		}
		parts = append(parts, []byte(f.name), f.key[:])
	}
	for _, f := range c.files {
		sum := sha256.Sum256(f.Data)
		parts = append(parts, []byte(f.Name), sum[:])
	}
	return cache.KeyOf(parts...)
}

// pack makes a winner's zip.
func (k *kit) pack(w *winner, c *folder, piece func(*winnerPiece) ([]byte, error)) ([]byte, error) {
	var files []export.Entry
	for i := range w.files {
		data, err := piece(&w.files[i])
		if err != nil {
			return nil, err
		}
		files = append(files, export.Entry{Name: w.files[i].name, Data: data})
	}
	code, err := codeFiles(c.short)
	if err != nil {
		return nil, err
	}
	on := w.award.On
	if on.IsZero() {
		on = w.award.Edition.Starts
	}
	return export.Zip(on.Time(), slices.Concat(c.files, files, code))
}

// standingPiece is a file that this build has made or kept; where another shard has it, it is made.
func (k *kit) standingPiece(f *winnerPiece) ([]byte, error) {
	data, err := k.session.Read(f.target.output, f.target.file(f.job, f.of))
	if !errors.Is(err, fs.ErrNotExist) {
		return data, err
	}
	data, list, err := k.assemble(f.job, f.target, []plan.Subject{*f.of}, false)
	k.report(list)
	return data, err
}

// winnerFile makes a zip, a message or a table that is asked for by itself.
func (k *kit) winnerFile(jobs []job, name string) (data []byte, list diag.List, ok bool) {
	id, rest, _ := strings.Cut(name, "/")
	if !strings.HasPrefix(rest, "participants/") && !strings.HasPrefix(rest, "mail/") && rest != "mail-merge.csv" {
		return nil, nil, false
	}
	list = slices.Clone(k.said)
	var own []*job
	for i := range jobs {
		if jobs[i].Programme.ID == id && !jobs[i].Single() {
			list = append(list, k.prepare(&jobs[i])...)
			own = append(own, &jobs[i])
		}
	}
	all, err := k.rewarded(own, nil)
	if err != nil || len(all) == 0 {
		return nil, list, false
	}
	g := all[0].programme
	if name == mergeOutput(g).path {
		data, err = k.merge(g, all)
		return data, list, err == nil
	}
	for _, w := range all {
		if w.zip().path != name && w.mail().path != name {
			continue
		}
		c, err := k.folder(w)
		if err != nil {
			return nil, list, false
		}
		data, err := k.pack(w, c, func(f *winnerPiece) ([]byte, error) {
			data, more, err := k.assemble(f.job, f.target, []plan.Subject{*f.of}, false)
			list = append(list, more...)
			return data, err
		})
		if list.Errors() > 0 {
			return nil, list, true
		}
		if w.mail().path == name {
			data = c.letter.bytes(data)
		}
		return data, list, err == nil
	}
	return nil, nil, false
}

// winnerPapers tell the office page of the winners' files.
func (k *kit) winnerPapers(works []*work) []page.Paper {
	all, err := k.rewardedOf(works)
	if err != nil {
		return nil // making them says why
	}
	var out []page.Paper
	for _, g := range k.site.Programmes {
		p := page.Paper{Programme: g.Name, Kind: "winners", File: mergeOutput(g).path, Folder: g.ID + "/mail/"}
		for _, w := range all {
			if w.programme == g {
				p.Links = append(p.Links, page.Link{URL: w.zip().path, Text: w.person.Name})
				p.Further = append(p.Further, page.Link{URL: w.mail().path, Text: w.person.Name})
			}
		}
		if len(p.Links) > 0 {
			out = append(out, p)
		}
	}
	return out
}
