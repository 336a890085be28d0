package main

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// typst lays the yardstick's diplomas with both programs in turn. Vitrine makes the same
// page, box for box, from the same records, in the same fonts; it draws its QR codes, which
// Typst is given as ready-made paths.
func (s *session) typst() error {
	if lacks := lacking(); lacks != "" {
		fmt.Fprintln(s.out, "left out:", lacks)
		return nil
	}
	peer, err := s.installTypst()
	if err != nil {
		return err
	}
	dir, err := scratch()
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	site := filepath.Join(dir, "site")
	list, err := readDiplomas(peer)
	if err != nil {
		return err
	}
	n := len(list)
	borrowed := map[string]string{
		"img/rgb.jpg":            filepath.Join(peer, "rgb.jpg"),
		"fonts/Lato-Regular.ttf": filepath.Join(lato, "Lato-Regular.ttf"),
		"fonts/Lato-Bold.ttf":    filepath.Join(lato, "Lato-Bold.ttf"),
	}
	if err := diplomaSite(site, list, borrowed); err != nil {
		return err
	}
	clean := func(names ...string) error {
		for _, name := range names {
			if err := os.RemoveAll(filepath.Join(dir, name)); err != nil {
				return err
			}
		}
		return nil
	}
	var both, bundles, singles, theirs, theirSingles []sample
	build := []string{"build", "--site", site, "--only", "diplome"}
	out, apart, one, many := filepath.Join(dir, "site/kit"), filepath.Join(dir, "apart"), filepath.Join(dir, "one.pdf"), filepath.Join(dir, "many")
	for i := range s.runs + 1 {
		if err := clean("site/kit", "site/.vitrine", "apart", "many"); err != nil {
			return err
		}
		a, err := s.measure(s.repo, s.vitrine, build...)
		if err != nil {
			return err
		}
		// The single files stand; the file of all of them is to be made again, of pages that are
		// laid out again, because the cache that held them is gone.
		if err := clean("site/kit/label/diplome.pdf", "site/.vitrine/cache"); err != nil {
			return err
		}
		b, err := s.measure(s.repo, s.vitrine, build...)
		if err != nil {
			return err
		}
		c, err := s.measure(peer, "node", "one.mjs", one)
		if err != nil {
			return err
		}
		if err := clean("site/.vitrine"); err != nil {
			return err
		}
		d, err := s.measure(s.repo, s.vitrine, "print", "--site", site, "--out", apart, "diplome")
		if err != nil {
			return err
		}
		e, err := s.measure(peer, "node", "singles.mjs", many)
		if err != nil {
			return err
		}
		if i > 0 { // the first warms up
			both, bundles, theirs = append(both, a), append(bundles, b), append(theirs, c)
			singles, theirSingles = append(singles, d), append(theirSingles, e)
		}
	}
	for what, folder := range map[string]string{"Vitrine’s kit": filepath.Join(out, "label", "diplome"), "vitrine print": filepath.Join(apart, "diplome"), "Typst": many} {
		if files, _, err := weigh(folder); err != nil || files != n {
			return fmt.Errorf("%s made %d files, not %d (%w)", what, files, n, err)
		}
	}
	ours, err := os.Stat(filepath.Join(out, "label", "diplome.pdf"))
	if err != nil {
		return err
	}
	his, err := os.Stat(one)
	if err != nil {
		return err
	}
	r := typstRow(bundles, theirs, n, "pages")
	r.run += fmt.Sprintf("; %s against %s", megabytes(ours.Size()), megabytes(his.Size()))
	s.rows[bundleRow] = r
	s.rows[singlesRow] = typstRow(singles, theirSingles, n, "files")
	var sums []sample
	for i := range theirs {
		sums = append(sums, sample{theirs[i].wall + theirSingles[i].wall, theirs[i].cpu + theirSingles[i].cpu, max(theirs[i].peak, theirSingles[i].peak)})
	}
	s.rows[bothRow] = typstRow(both, sums, 2*n, "pages")
	many20, err := s.longFile(filepath.Join(dir, "long"), list, borrowed)
	if err != nil {
		return err
	}
	few := scaled{n: n, sample: sample{median(column(bundles, wallOf)), median(column(bundles, cpuOf)), median(column(bundles, peakOf))}}
	s.rows[lengthRow] = many20.pages(few)
	for _, name := range []string{bundleRow, singlesRow, bothRow, lengthRow} {
		fmt.Fprintf(s.out, "%s: %s, %s, %s\n", name, s.rows[name].measured, s.rows[name].peak, s.rows[name].run)
	}
	return nil
}

