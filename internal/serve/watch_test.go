package serve

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/fsnotify/fsnotify"
)

// saves are how editors and people change a site; each leaves the mirror to follow.
var saves = []struct {
	name string
	do   func(p *preview)
}{
	{"truncate and write", func(p *preview) { put(p, p.at("content/a.md"), "truncated") }},
	{"a temporary file renamed over", func(p *preview) {
		put(p, p.at("content/.a.md.tmp"), "renamed")
		must(p, os.Rename(p.at("content/.a.md.tmp"), p.at("content/a.md")))
	}},
	{"a visible temporary file renamed over", func(p *preview) {
		put(p, p.at("content/sedX12"), "sed")
		must(p, os.Rename(p.at("content/sedX12"), p.at("content/a.md")))
	}},
	{"a backup, then a new file (Vim)", func(p *preview) {
		put(p, p.at("content/4913"), "")
		must(p, os.Remove(p.at("content/4913")))
		must(p, os.Rename(p.at("content/a.md"), p.at("content/a.md~")))
		put(p, p.at("content/a.md"), "vim")
		must(p, os.Remove(p.at("content/a.md~")))
	}},
	{"removed and made again", func(p *preview) {
		must(p, os.Remove(p.at("content/a.md")))
		put(p, p.at("content/a.md"), "again")
	}},
	{"appended to", func(p *preview) {
		f, err := os.OpenFile(p.at("content/a.md"), os.O_APPEND|os.O_WRONLY, 0)
		must(p, err)
		_, err = f.WriteString(" and more")
		must(p, errors.Join(err, f.Close()))
	}},
	{"a new file", func(p *preview) { put(p, p.at("content/new.md"), "new") }},
	{"removed", func(p *preview) { must(p, os.Remove(p.at("content/new.md"))) }},
	{"renamed", func(p *preview) { must(p, os.Rename(p.at("content/b.md"), p.at("content/c.md"))) }},
	{"a new folder with files at once", func(p *preview) {
		for i := range 20 {
			put(p, p.at(fmt.Sprintf("content/deep/%d/er/x.md", i)), "deep")
		}
	}},
	{"in a folder made just now", func(p *preview) { put(p, p.at("content/deep/3/er/x.md"), "deeper") }},
	{"a folder renamed", func(p *preview) { must(p, os.Rename(p.at("content/deep"), p.at("content/depth"))) }},
	{"in a renamed folder", func(p *preview) { put(p, p.at("content/depth/3/er/x.md"), "renamed deep") }},
	{"a folder made below a renamed one", func(p *preview) { put(p, p.at("content/depth/3/new/x.md"), "n") }},
	{"a folder moved out and back", func(p *preview) {
		must(p, os.Rename(p.at("content"), p.at("away")))
		must(p, os.Rename(p.at("away"), p.at("content")))
	}},
	{"after it came back", func(p *preview) { put(p, p.at("content/depth/3/er/x.md"), "came back") }},
	{"a folder replaced by another", func(p *preview) {
		put(p, p.at("other/a.md"), "replaced")
		put(p, p.at("other/depth/3/er/x.md"), "replaced too")
		must(p, os.Rename(p.at("content"), p.at("away")))
		must(p, os.Rename(p.at("other"), p.at("content")))
	}},
	{"in the one that came", func(p *preview) { put(p, p.at("content/depth/3/er/x.md"), "in the new one") }},
	{"in the one that went: not the site's", func(p *preview) {
		put(p, p.at("away/a.md"), "elsewhere")
		put(p, p.at("content/mark.md"), "x")
	}},
	{"a folder removed and made again", func(p *preview) {
		must(p, os.RemoveAll(p.at("content")))
		put(p, p.at("content/a.md"), "from nothing")
		put(p, p.at("content/depth/a.md"), "from nothing too")
	}},
	{"in the one made again", func(p *preview) { put(p, p.at("content/depth/a.md"), "still told") }},
	{"a thousand files at once", func(p *preview) {
		for i := range 1000 {
			put(p, p.at(fmt.Sprintf("data/many/%d/%d.toml", i%10, i)), strings.Repeat("x", i))
		}
	}},
	{"a thousand files gone", func(p *preview) { must(p, os.RemoveAll(p.at("data/many"))) }},
	{"a folder that was not there at first", func(p *preview) { put(p, p.at("themes/own/layouts/home.html"), "h") }},
	{"the whole site moved away and back", func(p *preview) {
		must(p, os.Rename(p.dir, p.dir+"-away"))
		must(p, os.Rename(p.dir+"-away", p.dir))
	}},
	{"after the whole came back", func(p *preview) { put(p, p.at("content/depth/a.md"), "home again") }},
	{"the whole site replaced", func(p *preview) {
		must(p, os.Rename(p.dir, p.dir+"-old"))
		put(p, p.at("content/only.md"), "only")
	}},
	{"in the site that came", func(p *preview) { put(p, p.at("content/only.md"), "only this") }},
}

