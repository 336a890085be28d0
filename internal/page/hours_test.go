package page

import (
	"testing"

	"vitrine/internal/hours"
	"vitrine/internal/model"
)

// The clock and the holidays are those of the door, not of the site, and last summer's closing is not told.
func TestNow(t *testing.T) {
	r := own(t)
	h, err := hours.Parse("Mo 09:00-10:00; 2001 Aug 01-21 off")
	if err != nil {
		t.Fatal(err)
	}
	for commune, want := range map[string]Now{
		"61169": {Hours: "1=540-600", Zone: "Europe/Paris"},
		"97411": {Hours: "1=540-600", Zone: "Indian/Reunion", Holidays: "1220"},
		"67482": {Hours: "1=540-600", Zone: "Europe/Paris", Holidays: "1226,1998"},
	} {
		got := r.now(&model.Profile{HasHours: true, Hours: h, Commune: &model.Territory{Code: commune}})
		if want.Script = r.base + "/assets/hours.js"; got == nil || *got != want {
			t.Errorf("%s: %+v, want %+v", commune, got, want)
		}
	}
	if got := r.now(&model.Profile{HasHours: true, Hours: h}); got == nil || got.Zone != r.site.Timezone {
		t.Errorf("without a commune: %+v", got)
	}
	if got := r.now(&model.Profile{HasHours: true, Hours: h, Closed: true}); got != nil {
		t.Errorf("closed for good: %+v", got)
	}
	if rows, notes := r.hours(h.Since(hours.Date(r.site.Today))); len(rows) != 2 || len(notes) != 0 {
		t.Errorf("%v %v", rows, notes)
	}
}
