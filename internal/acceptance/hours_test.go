package acceptance

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

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
	for (const {Hours, At, Lang, Zone, Holidays} of asked) {
		window.Date = class extends clock {
			constructor(...a) { a.length ? super(...a) : super(At) }
		}
		document.documentElement.lang = Lang || "fr"
		box.querySelectorAll("[data-hours]").forEach(e => e.remove())
		const e = model.cloneNode()
		Object.assign(e.dataset, {hours: Hours, zone: Zone, holidays: Holidays})
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
	const bar = "Fr 18:00-02:00"
	type door struct {
		hours, at, want string
		lang            string
		commune         string
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
		{hours: "Mo-Su 18:00-24:00", at: "2026-11-23T20:00:00+01:00", want: "Ouvert maintenant, jusqu’à minuit"},
		{hours: "Sa 00:00-05:00", at: "2026-11-27T20:00:00+01:00", want: "Fermé, ouvre demain à 0 h"},
		{hours: "24/7", at: "2026-12-25T20:00:00+01:00", want: "Ouvert maintenant"},
		// In a week and later: by its date.
		{hours: "We 14:00-18:00", at: "2026-11-25T19:00:00+01:00", want: "Fermé, ouvre le mercredi 2 décembre à 14 h"},
		{hours: "We 14:00-18:00", at: "2026-11-25T13:00:00+01:00", want: "Fermé, ouvre à 14 h"},
		{hours: "Apr-Sep 10:00-18:00", at: "2026-10-01T09:00:00+02:00", want: "Fermé, ouvre le jeudi 1er avril à 10 h"},
		{hours: "Apr-Sep 12:00-18:00", at: "2026-10-01T09:00:00+02:00", want: "Fermé, ouvre le Thursday 1 April à noon", lang: "en"},
		{hours: shop + "; 2026 Nov 23-2027 Nov 30 off", at: "2026-11-23T09:00:00+01:00", want: "Fermé en ce moment"},
		{hours: "Mo 09:00-12:00; Jan-Dec off", at: "2026-11-23T10:00:00+01:00", want: "Fermé en ce moment"},
		// Holidays: the fixed ones and those that move with Easter; what is not said about them is not known.
		{hours: shop, at: "2026-04-06T10:00:00+02:00", want: "Jour férié : les horaires peuvent changer"},
		{hours: shop, at: "2026-04-07T10:00:00+02:00", want: "Ouvert maintenant, jusqu’à 12 h"},
		{hours: shop, at: "2025-11-10T19:00:00+01:00", want: "Fermé en ce moment"}, // the next day is one
		{hours: shop + "; PH off", at: "2025-11-10T19:00:00+01:00", want: "Fermé, ouvre mercredi à 8 h 30"},
		{hours: shop + "; PH 10:00-12:00", at: "2026-07-14T09:00:00+02:00", want: "Fermé, ouvre à 10 h"},
		// Dates: every year's, one year's, over the new year.
		{hours: shop + "; Aug 01-21 off", at: "2026-08-20T09:00:00+02:00", want: "Fermé, ouvre samedi à 9 h"},
		{hours: shop + "; Aug 01-21 off", at: "2026-08-03T09:00:00+02:00", want: "Fermé, ouvre le samedi 22 août à 9 h"},
		{hours: shop + "; 2026 Nov 23 off", at: "2027-11-23T09:00:00+01:00", want: "Ouvert maintenant, jusqu’à 12 h"},
		{hours: shop + "; 2026 Nov 23 off", at: "2026-11-23T09:00:00+01:00", want: "Fermé, ouvre demain à 8 h 30"},
		{hours: shop + "; PH off; Dec 24-Jan 02 off", at: "2027-01-02T10:00:00+01:00", want: "Fermé, ouvre lundi à 8 h 30"},
		{hours: shop + "; Jul-Aug Mo-Fr 10:00-16:00", at: "2026-07-20T12:30:00+02:00", want: "Ouvert maintenant, jusqu’à 16 h"},
	}
	cases = append(cases, []door{
		// Nights: those that pass midnight, midnight and noon themselves, the nights when the clock changes.
		{hours: bar, at: "2026-11-28T01:59:00+01:00", want: "Ouvert maintenant, jusqu’à 2 h"},
		{hours: bar, at: "2026-11-28T02:00:00+01:00", want: "Fermé, ouvre vendredi à 18 h"},
		{hours: bar, at: "2026-11-27T23:30:00+01:00", want: "Ouvert maintenant, jusqu’à 2 h"},
		{hours: "Su 22:00-05:00", at: "2026-11-30T04:00:00+01:00", want: "Ouvert maintenant, jusqu’à 5 h"},
		{hours: "Mo-Su 08:00-24:00", at: "2026-11-27T23:30:00+01:00", want: "Ouvert maintenant, jusqu’à midnight", lang: "en"},
		{hours: "Mo-Su 08:00-12:00", at: "2026-11-27T09:30:00+01:00", want: "Ouvert maintenant, jusqu’à noon", lang: "en"},
		{hours: "Mo-Su 22:00-02:30", at: "2026-10-25T01:15:00+02:00", want: "Ouvert maintenant, jusqu’à 2 h 30"}, // an hour twice
		{hours: "Mo-Su 22:00-02:30", at: "2026-10-25T02:15:00+01:00", want: "Ouvert maintenant, jusqu’à 2 h 30"},
		{hours: "Mo-Su 22:00-02:30", at: "2026-10-25T02:30:00+01:00", want: "Fermé, ouvre à 22 h"},
		{hours: "Mo-Su 22:00-02:30", at: "2026-03-29T01:59:00+01:00", want: "Ouvert maintenant, jusqu’à 2 h 30"}, // an hour that is not
		{hours: "Mo-Su 22:00-02:30", at: "2026-03-29T03:00:00+02:00", want: "Fermé, ouvre à 22 h"},
		{hours: shop, at: "2026-10-24T12:30:00+02:00", want: "Fermé, ouvre lundi à 8 h 30"},
		{hours: shop, at: "2026-03-30T08:30:00+02:00", want: "Ouvert maintenant, jusqu’à 12 h"},
		// A holiday of which nothing is said: silence while the door may be open, from its day into the night after.
		{hours: bar, at: "2027-01-01T17:00:00+01:00", want: "Jour férié : les horaires peuvent changer"}, // a Friday
		{hours: bar, at: "2027-01-02T01:30:00+01:00", want: ""},                                          // still its night
		{hours: bar, at: "2027-01-02T02:00:00+01:00", want: "Fermé, ouvre vendredi à 18 h"},              // over, whatever it was
		{hours: bar + "; PH off", at: "2027-01-02T01:30:00+01:00", want: "Fermé, ouvre vendredi à 18 h"},
		{hours: "Th 18:00-02:00; Fr 09:00-12:00", at: "2027-01-01T01:00:00+01:00", want: "Ouvert maintenant"}, // the eve's night is known, its end is not
		{hours: shop, at: "2026-11-12T00:30:00+01:00", want: "Fermé, ouvre à 8 h 30"},                         // by day only
		{hours: shop, at: "2026-11-10T19:00:00+01:00", want: "Fermé en ce moment"},                            // the day after it may be open or not
		{hours: shop, at: "2026-11-01T10:00:00+01:00", want: "Fermé, ouvre demain à 8 h 30"},                  // a Sunday, closed anyway
		{hours: shop, at: "2026-10-31T12:30:00+01:00", want: "Fermé, ouvre lundi à 8 h 30"},
		{hours: shop + "; Jul-Aug Mo-Fr 10:00-16:00; PH off", at: "2026-07-14T11:00:00+02:00", want: "Fermé, ouvre demain à 10 h"},
		{hours: shop + "; PH off; Jul-Aug Mo-Fr 10:00-16:00", at: "2026-07-14T11:00:00+02:00", want: "Jour férié : les horaires peuvent changer"},
		// Days of which a remark, a week, a rank in the month or an open end leaves the hours in doubt.
		{hours: "Mo-Fr 09:00-12:00; Sa \"sur rendez-vous\"", at: "2026-11-28T10:00:00+01:00", want: ""},
		{hours: "Mo-Fr 09:00-12:00; Sa \"sur rendez-vous\"", at: "2026-11-27T10:00:00+01:00", want: "Ouvert maintenant, jusqu’à 12 h"},
		{hours: "Mo-Fr 09:00-12:00; Sa \"sur rendez-vous\"", at: "2026-11-27T13:00:00+01:00", want: "Fermé en ce moment"},
		{hours: "Mo-Fr 09:00-12:00; Sa \"sur rendez-vous\"", at: "2026-11-29T13:00:00+01:00", want: "Fermé, ouvre demain à 9 h"},
		{hours: "Mo-Fr 09:00-12:00; Sa[1] 09:00-12:00", at: "2026-12-05T10:00:00+01:00", want: ""},
		{hours: "Mo-Fr 09:00-12:00; week 01-53/2 Sa 09:00-12:00", at: "2026-11-28T10:00:00+01:00", want: ""},
		{hours: "Mo-Fr 09:00-12:00; week 01-53/2 Sa 09:00-12:00", at: "2026-11-27T10:00:00+01:00", want: "Ouvert maintenant, jusqu’à 12 h"},
		{hours: "Mo-Th 09:00-12:00; Fr 18:00+", at: "2026-11-28T03:00:00+01:00", want: ""},
		{hours: "Mo-Th 09:00-12:00; Fr 18:00+", at: "2026-11-28T07:00:00+01:00", want: "Fermé, ouvre lundi à 9 h"},
		// The place's own time and holidays. Paris has 10 h when La Réunion has 13 h.
		{hours: shop, at: "2026-11-23T05:00:00+01:00", want: "Fermé, ouvre à 8 h 30", commune: "97411"},
		{hours: shop, at: "2026-11-23T06:00:00+01:00", want: "Ouvert maintenant, jusqu’à 12 h", commune: "97411"},
		{hours: shop, at: "2026-11-23T15:30:00+01:00", want: "Fermé, ouvre demain à 8 h 30", commune: "97411"},
		{hours: shop, at: "2026-11-23T22:00:00+01:00", want: "Ouvert maintenant, jusqu’à 18 h", commune: "97209"},
		{hours: shop, at: "2026-11-24T02:00:00+01:00", want: "Fermé, ouvre demain à 8 h 30", commune: "97209"}, // still Monday there
		{hours: "Mo-Su 08:00-20:00; PH off", at: "2026-12-26T10:00:00+01:00", want: "Ouvert maintenant, jusqu’à 20 h", commune: "54395"},
		{hours: "Mo-Su 08:00-20:00; PH off", at: "2026-12-26T10:00:00+01:00", want: "Fermé, ouvre demain à 8 h", commune: "67482"},
	}...)
	for _, c := range []struct{ commune, holiday string }{ // by the laws, not by a formula
		{"57463", "2026-04-03"}, {"67482", "2027-03-26"}, {"68224", "2028-04-14"}, {"57463", "2026-07-14"},
		{"97105", "2026-05-27"}, {"97209", "2026-05-22"}, {"97302", "2026-06-10"}, {"97411", "2026-12-20"}, {"97608", "2026-04-27"},
		{"97701", "2026-10-09"}, {"97801", "2026-05-28"}, {"97127", "2026-05-28"}, {"98818", "2026-09-24"}, {"98735", "2026-11-20"}, {"98611", "2026-07-29"},
		{"97411", "2026-05-25"}, {"97502", "2026-11-11"},
	} {
		zone, err := time.LoadLocation(hours.PlaceOf(c.commune, "").Zone)
		if err != nil {
			t.Fatal(err)
		}
		noon, err := time.ParseInLocation("2006-01-02 15", c.holiday+" 12", zone)
		if err != nil {
			t.Fatal(err)
		}
		const open = "Mo-Su 08:00-20:00; PH off"
		for days, want := range map[int]string{-1: "Ouvert maintenant, jusqu’à 20 h", 0: "Fermé, ouvre demain à 8 h", 1: "Ouvert maintenant, jusqu’à 20 h"} {
			cases = append(cases, door{hours: open, at: noon.AddDate(0, 0, days).Format(time.RFC3339), want: want, commune: c.commune})
		}
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
		place := hours.PlaceOf(c.commune, "Europe/Paris")
		asked = append(asked, map[string]string{"Hours": text, "At": c.at, "Lang": c.lang, "Zone": place.Zone, "Holidays": place.Holidays})
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
			t.Errorf("%s %s at %s: %q, want %q", c.commune, c.hours, c.at, said[i], c.want)
		}
	}
}

// TestOpenNowStays: a page that stays says what is true now, and a layout that has no words for a date says less.
func TestOpenNowStays(t *testing.T) {
	p := open(t).visit(t, view{site: builtSite(t), path: door}, 1280)
	defer p.done()
	const ask = `(() => {
	const clock = Date, e = document.querySelector("[data-hours]"), at = (hours, when) => {
		window.Date = class extends clock {
			constructor(...a) { a.length ? super(...a) : super(when) }
		}
		e.dataset.hours = hours
		document.dispatchEvent(new Event("visibilitychange"))
		return e.textContent.replaceAll("\u00a0", " ")
	}
	const out = [at("1=510-720", "2026-11-23T08:30:00+01:00"), at("1=510-720", "2026-11-23T12:00:00+01:00")]
	e.dataset.say = e.dataset.say.split("|").slice(0, 6).join("|")
	return out.concat(at("1=510-720", "2026-11-23T12:00:00+01:00")).join("; ")
})()`
	const want = "Ouvert maintenant, jusqu’à 12 h; Fermé, ouvre le lundi 30 novembre à 8 h 30; Fermé en ce moment"
	if got := evaluate[string](t, p, ask); got != want {
		t.Errorf("%q, want %q", got, want)
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
