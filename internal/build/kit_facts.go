package build

import (
	"encoding/binary"

	"vitrine/internal/cache"
	"vitrine/internal/piece"
)

// Laying a piece out shows more than its pages: how each name was set, how much ink lies
// where. The proof of names and the office page tell it of all subjects, also of those
// whose files stand there already; so it is stored, by what each subject's piece says.

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
		entries++
		for _, i := range at[key] {
			w.facts[i] = &facts
			kept++
		}
	}
	w.recalled = entries == len(w.keys) && kept == entries
}

// remember stores the facts of a piece's subjects.
func (k *kit) remember(w *work) {
	if w.recalled || k.Dry || k.failed.Load() {
		return
	}
	var parts [][]byte
	for i, key := range w.keys {
		if key == (cache.Key{}) || w.facts[i] == nil || w.said[i] {
			continue // what has to be said of it is said each time it is laid out
		}
		facts := w.facts[i].Append(nil)
		entry := binary.AppendUvarint(append([]byte(nil), key[:]...), uint64(len(facts)))
		parts = append(parts, append(entry, facts...))
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
