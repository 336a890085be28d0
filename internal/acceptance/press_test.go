package acceptance

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/image/tiff"

	"vitrine/internal/plan"
)

// leastDPI is what photographs in press files have at their size.
const leastDPI = 300

// singles is how many of a piece's own files are looked at when not all are.
const singles = 2

// isPress tells whether the kit has a piece for a printing house.
func isPress(p *plan.Piece) bool { return p.Use.Profile != "office" }

// pressFiles are what goes to the printing house: of each piece the file of all, and some of the single
// ones; all of them with VITRINE_ALL=1.
func pressFiles(t *testing.T, s *site) []string {
	t.Helper()
	var out []string
	for _, p := range s.plan.Pieces {
		if !isPress(p) {
			continue
		}
		out = append(out, s.press(p))
		if p.Single() {
			continue
		}
		own := files(t, strings.TrimSuffix(s.press(p), ".pdf"), ".pdf")
		if len(own) != len(p.Subjects) {
			t.Errorf("%s: %d files for %d subjects", p.Dir(), len(own), len(p.Subjects))
		}
		if os.Getenv("VITRINE_ALL") != "1" && len(own) > singles {
			own = []string{own[0], own[len(own)-1]}
		}
		out = append(out, own...)
	}
	if len(out) == 0 {
		t.Fatal("the kit has no press file")
	}
	return out
}

// TestPressFiles holds the press files to PDF/X-4, as far as its readers can tell.
func TestPressFiles(t *testing.T) {
	for _, name := range []string{"pdfinfo", "pdffonts", "pdfimages", "qpdf", "gs"} {
		tool(t, name)
	}
	each(t, func(t *testing.T, s *site) {
		list := pressFiles(t, s)
		for _, file := range list {
			name, err := filepath.Rel(s.kit, file)
			if err != nil {
				t.Fatal(err)
			}
			t.Run(filepath.ToSlash(name), func(t *testing.T) {
				t.Parallel()
				for _, problem := range notPDFX(t, file) {
					t.Error(problem)
				}
			})
		}
		t.Logf("| %d press files | PDF/X-4 |", len(list))
	})
}

// TestPressCheckSees: the checks fail on files that are not for the press.
func TestPressCheckSees(t *testing.T) {
	for _, name := range []string{"pdfinfo", "pdffonts", "pdfimages", "qpdf", "gs"} {
		tool(t, name)
	}
	s := builtSite(t)
	office := files(t, filepath.Join(s.public, "kit"), ".pdf")
	if len(office) == 0 {
		t.Fatal("the site has no piece for the desk printer: the test looks at nothing")
	}
	said := strings.Join(notPDFX(t, office[0]), "\n")
	for _, want := range []string{"PDF/X-4", "output intent", "trapped", "screens"} {
		if !strings.Contains(said, want) {
			t.Errorf("an office file passes: nothing of %q in\n%s", want, said)
		}
	}
}

var (
	keyTrapped   = regexp.MustCompile(`/Trapped /(True|False)\b`)
	screenColour = regexp.MustCompile(`(?m)/DeviceRGB|/CalRGB|^[-0-9. ]+ (rg|RG)$`)
	forbidden    = regexp.MustCompile(`/(Annots|JavaScript|OpenAction|AA|Launch|EmbeddedFiles|AcroForm) |/LZWDecode|/TR2? |/HTP `)
	fontLine     = regexp.MustCompile(`^[A-Z]{6}\+\S.* yes +yes +yes +\d+ +\d+$`)
	dateOfInfo   = regexp.MustCompile(`/(CreationDate|ModDate) \(D:(\d{14})(Z|[+-]\d\d'\d\d'?)\)`)
	fileID       = regexp.MustCompile(`/ID \[ ?<([0-9a-f]{32})> ?<([0-9a-f]{32})>`)
)