// longPages is how many pages the long file has.
const longPages = 20_000

// longFile makes the file of all for twenty times as many records, under other names; their single files
// stand there already, as for the short one.
func (s *session) longFile(site string, list []diploma, borrowed map[string]string) (scaled, error) {
	long := make([]diploma, longPages)
	for i := range long {
		long[i] = list[i%len(list)]
		long[i].Name += fmt.Sprintf(" %d", i)
	}
	if err := diplomaSite(site, long, borrowed); err != nil {
		return scaled{}, err
	}
	build := []string{"build", "--site", site, "--only", "diplome"}
	if _, err := s.measure(s.repo, s.vitrine, build...); err != nil {
		return scaled{}, err
	}
	file := filepath.Join(site, "kit/label/diplome.pdf")
	var all []sample
	for range max(1, s.runs-1) {
		for _, name := range []string{file, filepath.Join(site, ".vitrine/cache")} {
			if err := os.RemoveAll(name); err != nil {
				return scaled{}, err
			}
		}
		x, err := s.measure(s.repo, s.vitrine, build...)
		if err != nil {
			return scaled{}, err
		}
		all = append(all, x)
	}
	made, err := os.Stat(file)
	if err != nil {
		return scaled{}, err
	}
	return scaled{n: longPages, files: 1, bytes: made.Size(), sample: sample{median(column(all, wallOf)), median(column(all, cpuOf)), median(column(all, peakOf))}}, nil
}

// pages compares the cost of a page with that in a shorter file.
func (x scaled) pages(short scaled) row {
	r := x.row(short)
	r.run = fmt.Sprintf("%s and %.0f MiB for %s pages, %s; %s and %.0f MiB for %s", seconds(x.wall), x.peak, thousands(x.n), megabytes(x.bytes), seconds(short.wall), short.peak, thousands(short.n))
	return r
}

func typstRow(ours, theirs []sample, n int, what string) row {
	rate := func(list []sample) string { return thousands(int(float64(n) / median(column(list, wallOf)))) }
	r := row{
		measured: faster(pairs(theirs, ours, wallOf)) + "; processor " + times(pairs(theirs, ours, cpuOf).median),
		run:      fmt.Sprintf("%s %s/s against %s", rate(ours), what, rate(theirs)),
	}
	if p := pairs(ours, theirs, peakOf).median; p > 0 {
		r.peak = share(p) + " of Typst’s"
	}
	return r
}

// lato is where Debian's fonts-lato lies, and where the yardstick looks for it.
const lato = "/usr/share/fonts/truetype/lato"

// lacking says what is not there.
func lacking() string {
	for _, program := range []string{"node", "npm"} {
		if _, err := exec.LookPath(program); err != nil {
			return "there is no " + program
		}
	}
	if _, err := os.Stat(filepath.Join(lato, "Lato-Bold.ttf")); err != nil {
		return "there is no font Lato (Debian: apt-get install fonts-lato)"
	}
	return ""
}

// installTypst copies the yardstick's folder to where npm may write, and installs the
// compiler there once.
func (s *session) installTypst() (string, error) {
	cache, err := cacheDir()
	if err != nil {
		return "", err
	}
	dir := filepath.Join(cache, "typst")
	if err := copySite(filepath.Join(s.yardstick, "typst"), dir); err != nil {
		return "", err
	}
	pkg := filepath.Join(dir, "node_modules", "@myriaddreamin", "typst-ts-node-compiler", "package.json")
	if _, err := os.Stat(pkg); errors.Is(err, fs.ErrNotExist) {
		fmt.Fprintln(s.out, "npm install, once")
		if _, err := s.relay(dir, "npm", "install", "--no-audit", "--no-fund", "--loglevel", "error"); err != nil {
			return "", err
		}
	}
	var about struct{ Version string }
	if data, err := os.ReadFile(pkg); err == nil && json.Unmarshal(data, &about) == nil {
		s.peer("typst.ts " + about.Version)
	}
	return dir, nil
}

