package piece

// kind is one kind of box: its name in templates and the function that reads its keys.
type kind struct {
	name  string
	parse func(*reader) drawer
}

// kinds are all of them. To add one, write a drawer and the function that reads its keys, and name
// them here; docs/pieces.md lists the keys for those who write templates. (It is a function because
// lists hold boxes, which are looked up here.)
func kinds() []kind {
	return []kind{
		{"text", parseText},
		{"rich", parseRich},
		{"image", parseImage},
		{"qr", parseQR},
		{"rect", parseRect},
		{"ellipse", parseEllipse},
		{"line", parseLine},
		{"path", parsePath},
		{"list", parseList},
		{"table", parseTable},
		{"flow", parseFlow},
		{"sheet", parseSheet},
		{"chart", parseChart},
		{"cloud", parseCloud},
		{"map", parseMap},
	}
}
