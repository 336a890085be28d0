package write

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
)

const benchFiles = 20_000

// benchSite is a page per folder and a card beside it, some 6 kB each.
func benchPath(i int) string {
	return fmt.Sprintf("eco-defis/artisans/boulangerie-%05d/%s", i/2, [2]string{"index.html", "card.svg"}[i%2])
}

var benchBody = []byte(strings.Repeat("<p>Une vitrine pour les artisans engagés.</p>\n", 125))

func benchBytes(i int, edition string) []byte {
	return append(fmt.Appendf(make([]byte, 0, len(benchBody)+64), "<title>%d %s</title>", i, edition), benchBody...)
}

// workers does 0 … n-1, each worker its own half (third, …).
func workers(n int, do func(i int)) {
	var wg sync.WaitGroup
	count := runtime.GOMAXPROCS(0)
	for w := range count {
		wg.Go(func() {
			for i := n * w / count; i < n*(w+1)/count; i++ {
				do(i)
			}
		})
	}
	wg.Wait()
}

// disks are the folders to measure in: on disk and, where there is one, in memory.
func disks(b *testing.B, run func(b *testing.B, dir string)) {
	for _, d := range [][2]string{{"disk", os.TempDir()}, {"memory", "/dev/shm"}} {
		dir, err := os.MkdirTemp(d[1], "vitrine-bench")
		if err != nil {
			continue
		}
		b.Run(d[0], func(b *testing.B) { run(b, dir) })
		os.RemoveAll(dir)
	}
}

func perFile(b *testing.B, files int) {
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(files), "ns/file")
}

// BenchmarkFloor is what the same files cost without this package: make the
// folder, open, write, close.
func BenchmarkFloor(b *testing.B) {
	disks(b, func(b *testing.B, dir string) {
		n := 0
		for b.Loop() {
			n++
			root := filepath.Join(dir, fmt.Sprint(n))
			os.MkdirAll(root+"/eco-defis/artisans", 0o777)
			workers(benchFiles, func(i int) {
				path := filepath.Join(root, benchPath(i))
				if i%2 == 0 {
					os.Mkdir(filepath.Dir(path), 0o777)
				}
				if err := os.WriteFile(path, benchBytes(i, ""), 0o666); err != nil {
					b.Error(err)
				}
			})
		}
		perFile(b, benchFiles)
	})
}

func benchBuild(b *testing.B, opts Options, changed func(i int) string) Report {
	s, err := Open(opts)
	if err != nil {
		b.Fatal(err)
	}
	workers(benchFiles, func(i int) {
		if _, err := s.Put("public", benchPath(i), benchBytes(i, changed(i))); err != nil {
			b.Error(err)
		}
	})
	rep, err := s.Commit()
	if err != nil {
		b.Fatal(err)
	}
	return rep
}

func benchOptions(dir string, ordered bool) Options {
	return Options{State: filepath.Join(dir, ".vitrine"), Outputs: []Output{{Name: "public", Dir: filepath.Join(dir, "public")}}, Ordered: ordered, Workers: runtime.GOMAXPROCS(0)}
}

func BenchmarkCold(b *testing.B) {
	disks(b, func(b *testing.B, dir string) {
		n := 0
		for b.Loop() {
			n++
			root := filepath.Join(dir, fmt.Sprint(n))
			os.Mkdir(root, 0o777)
			benchBuild(b, benchOptions(root, false), func(int) string { return "" })
		}
		perFile(b, benchFiles)
	})
}

// BenchmarkAgain builds again and again over the same folder, with a number of
// files changed each time, each way.
func BenchmarkAgain(b *testing.B) {
	for _, n := range []int{0, 1, 30, benchFiles} {
		for _, ordered := range []bool{false, true} {
			b.Run(fmt.Sprintf("changed=%d/ordered=%v", n, ordered), func(b *testing.B) {
				disks(b, func(b *testing.B, dir string) {
					opts := benchOptions(dir, ordered)
					round := 0
					change := func(i int) string {
						if i%(benchFiles/max(n, 1)) == 0 && n > 0 {
							return fmt.Sprint(round)
						}
						return ""
					}
					for range 2 { // both trees are there
						round++
						benchBuild(b, opts, change)
					}
					for b.Loop() {
						round++
						benchBuild(b, opts, change)
					}
				})
			})
		}
	}
}
