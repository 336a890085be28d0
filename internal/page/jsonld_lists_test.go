package page

import (
	"encoding/json"
	"strings"
	"testing"

	"vitrine/internal/model"
)

// What the crumbs show is what machines are told, in full; the page itself ends it.
func TestTrail(t *testing.T) {
	r := own(t)
	said := 0
	for _, p := range r.plan.Pages {
		d := r.Draft(p)
		f := frameOf(t, d.view)
		if len(f.Crumbs) == 0 || !f.Index {
			if f.Trail() != "" {
				t.Fatalf("%s says %s", p.Path, f.Trail())
			}
			continue
		}
		var trail struct {
			Type  string `json:"@type"`
			Items []struct {
				Position   int
				Name, Item string
			} `json:"itemListElement"`
		}
		if err := json.Unmarshal([]byte(f.Trail()), &trail); err != nil || trail.Type != "BreadcrumbList" {
			t.Fatalf("%s: %v, %s", p.Path, err, f.Trail())
		}
		for i, x := range trail.Items {
			want := r.site.BaseURL
			if i == len(f.Crumbs) {
				if x.Name != f.Title || x.Item != "" {
					t.Errorf("%s ends in %+v", p.Path, x)
				}
				continue
			}
			want += strings.TrimPrefix(f.Crumbs[i].URL, r.base)
			if x.Name != f.Crumbs[i].Text || x.Item != want || x.Position != i+1 {
				t.Errorf("%s: %+v, want %q %s", p.Path, x, f.Crumbs[i].Text, want)
			}
		}
		if len(trail.Items) != len(f.Crumbs)+1 {
			t.Errorf("%s has %d steps for %d crumbs", p.Path, len(trail.Items), len(f.Crumbs))
		}
		said++
	}
	if said < 10 {
		t.Errorf("%d pages say the way to them", said)
	}
}

// frameOf is the frame of any view.
func frameOf(t *testing.T, view any) *Frame {
	t.Helper()
	v, ok := view.(interface{ frameOf() *Frame })
	if !ok {
		t.Fatalf("%T has no frame", view)
	}
	return v.frameOf()
}

func (f *Frame) frameOf() *Frame { return f }

// Times have what their zone is ahead of UTC on their day; what is off or moved says so.
func TestEventsForMachines(t *testing.T) {
	r, p := calendar(t,
		&model.Event{ID: "winter", Title: "<Winter>", Starts: day(2026, 1, 21), Hour: "09:00", HourEnd: "10:30", Place: "Salle des fêtes", Capacity: 12},
		&model.Event{ID: "summer", Title: "Summer", Starts: day(2026, 7, 2), Hour: "18:30", Status: "moved"},
		&model.Event{ID: "days", Title: "Days", Starts: day(2026, 9, 1), Ends: day(2026, 9, 3), Status: "cancelled"},
	)
	type event struct {
		Type                          string `json:"@type"`
		Name, StartDate, EndDate, URL string
		EventStatus                   string
		Location                      struct{ Name string }
		Organizer                     json.RawMessage
		MaximumAttendeeCapacity       int
	}
	var said struct {
		Graph []event `json:"@graph"`
	}
	v := r.agenda(p)
	if err := json.Unmarshal([]byte(v.Data), &said); err != nil || len(said.Graph) != 3 {
		t.Fatalf("%v: %s", err, v.Data)
	}
	if strings.Contains(string(v.Data), "<") {
		t.Error("a title ends the script")
	}
	for i, want := range []event{
		{Name: "<Winter>", StartDate: "2026-01-21T09:00:00+01:00", EndDate: "2026-01-21T10:30:00+01:00", EventStatus: "EventScheduled", Location: struct{ Name string }{"Salle des fêtes"}, MaximumAttendeeCapacity: 12},
		{Name: "Summer", StartDate: "2026-07-02T18:30:00+02:00", EventStatus: "EventRescheduled"},
		{Name: "Days", StartDate: "2026-09-01", EndDate: "2026-09-03", EventStatus: "EventCancelled"},
	} {
		got := said.Graph[i]
		if got.Type != "Event" || got.Name != want.Name || got.StartDate != want.StartDate || got.EndDate != want.EndDate ||
			got.EventStatus != "https://schema.org/"+want.EventStatus || got.Location != want.Location || got.MaximumAttendeeCapacity != want.MaximumAttendeeCapacity ||
			got.URL != r.full(r.plan.Sections[p.Programme].Event(p.Programme.Events[i])) || len(got.Organizer) == 0 {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
}

// A certificate names who gives it, and none is told of once it has ended.
func TestCertificate(t *testing.T) {
	r := own(t)
	valid := 0
	for _, p := range r.plan.Pages {
		if p.Kind != "participant" {
			continue
		}
		x := r.profile(p.Participant)
		a := x.Current()
		if a == nil || a.Expired {
			continue
		}
		certified := func() bool { return strings.Contains(string(r.businessData(p, x)), `"hasCertification"`) }
		if !certified() {
			t.Errorf("%s is not said to be certified", x.ID)
		}
		if a.Expired = true; certified() {
			t.Errorf("%s is said to be certified after the end", x.ID)
		}
		valid++
	}
	if valid == 0 {
		t.Error("nobody holds an award")
	}
}
