package pdf

import (
	"encoding/binary"
	"hash/adler32"
	"math/bits"
	"slices"
	"sync"
)

// packer compresses what is made anew for every file: the operators of pages, fonts cut down. The library
// took four tenths of the time of a page, most of it to make ready and to choose between ways; what is
// compressed here is short and of one kind, so it is matched against one place and written in one block
// with a code of its own. That is twice as quick as the library's third level, and a twentieth longer.
type packer struct {
	heads  [1 << hashBits]int32 // by the hash of four bytes: where they were last, plus one
	tokens []token
	lits   code
	dists  code
	plain  code // what the lengths of the others are written in
	out    []byte
	acc    uint64 // bits not yet in out
	n      uint
}

const hashBits = 13

// token is a byte, or a run that stood before: its length less 3 from bit 16 on, how far back it starts in
// the bits below, and matched.
type token uint32

const (
	matched    token = 1 << 31
	minMatch         = 4
	maxMatch         = 258
	maxBack          = 1 << 15
	endOfBlock       = 256
)

// packers keeps them: each is 64 kB and more.
type packers struct{ pool sync.Pool }

// deflate compresses data as zlib does. What comes after it, at most 64 kB less one, is stored as it is.
func (p *packers) deflate(data, after []byte) []byte {
	z, _ := p.pool.Get().(*packer)
	if z == nil {
		z = &packer{}
		z.lits.init(286)
		z.dists.init(30)
		z.plain = plainCode()
	}
	defer p.pool.Put(z)
	z.out, z.acc, z.n = append(z.out[:0], 0x78, 0x9c), 0, 0
	z.match(data)
	z.write(len(after) == 0)
	if len(after) > 0 {
		z.bits(1, 3) // the last block, stored
		z.bits(0, (8-z.n)&7)
		z.out = binary.LittleEndian.AppendUint16(z.out, uint16(len(after)))
		z.out = binary.LittleEndian.AppendUint16(z.out, ^uint16(len(after)))
		z.out = append(z.out, after...)
	}
	z.bits(0, (8-z.n)&7)
	sum := adler32.New()
	_, _ = sum.Write(data) // it cannot fail
	_, _ = sum.Write(after)
	z.out = binary.BigEndian.AppendUint32(z.out, sum.Sum32())
	return slices.Clone(z.out)
}

// match finds what stood before.
func (z *packer) match(data []byte) {
	clear(z.heads[:])
	z.lits.clear()
	z.dists.clear()
	tokens := z.tokens[:0]
	i, last := 0, len(data)-minMatch
	for i <= last {
		four := binary.LittleEndian.Uint32(data[i:])
		h := four * 0x9E3779B1 >> (32 - hashBits)
		at := int(z.heads[h]) - 1
		z.heads[h] = int32(i + 1)
		if at < 0 || i-at > maxBack || binary.LittleEndian.Uint32(data[at:]) != four {
			tokens = append(tokens, token(data[i]))
			z.lits.count[data[i]]++
			i++
			continue
		}
		n := minMatch + alike(data[at+minMatch:], data[i+minMatch:min(len(data), i+maxMatch)])
		tokens = append(tokens, matched|token(n-3)<<16|token(i-at-1))
		z.lits.count[lengthCode(n-3)]++
		z.dists.count[distanceCode(i-at-1)]++
		if end := i + n; n < 32 { // long runs are white space of a kind: nothing is looked for inside them
			for i++; i < end && i <= last; i++ {
				z.heads[binary.LittleEndian.Uint32(data[i:])*0x9E3779B1>>(32-hashBits)] = int32(i + 1)
			}
			i = end
		} else {
			i = end
		}
	}
	for ; i < len(data); i++ {
		tokens = append(tokens, token(data[i]))
		z.lits.count[data[i]]++
	}
	z.lits.count[endOfBlock]++
	z.tokens = tokens
}

// alike is how many bytes two texts start with alike.
func alike(a, b []byte) int {
	n := 0
	for len(b)-n >= 8 && len(a)-n >= 8 {
		if x := binary.LittleEndian.Uint64(a[n:]) ^ binary.LittleEndian.Uint64(b[n:]); x != 0 {
			return n + bits.TrailingZeros64(x)>>3
		}
		n += 8
	}
	for n < len(b) && n < len(a) && a[n] == b[n] {
		n++
	}
	return n
}

// lengthCode is the symbol of a run's length less 3, lengthBits what comes after it: RFC 1951, 3.2.5.
func lengthCode(v int) int {
	switch {
	case v < 8:
		return 257 + v
	case v == maxMatch-3:
		return 285
	}
	extra := bits.Len(uint(v)) - 3
	return 257 + 4*extra + v>>extra
}

func lengthBits(v int) uint {
	if v < 8 || v == maxMatch-3 {
		return 0
	}
	return uint(bits.Len(uint(v)) - 3)
}

// distanceCode is the symbol of how far back a run starts, less 1.
func distanceCode(v int) int {
	if v < 4 {
		return v
	}
	extra := bits.Len(uint(v)) - 2
	return 2*extra + v>>extra
}

// bits appends the n lowest bits of v.
func (z *packer) bits(v uint64, n uint) {
	z.acc |= v << z.n
	for z.n += n; z.n >= 8; z.n -= 8 {
		z.out = append(z.out, byte(z.acc))
		z.acc >>= 8
	}
}

