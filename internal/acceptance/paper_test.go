package acceptance

import (
	"encoding/xml"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"vitrine/internal/model"
	"vitrine/internal/plan"
)

// labelled is how many hold an award of the last edition: 31 renewed and 30 new.
const labelled = 61

// TestCounts compares the lists of the sites with the pieces: as many of each, or someone
// goes without.
func TestCounts(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		for _, g := range s.plan.Site.Programmes {
			section := s.plan.Sections[g]
			if len(section.Listed) == 0 {
				continue
			}
			if listed := linked(t, s, section); listed != len(section.Listed) {
				t.Errorf("%s: the directory shows %d of %d", g.ID, listed, len(section.Listed))
			}
			if !g.HasAwards() {
				continue
			}
			var holders int
			for _, x := range section.Listed {
				if model.AwardIn(x, section.Current) != nil {
					holders++
				}
			}
			for _, p := range s.plan.Pieces {
				if p.Programme != g || p.Use.For != "award" || !pressed(p) || len(p.Use.Where) > 0 {
					continue
				}
				made := len(files(t, filepath.Join(s.kit, g.ID, p.Use.ID), ".pdf"))
				t.Logf("| %s | %d in the directory | %d of the edition | %d × %s |", g.ID, len(section.Listed), holders, made, p.Use.ID)
				if made != holders || made != len(p.Subjects) {
					t.Errorf("%s: %d files of %s for %d holders", g.ID, made, p.Use.ID, holders)
				}
			}
			if s.name == own && g.ID == "eco-defis" && (len(section.Listed) != labelled || holders != labelled) {
				t.Errorf("%d listed and %d holders, not %d", len(section.Listed), holders, labelled)
			}
		}
	})
}

// linked counts the different participants that the pages of a directory link to.
func linked(t *testing.T, s *site, section *plan.Section) int {
	t.Helper()
	card := regexp.MustCompile(`href="` + regexp.QuoteMeta(section.Directory()) + `([a-z0-9-]+)/"`)
	addresses := map[string]bool{}
	for _, x := range section.Listed {
		addresses[x.ID] = true
	}
	seen := map[string]bool{}
	for _, p := range s.plan.Pages {
		if p.Programme != section.Programme || p.Kind != "directory" || p.Listing.Filter != nil {
			continue
		}
		html, err := os.ReadFile(filepath.Join(s.public, filepath.FromSlash(p.File())))
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range card.FindAllStringSubmatch(string(html), -1) {
			if addresses[m[1]] {
				seen[m[1]] = true
			}
		}
	}
	return len(seen)
}

// press is the file of all subjects of a piece.
func (s *site) press(p *plan.Piece) string {
	return filepath.Join(s.kit, filepath.FromSlash(p.Dir())+".pdf")
}

// pressed reports whether a piece is made for a printing house.
func pressed(p *plan.Piece) bool { return p.Use.Profile != "office" }

// forPress are the pieces that are.
func (s *site) forPress() []*plan.Piece {
	return slices.DeleteFunc(slices.Clone(s.plan.Pieces), func(p *plan.Piece) bool { return !pressed(p) })
}

// TestBoxes holds every press file to its page count, its trim size and its bleed; and
// the files on the site, for office printers, to a page without any.
func TestBoxes(t *testing.T) {
	pdfinfo := tool(t, "pdfinfo")
	each(t, func(t *testing.T, s *site) {
		for _, p := range s.forPress() {
			f := formatOf(t, s, p)
			pages := boxes(t, pdfinfo, s.press(p))
			if said := f.wrong(len(pages), len(p.Subjects)); said != "" {
				t.Errorf("%s: %s", p.Dir(), said)
			}
			for i, b := range pages {
				for _, problem := range f.problems(b) {
					t.Errorf("%s page %d: %s", p.Dir(), i+1, problem)
				}
			}
			t.Logf("| %s | %d pages | %g × %g mm |", p.Dir(), len(pages), f.w, f.h)
			if p.Single() {
				continue
			}
			for _, file := range files(t, strings.TrimSuffix(s.press(p), ".pdf"), ".pdf") {
				one := boxes(t, pdfinfo, file)
				if said := f.wrong(len(one), 1); said != "" {
					t.Errorf("%s: %s", file, said)
				}
				for _, b := range one {
					for _, problem := range f.problems(b) {
						t.Errorf("%s: %s", file, problem)
					}
				}
			}
		}
		for _, file := range s.published(t) {
			for i, b := range boxes(t, pdfinfo, file) {
				if b["MediaBox"] != b["TrimBox"] {
					t.Errorf("%s page %d: an office file with a bleed: %v in %v", file, i+1, b["TrimBox"], b["MediaBox"])
				}
			}
		}
	})
}

