package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"

	"vitrine/internal/build"
	"vitrine/internal/diag"
	"vitrine/internal/serve"
)

func runServe(w *world, fs *flag.FlagSet, args []string) (int, error) {
	var o options
	o.common(fs)
	var addr string
	var poll bool
	fs.StringVar(&addr, "addr", "", "where to listen, HOST:PORT or PORT ("+serve.DefaultAddr+", or the next free port)")
	fs.BoolVar(&poll, "poll", false, "look at the files at intervals instead of being told by the system")
	rest, err := w.parse(fs, args)
	if err == nil {
		err = w.none(rest)
	}
	if err != nil {
		return exitRefused, err
	}
	b, err := w.options(&o)
	if err != nil {
		return exitRefused, err
	}
	b.Progress = nil // an update is over before it could be read
	until := w.until
	if until == nil {
		until = context.Background()
	}
	ctx, stop := signal.NotifyContext(until, os.Interrupt, syscall.SIGTERM)
	defer stop()
	ln, err := serve.Listen(addr)
	if err != nil {
		w.cannotListen(addr, err)
		return exitRefused, nil
	}
	if !ln.Loopback() {
		w.say(text{"attention : toutes les machines du réseau peuvent lire cet aperçu (%s)", "careful: every machine of the network can read this preview (%s)"}, ln.Addr())
	}
	p := previewer{world: w}
	err = serve.Run(ctx, ln, serve.Options{
		Site: build.NewPreview(b), Dir: o.site, Poll: poll, Now: w.now,
		Language: w.lang, Ready: p.ready, Report: p.report, Trouble: p.trouble,
	})
	if err != nil {
		return exitRefused, err
	}
	return exitFine, nil
}

func (w *world) cannotListen(addr string, err error) {
	var bad *serve.BadAddrError
	switch {
	case errors.As(err, &bad):
		w.say(text{"--addr attend HÔTE:PORT ou un port, pas « %s »", "--addr takes HOST:PORT or a port, not “%s”"}, bad.Addr)
	case serve.Taken(err) && addr == "":
		w.say(text{"le port 8080 et les dix suivants sont pris", "port 8080 and the next ten are taken"})
		w.hint(text{"arrêtez un autre aperçu, ou choisissez un port : --addr 9000", "stop another preview, or choose a port: --addr 9000"})
	case serve.Taken(err):
		w.say(text{"l’adresse %s est déjà prise par un autre programme", "the address %s is taken by another program"}, addr)
		w.hint(text{"choisissez un autre port, ou laissez --addr de côté", "choose another port, or leave --addr out"})
	default:
		w.say(text{"impossible d’écouter sur %s : %v", "cannot listen on %s: %v"}, addr, err)
	}
}

// previewer says what happens to a site that is served.
type previewer struct {
	*world
	said []string // the diagnostics that were printed last
}

func (p *previewer) ready(site, kit string) {
	lang := p.lang(p.site)
	fmt.Fprintf(p.stdout, text{"aperçu : %s\n", "preview: %s\n"}.in(lang), site)
	fmt.Fprintf(p.stdout, text{"  le kit : %s\n", "  the kit: %s\n"}.in(lang), kit)
	if p.shown != nil {
		p.shown(site)
		return
	}
	if p.terminal {
		fmt.Fprintln(p.stderr, text{"Chaque enregistrement se voit aussitôt. Ctrl-C arrête.", "Each save shows at once. Ctrl-C stops."}.in(lang))
	}
}

func (p *previewer) report(r serve.Report) {
	p.site = r.Result.Language
	p.print(r.Result)
	if r.Err != nil {
		p.explain(r.Err)
	}
	if p.terminal && len(r.Names) > 0 {
		fmt.Fprintln(p.stderr, p.line(r))
	}
}

// line says in one line what an update was about, and how it went.
func (p *previewer) line(r serve.Report) string {
	lang := p.lang(p.site)
	took := fmt.Sprintf("%d ms", r.Took.Milliseconds())
	if r.Took >= time.Second {
		took = fmt.Sprintf("%.1f s", r.Took.Seconds())
		if lang != diag.English {
			took = strings.Replace(took, ".", ",", 1)
		}
	}
	parts := []string{took, r.Names[0]}
	if n := len(r.Names) - 1; n > 0 {
		parts[1] += " " + fmt.Sprintf(text{"et %s", "and %s"}.in(lang), p.plural(n, otherFileNoun))
	}
	if n := r.Result.Diagnostics.Errors(); n > 0 {
		parts = append(parts, p.plural(n, errorNoun))
	}
	return strings.Join(parts, " · ")
}

// print prints the diagnostics, unless they are those that were printed last: a line that
// moved down is no news of a warning.
func (p *previewer) print(r *build.Result) {
	var said []string
	for _, d := range r.Diagnostics {
		key := fmt.Sprint(d.Severity, d.Code, d.Span.File, d.Args)
		if d.Severity == diag.Error {
			key = fmt.Sprint(key, d.Span)
		}
		said = append(said, key)
	}
	if slices.Equal(said, p.said) {
		return
	}
	p.said = said
	var b bytes.Buffer
	// Nothing fails in memory.
	_ = diag.Print(&b, r.Diagnostics, p.lang(r.Language), r.Sources, p.terminal && p.env("NO_COLOR") == "")
	// A terminal that cannot be written to leaves no one to tell.
	_, _ = p.stderr.Write(b.Bytes())
}

// trouble says why the files cannot be watched, and what can be done.
func (p *previewer) trouble(err error) {
	var limit *serve.LimitError
	if !errors.As(err, &limit) {
		p.explain(err)
		return
	}
	switch {
	case limit.Full():
		p.say(text{
			"le système ne surveille pas plus de dossiers (limite fs.inotify.max_user_watches atteinte après %d) ; les fichiers sont regardés à intervalles, un peu moins vite",
			"the system watches no more folders (limit fs.inotify.max_user_watches met after %d); the files are looked at in intervals, a little less quickly"}, limit.Watches)
		p.hint(text{"pour relever la limite : sudo sysctl fs.inotify.max_user_watches=524288, puis relancez", "to raise the limit: sudo sysctl fs.inotify.max_user_watches=524288, then run again"})
	case limit.Open():
		p.say(text{
			"le système n’ouvre plus de surveillance (limite fs.inotify.max_user_instances, ou nombre de fichiers ouverts) ; les fichiers sont regardés à intervalles, un peu moins vite",
			"the system opens no more watches (limit fs.inotify.max_user_instances, or the number of open files); the files are looked at in intervals, a little less quickly"})
		p.hint(text{"pour relever ces limites : sudo sysctl fs.inotify.max_user_instances=512, ulimit -n 8192 ; puis relancez", "to raise these limits: sudo sysctl fs.inotify.max_user_instances=512, ulimit -n 8192; then run again"})
	default:
		p.say(text{"surveillance impossible (%v) ; les fichiers sont regardés à intervalles, un peu moins vite", "cannot watch (%v); the files are looked at in intervals, a little less quickly"}, limit.Err)
	}
}
