package acceptance

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/performance"
	"github.com/chromedp/chromedp"

	"vitrine/internal/build"
	"vitrine/internal/model"
	"vitrine/themes"
)

// TestFindSpeed types into the search of 10,000 participants, on a processor slowed down four
// times, and reports what a keystroke asks of the page's own thread, in its own time: other
// programs do not enter it. The log is the report, since no test may depend on a machine.
// VITRINE_BENCH names the folder with corpus.py.
func TestFindSpeed(t *testing.T) {
	bench := os.Getenv("VITRINE_BENCH")
	if os.Getenv("VITRINE_ALL") != "1" || bench == "" {
		t.Skip("builds 10,000 participants: VITRINE_ALL=1, VITRINE_BENCH=folder of corpus.py")
	}
	dir := t.TempDir()
	if out, err := exec.Command("python3", filepath.Join(bench, "corpus.py"), "--formats", "vitrine", "10000", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	public := filepath.Join(dir, "public")
	r, err := build.Run(build.Options{Site: filepath.Join(dir, "vitrine"), Public: public, Kit: filepath.Join(dir, "kit"), State: filepath.Join(dir, "state"), Only: "site", Today: func(string) model.Date { return model.Date{Year: 2026, Month: 6, Day: 1} }, Themes: themes.FS})
	if err != nil || r.Diagnostics.Errors() > 0 {
		t.Fatal(err, r.Diagnostics)
	}
	server := httptest.NewServer(http.FileServer(http.Dir(public)))
	defer server.Close()
	for _, rate := range []float64{1, 4} {
		keystrokes(t, server.URL+"/engages/commerces/", rate)
	}
}

func keystrokes(t *testing.T, address string, rate float64) {
	p := open(t).tab(t)
	defer p.done()
	p.do(t, func(ctx context.Context, tab *chromedp.Target) (chromedp.Void, error) {
		if _, err := cdp.Call(ctx, tab, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: rate}); err != nil {
			return chromedp.Void{}, err
		}
		_, err := cdp.Call(ctx, tab, performance.Enable, performance.EnableParams{TimeDomain: performance.EnableTimeDomainThreadTicks})
		return chromedp.Void{}, err
	}, chromedp.Navigate(address))
	spent := func() map[string]float64 {
		m, err := chromedp.Run(p.ctx, chromedp.Action[map[string]float64](func(ctx context.Context, tab *chromedp.Target) (map[string]float64, error) {
			got, err := cdp.Call(ctx, tab, performance.GetMetrics, cdp.Empty{})
			out := map[string]float64{}
			if err == nil {
				for _, m := range got.Metrics {
					out[m.Name] = 1000 * m.Value
				}
			}
			return out, err
		}))
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	parts := []string{"ScriptDuration", "RecalcStyleDuration", "LayoutDuration"}
	var all, tasks, idle []float64
	worst := ""
	for _, word := range []string{"", "boulangerie", "atelier martin", "former", "co", "ca", "de", "biodechets"} {
		for i := 2; i <= max(len(word), 6) && (i <= len(word) || word == ""); i++ {
			before := spent()
			typed := word[:min(i, len(word))]
			p.do(t, chromedp.Evaluate[chromedp.Void](`{ const q = document.querySelector("#find-q"); q.value = `+strconv.Quote(typed)+`; q.dispatchEvent(new Event("input")) }`))
			time.Sleep(time.Duration(rate*150) * time.Millisecond)
			after := spent()
			sum := 0.0
			for _, k := range parts {
				sum += after[k] - before[k]
			}
			if word == "" {
				idle = append(idle, after["TaskDuration"]-before["TaskDuration"])
				continue
			}
			if len(all) == 0 || sum > slices.Max(all) {
				worst = fmt.Sprintf("%q: %.1f ms", typed, sum)
			}
			all, tasks = append(all, sum), append(tasks, after["TaskDuration"]-before["TaskDuration"])
		}
	}
	for _, v := range [][]float64{all, tasks, idle} {
		slices.Sort(v)
	}
	at := func(v []float64, share float64) float64 { return v[int(share*float64(len(v)-1))] }
	t.Logf("slowed down %g×, %d keystrokes: script, style and layout median %.1f, 95 %% under %.1f, most %s; all tasks of the thread median %.1f, of which %.1f where nothing is asked", rate, len(all), at(all, .5), at(all, .95), worst, at(tasks, .5), at(idle, .5))
}