// notPDFX says what keeps a file from being PDF/X-4.
func notPDFX(t *testing.T, file string) (problems []string) {
	t.Helper()
	bad := func(format string, args ...any) { problems = append(problems, fmt.Sprintf(format, args...)) }
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(data, []byte("%PDF-1.6")) && !bytes.HasPrefix(data, []byte("%PDF-1.7")) {
		bad("a header of %.8q", data)
	}
	if out, err := exec.Command("qpdf", "--check", file).CombinedOutput(); err != nil || bytes.Contains(out, []byte("WARNING")) {
		bad("qpdf: %v %s", err, out)
	}
	info := strings.Join(strings.Fields(run(t, "pdfinfo", file)), " ")
	if !strings.Contains(info, "PDF subtype: PDF/X-4") {
		bad("not PDF/X-4 to pdfinfo")
	}
	if !strings.Contains(info, "Encrypted: no") {
		bad("encrypted")
	}
	plain := run(t, "qpdf", "--qdf", "--object-streams=disable", file, "-")
	if n := strings.Count(plain, "/S /GTS_PDFX\n"); n != 1 || !strings.Contains(plain, "/DestOutputProfile ") || !strings.Contains(plain, "prtrCMYK") {
		bad("%d output intents, or one without its profile", n)
	}
	if !keyTrapped.MatchString(plain) {
		bad("nobody knows whether it is trapped")
	}
	if m := screenColour.FindString(plain); m != "" {
		bad("a colour of screens: %q", m)
	}
	if m := forbidden.FindString(plain); m != "" {
		bad("%q in a press file", m)
	}
	if !fileID.MatchString(run(t, "qpdf", "--show-object=trailer", file)) {
		bad("no ID")
	}
	problems = append(problems, packetProblems(t, file, plain)...)

	lines := strings.Split(strings.TrimSpace(run(t, "pdffonts", file)), "\n")
	for _, l := range lines[min(2, len(lines)):] {
		if !fontLine.MatchString(l) {
			bad("a font that is not embedded, not subset or without ToUnicode: %s", l)
		}
	}
	for i, b := range boxes(t, "pdfinfo", file) {
		media, bled, trim := b["MediaBox"], b["BleedBox"], b["TrimBox"]
		if !media.contains(bled) || !bled.contains(trim) || trim[2]-trim[0] < 1 {
			bad("page %d: boxes %v, %v, %v", i+1, media, bled, trim)
		}
	}
	pages := strings.Count(plain, "/Type /Page\n")
	for _, key := range []string{"/TrimBox ", "/BleedBox "} {
		if n := strings.Count(plain, key); n != pages {
			bad("%d pages with %s of %d", n, key, pages)
		}
	}
	problems = append(problems, coarse(t, file)...)
	if out, err := exec.Command("gs", "-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", "-sDEVICE=inkcov", "-o", "-", file).CombinedOutput(); err != nil || bytes.Contains(out, []byte("Error")) {
		bad("Ghostscript: %v %.300s", err, out)
	}
	return problems
}

// packetProblems reads the XMP packet and compares it with the information dictionary.
func packetProblems(t *testing.T, file, plain string) (problems []string) {
	t.Helper()
	packet := run(t, "pdfinfo", "-meta", file)
	said := map[string]string{}
	d := xml.NewDecoder(strings.NewReader(packet))
	var path []string
	for {
		token, err := d.Token()
		if err != nil {
			break
		}
		switch x := token.(type) {
		case xml.StartElement:
			path = append(path, x.Name.Local)
		case xml.EndElement:
			path = path[:len(path)-1]
		case xml.CharData:
			for _, name := range path {
				said[name] += strings.TrimSpace(string(x))
			}
		}
	}
	for _, key := range []string{"title", "CreateDate", "ModifyDate", "MetadataDate", "DocumentID", "VersionID", "RenditionClass", "Producer"} {
		if said[key] == "" {
			problems = append(problems, "the packet has no "+key)
		}
	}
	if said["GTS_PDFXVersion"] != "PDF/X-4" || said["Trapped"] != "False" {
		problems = append(problems, fmt.Sprintf("the packet says %q, trapped %q", said["GTS_PDFXVersion"], said["Trapped"]))
	}
	for _, m := range dateOfInfo.FindAllStringSubmatch(plain, -1) {
		of := map[string]string{"CreationDate": "CreateDate", "ModDate": "ModifyDate"}[m[1]]
		zone := strings.ReplaceAll(m[3], "'", "")
		a, err := time.Parse("20060102150405Z0700", m[2]+zone)
		b, err2 := time.Parse(time.RFC3339, said[of])
		if err != nil || err2 != nil || !a.Equal(b) {
			problems = append(problems, fmt.Sprintf("%s is %s%s, %s is %s", m[1], m[2], m[3], of, said[of]))
		}
	}
	return problems
}

// coarse lists the photographs with too few pixels for their size.
func coarse(t *testing.T, file string) (problems []string) {
	t.Helper()
	lines := strings.Split(run(t, "pdfimages", "-list", file), "\n")
	for _, l := range lines[min(2, len(lines)):] {
		f := strings.Fields(l)
		if len(f) < 14 || f[2] != "image" || f[7] == "1" {
			continue
		}
		for _, at := range f[12:14] {
			if dpi, err := strconv.Atoi(at); err != nil || dpi < leastDPI {
				problems = append(problems, fmt.Sprintf("page %s: a picture of %s dpi", f[0], at))
			}
		}
	}
	return problems
}

