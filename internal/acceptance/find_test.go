package acceptance

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	permission "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"vitrine/internal/search"
)

// directory is the list that these tests search in.
const directory = "/eco-defis/artisans/"

// finding is what a visitor who searches has before the eyes.
type finding struct {
	Said  string   // to screen readers too
	Lines []string // those that answer; none while the list stands as it was
	Query string   // of the address
	List  bool     // the list that was there shows
	Text  string   // in the field
	Focus string   // id of the element, or its tag
}

const lookAround = `JSON.stringify({
	Said: document.querySelector("#find-said")?.textContent ?? "",
	Lines: [...document.querySelectorAll("#found:not([hidden]) li")].map(e => e.textContent),
	Query: decodeURIComponent(location.search.replace(/\+/g, " ")),
	List: [...document.querySelectorAll(".dir > .rows")].some(e => e.checkVisibility()),
	Text: document.querySelector("#find-q")?.value ?? "",
	Focus: document.activeElement?.id || document.activeElement?.tagName,
})`

func (p *visit) look(t *testing.T) finding {
	t.Helper()
	var f finding
	if err := json.Unmarshal([]byte(evaluate[string](t, p, lookAround)), &f); err != nil {
		t.Fatal(err)
	}
	return f
}

// until waits for what a search comes to.
func (p *visit) until(t *testing.T, what string, ok func(finding) bool) finding {
	t.Helper()
	var f finding
	for range 400 {
		if f = p.look(t); ok(f) {
			return f
		}
		time.Sleep(25 * time.Millisecond)
	}
	t.Fatalf("%s: %+v", what, f)
	return f
}

func (p *visit) do(t *testing.T, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.Fatal(err)
	}
}

// write types into a field what is not there yet.
func (p *visit) write(t *testing.T, field, text string) {
	t.Helper()
	p.do(t, chromedp.Focus(field), chromedp.Evaluate[chromedp.Void](`document.querySelector("`+field+`").select()`), chromedp.KeyEvent(text))
}

func (p *visit) choose(t *testing.T, filter, value string) {
	t.Helper()
	p.until(t, "the values of "+filter, func(finding) bool {
		return evaluate[bool](t, p, `[...document.querySelector("#find-`+filter+`")?.options ?? []].some(o => o.value == "`+value+`")`)
	})
	p.do(t, chromedp.Evaluate[chromedp.Void](`{ const s = document.querySelector("#find-`+filter+`"); s.value = "`+value+`"; s.dispatchEvent(new Event("change", {bubbles: true})) }`))
}

func has(f finding, name string) bool {
	return slices.ContainsFunc(f.Lines, func(l string) bool { return strings.Contains(l, name) })
}

func searching(t *testing.T, path string) *visit {
	t.Helper()
	p := open(t).visit(t, view{site: builtSite(t), path: path}, 1280)
	t.Cleanup(p.done)
	return p
}

