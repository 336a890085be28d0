package theme

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"vitrine/internal/diag"
	"vitrine/internal/ident"
	"vitrine/internal/load"
	"vitrine/internal/source"
)

// DefaultCondition is the printing condition of a site that names none.
const DefaultCondition = "coated"

// Condition is what a printing house prints on, and how: press files name it, carry its profile, and
// keep to its limit of ink.
type Condition struct {
	ID         string
	Title      string // for people
	Identifier string // its name in the registry: « FOGRA39 »
	Info       string // the same, longer
	Registry   string // who keeps the list of names: an address
	InkLimit   int    // how much ink one spot may bear, the sum of the four plates in percent
	Profile    []byte // ICC profile of a CMYK output device
}

// conditionKeys are those of a file that describes one.
var conditionKeys = []string{"condition", "info", "ink_limit", "profile", "registry", "source", "title"}

var conditionID = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// Condition reads the printing condition of a name: the site's own, data/press/ID.toml, else the theme's.
// Without a name it is the theme's « coated ». at is where the site asks for it. The condition is nil when
// the list has errors.
func (t *Theme) Condition(site *source.Tree, id string, at diag.Span) (*Condition, diag.List) {
	if id == "" {
		id = DefaultCondition
	}
	tree, file := site, "data/press/"+id+".toml"
	if !conditionID.MatchString(id) {
		return nil, t.unknownCondition(site, id, at)
	}
	if !tree.Exists(file) {
		tree, file = t.Tree, t.File("press/"+id+".toml")
	}
	if !tree.Exists(file) {
		return nil, t.unknownCondition(site, id, at)
	}
	root, list := load.TOML(tree, file)
	if root == nil {
		return nil, list
	}
	list = append(list, unknownKeys(root, conditionKeys)...)
	c := &Condition{ID: id}
	var profile string
	for _, text := range []struct {
		key string
		out *string
	}{{"title", &c.Title}, {"condition", &c.Identifier}, {"info", &c.Info}, {"registry", &c.Registry}, {"profile", &profile}} {
		v, ok := root.String(text.key)
		switch {
		case ok && v != "":
			*text.out = v
		case root.Has(text.key) && !ok:
			list = append(list, diag.New(diag.WrongType, root.Span(text.key), "key", text.key, "want", "a-string"))
		case text.key != "info" && text.key != "registry":
			list = append(list, diag.New(diag.MissingKey, root.Span(text.key), "key", text.key))
		}
	}
	switch limit, ok := root.Number("ink_limit"); {
	case !root.Has("ink_limit"):
		list = append(list, diag.New(diag.MissingKey, root.Span("ink_limit"), "key", "ink_limit"))
	case !ok:
		list = append(list, diag.New(diag.WrongType, root.Span("ink_limit"), "key", "ink_limit", "want", "a-number"))
	case limit < 100 || limit > 400:
		list = append(list, diag.New(diag.BadNumber, root.Span("ink_limit"), "key", "ink_limit", "value", strconv.FormatFloat(limit, 'f', -1, 64)))
	default:
		c.InkLimit = int(limit)
	}
	if profile != "" {
		list = append(list, c.readProfile(tree, site, file, profile, root.Span("profile"))...)
	}
	if list.Errors() > 0 {
		return nil, list
	}
	return c, list
}

// readProfile looks for a profile beside the file that names it, and in the site's data/files/.
func (c *Condition) readProfile(tree, site *source.Tree, file, name string, at diag.Span) diag.List {
	beside := strings.TrimSuffix(file, c.ID+".toml") + name
	switch {
	case strings.Contains("/"+name+"/", "/../") || strings.HasPrefix(name, "/"):
		return diag.List{diag.New(diag.UnsafePath, at, "path", name)}
	case tree.Exists(beside):
	case site.Exists("data/files/" + name):
		tree, beside = site, "data/files/"+name
	default:
		return diag.List{diag.New(diag.MissingFile, at, "file", name)}
	}
	data, err := tree.Read(beside)
	if err != nil {
		return diag.List{diag.New(diag.Unreadable, at, "reason", err.Error())}
	}
	if reason := notOutput(data); reason != "" {
		return diag.List{diag.New(diag.BadProfile, at, "file", name, "reason", reason)}
	}
	c.Profile = data
	return nil
}

// notOutput says why a file is no ICC profile of a CMYK output device; empty when it is one. PDF/X takes
// no others, and none later than version 4.
func notOutput(data []byte) string {
	switch {
	case len(data) < 132 || string(data[36:40]) != "acsp":
		return "not-icc"
	case int64(data[0])<<24|int64(data[1])<<16|int64(data[2])<<8|int64(data[3]) != int64(len(data)):
		return "truncated"
	case string(data[12:16]) != "prtr" || string(data[16:20]) != "CMYK":
		return "not-cmyk-output"
	case data[8] > 4:
		return "icc-version"
	}
	return ""
}

// unknownCondition says that there is no condition of that name, and which there are.
func (t *Theme) unknownCondition(site *source.Tree, id string, at diag.Span) diag.List {
	return diag.List{Nearest(diag.New(diag.UnknownCondition, at, "id", id), id, t.Known(site, "press"))}
}

// Known are the ids of what may be described in a folder of the site's data or of the theme: press, sheets,
// pieces.
func (t *Theme) Known(site *source.Tree, folder string) []string {
	var known []string
	for _, from := range []struct {
		tree *source.Tree
		dir  string
	}{{site, "data/" + folder}, {t.Tree, t.File(folder)}} {
		names, _ := from.tree.Files(from.dir) // a site need not have one
		for _, n := range names {
			if stem, ok := strings.CutSuffix(n, ".toml"); ok && !slices.Contains(known, stem) {
				known = append(known, stem)
			}
		}
	}
	return known
}

// Nearest adds to a diagnostic what may have been meant by an unknown id, or all there is.
func Nearest(d diag.Diagnostic, id string, known []string) diag.Diagnostic {
	if near, ok := ident.Nearest(id, known); ok {
		return d.WithHint("did-you-mean", "word", near)
	}
	return d.WithHint("existing", "list", strings.Join(known, ", "))
}