// diploma is a record of the yardstick.
type diploma struct {
	Name, Town, Date string
	Challenges       []string
}

//go:embed diplomas
var diplomas embed.FS

// diplomaSite writes the site whose award pieces are the yardstick's diplomas. Pictures
// and fonts are files of the machine, by the names that the site gives them.
func diplomaSite(site string, list []diploma, borrowed map[string]string) error {
	files, err := records(list)
	if err != nil {
		return err
	}
	for from, to := range map[string]string{
		"site.toml": "data/site.toml", "programme.toml": "data/programmes/label/programme.toml", "diplome.toml": "data/pieces/diplome.toml",
	} {
		text, err := diplomas.ReadFile("diplomas/" + from)
		if err != nil {
			return err
		}
		files[to] = string(text)
	}
	for name, from := range borrowed {
		text, err := os.ReadFile(from)
		if err != nil {
			return err
		}
		files["data/files/"+name] = string(text)
	}
	for name, text := range files {
		file := filepath.Join(site, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			return err
		}
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			return err
		}
	}
	return nil
}

// readDiplomas reads the yardstick's records.
func readDiplomas(yardstick string) ([]diploma, error) {
	data, err := os.ReadFile(filepath.Join(yardstick, "data.json"))
	if err != nil {
		return nil, err
	}
	var list []diploma
	return list, json.Unmarshal(data, &list)
}

// records are the yardstick's data as a site keeps them.
func records(list []diploma) (map[string]string, error) {
	var territories, challenges, participants strings.Builder
	territories.WriteString("[[territory]]\nid = \"pays\"\nname = \"Le Pays\"\nkind = \"epci\"\n")
	challenges.WriteString("[[theme]]\nid = \"theme\"\ntitle = \"Thème\"\n")
	towns, known := map[string]string{}, map[string]string{}
	for i, d := range list {
		if towns[d.Town] == "" {
			code := fmt.Sprintf("39%03d", len(towns)+1)
			towns[d.Town] = code
			fmt.Fprintf(&territories, "[[territory]]\nid = \"commune-%s\"\nname = %q\nkind = \"commune\"\ncode = %q\nparent = \"pays\"\n", code, d.Town, code)
		}
		on, err := readDay(d.Date)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&participants, "[[participant]]\nid = \"commerce-%04d\"\nname = %q\ncommune = %q\naward = [{edition = \"2026\", on = %s}]\n", i, d.Name, towns[d.Town], on)
		for _, title := range d.Challenges {
			if known[title] == "" {
				known[title] = fmt.Sprintf("defi-%d", len(known)+1)
				fmt.Fprintf(&challenges, "[[challenge]]\nid = %q\ntitle = %q\ntheme = \"theme\"\n", known[title], title)
			}
			fmt.Fprintf(&participants, "[[participant.commitment]]\nchallenge = %q\ndone_on = 2026-03-01\n", known[title])
		}
	}
	return map[string]string{
		"data/organisations.toml":                 "[[organisation]]\nid = \"pays\"\nname = \"Le Pays\"\naddress = \"1 place du Val\"\nphone = \"01 99 00 00 04\"\n",
		"data/territories.toml":                   territories.String(),
		"data/programmes/label/challenges.toml":   challenges.String(),
		"data/programmes/label/participants.toml": participants.String(),
	}, nil
}

var frenchDay = regexp.MustCompile(`^le (\d+)(?:er)? (\pL+) (\d{4})$`)

var frenchMonths = strings.Fields("janvier février mars avril mai juin juillet août septembre octobre novembre décembre")

// readDay turns « le 1 juin 2026 » into a date of TOML.
func readDay(s string) (string, error) {
	m := frenchDay.FindStringSubmatch(s)
	if m == nil {
		return "", fmt.Errorf("%q is no day", s)
	}
	for i, name := range frenchMonths {
		if name == m[2] {
			day, err := strconv.Atoi(m[1])
			return fmt.Sprintf("%s-%02d-%02d", m[3], i+1, day), err
		}
	}
	return "", fmt.Errorf("%q is no month", m[2])
}