// published are the pieces on the site.
func (s *site) published(t *testing.T) []string {
	t.Helper()
	dir := filepath.Join(s.public, "kit")
	if _, err := os.Stat(dir); os.IsNotExist(err) {
		return nil
	}
	return files(t, dir, ".pdf")
}

// rectangle is x0, y0, x1, y1 in points.
type rectangle [4]float64

func (outer rectangle) contains(r rectangle) bool {
	const e = 0.02
	return outer[0] <= r[0]+e && outer[1] <= r[1]+e && outer[2] >= r[2]-e && outer[3] >= r[3]-e
}

const point = 25.4 / 72 // in millimetres

// problems are those of the boxes of a press page.
func (f format) problems(b map[string]rectangle) (out []string) {
	media, bled, trim := b["MediaBox"], b["BleedBox"], b["TrimBox"]
	if !media.contains(bled) {
		out = append(out, fmt.Sprintf("MediaBox %v does not contain BleedBox %v", media, bled))
	}
	near := func(a, b float64) bool { return math.Abs(a-b) < 0.01 }
	if tw, th := (trim[2]-trim[0])*point, (trim[3]-trim[1])*point; !near(tw, f.w) || !near(th, f.h) {
		out = append(out, fmt.Sprintf("trimmed to %.3f × %.3f mm, not %g × %g", tw, th, f.w, f.h))
	}
	for i, sign := range []float64{1, 1, -1, -1} {
		if d := sign * (trim[i] - bled[i]) * point; !near(d, f.bleed) {
			out = append(out, fmt.Sprintf("a bleed of %.3f mm on side %d, not %g", d, i+1, f.bleed))
		}
	}
	return out
}

var boxLine = regexp.MustCompile(`^Page +(\d+) (\w+Box): +(\S+) +(\S+) +(\S+) +(\S+)$`)

// boxes are the boxes of every page.
func boxes(t *testing.T, pdfinfo, file string) []map[string]rectangle {
	t.Helper()
	var pages []map[string]rectangle
	for line := range strings.SplitSeq(run(t, pdfinfo, "-box", "-f", "1", "-l", "9999", file), "\n") {
		m := boxLine.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		n, _ := strconv.Atoi(m[1])
		for len(pages) < n {
			pages = append(pages, map[string]rectangle{})
		}
		var r rectangle
		for i := range r {
			v, err := strconv.ParseFloat(m[3+i], 64)
			if err != nil {
				t.Fatal(err)
			}
			r[i] = v
		}
		pages[n-1][m[2]] = r
	}
	if len(pages) == 0 {
		t.Errorf("%s: no page box was read", file)
	}
	return pages
}

// TestFonts wants every font of every piece embedded, subset and searchable.
func TestFonts(t *testing.T) {
	pdffonts := tool(t, "pdffonts")
	good := regexp.MustCompile(`^[A-Z]{6}\+\S.* yes +yes +yes +\d+ +\d+$`)
	each(t, func(t *testing.T, s *site) {
		for _, file := range s.together(t) {
			lines := strings.Split(strings.TrimSpace(run(t, pdffonts, file)), "\n")
			if len(lines) < 3 {
				t.Errorf("%s: no font", file)
				continue
			}
			for _, line := range lines[2:] {
				if !good.MatchString(line) {
					t.Errorf("%s: not embedded, not subset or without ToUnicode: %s", file, line)
				}
			}
		}
	})
}