// TestFindByWords types as people do: in capitals, without accents, in the plural, with one
// letter wrong; by name, trade, its synonyms, product, commune, postcode and challenge.
func TestFindByWords(t *testing.T) {
	p := searching(t, directory)
	if requests, _ := p.asked(); slices.ContainsFunc(requests, func(r string) bool { return strings.HasSuffix(r, ".json") }) {
		t.Error("the index is asked for before anybody searches")
	}
	for _, c := range []struct{ typed, found string }{
		{"boulangre", "Le Levain de la Vère"},      // a letter missing
		{"bouklanger", "Le Levain de la Vère"},     // one too many
		{"boulnager", "Le Levain de la Vère"},      // two exchanged
		{"boulanjer", "Le Levain de la Vère"},      // one wrong
		{"LEVAIN DE LA VERE", "Levain de la Vère"}, // a name
		{"l’eclat d'oeuf", "L’Éclat d’Œuf"},
		{"pâtissiers", "L’Éclat d’Œuf"}, // a synonym, in the plural
		{"viennoiseries", "Le Levain de la Vère"},
		{"athis brasserie", "Brasserie de la Chouette Effraie"},
		{"61790", "GARAGE DES TROIS CHEVAUX-VAPEUR"},
		{"livrer velo", "Levain"},
		{"co", ""},
	} {
		p.write(t, "#find-q", c.typed)
		p.until(t, c.typed, func(f finding) bool {
			return f.Text == c.typed && f.Query == "?q="+c.typed && len(f.Lines) > 0 && has(f, c.found) && !f.List && f.Said != ""
		})
	}
	p.write(t, "#find-q", "xyzzyx")
	f := p.until(t, "nothing", func(f finding) bool { return strings.HasPrefix(f.Said, "Aucun artisan") })
	if len(f.Lines) > 0 || !f.List || !strings.Contains(f.Said, "ci-dessous") || !evaluate[bool](t, p, `document.querySelector("#find-clear").checkVisibility()`) {
		t.Errorf("where nothing answers the list is there, and a way back: %+v", f)
	}
	p.do(t, chromedp.Click("#find-clear"))
	p.until(t, "as it was", func(f finding) bool { return f.Query == "" && f.List && f.Said == "" })
	requests, said := p.asked()
	for _, r := range requests {
		if !strings.HasPrefix(r, p.root+"/") {
			t.Errorf("a request leaves the site: %s", r)
		}
	}
	if len(said) > 0 {
		t.Errorf("the console says %q", said)
	}
}

// TestFindByFilters combines filters with words, with numbers that agree with the static
// pages of the same filters, and goes back step by step.
func TestFindByFilters(t *testing.T) {
	p := searching(t, directory)
	p.do(t, chromedp.Click("#find summary"))
	p.choose(t, "theme", "energie")
	one := p.until(t, "a theme", func(f finding) bool { return f.Query == "?theme=energie" && len(f.Lines) == 20 })
	static := searching(t, directory+"theme/energie/")
	if n := evaluate[string](t, static, `document.querySelector(".lead").textContent.match(/\d+/)[0]`); !strings.HasPrefix(one.Said, n) {
		t.Errorf("the search says %q, the page of that theme %s", one.Said, n)
	}
	p.choose(t, "commune", "flers")
	two := p.until(t, "a commune too", func(f finding) bool {
		return f.Query == "?commune=flers&theme=energie" && len(f.Lines) < 20 && len(f.Lines) > 0
	})
	p.until(t, "the count of that value", func(finding) bool {
		text := evaluate[string](t, p, `document.querySelector("#find-theme").selectedOptions[0].text`)
		return strings.HasSuffix(text, "("+strings.Fields(two.Said)[0]+")") || strings.HasSuffix(text, "("+strings.Split(two.Said, "\u00a0")[0]+")")
	})
	p.write(t, "#find-q", "imprimerie")
	three := p.until(t, "words too", func(f finding) bool { return has(f, "Imprimerie du Cadratin") && len(f.Lines) == 1 })

	p.do(t, chromedp.Evaluate[chromedp.Void](`history.back()`))
	p.until(t, "back to two", func(f finding) bool { return f.Query == two.Query && slices.Equal(f.Lines, two.Lines) })
	p.do(t, chromedp.Evaluate[chromedp.Void](`history.back()`))
	p.until(t, "back to one", func(f finding) bool { return f.Query == one.Query && slices.Equal(f.Lines, one.Lines) })
	p.do(t, chromedp.Evaluate[chromedp.Void](`history.back()`))
	p.until(t, "back to the list", func(f finding) bool { return f.Query == "" && f.List && len(f.Lines) == 0 })

	again := searching(t, directory+"?commune=flers&q=imprimerie&theme=energie")
	again.until(t, "the address alone", func(f finding) bool { return slices.Equal(f.Lines, three.Lines) && f.Text == "imprimerie" })
	again.do(t, chromedp.Evaluate[chromedp.Void](`document.querySelector("#found li a").click()`))
	again.until(t, "its page", func(finding) bool { return evaluate[bool](t, again, `!document.querySelector("#find")`) })
	// A page that comes back from the browser's memory loads nothing that one could wait for.
	again.do(t, chromedp.Evaluate[chromedp.Void](`setTimeout(() => history.back(), 10)`))
	time.Sleep(500 * time.Millisecond)
	again.until(t, "back from a page", func(f finding) bool { return slices.Equal(f.Lines, three.Lines) })

	within := searching(t, directory+"commune/flers/")
	within.write(t, "#find-q", "coiffure")
	within.until(t, "a filtered list is searched in itself", func(f finding) bool {
		return f.Query == "?q=coiffure" && (len(f.Lines) == 0 || !has(f, "Briouze")) && f.Said != ""
	})
}

