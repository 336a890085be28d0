package piece

import (
	"slices"

	"vitrine/internal/diag"
	"vitrine/internal/ident"
	"vitrine/internal/layout"
	"vitrine/internal/load"
)

// style is how a text is set. The zero values are filled in by base.
type style struct {
	family   string
	weight   int
	italic   bool
	upper    bool
	lining   bool
	color    *expr
	text     layout.TextStyle
	balanced bool // said in the template; else by the alignment
	hasBal   bool
}

func base() *style {
	return &style{family: "text", weight: 400, text: layout.TextStyle{Size: layout.PT(10), Leading: 1200}}
}

// readStyles reads the named styles of a template. One may build on another that stands before it in
// alphabetical order or not at all: `use` is followed by name.
func (r *reader) readStyles(t *load.Table) {
	names := t.Keys()
	slices.Sort(names)
	open := map[string]bool{}
	var read func(name string) *style
	read = func(name string) *style {
		if s, ok := r.styles[name]; ok {
			return s
		}
		table, ok := t.Table(name)
		if !ok || open[name] {
			return nil
		}
		open[name] = true
		sr := r.parser.read(table)
		start := base()
		if table.Has("use") {
			if used := read(sr.str("use")); used != nil {
				copied := *used
				start = &copied
			} else {
				sr.unknownStyle("use", names)
			}
		}
		sr.styleKeys(start)
		sr.done()
		for i := len(r.parser.over) - 1; i >= 0; i-- { // who builds on this template may say some keys otherwise
			if above, ok := r.parser.over[i].Table(name); ok {
				ar := r.parser.read(above)
				if above.Has("use") {
					if used := read(ar.str("use")); used != nil {
						*start = *used
					} else {
						ar.unknownStyle("use", names)
					}
				}
				ar.styleKeys(start)
				ar.done()
			}
		}
		r.styles[name] = start
		return start
	}
	for _, name := range names {
		if _, ok := t.Table(name); !ok {
			r.bad(diag.New(diag.WrongType, t.Span(name), "key", name, "want", "a-table"))
			continue
		}
		read(name)
	}
}

func (r *reader) unknownStyle(key string, names []string) {
	name, _ := r.table.String(key)
	d := diag.New(diag.UnknownRef, r.table.Span(key), "kind", "style", "id", name)
	if near, ok := ident.Nearest(name, names); ok {
		d = d.WithHint("did-you-mean", "word", near)
	}
	r.bad(d)
}

// style reads a box's style: the name of one, or a table, which may build on one with `use`.
func (r *reader) style(key string) *style {
	s := base()
	if !r.has(key) {
		return s
	}
	var names []string
	for n := range r.styles {
		names = append(names, n)
	}
	if name, ok := r.table.String(key); ok {
		if named := r.styles[name]; named != nil {
			return named
		}
		r.unknownStyle(key, names)
		return s
	}
	t, ok := r.table.Table(key)
	if !ok {
		r.wrong(key, "a-table")
		return s
	}
	sr := r.parser.read(t)
	if t.Has("use") {
		if named := r.styles[sr.str("use")]; named != nil {
			copied := *named
			s = &copied
		} else {
			sr.unknownStyle("use", names)
		}
	}
	sr.styleKeys(s)
	sr.done()
	return s
}

func (r *reader) styleKeys(s *style) {
	if r.has("use") {
		r.str("use")
	}
	if r.has("font") {
		s.family = r.str("font")
	}
	s.weight = r.integer("weight", s.weight, 100, 900)
	s.italic = r.boolean("italic", s.italic)
	size := s.text.Size
	s.text.Size = r.pt("size", size.PT(), 1, 2000)
	s.text.MinSize = r.pt("min_size", s.text.MinSize.PT(), 0, 2000)
	s.text.Lines = r.integer("lines", s.text.Lines, 0, 200)
	s.text.Leading = int(r.number("leading", float64(s.text.Leading)/1000, 0.5, 4)*1000 + 0.5)
	s.text.Tracking = r.integer("tracking", s.text.Tracking, -200, 1000)
	if r.has("align") {
		s.text.Align = layout.Align(r.choice("align", "left", "center", "right", "justify"))
	}
	if r.has("valign") {
		s.text.VAlign = layout.VAlign(r.choice("valign", "top", "middle", "bottom"))
	}
	if r.has("case") {
		s.upper = r.choice("case", "none", "upper") == 1
	}
	if r.has("figures") {
		s.lining = r.choice("figures", "default", "lining") == 1
	}
	if r.has("balance") {
		s.balanced, s.hasBal = r.boolean("balance", false), true
	}
	if r.has("color") {
		s.color = r.expr("color")
	}
	s.text.Balance = s.balanced
	if !s.hasBal {
		s.text.Balance = s.text.Align == layout.Center || s.text.Lines > 0 && s.text.Lines <= 3
	}
}
