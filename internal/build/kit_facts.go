package build

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"

	"vitrine/internal/cache"
	"vitrine/internal/diag"
	"vitrine/internal/piece"
)

// Laying a piece out shows more than its pages: how each name was set, how much ink lies
// where. The proof of names and the office page tell it of all subjects, also of those
// whose files stand there already; so it is stored, by what each subject's piece says.
//
// What is wrong with a record is said each time, and nothing of it is stored. What is wrong
// with a template is wrong for all its subjects: that it was said is stored, and one
// subject of those is laid out to say it again.

// seen is the part of the cache where facts are stored.
func (k *kit) seen() *cache.Cache {
	if k.Program == "" {
		return nil
	}
	return k.cache.Part("facts")
}

// factsPlace is where the facts of a piece are stored.
func (k *kit) factsPlace(j *job) cache.Key {
	return cache.KeyOf([]byte("facts"), j.base[:], []byte(j.Dir()))
}

// recall takes the stored facts of those subjects that still say the same.
func (k *kit) recall(w *work) {
	stock := k.seen()
	place := k.factsPlace(w.job)
	stock.Use(place)
	if k.Force {
		return
	}
	stored, ok := stock.Get(place)
	if !ok {
		return
	}
	at := map[cache.Key][]int{}
	for i, key := range w.keys {
		if key != (cache.Key{}) {
			at[key] = append(at[key], i)
		}
	}
	entries, kept := 0, 0
	s := stores{stored}
	for len(s.data) > 0 {
		var key cache.Key
		copy(key[:], s.take(len(key)))
		facts, err := piece.ParseFacts(s.bytes())
		if err != nil {
			return
		}
		var notes []uint64
		for range s.length() {
			if note := s.take(8); note != nil {
				notes = append(notes, binary.BigEndian.Uint64(note))
			}
		}
		entries++
		for _, i := range at[key] {
			w.facts[i], w.notes[i] = &facts, notes
			kept++
		}
	}
	w.recalled = entries == len(w.keys) && kept == entries
	w.sayAgain()
}

// sayAgain has one subject laid out for each thing that is wrong with the template.
func (w *work) sayAgain() {
	said := map[uint64]bool{}
	for i, notes := range w.notes {
		for _, n := range notes {
			if !said[n] {
				w.facts[i] = nil
			}
		}
		if w.facts[i] == nil {
			for _, n := range notes {
				said[n] = true
			}
		}
	}
}

// sortOut splits what was said of a subject: whether some of it is of its record, and notes
// of what is of the template.
func sortOut(list diag.List) (own bool, notes []uint64) {
	for _, d := range list {
		if d.Severity == diag.Error || d.Arg("record") != "" {
			own = true
			continue
		}
		h := fnv.New64a()
		fmt.Fprint(h, d.Code, d.Span, d.Args)
		notes = append(notes, h.Sum64())
	}
	return own, notes
}

// remember stores the facts of a piece's subjects.
func (k *kit) remember(w *work) {
	if w.recalled || k.Dry || k.failed.Load() {
		return
	}
	var parts [][]byte
	for i, key := range w.keys {
		if key == (cache.Key{}) || w.facts[i] == nil || w.said[i] {
			continue
		}
		facts := w.facts[i].Append(nil)
		entry := binary.AppendUvarint(append([]byte(nil), key[:]...), uint64(len(facts)))
		entry = binary.AppendUvarint(append(entry, facts...), uint64(len(w.notes[i])))
		for _, n := range w.notes[i] {
			entry = binary.BigEndian.AppendUint64(entry, n)
		}
		parts = append(parts, entry)
	}
	k.seen().Put(k.factsPlace(w.job), parts...)
}

// merged is what was seen of all subjects of a piece together.
func (w *work) merged() piece.Facts {
	var all piece.Facts
	for _, f := range w.facts {
		if f != nil {
			all.Merge(*f)
		}
	}
	return all
}