// TestFindByLetters types a word in one go: its letters are one step in the address, written when they pause or when
// the visitor goes on; and lines take other texts where they are, since elements that come and go cost most.
func TestFindByLetters(t *testing.T) {
	p := searching(t, directory)
	p.write(t, "#find-q", "ga")
	p.until(t, "the first letters", func(f finding) bool { return len(f.Lines) > 0 })
	p.do(t, chromedp.Evaluate[chromedp.Void](`{ window.went = 0; window.steps = 0
		new MutationObserver(all => { for (const m of all) went += [...m.addedNodes, ...m.removedNodes].filter(n => n.id == "found" || n.localName == "li").length }).observe(document.getElementById("find"), {childList: true, subtree: true})
		for (const name of ["pushState", "replaceState"]) { const f = history[name].bind(history); history[name] = (...a) => { steps++; f(...a) } } }`))
	before := p.look(t)
	lines := evaluate[int](t, p, `document.querySelectorAll("#found li").length`)
	p.do(t, chromedp.KeyEvent("rage"))
	after := p.until(t, "the word", func(f finding) bool {
		return f.Query == "?q=garage" && has(f, "GARAGE") && !slices.Equal(f.Lines, before.Lines)
	})
	if n := evaluate[int](t, p, `went`); n > lines {
		t.Errorf("%d lines came or went of %d", n, lines)
	}
	if evaluate[int](t, p, `went = 0, document.querySelectorAll("#found li").length`) != len(after.Lines) {
		t.Error("the lines are not what shows")
	}
	p.do(t, chromedp.KeyEvent("s")) // the same word to a search
	p.until(t, "its plural", func(f finding) bool { return f.Query == "?q=garages" && slices.Equal(f.Lines, after.Lines) })
	if n := evaluate[int](t, p, `went`); n > 0 {
		t.Errorf("%d lines came or went for the same answer", n)
	}
	if n := evaluate[int](t, p, `steps`); n > 4 {
		t.Errorf("the address was written %d times for five letters", n)
	}
	p.do(t, chromedp.Evaluate[chromedp.Void](`history.back()`))
	p.until(t, "one step back", func(f finding) bool { return f.Query == "" && f.List && f.Text == "" })

	p.do(t, chromedp.Focus("#find-q"), chromedp.KeyEvent("garage\r"))
	p.until(t, "Enter at once", func(f finding) bool { return f.Query == "?q=garage" && slices.Equal(f.Lines, after.Lines) })
	p.do(t, chromedp.Evaluate[chromedp.Void](`history.back()`))
	p.until(t, "one step back from Enter", func(f finding) bool { return f.Query == "" && f.List })

	p.do(t, chromedp.Focus("#find-q"), chromedp.KeyEvent("garage"))
	p.until(t, "a word again", func(f finding) bool { return slices.Equal(f.Lines, after.Lines) })
	p.do(t, chromedp.Focus("#found li a"))
	if f := p.look(t); f.Query != "?q=garage" {
		t.Errorf("who goes on leaves %q in the address", f.Query)
	}
}

