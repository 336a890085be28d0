package page

import "vitrine/internal/plan"

// moved is what stands at an address that a participant's page had.
func (r *Renderer) moved(p *plan.Page) *Moved {
	x := r.profile(p.Participant)
	at := r.plan.Sections[p.Programme].Participant(p.Participant)
	v := &Moved{To: Link{URL: r.url(at), Text: x.Name}}
	v.Frame = r.frame(p, r.phrase("moved"), r.phrase("moved"))
	v.Frame.Index, v.Frame.Crumbs = false, nil
	v.Frame.Canonical = r.full(at)
	return v
}