// together are the files that hold all subjects of a piece, in the kit and on the site.
func (s *site) together(t *testing.T) []string {
	t.Helper()
	out := s.published(t)
	for _, p := range s.forPress() {
		out = append(out, s.press(p))
	}
	return out
}

// TestPDFSyntax reads every file with qpdf, and wants no text nor line drawn in RGB in
// those for the press.
func TestPDFSyntax(t *testing.T) {
	qpdf := tool(t, "qpdf")
	rgb := regexp.MustCompile(`(?m)^(?:[-0-9. ]+ (?:rg|RG)|/DeviceRGB (?:cs|CS))$`)
	each(t, func(t *testing.T, s *site) {
		for _, file := range slices.Concat(files(t, s.kit, ".pdf"), s.published(t)) {
			if out, err := exec.Command(qpdf, "--check", file).CombinedOutput(); err != nil || strings.Contains(string(out), "WARNING") {
				t.Errorf("%s: %v\n%s", file, err, out)
			}
		}
		for _, p := range s.forPress() {
			plain := run(t, qpdf, "--qdf", "--object-streams=disable", s.press(p), "-")
			if !strings.Contains(plain, " k\n") {
				t.Errorf("%s: no CMYK colour: is the test looking at the page?", p.Dir())
			}
			if m := rgb.FindString(plain); m != "" {
				t.Errorf("%s: RGB in a press file: %.120q (%d times)", p.Dir(), m, len(rgb.FindAllString(plain, -1)))
			}
		}
	})
}

// TestNames finds every winner's name in the text of its own pages.
func TestNames(t *testing.T) {
	pdftotext := tool(t, "pdftotext")
	each(t, func(t *testing.T, s *site) {
		for _, p := range s.forPress() {
			f := formatOf(t, s, p)
			if p.Subjects[0].Participant == nil || f.flows {
				continue
			}
			pages := strings.Split(strings.TrimSuffix(run(t, pdftotext, s.press(p), "-"), "\f"), "\f")
			for i, sub := range p.Subjects {
				name := sub.Participant.PrintProfile(s.plan.Site).PrintName
				text := squash(strings.Join(pages[i*f.pages:(i+1)*f.pages], " "))
				if f.mirrored {
					// letters that are drawn as one are read as one, the right way round
					text = backwards(text) + " " + backwards(strings.NewReplacer("fi", "if", "fl", "lf").Replace(text))
				}
				if !spells(text, name, f.mirrored) {
					t.Errorf("%s, %s: « %s » is not in « %.200s »", p.Dir(), sub.ID, name, text)
				}
			}
		}
	})
}

// spells finds a name in a squashed text; word by word where lines follow each other the
// wrong way round.
func spells(text, name string, words bool) bool {
	if !words {
		return strings.Contains(text, squash(name))
	}
	for _, w := range strings.FieldsFunc(name, func(r rune) bool { return r == ' ' || r == '\u00a0' || r == '-' }) {
		if !strings.Contains(text, squash(w)) {
			return false
		}
	}
	return true
}

// backwards is what was read in a mirror.
func backwards(s string) string {
	r := []rune(s)
	slices.Reverse(r)
	return string(r)
}

// squash makes texts comparable wherever their lines were broken: pdftotext takes a hyphen
// at the end of a line for a broken word.
func squash(s string) string {
	return strings.ToLower(strings.Join(strings.Fields(strings.NewReplacer("\u00a0", " ", "\u202f", " ", "-", "").Replace(s)), ""))
}

