package acceptance

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"vitrine/internal/hours"
)

// door is a sheet with hours.
const door = "/eco-defis/artisans/le-levain-de-la-vere/"

// openAt runs the script again on a page whose clock stands still, on these hours, and reads what it says.
const openAt = `(async (asked) => {
	const model = document.querySelector("[data-hours]"), box = model.parentNode, clock = Date, out = []
	for (const {Hours, At, Lang} of asked) {
		window.Date = class extends clock {
			constructor(...a) { a.length ? super(...a) : super(At) }
		}
		document.documentElement.lang = Lang || "fr"
		box.querySelectorAll("[data-hours]").forEach(e => e.remove())
		const e = model.cloneNode()
		e.dataset.hours = Hours
		box.prepend(e)
		await new Promise((done, failed) => {
			const s = document.createElement("script")
			s.src = "/assets/hours.js"
			s.onload = done
			s.onerror = failed
			document.head.append(s)
		})
		out.push(e.textContent.replaceAll("\u00a0", " "))
	}
	return JSON.stringify(out)
})(`

// TestOpenNow stops the clock in front of many doors, on a device that keeps another time than theirs.
func TestOpenNow(t *testing.T) {
	p := open(t).visit(t, view{site: builtSite(t), path: door}, 1280)
	defer p.done()
	p.do(t, func(ctx context.Context, to *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, to, emulation.SetTimezoneOverride, emulation.SetTimezoneOverrideParams{TimezoneID: "Pacific/Auckland"})
		return chromedp.Void{}, err
	})
	const shop = "Mo-Fr 08:30-12:00,14:00-18:00; Sa 09:00-12:00"
	type door struct {
		hours, at, want string
		lang            string
	}
	cases := []door{
		{hours: shop, at: "2026-11-23T09:00:00+01:00", want: "Ouvert maintenant, jusqu’à 12 h"},
		{hours: shop, at: "2026-11-23T08:29:59+01:00", want: "Fermé, ouvre à 8 h 30"},
		{hours: shop, at: "2026-11-23T08:30:00+01:00", want: "Ouvert maintenant, jusqu’à 12 h"},
		{hours: shop, at: "2026-11-23T12:00:00+01:00", want: "Fermé, ouvre à 14 h"},
		{hours: shop, at: "2026-11-23T18:00:00+01:00", want: "Fermé, ouvre demain à 8 h 30"},
		{hours: shop, at: "2026-11-28T12:30:00+01:00", want: "Fermé, ouvre lundi à 8 h 30"},
		{hours: shop, at: "2026-11-23T07:00:00Z", want: "Fermé, ouvre à 8 h 30"},                            // winter: 8 h
		{hours: shop, at: "2026-07-20T07:00:00Z", want: "Ouvert maintenant, jusqu’à 12 h"},                  // summer: 9 h
		{hours: shop, at: "2026-07-20T23:30:00Z", want: "Fermé, ouvre à 8 h 30"},                            // the next day there
		{hours: shop, at: "2026-11-23T15:00:00+01:00", want: "Ouvert maintenant, jusqu’à 6 pm", lang: "en"}, // the phrases are the page's
		{hours: shop, at: "2026-11-28T12:30:00+01:00", want: "Fermé, ouvre Monday à 8:30 am", lang: "en"},
		{hours: "Fr,Sa 22:00-02:00", at: "2026-11-29T01:30:00+01:00", want: "Ouvert maintenant, jusqu’à 2 h"},
		{hours: "Mo-Su 18:00-24:00", at: "2026-11-23T20:00:00+01:00", want: "Ouvert maintenant, jusqu’à 24 h"},
		{hours: "Sa 00:00-05:00", at: "2026-11-27T20:00:00+01:00", want: "Fermé, ouvre demain à 0 h"},
		{hours: "24/7", at: "2026-12-25T20:00:00+01:00", want: "Ouvert maintenant"},
		{hours: "We 14:00-18:00", at: "2026-11-25T19:00:00+01:00", want: "Fermé en ce moment"}, // opens in seven days
		{hours: "Mo 09:00-12:00; Jan-Dec off", at: "2026-11-23T10:00:00+01:00", want: "Fermé en ce moment"},
		// Holidays: the fixed ones and those that move with Easter; what is not said about them is not known.
		{hours: shop, at: "2026-04-06T10:00:00+02:00", want: ""},
		{hours: shop, at: "2026-04-07T10:00:00+02:00", want: "Ouvert maintenant, jusqu’à 12 h"},
		{hours: shop, at: "2025-11-10T19:00:00+01:00", want: "Fermé en ce moment"}, // the next day is one
		{hours: shop + "; PH off", at: "2025-11-10T19:00:00+01:00", want: "Fermé, ouvre mercredi à 8 h 30"},
		{hours: shop + "; PH 10:00-12:00", at: "2026-07-14T09:00:00+02:00", want: "Fermé, ouvre à 10 h"},
		// Dates: every year's, one year's, over the new year.
		{hours: shop + "; Aug 01-21 off", at: "2026-08-20T09:00:00+02:00", want: "Fermé, ouvre samedi à 9 h"},
		{hours: shop + "; Aug 01-21 off", at: "2026-08-03T09:00:00+02:00", want: "Fermé en ce moment"},
		{hours: shop + "; 2026 Nov 23 off", at: "2027-11-23T09:00:00+01:00", want: "Ouvert maintenant, jusqu’à 12 h"},
		{hours: shop + "; 2026 Nov 23 off", at: "2026-11-23T09:00:00+01:00", want: "Fermé, ouvre demain à 8 h 30"},
		{hours: shop + "; PH off; Dec 24-Jan 02 off", at: "2027-01-02T10:00:00+01:00", want: "Fermé, ouvre lundi à 8 h 30"},
		{hours: shop + "; Jul-Aug Mo-Fr 10:00-16:00", at: "2026-07-20T12:30:00+02:00", want: "Ouvert maintenant, jusqu’à 16 h"},
	}
	for _, day := range []string{ // by the decrees, not by a formula
		"2024-04-01", "2024-05-09", "2024-05-20", "2025-04-21", "2025-05-29", "2025-06-09", "2026-05-14", "2026-05-25", "2027-03-29", "2027-05-06", "2027-05-17",
		"2028-04-17", "2028-05-25", "2028-06-05", "2026-01-01", "2026-05-01", "2026-05-08", "2026-07-14", "2026-11-11", "2026-12-25", "2027-11-01",
	} {
		cases = append(cases, door{hours: "Mo-Fr 08:00-20:00; PH off; Sa 08:00-20:00; Su 08:00-20:00", at: day + "T10:00:00Z", want: "Fermé, ouvre demain à 8 h"})
	}
	var asked []map[string]string
	for _, c := range cases {
		h, err := hours.Parse(c.hours)
		if err != nil {
			t.Fatal(err)
		}
		text, ok := h.Compact()
		if !ok {
			t.Fatalf("%s has no compact form", c.hours)
		}
		asked = append(asked, map[string]string{"Hours": text, "At": c.at, "Lang": c.lang})
	}
	in, err := json.Marshal(asked)
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	if err := json.Unmarshal([]byte(evaluate[string](t, p, openAt+string(in)+`)`)), &said); err != nil {
		t.Fatal(err)
	}
	for i, c := range cases {
		if said[i] != c.want {
			t.Errorf("%s at %s: %q, want %q", c.hours, c.at, said[i], c.want)
		}
	}
}

// TestHoursWithoutScript: the hours are whole without it, and a sheet whose hours it does not understand has none.
func TestHoursWithoutScript(t *testing.T) {
	s := builtSite(t)
	read := func(path string) string {
		data, err := os.ReadFile(filepath.Join(s.public, filepath.FromSlash(path), "index.html"))
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	page := read(door)
	if !strings.Contains(page, `data-hours="`) || strings.Contains(page, "Ouvert maintenant</") || !strings.Contains(page, "<th scope=\"row\">") {
		t.Errorf("%s: the hours are not there, or say what only the visitor's clock knows", door)
	}
	if page := read("/eco-defis/artisans/verre-plomb-et-patience/"); strings.Contains(page, "hours.js") || !strings.Contains(page, "sur rendez-vous") {
		t.Error("hours with a remark have a script")
	}
}
