package picture

import "encoding/binary"

// segments walks the markers of a JPEG before its pixels. visit gets each marker with
// its whole segment and says whether to go on; it returns where the pixels start.
func segments(data []byte, visit func(marker byte, segment []byte)) (scan int, ok bool) {
	if len(data) < 4 || data[0] != 0xff || data[1] != 0xd8 {
		return 0, false
	}
	for i := 2; i+4 <= len(data); {
		if data[i] != 0xff {
			return 0, false
		}
		marker := data[i+1]
		if marker == 0xff { // padding
			i++
			continue
		}
		if marker == 0xda {
			return i, true
		}
		size := 2 + int(binary.BigEndian.Uint16(data[i+2:]))
		if size < 4 || i+size > len(data) {
			return 0, false
		}
		visit(marker, data[i:i+size])
		i += size
	}
	return 0, false
}

// orientation is the turn that EXIF notes, 1 when it notes none.
func orientation(data []byte) int {
	turn := 1
	segments(data, func(marker byte, s []byte) {
		const head = "Exif\x00\x00"
		if marker == 0xe1 && len(s) > 4+len(head) && string(s[4:4+len(head)]) == head {
			if t := exifTurn(s[4+len(head):]); t >= 1 && t <= 8 {
				turn = t
			}
		}
	})
	return turn
}

// exifTurn reads tag 0x0112 of a TIFF block's first directory.
func exifTurn(tiff []byte) int {
	if len(tiff) < 8 {
		return 0
	}
	var order binary.ByteOrder = binary.BigEndian
	if string(tiff[:2]) == "II" {
		order = binary.LittleEndian
	}
	at := int(order.Uint32(tiff[4:]))
	if at < 8 || at+2 > len(tiff) {
		return 0
	}
	n := int(order.Uint16(tiff[at:]))
	for i := range n {
		e := at + 2 + 12*i
		if e+12 > len(tiff) {
			return 0
		}
		if order.Uint16(tiff[e:]) == 0x0112 {
			return int(order.Uint16(tiff[e+8:]))
		}
	}
	return 0
}

// stripJPEG keeps what draws the picture and nothing else, without touching a pixel.
// It declines files in CMYK, and those it does not understand.
func stripJPEG(data []byte) ([]byte, bool) {
	out := []byte{0xff, 0xd8}
	inks := false
	scan, ok := segments(data, func(marker byte, s []byte) {
		switch {
		case marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc:
			inks = inks || len(s) > 9 && s[9] == 4
			out = append(out, s...)
		case marker >= 0xe0 && marker <= 0xef, marker == 0xfe:
			// Application data and comments; Adobe's tells how colours were turned.
			if marker == 0xee {
				out = append(out, s...)
			}
		default:
			out = append(out, s...)
		}
	})
	if !ok || inks {
		return nil, false
	}
	end := len(data)
	// What follows the end of the picture may be anything.
	for i := scan; i+1 < len(data); i++ {
		if data[i] == 0xff && data[i+1] == 0xd9 {
			end = i + 2
			break
		}
	}
	return append(out, data[scan:end]...), true
}
