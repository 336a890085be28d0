package piece

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"vitrine/internal/diag"
	"vitrine/internal/typography"
)

// Proof is a list of names to be signed before anything is printed: each as it will stand on paper.
type Proof struct {
	Programme string
	Edition   string // its title; may be empty
	Author    string // of the document: who publishes it
	Date      time.Time
	Demo      bool // everything is fictitious, and says so
	Names     []ProofName
}

// ProofName is one winner, and how each piece sets the name.
type ProofName struct {
	Name    string      // as it is printed
	Record  string      // the name in the record, shown when it is another one
	Commune string      // may be empty
	Fits    []ProofFit  // in the order of the pieces
	Origin  diag.Origin // of the record, for messages; may be nil
}

// ProofFit is how one piece sets a name.
type ProofFit struct {
	Piece string // its title
	NameFit
}

// Slack is how far a name is from its limits, smallest first: how much of the way from its full size
// down to the smallest is left, in thousandths (negative when it does not fit); then how many lines
// are left; then how much of its lines' width the longest leaves, in thousandths. A name that may not
// shrink has all the way left: lines and width alone tell.
type Slack struct{ Size, Lines, Room int }

// manyLines stands for a box that takes any number.
const manyLines = 99

// Slack of a name in one piece.
func (f NameFit) Slack() Slack {
	s := Slack{Size: 1000, Lines: manyLines, Room: f.Room}
	if f.Full > f.Min {
		s.Size = int((f.Size - f.Min) * 1000 / (f.Full - f.Min))
	}
	if f.Room < 0 {
		s.Size = -1
	}
	if f.MaxLines > 0 {
		s.Lines = f.MaxLines - f.Lines
	}
	return s
}

func (s Slack) compare(t Slack) int {
	return cmp.Or(cmp.Compare(s.Size, t.Size), cmp.Compare(s.Lines, t.Lines), cmp.Compare(s.Room, t.Room))
}

// Tightest is the name that has the least room of those that one piece shows, one on each face of a card;
// there must be one.
func Tightest(names []NameFit) NameFit {
	return slices.MinFunc(names, func(a, b NameFit) int { return a.Slack().compare(b.Slack()) })
}

// tightSize is the share of the way down, in thousandths, below which a name is worth a second look.
const tightSize = 334

// Tight tells whether the name came near its smallest size.
func (s Slack) Tight() bool { return s.Size < tightSize }

// tightest is the piece that leaves a name the least room; -1 when none shows it.
func (n *ProofName) tightest() int {
	best := -1
	for i := range n.Fits {
		if best < 0 || n.Fits[i].Slack().compare(n.Fits[best].Slack()) < 0 {
			best = i
		}
	}
	return best
}

func (n *ProofName) slack() Slack {
	if i := n.tightest(); i >= 0 {
		return n.Fits[i].Slack()
	}
	return Slack{Size: 1001, Lines: manyLines, Room: 1000} // on no piece: last
}

// shown is the name as its tightest piece sets it.
func (n *ProofName) shown() string {
	if i := n.tightest(); i >= 0 && n.Fits[i].Text != "" {
		return n.Fits[i].Text
	}
	return n.Name
}

// TightestNames are the names that have the least room, at most n of them, the tightest first: those that no
// piece shows are not among them.
func (p *Proof) TightestNames(n int) []ProofName {
	var out []ProofName
	for _, name := range sorted(p.Names) {
		if len(out) < n && len(name.Fits) > 0 {
			out = append(out, name)
		}
	}
	return out
}

// Fit is how the piece that leaves the name the least room sets it; false when none shows it.
func (n *ProofName) Fit() (ProofFit, bool) {
	if i := n.tightest(); i >= 0 {
		return n.Fits[i], true
	}
	return ProofFit{}, false
}

// sorted is the names, the tightest first; those alike as a dictionary would.
func sorted(names []ProofName) []ProofName {
	out := slices.Clone(names)
	slices.SortStableFunc(out, func(a, b ProofName) int {
		return cmp.Or(a.slack().compare(b.slack()), strings.Compare(typography.SortKey(a.Name), typography.SortKey(b.Name)), strings.Compare(a.Name, b.Name))
	})
	return out
}