// TestQRCodes renders every page of every piece that is made for someone, and wants its
// code to lead to that someone's page on the site.
func TestQRCodes(t *testing.T) {
	pdftoppm, zbarimg := tool(t, "pdftoppm"), tool(t, "zbarimg")
	each(t, func(t *testing.T, s *site) {
		for _, p := range s.forPress() {
			f := formatOf(t, s, p)
			if f.codes == 0 {
				continue
			}
			t.Run(p.Programme.ID+"/"+p.Use.ID, func(t *testing.T) {
				t.Parallel()
				found := decode(t, pdftoppm, zbarimg, s.press(p), f.mirrored)
				if p.Subjects[0].Participant == nil || f.flows || !f.own {
					if len(found) == 0 {
						t.Error("no code was read")
					}
					for page, codes := range found {
						for _, code := range codes {
							s.resolves(t, fmt.Sprintf("page %d", page), code)
						}
					}
					return
				}
				for i, sub := range p.Subjects {
					var codes []string
					for page := i*f.pages + 1; page <= (i+1)*f.pages; page++ {
						codes = append(codes, found[page]...)
					}
					want := s.plan.Site.BaseURL + s.plan.Verify(sub.Participant)
					if !slices.Equal(codes, []string{want}) {
						t.Errorf("%s: decoded %q, not %s", sub.ID, codes, want)
					}
					s.resolves(t, sub.ID, want)
				}
				t.Logf("| %s | %d codes decoded, each to its own page |", p.Dir(), len(p.Subjects))
			})
		}
	})
}

// resolves wants an address to be a page of the built site.
func (s *site) resolves(t *testing.T, who, address string) {
	t.Helper()
	p, ok := strings.CutPrefix(address, s.plan.Site.BaseURL)
	if ok {
		_, err := os.Stat(filepath.Join(s.public, filepath.FromSlash(p), "index.html"))
		ok = err == nil
	}
	if !ok {
		t.Errorf("%s: %s leads nowhere", who, address)
	}
}

// dpi is the resolution at which codes are read: a poor photograph's.
const dpi = 120

// decode reads the codes of every page, by page number.
func decode(t *testing.T, pdftoppm, zbarimg, file string, mirrored bool) map[int][]string {
	t.Helper()
	dir := t.TempDir()
	run(t, pdftoppm, "-r", strconv.Itoa(dpi), "-gray", file, filepath.Join(dir, "page"))
	if mirrored {
		for _, name := range files(t, dir, ".pgm") {
			throughGlass(t, name)
		}
	}
	var report struct {
		Sources []struct {
			Href    string   `xml:"href,attr"`
			Symbols []string `xml:"index>symbol>data"`
		} `xml:"source"`
	}
	args := []string{"--xml", "-q", "--set", "*.enable=0", "--set", "qrcode.enable=1"}
	out, err := exec.Command(zbarimg, append(args, files(t, dir, ".pgm")...)...).Output()
	// zbarimg ends with 4 when some picture held no code: the report says which.
	if e, ok := err.(*exec.ExitError); err != nil && (!ok || e.ExitCode() != 4) {
		t.Fatal(err)
	}
	if len(out) == 0 {
		return nil
	}
	if err := xml.Unmarshal(out, &report); err != nil {
		t.Fatal(err)
	}
	number := regexp.MustCompile(`-0*(\d+)\.pgm$`)
	found := map[int][]string{}
	for _, src := range report.Sources {
		m := number.FindStringSubmatch(src.Href)
		if m == nil {
			t.Fatalf("whose page is %s?", src.Href)
		}
		n, _ := strconv.Atoi(m[1])
		found[n] = append(found[n], src.Symbols...)
	}
	return found
}

// throughGlass turns a picture from left to right, as who looks through the window sees it.
func throughGlass(t *testing.T, name string) {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var w, h, most int
	if n, err := fmt.Sscanf(string(data[:min(len(data), 40)]), "P5\n%d %d\n%d\n", &w, &h, &most); n != 3 || err != nil || len(data) < w*h {
		t.Fatalf("%s is no picture: %v", name, err)
	}
	rows := data[len(data)-w*h:]
	for row := range slices.Chunk(rows, w) {
		slices.Reverse(row)
	}
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
}