// TestFindNear sorts by distance from a postcode, from a commune, and from where the visitor
// is, which is asked for on a click and never before; and it is never empty.
func TestFindNear(t *testing.T) {
	p := searching(t, directory)
	lat, lon, accuracy := 48.750, -0.570, 10.0 // Flers
	grant := func(ctx context.Context, tab *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, tab, permission.SetPermission, permission.SetPermissionParams{
			Permission: &permission.PermissionDescriptor{Name: "geolocation"}, Setting: permission.PermissionSettingGranted, Origin: p.root,
		})
		if err != nil {
			return chromedp.Void{}, err
		}
		_, err = cdp.Call(ctx, tab, emulation.SetGeolocationOverride, emulation.SetGeolocationOverrideParams{Latitude: &lat, Longitude: &lon, Accuracy: &accuracy})
		return chromedp.Void{}, err
	}
	p.do(t, grant, chromedp.Evaluate[chromedp.Void](`{ window.asked = 0; const g = navigator.geolocation, f = g.getCurrentPosition.bind(g); g.getCurrentPosition = (...a) => { asked++; f(...a) } }`))

	p.write(t, "#find-near", "61790")
	p.until(t, "by postcode", func(f finding) bool {
		return len(f.Lines) == 20 && strings.Contains(f.Lines[0], "Saint-Pierre-du-Regard") && strings.Contains(f.Lines[0], "\u00a0km") && strings.HasPrefix(f.Said, "61")
	})
	p.write(t, "#find-near", "la ferte mace")
	f := p.until(t, "by commune", func(f finding) bool { return strings.Contains(f.Said, "La Ferté Macé") && len(f.Lines) == 20 })
	if !strings.Contains(f.Lines[0], "km") {
		t.Errorf("%+v", f)
	}
	if n := evaluate[int](t, p, `asked`); n != 0 {
		t.Errorf("the position was asked for %d times before the click", n)
	}
	p.do(t, chromedp.Click("#find-here"))
	f = p.until(t, "by position", func(f finding) bool { return strings.Contains(f.Said, "votre position") && len(f.Lines) == 20 })
	if !strings.Contains(f.Lines[0], "Flers") || strings.Contains(f.Query, "48") || strings.Contains(f.Query, "near") {
		t.Errorf("%+v", f)
	}
	if !strings.Contains(f.Said, "centre de la commune") || !slices.ContainsFunc(f.Lines, func(l string) bool { return strings.Contains(l, "environ") }) {
		t.Errorf("what is counted from the commune is not said: %+v", f)
	}
	p.write(t, "#find-q", "xyzzyx")
	p.until(t, "never empty", func(f finding) bool {
		return strings.Contains(f.Said, "voici tout ce qu’il y a autour") && len(f.Lines) == 20 && strings.Contains(f.Lines[0], "Flers")
	})
	p.write(t, "#find-q", "chambre claire")
	p.write(t, "#find-near", "athis")
	p.until(t, "in the same commune", func(f finding) bool { return len(f.Lines) == 1 && strings.Contains(f.Lines[0], "environ 1 km") })
	p.write(t, "#find-q", "xyzzyx")
	p.write(t, "#find-near", "Ailleurs-sur-Rien")
	p.until(t, "an unknown place", func(f finding) bool { return strings.Contains(f.Said, "n’est ni une commune") })
}

// TestFindByKeyboard uses no mouse: what is reached by Tab, chosen by arrows, opened by Enter.
func TestFindByKeyboard(t *testing.T) {
	p := searching(t, directory)
	tab := func(to string) {
		t.Helper()
		for range 60 {
			p.do(t, chromedp.KeyEvent("\t"))
			if p.look(t).Focus == to {
				return
			}
		}
		t.Fatalf("Tab does not lead to %s", to)
	}
	tab("find-q")
	p.do(t, chromedp.KeyEvent("garage"))
	p.until(t, "words", func(f finding) bool { return has(f, "GARAGE") })
	tab("find-near")
	tab("find-here")
	tab("SUMMARY")
	p.do(t, chromedp.KeyEvent("\r"))
	p.until(t, "filters open", func(finding) bool { return evaluate[bool](t, p, `document.querySelector("#find-theme")?.length > 1`) })
	tab("find-theme")
	p.do(t, chromedp.KeyEvent("E")) // the first that begins so
	p.until(t, "a filter", func(f finding) bool { return strings.Contains(f.Query, "theme=e") })
	p.do(t, chromedp.Evaluate[chromedp.Void](`document.querySelector("#find-theme").value = ""; document.querySelector("#find-theme").dispatchEvent(new Event("change"))`))
	p.until(t, "without", func(f finding) bool { return f.Query == "?q=garage" && len(f.Lines) > 0 })
	tab("A")
	p.do(t, chromedp.KeyEvent("\r"), chromedp.WaitVisible("h1"))
}

