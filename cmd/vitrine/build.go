package main

import (
	"flag"
	"os"
	"path/filepath"
	"strconv"
	"time"
	_ "time/tzdata" // Windows has no time zones of its own

	"vitrine/internal/build"
	"vitrine/internal/diag"
	"vitrine/internal/model"
	"vitrine/themes"
)

// options are the flags that the commands share.
type options struct {
	site, public, kit  string
	only, date, lang   string
	shard, sent        string
	asksSent           bool // --sent was given, be it empty
	jobs               int
	force, json, rules bool
	profile, printInto string
	start              int
}

func (o *options) common(fs *flag.FlagSet) {
	fs.StringVar(&o.site, "site", ".", "the site's folder")
	fs.StringVar(&o.date, "date", "", "the day to build for, YYYY-MM-DD")
	fs.StringVar(&o.lang, "lang", "", "language of messages: fr or en")
	fs.IntVar(&o.jobs, "jobs", 0, "how many workers; 0: one per core")
}

func (o *options) folders(fs *flag.FlagSet) {
	fs.StringVar(&o.public, "public", "", "where the site goes (SITE/public)")
	fs.StringVar(&o.kit, "kit", "", "where the kit goes (SITE/kit)")
	fs.BoolVar(&o.force, "force", false, "read and make everything again, and replace files that stand in the way and are not known to be Vitrine's")
}

func (o *options) output(fs *flag.FlagSet) {
	fs.BoolVar(&o.json, "json", false, "print the result as one JSON object")
}

// options turns the flags into what a build asks for.
func (w *world) options(o *options) (build.Options, error) {
	switch o.lang {
	case "", "fr", "en":
		w.asked = diag.Language(o.lang)
	default:
		w.say(text{"langue inconnue « %s » : fr ou en", "unknown language “%s”: fr or en"}, o.lang)
		return build.Options{}, errUsage
	}
	today, err := w.today(o.date)
	if err != nil {
		return build.Options{}, err
	}
	if o.jobs < 0 || o.jobs > 1024 {
		w.say(text{"--jobs attend un nombre de 0 à 1024", "--jobs takes a number from 0 to 1024"})
		return build.Options{}, errUsage
	}
	if info, err := os.Stat(o.site); err != nil || !info.IsDir() {
		w.say(text{"dossier introuvable : %s", "no such folder: %s"}, o.site)
		return build.Options{}, errUsage
	}
	tame()
	b := build.Options{
		Site: o.site, Public: o.public, Kit: o.kit, State: filepath.Join(o.site, ".vitrine"), Only: o.only,
		Program: program(), Themes: themes.FS, Own: os.DirFS(o.site), Today: today, Workers: o.jobs, Force: o.force, Now: w.now,
	}
	if o.shard != "" {
		if b.Shard, err = build.ParseShard(o.shard); err != nil {
			w.say(text{"--shard attend i/n, par exemple 0/4, pas « %s »", "--shard takes i/n, 0/4 for instance, not “%s”"}, o.shard)
			return build.Options{}, errUsage
		}
	}
	if b.Public == "" {
		b.Public = filepath.Join(o.site, "public")
	}
	if b.Kit == "" {
		b.Kit = filepath.Join(o.site, "kit")
	}
	if w.terminal && !o.json {
		b.Progress = w.progress()
	}
	return b, nil
}

// today is the day to build for: --date, else SOURCE_DATE_EPOCH, else the clock in the
// site's time zone.
func (w *world) today(date string) (func(zone string) model.Date, error) {
	if date != "" {
		d, err := model.ParseDate(date)
		if err != nil {
			w.say(text{"--date attend AAAA-MM-JJ, pas « %s »", "--date takes YYYY-MM-DD, not “%s”"}, date)
			return nil, errUsage
		}
		return func(string) model.Date { return d }, nil
	}
	now := w.now
	if v := w.env("SOURCE_DATE_EPOCH"); v != "" {
		seconds, err := strconv.ParseInt(v, 10, 64)
		if err != nil {
			w.say(text{"SOURCE_DATE_EPOCH attend un nombre de secondes, pas « %s »", "SOURCE_DATE_EPOCH takes a number of seconds, not “%s”"}, v)
			return nil, errUsage
		}
		now = func() time.Time { return time.Unix(seconds, 0) }
	}
	return func(zone string) model.Date {
		loc, err := time.LoadLocation(zone)
		if err != nil {
			loc = time.UTC
		}
		return model.DateOf(now().In(loc))
	}, nil
}

func runBuild(w *world, fs *flag.FlagSet, args []string) (int, error) {
	var o options
	o.common(fs)
	o.folders(fs)
	o.output(fs)
	fs.StringVar(&o.only, "only", "", "site, kit, or the id of one piece")
	fs.StringVar(&o.shard, "shard", "", "make the part i of n of the outputs, as i/n; indices from 0 or from 1")
	fs.StringVar(&o.sent, "sent", "", "record the run as sent to print, under this name, for vitrine reprint")
	return w.make(&o, fs, args, false)
}

// make runs a build, dry or not, and says how it went.
func (w *world) make(o *options, fs *flag.FlagSet, args []string, dry bool) (int, error) {
	rest, err := w.parse(fs, args)
	if err == nil {
		err = w.none(rest)
	}
	if err != nil {
		return exitRefused, err
	}
	b, err := w.options(o)
	if err != nil {
		return exitRefused, err
	}
	b.Dry, b.Sent, b.Rules = dry, o.sent, o.rules || o.json
	fs.Visit(func(f *flag.Flag) { o.asksSent = o.asksSent || f.Name == "sent" })
	if err := w.sentName(o, &b); err != nil {
		return exitRefused, err
	}
	start := w.now()
	result, err := build.Run(b)
	w.site = result.Language
	if err != nil {
		w.diagnose(result)
		return exitRefused, err
	}
	if o.json {
		return w.printJSONRules(result)
	}
	w.diagnose(result)
	if o.rules {
		w.rules(result.Rules)
	}
	return w.conclude(o, &b, result, w.now().Sub(start)), nil
}
