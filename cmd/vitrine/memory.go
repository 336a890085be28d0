package main

import "runtime/debug"

// heapFloor is how much may be allocated before the collector has anything to do, in
// bytes: most builds end before it starts.
const heapFloor = 64 << 20

// floor is memory that nobody touches, and that the system therefore never has to find:
// the collector waits until the heap has grown by a part of its own size, of which this
// counts as one. A small site is built without collecting; a large one keeps near the
// size of its model, where a larger part alone would let it grow to three times that.
var floor []byte

// tame sets the collector's pace for a build.
func tame() {
	if floor == nil {
		floor = make([]byte, heapFloor)
	}
	debug.SetGCPercent(75)
}