// write writes the tokens as one block.
func (z *packer) write(last bool) {
	z.lits.build(15)
	z.dists.build(15)
	z.header(last)
	acc, n, out := z.acc, z.n, z.out
	for _, t := range z.tokens {
		if t&matched == 0 {
			c := z.lits.codes[t]
			acc |= uint64(c.bits) << n
			n += uint(c.length)
		} else {
			length, back := int(t>>16&0xff), int(t&(maxBack-1))
			c := z.lits.codes[lengthCode(length)]
			acc |= uint64(c.bits) << n
			n += uint(c.length)
			e := lengthBits(length)
			acc |= uint64(length&(1<<e-1)) << n
			n += e
			c = z.dists.codes[distanceCode(back)]
			acc |= uint64(c.bits) << n // 20 bits at most so far, and 7 that were left
			n += uint(c.length)
			if back >= 4 {
				e := uint(bits.Len(uint(back)) - 2)
				acc |= uint64(back&(1<<e-1)) << n
				n += e
			}
		}
		for n >= 8 {
			out = append(out, byte(acc))
			acc >>= 8
			n -= 8
		}
	}
	z.acc, z.n, z.out = acc, n, out
	end := z.lits.codes[endOfBlock]
	z.bits(uint64(end.bits), uint(end.length))
}

// lengthOrder is the order in which the lengths of the code for lengths are written.
var lengthOrder = [19]int{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}

// plainCode is always the same: four bits for what comes often, five for six others.
func plainCode() code {
	var c code
	c.init(len(lengthOrder))
	for s := range c.codes {
		c.codes[s].length = 4
		switch s {
		case 1, 2, 3, 14, 15, 16:
			c.codes[s].length = 5
		}
	}
	c.assign()
	return c
}

// header says what the codes are.
func (z *packer) header(last bool) {
	kind := uint64(2) << 1 // a block with codes of its own
	if last {
		kind |= 1
	}
	z.bits(kind, 3)
	z.bits(286-257, 5)
	z.bits(30-1, 5)
	z.bits(19-4, 4)
	for _, s := range lengthOrder {
		z.bits(uint64(z.plain.codes[s].length), 3)
	}
	put := func(s int) { z.bits(uint64(z.plain.codes[s].bits), uint(z.plain.codes[s].length)) }
	for _, c := range []*code{&z.lits, &z.dists} {
		for i := 0; i < len(c.codes); {
			length := c.codes[i].length
			run := 1
			for length == 0 && run < 138 && i+run < len(c.codes) && c.codes[i+run].length == 0 {
				run++
			}
			switch {
			case run >= 11:
				put(18)
				z.bits(uint64(run-11), 7)
			case run >= 3:
				put(17)
				z.bits(uint64(run-3), 3)
			default:
				run = 1
				put(int(length))
			}
			i += run
		}
	}
}

// code is a Huffman code: how often each symbol comes, and what it is written as.
type code struct {
	count []uint32
	codes []symbol
	order []uint64 // of the symbols that come: count and symbol
	nodes []node
}

type symbol struct {
	bits   uint16 // the first to write lowest
	length uint8
}

type node struct {
	weight      uint32
	left, right int32 // below 0: leaf ^i of the order
}

func (c *code) init(n int) { c.count, c.codes = make([]uint32, n), make([]symbol, n) }

func (c *code) clear() { clear(c.count) }

// build makes the code, with no symbol longer than limit.
func (c *code) build(limit int) {
	clear(c.codes)
	c.order = c.order[:0]
	for s, n := range c.count {
		if n > 0 {
			c.order = append(c.order, uint64(n)<<16|uint64(s))
		}
	}
	if len(c.order) < 2 { // readers want a whole code
		for s := 0; len(c.order) < 2; s++ {
			if c.count[s] == 0 {
				c.order = append(c.order, 1<<16|uint64(s))
			}
		}
	}
	slices.Sort(c.order)
	// two queues, both in order: leaves not taken yet, and pairs
	c.nodes = c.nodes[:0]
	leaf, pair := 0, 0
	next := func() (ref int32, weight uint32) {
		if leaf < len(c.order) && (pair >= len(c.nodes) || uint32(c.order[leaf]>>16) <= c.nodes[pair].weight) {
			leaf++
			return ^int32(leaf - 1), uint32(c.order[leaf-1] >> 16)
		}
		pair++
		return int32(pair - 1), c.nodes[pair-1].weight
	}
	for range len(c.order) - 1 {
		a, aw := next()
		b, bw := next()
		c.nodes = append(c.nodes, node{aw + bw, a, b})
	}
	var count [64]int // how many symbols have each length
	c.measure(int32(len(c.nodes)-1), 0, &count)
	// what is too long is shortened at the cost of others
	for l := len(count) - 1; l > limit; l-- {
		for count[l] > 0 {
			j := l - 2
			for count[j] == 0 {
				j--
			}
			count[l] -= 2
			count[l-1]++
			count[j+1] += 2
			count[j]--
		}
	}
	// the rarest are the longest
	i := 0
	for l := len(count) - 1; l > 0; l-- {
		for range count[l] {
			c.codes[c.order[i]&0xffff].length = uint8(l)
			i++
		}
	}
	c.assign()
}

func (c *code) measure(n int32, depth int, count *[64]int) {
	if n < 0 {
		count[depth]++
		return
	}
	c.measure(c.nodes[n].left, depth+1, count)
	c.measure(c.nodes[n].right, depth+1, count)
}

// assign gives the symbols their bits, by their lengths.
func (c *code) assign() {
	var count, first [16]uint16
	for _, s := range c.codes {
		if s.length > 0 {
			count[s.length]++
		}
	}
	next := uint16(0)
	for l := 1; l < len(first); l++ {
		next = (next + count[l-1]) << 1
		first[l] = next
	}
	for i := range c.codes {
		if s := &c.codes[i]; s.length > 0 {
			s.bits = bits.Reverse16(first[s.length]) >> (16 - s.length)
			first[s.length]++
		}
	}
}
