package page

import (
	"html/template"
	"net/url"
	"strings"

	"vitrine/internal/hours"
	"vitrine/internal/ident"
	"vitrine/internal/model"
	"vitrine/internal/plan"
	"vitrine/internal/typography"
)

// near is how many others of the same place a participant's page shows.
const near = 6

func (r *Renderer) participant(p *plan.Page, draft *Draft) *Participant {
	s := r.plan.Sections[p.Programme]
	x := r.profile(p.Participant)
	v := &Participant{
		Activity: x.Activity, Text: x.Description, Address: x.Address, Postcode: x.Postcode,
		Closed: x.Closed, Left: x.Closed && !isBusiness(x), Verify: r.url(r.plan.Verify(p.Participant)), SIRET: siretText(x.SIRET), Employees: x.Employees,
	}
	var place string
	if x.Trade != nil {
		v.Trade = r.filterLink(s.Of("trade", x.Trade), x.Trade.Name)
		place = x.Trade.Name
	}
	if x.Commune != nil {
		v.Commune = &Link{URL: r.url(r.plan.Territory(x.Commune)), Text: x.Commune.Name}
		place = strings.TrimSpace(place + " " + r.at(x.Commune))
	}
	v.Frame = r.frame(p, x.Name, "", r.crumb(s.Root(), p.Programme.Name), r.crumb(s.Directory(), capital(p.Programme.Words.Participant().Plural())))
	named := x.Name
	if place != "" {
		named += ", " + place
	}
	v.Description = firstOf(x.Description, r.phrase("participant-summary", "name", named, "programme", p.Programme.Name))
	v.Phone, v.Mobile = phoneLink(r.lang, x.Phone), phoneLink(r.lang, x.Mobile)
	if x.Email != "" {
		v.Email = &Link{URL: "mailto:" + x.Email, Text: x.Email}
	}
	if x.URL != "" {
		v.Web = &Link{URL: x.URL, Text: bareURL(x.URL)}
	}
	if p.Participant.HasCard(r.site.Today) {
		v.Contact = r.url(s.Card(p.Participant))
	}
	if x.HasHours {
		v.Hours, v.HoursNotes = r.hours(x.Hours.Since(hours.Date(r.site.Today)))
		v.Now = r.now(x)
	}
	v.Place = r.whereabouts(x, p.Programme.Territory)
	v.Photo = r.image(x.Photo.File, x.Photo.Alt, x.Photo.Credit)
	v.Logo = r.image(x.Logo, "", "")
	if v.Photo != nil && r.site.Kit.SharePictures != "participant" {
		v.Frame.photo(r, v.Photo)
	}
	draft.tell(&v.Story)
	for _, d := range x.Commitments {
		v.Deeds = append(v.Deeds, Deed{
			Title: d.Challenge.Title, URL: r.url(s.Challenge(d.Challenge)), Text: d.Text, Why: d.Challenge.Why,
			Since: r.month(d.DoneOn), New: d.New, Mark: r.mark(s, d.Challenge.Theme),
		})
	}
	for i := len(x.Awards) - 1; i >= 0; i-- {
		v.Awards = append(v.Awards, r.award(s, x.Awards[i]))
	}
	if len(v.Awards) > 0 {
		v.Current = &v.Awards[0]
		v.Owner, v.Owners = r.givers(p.Programme)
	}
	r.neighbours(s, p.Participant, v, draft)
	v.Data = r.businessData(p, x)
	return v
}

// neighbours are others of the same commune, else of the same trade: those that follow
// in the alphabet, so that every page links on and no one is left out.
func (r *Renderer) neighbours(s *plan.Section, x *model.Participant, v *Participant, draft *Draft) {
	f := s.Of("commune", x.Commune)
	if f == nil || len(f.Members) < 2 {
		f = s.Of("trade", x.Trade)
		if f == nil || len(f.Members) < 2 {
			return
		}
		v.NearTitle = r.phrase("near-trade", "trade", f.Title)
	} else {
		v.NearTitle = r.phrase("near-commune", "at", r.at(x.Commune))
	}
	v.NearURL = r.url(f.Path)
	at := 0
	for i, m := range f.Members {
		if m == x {
			at = i
		}
	}
	var others []*model.Participant
	for i := 1; i < len(f.Members) && i <= near; i++ {
		others = append(others, f.Members[(at+i)%len(f.Members)])
	}
	draft.cards(&v.Near, others, 0)
}

