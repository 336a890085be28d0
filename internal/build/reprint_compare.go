package build

import (
	"strings"
	"sync"

	"vitrine/internal/model"
)

// known is what was sent, to be looked up by what there is now. It may be used by several
// goroutines.
type known struct {
	items   []sentItem
	at      map[string]int    // by programme/piece/subject
	current map[string]string // programme/old id of a participant → its id now

	mu   sync.Mutex
	seen map[int]bool
}

// difference is a piece of a subject, then and now; nil where there was or is none.
type difference struct {
	before, now *sentItem
	pages       []int // that show something else or are new, from 1
	dropped     int   // pages that are no more
}

func newKnown(site *model.Site, items []sentItem) *known {
	k := &known{items: items, at: map[string]int{}, current: map[string]string{}, seen: map[int]bool{}}
	for i := range items {
		k.at[items[i].key(items[i].Subject)] = i
	}
	for whose, old := range aliasesOf(site) {
		programme, id, _ := strings.Cut(whose, "/")
		for _, o := range old {
			k.current[programme+"/"+o] = id
		}
	}
	return k
}

// aliasesOf are the former ids of participants, by programme/id.
func aliasesOf(site *model.Site) map[string][]string {
	out := map[string][]string{}
	for _, g := range site.Programmes {
		for _, x := range model.Participants(g) {
			if len(x.Aliases) > 0 {
				out[g.ID+"/"+x.ID] = x.Aliases
			}
		}
	}
	return out
}

func (s *sentItem) key(subject string) string { return s.Programme + "/" + s.Piece + "/" + subject }

// whose says whom an item is for, by the id that it has now.
func (k *known) whose(s *sentItem) string {
	id := s.participant()
	if id == "" {
		return s.Programme + "/" + s.Subject
	}
	if now, ok := k.current[s.Programme+"/"+id]; ok {
		id = now
	}
	return s.Programme + "/" + id
}

// compare finds what was sent of an item, also under an id that its participant had then.
func (k *known) compare(now *sentItem, x *model.Participant) difference {
	at, ok := k.at[now.key(now.Subject)]
	if !ok && x != nil {
		stem := now.Subject[:strings.LastIndexByte(now.Subject, '/')+1]
		for _, old := range x.Aliases {
			if at, ok = k.at[now.key(stem+old)]; ok {
				break
			}
		}
	}
	d := difference{now: now}
	if ok {
		k.mu.Lock()
		k.seen[at] = true
		k.mu.Unlock()
		d.before = &k.items[at]
	}
	for i, page := range now.Pages {
		if d.before == nil || i >= len(d.before.Pages) || d.before.Pages[i] != page {
			d.pages = append(d.pages, i+1)
		}
	}
	if d.before != nil {
		d.dropped = max(0, len(d.before.Pages)-len(now.Pages))
	}
	return d
}

// gone is what was sent and is no more.
func (k *known) gone() []difference {
	var out []difference
	for i := range k.items {
		if !k.seen[i] {
			out = append(out, difference{before: &k.items[i], dropped: len(k.items[i].Pages)})
		}
	}
	return out
}
