package load

import (
	"iter"
	"time"
)

// content is what a document says: every table, list and value of it in one slice, in
// the order of the file, and their words in one text. A document thus costs a
// couple of allocations, and nothing in the slice is a pointer that the
// collector would follow.
type content struct {
	text  string
	nodes []node           // nodes[0] is the document's own table
	zoned []time.Time      // the few moments that have a time zone
	long  map[entry]nodeID // the keys of the tables that are long to walk
}

// nodeID is the rank of a node. No node holds the first, so that 0 also means none.
type nodeID uint32

// node is a value, a list or a table. Offsets and sizes are in bytes of the text, which
// is far below 4 GiB.
type node struct {
	key, keySize uint32 // its key, if a table holds it
	next         nodeID // what follows it in its table or list
	a, b         uint32 // the value; of a list or table, its first and last node
	count        uint32 // of a list or table, how many it holds; of a moment, its nanoseconds
	kind         kind
	made         made
}

// kind says what a node is, and so what its a and b are.
type kind uint8

const (
	aTable    kind = iota
	aList          // of values or of tables
	aString        // offset, size
	anInteger      // a, b: an int64, low half first
	aNumber        // a, b: the bits of a float64
	aBoolean       // a: 0 or 1
	aMoment        // a, b: seconds since 1970 as if in UTC: it has no zone
	aZoned         // a: rank among the moments with a zone
)

// made says how a table or list came to be, and so what may still be added to it.
type made uint8

const (
	whole     made = iota // a value: nothing may be added
	byHeading             // [table], or a part of the path of one
	byDots                // the path of a dotted key
	byList                // [[list]]
)

// entry names a key of a table.
type entry struct {
	table nodeID
	key   string
}

// longTable is the number of keys from which a table is looked up rather than walked.
const longTable = 32

func (n *node) wide() uint64 { return uint64(n.a) | uint64(n.b)<<32 }

func (n *node) setWide(v uint64) { n.a, n.b = uint32(v), uint32(v>>32) }

func (c *content) key(n *node) string { return c.text[n.key : n.key+n.keySize] }

func (c *content) string(n *node) string { return c.text[n.a : n.a+n.b] }

// find returns the node at a key of a table, or 0.
func (c *content) find(table nodeID, key string) nodeID {
	t := &c.nodes[table]
	if t.count > longTable {
		return c.long[entry{table, key}]
	}
	for i := nodeID(t.a); i != 0; i = c.nodes[i].next {
		if c.key(&c.nodes[i]) == key {
			return i
		}
	}
	return 0
}

// each visits what a table or a list holds, in order.
func (c *content) each(id nodeID) iter.Seq2[nodeID, *node] {
	return func(yield func(nodeID, *node) bool) {
		for i := nodeID(c.nodes[id].a); i != 0; {
			n := &c.nodes[i]
			if !yield(i, n) {
				return
			}
			i = n.next
		}
	}
}

// moment is the time of a node that is one.
func (c *content) moment(n *node) time.Time {
	if n.kind == aZoned {
		return c.zoned[n.a]
	}
	return time.Unix(int64(n.wide()), int64(n.count)).UTC()
}

// builder fills a content. Keys are pieces of its text; strings are too, or of more,
// which follows the text when it is finished.
type builder struct {
	content
	more []byte
}

// finish is the content, to be changed no more.
func (b *builder) finish() content {
	if len(b.more) > 0 {
		b.text += string(b.more)
	}
	return b.content
}

// add appends a node to a table or a list.
func (b *builder) add(parent nodeID, n node) nodeID {
	id := nodeID(len(b.nodes))
	b.nodes = append(b.nodes, n)
	p := &b.nodes[parent]
	if p.count == 0 {
		p.a = uint32(id)
	} else {
		b.nodes[p.b].next = id
	}
	p.b = uint32(id)
	p.count++
	if p.kind == aTable && p.count > longTable {
		b.remember(parent)
	}
	return id
}

// remember notes the last key of a long table, or all of them when it becomes one.
func (b *builder) remember(table nodeID) {
	if b.long == nil {
		b.long = map[entry]nodeID{}
	}
	t := &b.nodes[table]
	i := nodeID(t.b)
	if t.count == longTable+1 {
		i = nodeID(t.a)
	}
	for i != 0 {
		n := &b.nodes[i]
		b.long[entry{table, b.key(n)}] = i
		i = n.next
	}
}

// put stores a string that is not a piece of the text in a node.
func (b *builder) put(id nodeID, s string) {
	n := &b.nodes[id]
	n.kind, n.a, n.b = aString, uint32(len(b.text)+len(b.more)), uint32(len(s))
	b.more = append(b.more, s...)
}