func (r *Renderer) award(s *plan.Section, d model.Distinction) Award {
	a := Award{
		Edition: Link{URL: r.url(s.Edition(d.Edition)), Text: d.Edition.Title}, Year: d.Edition.ID,
		On: unbroken(r.date(d.On)), Until: unbroken(r.date(d.Until)), UntilISO: d.Until.String(), Expired: d.Expired, Renewal: d.Renewal,
	}
	if d.Level != nil {
		a.Level = d.Level.Title
	}
	return a
}

// unbroken keeps a text on one line: a narrow table would part a date from its year.
func unbroken(text string) string { return strings.ReplaceAll(text, " ", "\u00a0") }

// isBusiness tells whether a participant is one, of which one says that it is closed. A
// team or a person has left.
func isBusiness(x *model.Profile) bool { return x.Kind != "team" && x.Kind != "person" }

// now are the hours as a script understands them, of whom it may say that the door is open. The clock and the
// holidays are those of the commune; the site's own where there is none.
func (r *Renderer) now(x *model.Profile) *Now {
	if !x.HasHours || x.Closed {
		return nil
	}
	text, ok := x.Hours.Since(hours.Date(r.site.Today)).Compact()
	if !ok {
		return nil
	}
	var commune string
	if x.Commune != nil {
		commune = x.Commune.Code
	}
	place := hours.PlaceOf(commune, firstOf(r.site.Timezone, "Europe/Paris"))
	return &Now{Script: r.base + "/assets/hours.js", Hours: text, Zone: place.Zone, Holidays: place.Holidays}
}

func (r *Renderer) hours(h hours.Hours) (rows []HoursRow, notes []string) {
	t := h.Table(r.lang)
	for _, row := range t.Rows {
		rows = append(rows, HoursRow{Days: row.Days, Times: row.Times, Note: row.Note, Closed: row.Closed})
	}
	return rows, t.Notes
}

func (r *Renderer) filterLink(f *plan.Filter, text string) *Link {
	if f == nil {
		return &Link{Text: text}
	}
	return &Link{URL: r.url(f.Path), Text: text, Count: len(f.Members)}
}

func (r *Renderer) crumb(path, text string) Link { return Link{URL: r.url(path), Text: text} }

func (r *Renderer) month(d model.Date) string {
	if d.IsZero() {
		return ""
	}
	return typography.Month(r.lang, d.Month) + " " + itoa(d.Year)
}

// image is a picture that the site publishes, or nil.
func (r *Renderer) image(file, alt, credit string) *Image {
	if file == "" || r.media == nil {
		return nil
	}
	p, ok := r.media.Web(file)
	if !ok || len(p.Sizes) == 0 {
		return nil
	}
	main := p.Sizes[len(p.Sizes)-1]
	img := &Image{Src: r.url(fileURL(main.Path)), Width: main.Width, Height: main.Height, Alt: alt, Credit: credit}
	if len(p.Sizes) > 1 {
		var set []string
		for _, s := range p.Sizes {
			set = append(set, r.url(fileURL(s.Path))+" "+itoa(s.Width)+"w")
		}
		img.Srcset = strings.Join(set, ", ")
	}
	return img
}

// fileURL is the address of a file of public/: its name may hold spaces, and commas, which part the addresses of
// a srcset.
func fileURL(name string) string {
	return strings.ReplaceAll((&url.URL{Path: "/" + name}).EscapedPath(), ",", "%2C")
}

// siretText is a SIRET as people read it: 148 122 278 00028.
func siretText(s string) string {
	if len(s) != 14 {
		return s
	}
	return s[:3] + "\u00a0" + s[3:6] + "\u00a0" + s[6:9] + "\u00a0" + s[9:]
}

func phoneLink(lang typography.Language, phone string) *Call {
	if phone == "" {
		return nil
	}
	return &Call{URL: phoneURL(phone), Text: phoneText(lang, phone)}
}

func phoneText(lang typography.Language, phone string) string {
	if phone == "" {
		return ""
	}
	return typography.Phone(lang, phone)
}

func phoneURL(phone string) template.URL {
	t, why := ident.Phone(phone)
	if why != ident.OK {
		return ""
	}
	return template.URL(t.URI())
}