func (p *preview) at(name string) string { return filepath.Join(p.dir, filepath.FromSlash(name)) }

func TestEverySaveIsSeen(t *testing.T) {
	for _, mode := range []string{"watch", "poll"} {
		t.Run(mode, func(t *testing.T) {
			p := serving(t, map[string]string{"data/site.toml": "1", "content/a.md": "1", "content/b.md": "1"}, func(o *Options, _ *mirror) { o.Poll = mode == "poll" })
			for _, s := range saves {
				s.do(p)
				p.same(s.name)
			}
			select {
			case err := <-p.trouble:
				t.Error(err)
			default:
			}
		})
	}
}

// TestRandomMoves makes all sorts of movements without waiting in between.
func TestRandomMoves(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	p := serving(t, map[string]string{"data/site.toml": "1"})
	folders := []string{"data", "content", "content/a", "content/a/b", "content/c", "static/x", "themes/t/layouts"}
	folder := func() string { return folders[random.IntN(len(folders))] }
	for round := range 40 {
		for range 1 + random.IntN(12) {
			name := fmt.Sprintf("%s/%d.md", folder(), random.IntN(4))
			switch random.IntN(7) {
			case 0, 1, 2:
				put(t, p.at(name), fmt.Sprint(random.IntN(1000)))
			case 3:
				_ = os.Remove(p.at(name))
			case 4:
				_ = os.RemoveAll(p.at(folder()))
			case 5, 6: // into itself, over a full one: the system refuses, which is fine
				_ = os.Rename(p.at(folder()), p.at(folder()))
			}
		}
		p.same(fmt.Sprint("round ", round))
	}
}

// TestErrorsAreShownThenMended: while something is wrong, the site is told of all that changed
// since it was right.
func TestErrorsAreShownThenMended(t *testing.T) {
	p := serving(t, map[string]string{"content/a.md": "good", "content/b.md": "good"})
	<-p.reports
	put(t, p.at("content/a.md"), "BROKEN")
	if r := <-p.reports; r.Result.Diagnostics.Errors() != 1 || !slices.Equal(r.Names, []string{"content/a.md"}) {
		t.Errorf("%+v", r)
	}
	put(t, p.at("content/b.md"), "fine")
	if r := <-p.reports; r.Result.Diagnostics.Errors() != 1 || !slices.Equal(r.Names, []string{"content/b.md"}) {
		t.Errorf("%+v", r)
	}
	put(t, p.at("content/a.md"), "mended")
	if r := <-p.reports; r.Result.Diagnostics.Errors() != 0 || r.All {
		t.Errorf("%+v", r)
	}
	p.same("mended")
}

