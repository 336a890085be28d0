package piece_test

import (
	"bytes"
	"image"
	_ "image/jpeg"
	_ "image/png"
)

func pixels(data []byte) (int, int) {
	c, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return 0, 0
	}
	return c.Width, c.Height
}