// TestFindWithoutScript compares a page with and without script: what one reads is the same.
func TestFindWithoutScript(t *testing.T) {
	with := searching(t, directory)
	without := open(t).visit(t, view{site: builtSite(t), path: "/"}, narrow)
	t.Cleanup(without.done)
	off := func(ctx context.Context, tab *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, tab, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		return chromedp.Void{}, err
	}
	without.do(t, off, chromedp.Navigate(without.root+directory))
	const text = `[...document.querySelectorAll("main h1, main h2, main .lead, main nav a, main .rows:not(.find *) a")].map(e => e.textContent).join("\n")`
	if a, b := evaluate[string](t, with, text), evaluate[string](t, without, text); a != b || len(a) < 700 {
		t.Errorf("with the script:\n%s\nwithout:\n%s", a, b)
	}
	if n := evaluate[int](t, without, `document.querySelectorAll("main :is(input, button, select)").length`); n > 0 {
		t.Errorf("%d controls that do nothing", n)
	}
	if h := evaluate[float64](t, without, `document.querySelector("#find").getBoundingClientRect().height`); h > 1 {
		t.Errorf("a gap of %.0f px where there is no search", h)
	}
}

// TestFindShiftsNothing holds the place of the form: the list does not jump when it comes.
func TestFindShiftsNothing(t *testing.T) {
	for _, width := range []int{1280, narrow} {
		p := open(t).visit(t, view{site: builtSite(t), path: directory}, width)
		reserved := evaluate[float64](t, p, `(() => { const b = document.getElementById("find"), all = [...b.childNodes]; const h = b.getBoundingClientRect().height; b.replaceChildren(); const e = b.getBoundingClientRect().height; b.append(...all); return h - e })()`)
		if reserved > 24 || reserved < -48 {
			t.Errorf("at %d px the form is %.0f px higher than the place kept for it", width, reserved)
		}
		if w := evaluate[int](t, p, `document.documentElement.scrollWidth`); w > width {
			t.Errorf("%d px wide at %d", w, width)
		}
		p.done()
	}
}

// TestFindOnAPhone sends a search from the keyboard of a phone: the answer comes into view, which is below the form.
func TestFindOnAPhone(t *testing.T) {
	p := open(t).visit(t, view{site: builtSite(t), path: directory}, narrow)
	t.Cleanup(p.done)
	p.do(t, chromedp.Focus("#find-q"), chromedp.KeyEvent("garage\r"))
	p.until(t, "an answer in view", func(f finding) bool {
		return has(f, "GARAGE") && evaluate[bool](t, p, `(() => { const r = document.querySelector("#found li").getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight })()`)
	})
}

// TestFindAccessible runs axe on a page that shows what was found, with the filters open.
func TestFindAccessible(t *testing.T) {
	axe := readAxe(t)
	for _, width := range widths {
		p := open(t).visit(t, view{site: builtSite(t), path: directory + "?q=flers&near=61100&edition=2023"}, width)
		p.until(t, "an answer", func(f finding) bool { return len(f.Lines) > 0 && strings.Contains(f.Lines[0], "km") })
		for _, x := range violations(t, p, axe) {
			t.Errorf("%d px: %s", width, x)
		}
		if w := evaluate[int](t, p, `document.documentElement.scrollWidth`); w > width {
			t.Errorf("%d px wide at %d", w, width)
		}
		p.done()
	}
}

