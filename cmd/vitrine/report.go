package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"path/filepath"
	"time"

	"vitrine/internal/build"
	"vitrine/internal/diag"
)

// diagnose prints what was found.
func (w *world) diagnose(r *build.Result) {
	colour := w.terminal && w.env("NO_COLOR") == ""
	// A terminal that cannot be written to leaves no one to tell.
	_ = diag.Print(w.stderr, r.Diagnostics, w.lang(r.Language), r.Sources, colour)
}

// conclude ends with the lines that a person needs.
func (w *world) conclude(o *options, b *build.Options, r *build.Result, took time.Duration) int {
	warnings := w.plural(r.Diagnostics.Warnings(), warningNoun)
	if n := r.Diagnostics.Errors(); n > 0 {
		w.say(text{"%s ; public/ et kit/ n’ont pas changé", "%s; public/ and kit/ were not changed"}, w.plural(n, errorNoun))
		return exitData
	}
	pages, pieces := w.plural(r.Counts["page"], pageNoun), w.plural(r.Counts["kit"], pieceNoun)
	line := func(t text, args ...any) { fmt.Fprintf(w.stdout, t.in(w.lang(w.site))+"\n", args...) }
	if b.Dry {
		line(text{"tout est prêt : %s, %s, %s", "all is ready: %s, %s, %s"}, pages, pieces, warnings)
		return exitFine
	}
	changed := 0
	for _, f := range r.Outputs {
		if f.Status != "unchanged" {
			changed++
		}
	}
	changes := text{"rien n’a changé", "nothing changed"}.in(w.lang(w.site))
	if changed > 0 {
		changes = w.plural(changed, changeNoun)
	}
	seconds := took.Round(10 * time.Millisecond)
	line(text{"%s, %s, %s en %s (%s)", "%s, %s, %s in %s (%s)"}, pages, pieces, warnings, seconds, changes)
	if o.only == "" || o.only == "site" {
		line(text{"  le site : %s", "  the site: %s"}, filepath.Join(b.Public, "index.html"))
	}
	if o.only != "site" {
		line(text{"  le kit  : %s", "  the kit:  %s"}, filepath.Join(b.Kit, "index.html"))
	}
	if r.Sent != "" {
		line(text{"  l’envoi est noté : %s", "  the run is recorded: %s"}, filepath.Join(b.Site, filepath.FromSlash(r.Sent)))
	}
	for _, k := range r.Kept {
		w.say(text{"%s n’est plus produit, mais a été modifié à la main : laissé en place", "%s is no longer made, but was changed by hand: left where it is"}, k)
	}
	return exitFine
}

// jsonDiagnostic is a diagnostic as --json has it.
type jsonDiagnostic struct {
	File     string `json:"file"`
	Line     int    `json:"line"`
	Column   int    `json:"column"`
	Severity string `json:"severity"`
	Code     string `json:"code"`
	Message  string `json:"message"`
	Hint     string `json:"hint"`
}

func (w *world) printJSON(r *build.Result) (int, error) { return w.printJSONWith(r, nil) }

// printJSONRules adds what came of the programmes' rules.
func (w *world) printJSONRules(r *build.Result) (int, error) {
	rules := r.Rules
	if rules == nil { // the data could not be read
		rules = []build.RuleFinding{}
	}
	return w.printJSONWith(r, map[string]any{"rules": rules})
}

// printJSONWith adds what only one command tells.
func (w *world) printJSONWith(r *build.Result, more map[string]any) (int, error) {
	lang := w.lang(r.Language)
	found := make([]jsonDiagnostic, 0, len(r.Diagnostics))
	for _, d := range r.Diagnostics {
		j := jsonDiagnostic{File: d.Span.File, Severity: d.Severity.String(), Code: string(d.Code), Message: d.Message(lang), Hint: d.HintText(lang)}
		if text, ok := r.Sources(d.Span.File); ok && d.Span.File != "" {
			p := diag.Locate(text, d.Span.Start)
			j.Line, j.Column = p.Line, p.Column
		}
		found = append(found, j)
	}
	outputs := r.Outputs
	if outputs == nil {
		outputs = []build.Output{}
	}
	enc := json.NewEncoder(w.stdout)
	enc.SetEscapeHTML(false)
	all := map[string]any{"outputs": outputs, "diagnostics": found, "counts": r.Counts, "timings": r.Timings}
	if r.Sent != "" {
		all["sent"] = r.Sent
	}
	maps.Copy(all, more)
	if err := enc.Encode(all); err != nil {
		return exitRefused, err
	}
	if r.Diagnostics.Errors() > 0 {
		return exitData, nil
	}
	return exitFine, nil
}