// plates has Ghostscript separate the first page of a file, at 72 dpi: by ink, the pixels; 0 is full of it.
func plates(t *testing.T, file string) map[string]*image.Gray {
	t.Helper()
	dir := t.TempDir()
	run(t, "gs", "-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", "-r72", "-dLastPage=1", "-sDEVICE=tiffsep", "-sOutputFile="+filepath.Join(dir, "x.tif"), file)
	names, err := filepath.Glob(filepath.Join(dir, "x*(*).tif"))
	if err != nil || len(names) < 4 {
		t.Fatal(names, err)
	}
	out := map[string]*image.Gray{}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		im, err := tiff.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		gray, ok := im.(*image.Gray)
		if !ok {
			t.Fatalf("%s: %T", name, im)
		}
		out[name[strings.LastIndexByte(name, '(')+1:len(name)-len(").tif")]] = gray
	}
	return out
}

// without is a file in which an operator stands for another of the same length.
func without(t *testing.T, file, operator, instead string) string {
	t.Helper()
	if len(operator) != len(instead) {
		t.Fatal("another length")
	}
	plain := run(t, "qpdf", "--qdf", "--object-streams=disable", file, "-")
	if !strings.Contains(plain, operator) {
		t.Fatalf("%s: there is no %q", file, operator)
	}
	out := filepath.Join(t.TempDir(), "x.pdf")
	if err := os.WriteFile(out, []byte(strings.ReplaceAll(plain, operator, instead)), 0o600); err != nil {
		t.Fatal(err)
	}
	return out
}

// differ tells whether two plates are not the same.
func differ(a, b *image.Gray) bool {
	if a == nil || b == nil {
		return a != b
	}
	return !bytes.Equal(a.Pix, b.Pix)
}

var fullBlack = regexp.MustCompile(`(?m)^(\S+) (\S+) (\S+) 1 k$`)

// TestTextIsBlackAlone: what is black in a diploma is on the black plate. Without it the other plates are
// the same, to the pixel; and no black has other inks below it.
func TestTextIsBlackAlone(t *testing.T) {
	tool(t, "gs")
	tool(t, "qpdf")
	s := builtSite(t)
	for _, p := range s.plan.Pieces {
		if p.Use.Template != "diploma" || p.Single() {
			continue
		}
		file := files(t, strings.TrimSuffix(s.press(p), ".pdf"), ".pdf")[0]
		plain := run(t, "qpdf", "--qdf", "--object-streams=disable", file, "-")
		blacks := fullBlack.FindAllStringSubmatch(plain, -1)
		if len(blacks) == 0 {
			t.Fatalf("%s: nothing is black", file)
		}
		for _, m := range blacks {
			if m[1] != "0" || m[2] != "0" || m[3] != "0" {
				t.Errorf("%s: a rich black: %s", file, m[0])
			}
		}
		with, bare := plates(t, file), plates(t, without(t, file, "\n0 0 0 1 k\n", "\n0 0 0 0 k\n"))
		for _, ink := range []string{"Cyan", "Magenta", "Yellow"} {
			if differ(with[ink], bare[ink]) {
				t.Errorf("%s: text on the plate of %s", file, ink)
			}
		}
		if !differ(with["Black"], bare["Black"]) {
			t.Errorf("%s: no text on the black plate", file)
		}
	}
}

// TestContourAlone: where a sticker is cut stands on a plate of its own, and on no other.
func TestContourAlone(t *testing.T) {
	tool(t, "gs")
	tool(t, "qpdf")
	s := builtSite(t)
	seen := 0
	for _, p := range s.plan.Pieces {
		if !isPress(p) {
			continue
		}
		file := s.press(p)
		if !p.Single() {
			file = files(t, strings.TrimSuffix(file, ".pdf"), ".pdf")[0]
		}
		plain := run(t, "qpdf", "--qdf", "--object-streams=disable", file, "-")
		if !strings.Contains(plain, "/CutContour") {
			if strings.HasPrefix(p.Use.Template, "sticker") {
				t.Errorf("%s: nobody knows where to cut", p.Dir())
			}
			continue
		}
		seen++
		with, uncut := plates(t, file), plates(t, without(t, file, "1 SCN\n", "0 SCN\n"))
		contour := with["CutContour"]
		if contour == nil || !differ(contour, uncut["CutContour"]) {
			t.Errorf("%s: no plate of the contour", file)
			continue
		}
		for ink, plate := range with {
			if ink != "CutContour" && differ(plate, uncut[ink]) {
				t.Errorf("%s: the contour is on the plate of %s", file, ink)
			}
		}
		if uncut := uncut["CutContour"]; uncut != nil && slices.ContainsFunc(uncut.Pix, func(v uint8) bool { return v < 255 }) {
			t.Errorf("%s: something else is on the plate of the contour", file)
		}
		t.Logf("| %s | %d plates | the contour alone on its own |", p.Dir(), len(with))
	}
	if seen == 0 {
		t.Fatal("no piece is cut along a contour: the test looks at nothing")
	}
}