// TestFindSaves reads the table that the page makes of what it shows.
func TestFindSaves(t *testing.T) {
	p := searching(t, directory+"?q=boulangerie&near=61100")
	p.until(t, "an answer", func(f finding) bool { return len(f.Lines) > 0 })
	p.do(t, chromedp.Evaluate[chromedp.Void](`URL.createObjectURL = b => { b.text().then(s => { window.saved = s }); return "#" }; HTMLAnchorElement.prototype.click = function() { window.file = this.download }`),
		chromedp.Click("#find-save"))
	p.until(t, "a table", func(finding) bool { return evaluate[bool](t, p, `!!window.saved`) })
	table := evaluate[string](t, p, `saved`) // Blob.text drops the byte order mark
	lines := strings.Split(strings.TrimSpace(table), "\r\n")
	if !strings.HasPrefix(strings.TrimPrefix(lines[0], "\ufeff"), "nom;metier;commune;themes;a_pris_fin;distance_km;") || !strings.HasPrefix(lines[1], "Le Levain de la Vère;Boulangerie-pâtisserie;Flers;") || !strings.Contains(lines[1], p.root+directory+"le-levain-de-la-vere/") {
		t.Errorf("%q", lines[:2])
	}
	if name := evaluate[string](t, p, `file`); name != "artisans.csv" {
		t.Error(name)
	}
	if n := len(p.look(t).Lines); len(lines) != n+1 {
		t.Errorf("%d lines for %d", len(lines), n)
	}
}

// TestFindFolds compares how the browser and the index cut words, letter by letter.
func TestFindFolds(t *testing.T) {
	source, err := os.ReadFile("../../themes/default/scripts/fold.js")
	if err != nil {
		t.Fatal(err)
	}
	texts := []string{
		"Aux Blés d’Or", "L’ŒUF À LA COQUE", "boulangeries bakery bakeries", "Gâteaux, chevaux, journaux, eaux, aux, faux, Caux", "Straße łódź ĲSSEL ﬁn",
		"2 Mains + 1 Fil", "ÅNGSTRÖM Kelvin K ½ ² ①", "Ελλάδα ΣΊΣΥΦΟΣ", "Привет МИР", "שלום", "日本 東京", "a\u0301e\u0301 ñ Ñ", "ça_va-bien; très/bien", "İstanbul ısı", "\u00a0\u202f—", "61100 FLERS", "prix noix os", "ﷺ", "𝔊𝔬",
	}
	words := make([][]string, len(texts))
	for i, s := range texts {
		words[i] = append([]string{}, search.Words(s)...)
	}
	want, _ := json.Marshal(words)
	in, _ := json.Marshal(texts)
	p := searching(t, directory)
	got := evaluate[string](t, p, `(() => { `+strings.ReplaceAll(string(source), "export ", "")+`; return JSON.stringify(`+string(in)+`.map(words)) })()`)
	if got != string(want) {
		t.Errorf("the browser cuts\n%s\nthe index\n%s", got, want)
	}
}

// TestFindHostile serves an index whose every text is an attack: it is shown as text.
func TestFindHostile(t *testing.T) {
	s := builtSite(t)
	dir := filepath.Join(s.public, filepath.FromSlash(strings.TrimPrefix(directory, "/")), "recherche")
	p := open(t).visit(t, view{site: s, path: "/"}, 1280)
	t.Cleanup(p.done)
	head, err := os.ReadFile(filepath.Join(dir, "index.json"))
	if err != nil {
		t.Fatal(err)
	}
	lines, err := os.ReadFile(filepath.Join(dir, "rows-0.json"))
	if err != nil {
		t.Fatal(err)
	}
	const attack = `<img src=x onerror=\"window.hit=1\"><script>hit=1<\/script>`
	poison := func(data []byte) string {
		return strings.ReplaceAll(strings.ReplaceAll(string(data), "Boulangerie-pâtisserie", attack), "Le Levain de la Vère", attack)
	}
	inject := func(ctx context.Context, tab *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, tab, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: `{ const real = fetch; fetch = u => /index\.json/.test(u) ? Promise.resolve(Response.json(` + poison(head) + `)) : /rows-0/.test(u) ? Promise.resolve(Response.json(` + poison(lines) + `)) : real(u) }`})
		return chromedp.Void{}, err
	}
	p.do(t, inject, chromedp.Navigate(p.root+directory+"?q=boulanger&trade=boulangerie-patisserie&near=%3Cimg%20src=x%20onerror=hit=1%3E"))
	p.until(t, "the attack, as text", func(f finding) bool { return has(f, "<img src=x onerror=") })
	if evaluate[bool](t, p, `!!window.hit || document.querySelectorAll("#find img, #find script").length > 0`) {
		t.Error("a text was run")
	}
}
