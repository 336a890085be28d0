package piece_test

import (
	"bytes"
	"image"
	_ "image/jpeg"
	"image/png"
	"os"
	"testing"
)

func readPNG(t *testing.T, file string) image.Image {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	im, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	return im
}

// difference is the mean distance of two pictures' channels, in 255ths.
func difference(a, b image.Image) float64 {
	r := a.Bounds().Intersect(b.Bounds())
	if d := a.Bounds().Dy() - b.Bounds().Dy(); r.Empty() || d > 1 || d < -1 {
		return 255
	}
	sum := 0
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			r1, g1, b1, _ := a.At(x, y).RGBA()
			r2, g2, b2, _ := b.At(x, y).RGBA()
			for _, d := range []int{int(r1) - int(r2), int(g1) - int(g2), int(b1) - int(b2)} {
				if d < 0 {
					d = -d
				}
				sum += d >> 8
			}
		}
	}
	return float64(sum) / float64(3*r.Dx()*r.Dy())
}

func pixels(data []byte) (int, int) {
	c, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return 0, 0
	}
	return c.Width, c.Height
}
