package serve

import (
	"embed"
	"encoding/json"
	"slices"
)

//go:embed assets
var assets embed.FS

// overlayStyle is how the overlay looks, and the server's own pages.
var overlayStyle = string(embedded("overlay.css"))

// liveScript is what pages load: its parts in order, in a function of their own.
var liveScript = slices.Concat(
	[]byte("(() => {\n\"use strict\";\nconst STYLE = "), quoted(overlayStyle), []byte(";\n"),
	embedded("morph.js"), embedded("overlay.js"), embedded("live.js"),
	[]byte("})();\n"),
)

// liveVersion changes with it.
var liveVersion = hash(liveScript)

func embedded(name string) []byte {
	data, err := assets.ReadFile("assets/" + name)
	if err != nil {
		panic(err) // the program was built without it
	}
	return data
}

func quoted(text string) []byte {
	data, _ := json.Marshal(text) // of a string
	return data
}