// TestOneUpdateAtATime: what changes while the site is read goes into one next update.
func TestOneUpdateAtATime(t *testing.T) {
	p := serving(t, map[string]string{"content/a.md": "1"})
	p.mu.Lock()
	p.block = make(chan struct{})
	before := p.updates
	p.mu.Unlock()
	put(t, p.at("content/a.md"), "2")
	block := p.block
	for i := range 100 {
		put(t, p.at(fmt.Sprintf("content/%d.md", i)), "3")
	}
	block <- struct{}{} // the first update has begun: the hundred are on their way
	close(block)
	p.same("all")
	p.mu.Lock()
	defer p.mu.Unlock()
	if n := p.updates - before; n > 10 {
		t.Errorf("%d updates for 101 files", n)
	}
}

func TestOverflowLooksAtEverything(t *testing.T) {
	events, failures := make(chan fsnotify.Event), make(chan error)
	p := serving(t, map[string]string{"content/a.md": "1"}, func(o *Options, _ *mirror) {
		o.notifier = func() (*notifier, error) {
			nothing := func(string) error { return nil }
			return &notifier{add: nothing, remove: nothing, close: func() error { return nil }, events: events, errors: failures}, nil
		}
	})
	put(t, p.at("content/a.md"), "2") // of which nobody tells
	failures <- fsnotify.ErrEventOverflow
	p.same("after an overflow")
}

func TestLimitsFallBackToPolling(t *testing.T) {
	nothing := func(string) error { return nil }
	for name, make := range map[string]func() (*notifier, error){
		"no more folders": func() (*notifier, error) {
			n := 0
			return &notifier{add: func(string) error {
				if n++; n > 2 {
					return fmt.Errorf("add: %w", syscall.ENOSPC)
				}
				return nil
			}, remove: nothing, close: func() error { return nil }}, nil
		},
		"no watcher at all": func() (*notifier, error) { return nil, syscall.EMFILE },
	} {
		t.Run(name, func(t *testing.T) {
			p := serving(t, map[string]string{"content/a.md": "1", "content/b/c/d.md": "1"}, func(o *Options, _ *mirror) { o.notifier = make })
			err := <-p.trouble
			var e *LimitError
			if !errors.As(err, &e) || e.Full() == e.Open() || e.Full() && e.Watches != 2 {
				t.Errorf("%#v", err)
			}
			put(t, p.at("content/b/c/d.md"), "2")
			p.same("by polling")
			put(t, p.at("content/new/x.md"), "2")
			must(t, os.RemoveAll(p.at("content/b")))
			p.same("by polling")
		})
	}
}

func TestUnreadableFolderIsNoLimit(t *testing.T) {
	p := serving(t, map[string]string{"content/a.md": "1"}, func(o *Options, _ *mirror) {
		make := systemNotifier
		o.notifier = func() (*notifier, error) {
			n, err := make()
			add := n.add
			n.add = func(dir string) error {
				if filepath.Base(dir) == "closed" {
					return syscall.EACCES
				}
				return add(dir)
			}
			return n, err
		}
	})
	put(t, p.at("content/closed/x.md"), "1")
	put(t, p.at("content/a.md"), "2")
	p.same("beside a closed folder")
	select {
	case err := <-p.trouble:
		t.Error(err)
	default:
	}
}

func TestSiteRemoved(t *testing.T) {
	for _, poll := range []bool{false, true} {
		p := serving(t, map[string]string{"content/a.md": "1"}, func(o *Options, _ *mirror) { o.Poll = poll })
		<-p.reports
		must(t, os.RemoveAll(p.dir))
		if !poll { // which sees its files go, one by one
			for {
				if r := <-p.reports; r.Err != nil {
					break
				}
			}
		}
		put(t, p.at("content/a.md"), "2")
		p.same("the site is back")
	}
}

func TestPollingIsPaced(t *testing.T) {
	if between(0) != pollLeast || between(pollMost) != pollMost || between(pollLeast) != pollShare*pollLeast {
		t.Error(between(0), between(pollMost), between(pollLeast))
	}
}
