package model

import (
	"fmt"
	"math"
	"strconv"
)

// Formula is an expression over figures: numbers, {names}, + - * / and parentheses. It
// was read by ParseFormula.
type Formula struct {
	root  node
	names []Name
}

// Name is a value that a formula asks for, and where it stands in its text, in bytes: the
// id of a measure, or « count:award ».
type Name struct {
	Text       string
	Start, End int
}

// Names lists what the formula asks for, in the order of the text.
func (f *Formula) Names() []Name { return f.names }

// FormulaError is why a text is no formula, and where in it, in bytes. Reason is the key of
// a phrase.
type FormulaError struct {
	Reason     string
	Start, End int
}

func (e *FormulaError) Error() string { return fmt.Sprintf("%s at %d", e.Reason, e.Start) }

// What may be nested, and how long a formula may be, is bounded: no hand writes more.
const (
	deepest = 100
	longest = 4_000
)

// ParseFormula reads a formula.
func ParseFormula(text string) (*Formula, *FormulaError) {
	if len(text) > longest {
		return nil, &FormulaError{"formula-long", 0, len(text)}
	}
	p := &formulaReader{text: text, f: &Formula{}}
	p.f.root = p.sum(0)
	p.space()
	if p.err == nil && p.at < len(text) {
		p.fail("formula-sign", p.at, p.at+p.width())
	}
	if p.err != nil {
		return nil, p.err
	}
	return p.f, nil
}

type formulaReader struct {
	text string
	at   int
	f    *Formula
	err  *FormulaError
}

func (p *formulaReader) fail(reason string, start, end int) node {
	if p.err == nil {
		p.err = &FormulaError{reason, min(start, len(p.text)), min(max(end, start), len(p.text))}
	}
	return number(0)
}

// width is how many bytes the character here takes.
func (p *formulaReader) width() int {
	for i := range p.text[p.at:] {
		if i > 0 {
			return i
		}
	}
	return len(p.text) - p.at
}

func (p *formulaReader) space() {
	for p.at < len(p.text) && (p.text[p.at] == ' ' || p.text[p.at] == '\t' || p.text[p.at] == '\n' || p.text[p.at] == '\r') {
		p.at++
	}
}

func (p *formulaReader) sign(any string) byte {
	p.space()
	if p.err == nil && p.at < len(p.text) {
		for i := range len(any) {
			if p.text[p.at] == any[i] {
				p.at++
				return any[i]
			}
		}
	}
	return 0
}

func (p *formulaReader) sum(depth int) node {
	left := p.product(depth)
	for {
		op := p.sign("+-")
		if op == 0 {
			return left
		}
		left = binary{op, left, p.product(depth)}
	}
}

func (p *formulaReader) product(depth int) node {
	left := p.factor(depth)
	for {
		op := p.sign("*/")
		if op == 0 {
			return left
		}
		left = binary{op, left, p.factor(depth)}
	}
}

func (p *formulaReader) factor(depth int) node {
	p.space()
	switch {
	case p.err != nil:
		return number(0)
	case depth > deepest:
		return p.fail("formula-long", p.at, p.at+1)
	case p.at >= len(p.text):
		return p.fail("formula-end", max(0, len(p.text)-1), len(p.text))
	}
	start := p.at
	switch c := p.text[p.at]; {
	case c == '-':
		p.at++
		return binary{'-', number(0), p.factor(depth + 1)}
	case c == '(':
		p.at++
		inner := p.sum(depth + 1)
		if p.sign(")") == 0 {
			return p.fail("formula-parenthesis", start, start+1)
		}
		return inner
	case c == '{':
		return p.name()
	case c >= '0' && c <= '9' || c == '.':
		for p.at < len(p.text) && (p.text[p.at] >= '0' && p.text[p.at] <= '9' || p.text[p.at] == '.') {
			p.at++
		}
		v, err := strconv.ParseFloat(p.text[start:p.at], 64)
		if err != nil || math.IsInf(v, 0) {
			return p.fail("formula-number", start, p.at)
		}
		return number(v)
	}
	return p.fail("formula-sign", start, start+p.width())
}

func (p *formulaReader) name() node {
	start := p.at
	for p.at < len(p.text) && p.text[p.at] != '}' {
		p.at++
	}
	if p.at == len(p.text) {
		return p.fail("formula-brace", start, start+1)
	}
	n := Name{Text: p.text[start+1 : p.at], Start: start + 1, End: p.at}
	p.at++
	if n.Text == "" {
		return p.fail("formula-brace", start, p.at)
	}
	p.f.names = append(p.f.names, n)
	return reference(n.Text)
}

// node is a part of a formula.
type node interface {
	value(of func(name string) (float64, bool)) (float64, bool)
}

type (
	number    float64
	reference string
	binary    struct {
		op          byte
		left, right node
	}
)

func (n number) value(func(string) (float64, bool)) (float64, bool) { return float64(n), true }

func (n reference) value(of func(string) (float64, bool)) (float64, bool) { return of(string(n)) }

func (n binary) value(of func(string) (float64, bool)) (float64, bool) {
	a, ok := n.left.value(of)
	b, ok2 := n.right.value(of)
	if !ok || !ok2 {
		return 0, false
	}
	switch n.op {
	case '+':
		a += b
	case '-':
		a -= b
	case '*':
		a *= b
	case '/':
		a /= b
	}
	return a, true
}

// Value works the formula out; of gives the value of each name. ok is false where a name
// has none; a division by zero gives an infinity or no number.
func (f *Formula) Value(of func(name string) (float64, bool)) (v float64, ok bool) {
	return f.root.value(of)
}
