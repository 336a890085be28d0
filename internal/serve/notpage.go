package serve

import (
	"bytes"
	"html/template"

	"vitrine/internal/build"
	"vitrine/internal/diag"
)

// notPage is the server's own page, where the site has none to show. It says all by
// itself; its script only loads it again when something has changed.
var notPage = template.Must(template.New("").Parse(`<!doctype html>
<html lang="{{.Lang}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>{{.Title}}</title>
<link rel="icon" href="data:,">
<style>{{.Style}}</style>
</head>
<body class="own">
<main>
<h1>{{.Title}}</h1>
{{- with .Count}}<p class="count">{{.}}</p><p>{{$.Words.Mend}}</p>{{end}}
<ol>
{{- range .Errors}}
<li>{{with .Place}}<p class="place">{{.}}</p>{{end}}<p class="message">{{.Message}}{{with .Code}} <span class="code">{{.}}</span>{{end}}</p>
{{- with .Excerpt}}<pre><span class="n">{{.Line}}</span>{{.Before}}<mark>{{.Marked}}</mark>{{.After}}</pre>{{end}}
{{- with .Hint}}<p class="hint"><b>{{$.Words.Hint}}</b> {{.}}</p>{{end}}
{{- range .Notes}}<p class="hint"><b>{{$.Words.Note}}</b> {{with .Place}}<span class="place">{{.}}</span> {{end}}{{.Message}}</p>{{end}}</li>
{{- end}}
</ol>
{{- with .More}}<p class="more">{{.}}</p>{{end}}
</main>
</body>
</html>
`))

// sorry is the answer where nothing that is right can be shown.
func (s *server) sorry(v *view, f findings) *answer {
	say := wordsIn(v.language)
	title := say.notYet
	if v.ready {
		title = say.cannotShow
	}
	return ownPage(broken, title, f, v.language)
}

// nothing is the answer where there is nothing, and the site has no page that says so.
func (s *server) nothing(v *view) *answer {
	return ownPage(missing, wordsIn(v.language).noPage, findings{}, v.language)
}

func ownPage(k kind, title string, f findings, lang diag.Language) *answer {
	if lang != diag.English {
		lang = diag.French
	}
	say := wordsIn(lang)
	data := struct {
		Lang               diag.Language
		Title, Count, More string
		Style              template.CSS
		Errors             []finding
		Words              words
	}{Lang: lang, Title: title, Style: template.CSS(overlayStyle), Errors: f.Errors, Words: say}
	if f.ErrorCount > 0 {
		data.Count = counted(f.ErrorCount, say.Errors, lang)
	}
	if n := f.ErrorCount - len(f.Errors); n > 0 {
		data.More = counted(n, say.More, lang)
	}
	var b bytes.Buffer
	if err := notPage.Execute(&b, data); err != nil {
		b.WriteString(template.HTMLEscapeString(title)) // its data has all that it names
	}
	return &answer{kind: k, version: hash(b.Bytes()), about: f, file: build.File{Type: "text/html; charset=utf-8", Data: b.Bytes()}}
}
