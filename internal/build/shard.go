package build

import (
	"fmt"
	"hash/fnv"
	"strconv"
	"strings"
)

// Shard is one of several parts in which the outputs of a site are made, each by a
// process of its own: every output belongs to exactly one of them, by its name, so that
// the folders of all shards laid over one another are the site.
type Shard struct {
	Index int // from 0
	Of    int // how many there are; 0 and 1: no other
}

// ParseShard reads i/n. Indices count from 0 to n-1 or from 1 to n, as the systems that
// hand them out do: n stands for 0.
func ParseShard(s string) (Shard, error) {
	index, of, ok := strings.Cut(s, "/")
	i, err1 := strconv.Atoi(index)
	n, err2 := strconv.Atoi(of)
	if !ok || err1 != nil || err2 != nil || n < 1 || n > 10_000 || i < 0 || i > n {
		return Shard{}, fmt.Errorf("no shard %q", s)
	}
	return Shard{Index: i % n, Of: n}, nil
}

// elsewhere reports whether an output is made by another shard.
func (b *builder) elsewhere(o output) bool {
	if b.Shard.Of <= 1 {
		return false
	}
	h := fnv.New32a()
	h.Write([]byte(o.name()))
	return int(h.Sum32()%uint32(b.Shard.Of)) != b.Shard.Index
}
