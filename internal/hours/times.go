package hours

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// spans reads 08:30-12:00,14:00-18:00+ . A comma that no time follows is left
// for the next rule.
func (p *parser) spans(r *Rule) *Error {
	p.space()
	if p.pos == len(p.s) || !isDigit(p.s[p.pos]) {
		return nil
	}
	first := p.pos
	for {
		start := p.pos
		sp, err := p.span()
		if err != nil {
			return err
		}
		r.Spans = append(r.Spans, sp)
		save := p.pos
		p.space()
		if !p.take(",") {
			p.pos = save
			break
		}
		p.space()
		if p.pos == len(p.s) || !isDigit(p.s[p.pos]) || p.year() {
			p.pos = save
			break
		}
		if sp.To == 0 {
			return p.since(start, BadSpan) // an open end is the end
		}
	}
	slices.SortStableFunc(r.Spans, func(a, b Span) int { return cmp.Compare(a.From, b.From) })
	for i := 1; i < len(r.Spans); i++ {
		if before := r.Spans[i-1]; before.To == 0 || before.To > r.Spans[i].From {
			return p.since(first, Overlap)
		}
	}
	if last := r.Spans[len(r.Spans)-1]; len(r.Spans) > 1 && last.To-dayMinutes > r.Spans[0].From {
		return p.since(first, Overlap)
	}
	return nil
}

func (p *parser) span() (Span, *Error) {
	start := p.pos
	from, err := p.time()
	if err != nil {
		return Span{}, err
	}
	if from >= dayMinutes {
		return Span{}, p.since(start, BadTime)
	}
	p.space()
	if p.take("+") {
		return Span{From: from, OpenEnd: true}, nil
	}
	if !p.take("-") {
		if r, _ := utf8.DecodeRuneInString(p.s[p.pos:]); r == '–' || r == '—' {
			return Span{}, p.unexpected()
		}
		return Span{}, p.since(start, BadSpan)
	}
	p.space()
	to, err := p.time()
	if err != nil {
		return Span{}, err
	}
	if to > dayMinutes {
		to -= dayMinutes // 26:00 and 02:00 are the same
		if to >= from {
			return Span{}, p.since(start, BadSpan)
		}
	}
	switch {
	case to == from:
		e := p.since(start, BadSpan)
		if to == 0 {
			e.Suggest = "00:00-24:00"
		}
		return Span{}, e
	case to < from:
		to += dayMinutes
	}
	return Span{From: from, To: to, OpenEnd: p.take("+")}, nil
}

// time reads 08:30 or 8:30, and guesses from 8h30 or 8.30.
func (p *parser) time() (int, *Error) {
	start := p.pos
	h, ok := p.number(2)
	if !ok {
		if p.peekWord() != "" {
			return 0, p.unknownWord()
		}
		return 0, p.badTime(start)
	}
	if !p.take(":") {
		return 0, p.badTime(start)
	}
	at := p.pos
	m, ok := p.number(2)
	if !ok || p.pos != at+2 || m > 59 || h > 48 || h == 48 && m > 0 {
		return 0, p.badTime(start)
	}
	return h*60 + m, nil
}

// badTime reports the whole word that should have been a time.
func (p *parser) badTime(start int) *Error {
	end := start
	for end < len(p.s) && strings.IndexByte(" ,;-+|/\"", p.s[end]) < 0 && p.s[end] < utf8.RuneSelf {
		end++
	}
	p.pos = max(end, p.pos)
	e := p.since(start, BadTime)
	var h, m int
	sign := strings.ToLower(strings.NewReplacer("h", ":", "H", ":", ".", ":").Replace(e.Found))
	if n, _ := fmt.Sscanf(sign, "%d:%d", &h, &m); n >= 1 && h >= 0 && h <= 24 && m >= 0 && m <= 59 {
		e.Suggest = fmt.Sprintf("%02d:%02d", h, m)
		if e.Suggest == e.Found {
			e.Suggest = ""
		}
	}
	return e
}

// year reports that a year stands here, not a time.
func (p *parser) year() bool {
	rest := p.s[p.pos:]
	return len(rest) > 4 && isDigit(rest[0]) && isDigit(rest[1]) && isDigit(rest[2]) && isDigit(rest[3]) && rest[4] == ' '
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
