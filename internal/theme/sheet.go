package theme

import (
	"fmt"
	"slices"
	"strings"

	"vitrine/internal/model"
)

// The style sheet of pages is one file, whatever layers it comes from.
const (
	// Sheet is the style sheet, below a theme's folder.
	Sheet = "assets/site.css"
	// OwnSheet is what a theme adds to it; it is no file of its own in the site.
	OwnSheet = "assets/theme.css"
)

// weights are the names that theme.toml gives to styles of fonts, in CSS.
var weights = map[string]string{"regular": "400", "italic": "400", "semibold": "600", "bold": "700"}

// StyleSheet is what pages ask for: the theme's sheet, then the colours and the fonts that theme.toml states over the
// default theme's, then what assets/theme.css adds, without its comments.
func (t *Theme) StyleSheet() ([]byte, error) {
	css, err := t.Tree.Read(t.File(Sheet))
	if err != nil {
		return nil, err
	}
	var out strings.Builder
	if t.mine != nil && t.mine.Exists(t.File(Sheet)) {
		css = []byte(uncomment(string(css)) + "\n")
	}
	out.Write(css)
	t.writeFaces(&out)
	if len(t.restated) > 0 {
		stated := map[string]model.Color{}
		for _, token := range t.restated {
			stated[token] = t.Colors[token]
		}
		WriteRules(&out, t.Colors, []Rule{{":root", stated}})
	}
	if t.Tree.Exists(t.File(OwnSheet)) {
		own, err := t.Tree.Read(t.File(OwnSheet))
		if err != nil {
			return nil, err
		}
		if rules := uncomment(string(own)); rules != "" {
			out.WriteString(rules + "\n")
		}
	}
	return []byte(out.String()), nil
}

// writeFaces declares the fonts of pages that theme.toml states over the default theme's, and has the families that
// pages use, --title and --text, begin with them. A letter that a title's font lacks is looked for in the text's.
func (t *Theme) writeFaces(out *strings.Builder) {
	var families []string
	for _, f := range t.faces {
		slant := "normal"
		if f.Style == "italic" {
			slant = "italic"
		}
		fmt.Fprintf(out, "@font-face{font-family:own-%s;font-weight:%s;font-style:%s;src:url(%q) format(\"woff2\");font-display:swap}\n",
			f.Name, weights[f.Style], slant, strings.TrimPrefix(f.Screen, t.File("assets/")))
		if !slices.Contains(families, f.Name) {
			families = append(families, f.Name)
		}
	}
	for _, name := range families {
		rest := `"Segoe UI",Roboto,Arial,sans-serif`
		if name == "title" {
			rest = "var(--text)"
		}
		fmt.Fprintf(out, ":root{--%s:own-%s,%s}\n", name, name, rest)
	}
}

// Early are the fonts that nearly every page needs, below the theme's folder: the regular ones of titles and of text.
func (t *Theme) Early() []string {
	var out []string
	for _, family := range []string{"title", "text"} {
		if f := t.early[family]; f != "" && !slices.Contains(out, f) {
			out = append(out, f)
		}
	}
	return out
}

// uncomment drops the comments of a style sheet, and the blank lines that they leave.
func uncomment(css string) string {
	var out strings.Builder
	for i := 0; i < len(css); {
		switch c := css[i]; {
		case c == '"' || c == '\'':
			end := i + 1
			for end < len(css) && css[end] != c {
				if css[end] == '\\' {
					end++
				}
				end++
			}
			end = min(end+1, len(css))
			out.WriteString(css[i:end])
			i = end
		case strings.HasPrefix(css[i:], "/*"):
			end := strings.Index(css[i+2:], "*/")
			if end < 0 {
				return tidy(out.String()) // as browsers read it
			}
			i += end + 4
		case strings.HasPrefix(css[i:], "url("): // an address may hold /*
			end := strings.IndexAny(css[i:], ")\"'")
			if end < 0 {
				end = len(css) - i
			}
			out.WriteString(css[i : i+end])
			i += end
		default:
			out.WriteByte(c)
			i++
		}
	}
	return tidy(out.String())
}

func tidy(css string) string {
	var lines []string
	for line := range strings.SplitSeq(css, "\n") {
		if line = strings.TrimRight(line, " \t\r"); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}
