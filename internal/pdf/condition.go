package pdf

import (
	"crypto/sha256"
	"sync"
)

// Condition is the printing condition that press files are made for: PDF/X names it and carries its
// profile, so that a proof anywhere shows the colours that the press will give.
type Condition struct {
	Identifier string // its name in the registry: « FOGRA39 »
	Info       string // the same for people
	Registry   string // who keeps the list of names: an address
	Profile    []byte // ICC profile of a CMYK output device
}

// blob is a compressed stream that many files share, with the digest of it, made when first asked for.
type blob struct {
	once sync.Once
	data []byte
	sum  [sha256.Size]byte
}

func (b *blob) fill(plain func() []byte) []byte {
	b.once.Do(func() {
		p := packers{level: profileLevel}
		b.data = p.deflate(plain())
		b.sum = sha256.Sum256(b.data)
	})
	return b.data
}

// output is a condition with its profile ready to embed.
type output struct {
	Condition
	blob
}

// intent writes the output intent and its profile.
func (w *writer) intent(o *output) int {
	profile := w.stream("/N 4", o.data)
	dict := "<</Type/OutputIntent/S/GTS_PDFX/OutputConditionIdentifier" + textString(o.Identifier)
	if o.Info != "" {
		dict += "/Info" + textString(o.Info)
	}
	if o.Registry != "" {
		dict += "/RegistryName" + textString(o.Registry)
	}
	return w.object(dict + "/DestOutputProfile " + ref(profile) + ">>")
}
