package layout

import "rsc.io/qr"

// QRQuiet is the empty border around a code, in modules.
const QRQuiet = 4

// QR is a code for a text as one path, centred in the box with its quiet zone inside it. Level Q: a
// quarter of it may be dirty or torn. module is the side of one of its squares.
func QR(box Rect, text string, color Color) (path *Path, module Length, err error) {
	code, err := qr.Encode(text, qr.Q)
	if err != nil {
		return nil, 0, err
	}
	n := Length(code.Size + 2*QRQuiet)
	module = min(box.W, box.H) / n
	x0 := box.X + (box.W-module*n)/2 + module*QRQuiet
	y0 := box.Y + (box.H-module*n)/2 + module*QRQuiet
	path = &Path{Fill: &color, Rects: make([]Rect, 0, code.Size*code.Size/3)}
	// one rectangle for each run of dark squares: no hairlines between neighbours of a row
	for y := range code.Size {
		for x := 0; x < code.Size; {
			if !code.Black(x, y) {
				x++
				continue
			}
			end := x
			for end < code.Size && code.Black(end, y) {
				end++
			}
			path.Rects = append(path.Rects, Rect{x0 + Length(x)*module, y0 + Length(y)*module, Length(end-x) * module, module})
			x = end
		}
	}
	return path, module, nil
}
