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
// It declines what not every reader of a PDF takes (four inks, progressive files) and
// what it does not understand: those are encoded again.
func stripJPEG(data []byte) ([]byte, bool) {
	out := []byte{0xff, 0xd8}
	known := true
	scan, ok := segments(data, func(marker byte, s []byte) {
		out, known = keepSegment(out, marker, s, known)
	})
	if !ok {
		return nil, false
	}
	// A picture may come in several scans, with segments between them.
	for i := scan; known; {
		if i+4 > len(data) || data[i] != 0xff {
			return nil, false
		}
		marker := data[i+1]
		size := 2 + int(binary.BigEndian.Uint16(data[i+2:]))
		switch {
		case marker == 0xd9:
			return append(out, 0xff, 0xd9), true // what follows may be anything
		case size < 4 || i+size > len(data):
			return nil, false
		case marker != 0xda:
			out, known = keepSegment(out, marker, data[i:i+size], known)
			i += size
			continue
		}
		end := i + size
		for end+1 < len(data) && (data[end] != 0xff || data[end+1] == 0 || data[end+1] >= 0xd0 && data[end+1] <= 0xd7) {
			end++
		}
		out = append(out, data[i:end]...)
		i = end
		if i+2 == len(data) && data[i] == 0xff && data[i+1] == 0xd9 {
			return append(out, 0xff, 0xd9), true
		}
	}
	return nil, false
}

// keepSegment appends a segment that drawing needs.
func keepSegment(out []byte, marker byte, s []byte, known bool) ([]byte, bool) {
	switch {
	case marker == 0xc0 || marker == 0xc1: // baseline and extended: three colours or grey
		return append(out, s...), known && len(s) > 9 && (s[9] == 1 || s[9] == 3)
	case marker == 0xc4 || marker == 0xdb || marker == 0xdd: // tables, restart interval
		return append(out, s...), known
	case marker == 0xee && len(s) >= 16 && string(s[4:9]) == "Adobe":
		// Tells how colours were turned; that and no more.
		out = append(out, 0xff, 0xee, 0, 14)
		return append(out, s[4:16]...), known
	case marker >= 0xe0 && marker <= 0xef, marker == 0xfe: // application data, comments
		return out, known
	}
	return out, false
}

// jpegBytes is the memory that decoding takes for each pixel: a progressive file keeps
// all its coefficients, four bytes each, until the end.
func jpegBytes(data []byte) int {
	bytes := 3
	segments(data, func(marker byte, s []byte) {
		if marker < 0xc0 || marker > 0xc2 || len(s) < 10 {
			return
		}
		n := int(s[9])
		if len(s) < 10+3*n || n == 0 {
			return
		}
		// Samples of all components in a unit, against those of the finest.
		total, finest := 0, 1
		for i := range n {
			hv := int(s[11+3*i]>>4) * int(s[11+3*i]&15)
			total += hv
			finest = max(finest, hv)
		}
		each := (total + finest - 1) / finest
		if bytes = each; marker == 0xc2 {
			bytes = (5*total + finest - 1) / finest
		}
	})
	return bytes
}
