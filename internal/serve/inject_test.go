package serve

import (
	"bytes"
	"strings"
	"testing"
)

func TestInject(t *testing.T) {
	for page, want := range map[string]string{
		"<!doctype html><html lang=fr><head><meta charset=utf-8></head><body>x": "<!doctype html><html lang=fr><head>LIVE<meta charset=utf-8></head><body>x",
		"<!DOCTYPE HTML><HTML><HEAD prefix='og: x'><title>x</title>":            "<!DOCTYPE HTML><HTML><HEAD prefix='og: x'>LIVE<title>x</title>",
		"<!doctype html><html><title>x</title></head><body>":                    "<!doctype html><html><title>x</title>LIVE</head><body>",
		"<!doctype html><title>x</title><body class=a><header>x</header>":       "<!doctype html><title>x</title>LIVE<body class=a><header>x</header>",
		"<!doctype html><title>x</title><p>x":                                   "<!doctype html>LIVE<title>x</title><p>x",
		"<p>x":                                                                  "LIVE<p>x",
		"":                                                                      "LIVE",
		"<!doctype html><html><header>not a head</header><head></head>": "<!doctype html><html><header>not a head</header><head>LIVE</head>",
	} {
		if got := string(inject([]byte(page), []byte("LIVE"))); got != want {
			t.Errorf("inject(%q)\n got %q\nwant %q", page, got, want)
		}
	}
}

func TestPolicies(t *testing.T) {
	for rules, want := range map[string]string{
		"default-src 'self'":                                       "default-src 'self'; script-src 'self'; connect-src 'self'",
		"default-src 'none'; style-src 'self'":                     "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'",
		"script-src 'none'":                                        "script-src 'self'",
		"script-src https://x.example; connect-src 'none'":         "script-src https://x.example 'self'; connect-src 'self'",
		"img-src 'self'":                                           "img-src 'self'",
		"default-src https:; Script-Src-Elem 'none'; script-src *": "default-src https:; Script-Src-Elem 'self'; script-src * 'self'; connect-src https: 'self'",
		"": "",
	} {
		if got := allow(rules); got != want {
			t.Errorf("allow(%q)\n got %q\nwant %q", rules, got, want)
		}
	}
	page := `<head><meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;"><meta name=x content="default-src 'none'">`
	want := `<head>LIVE<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; script-src &#39;self&#39;; connect-src &#39;self&#39;"><meta name=x content="default-src 'none'">`
	if got := string(inject([]byte(page), []byte("LIVE"))); got != want {
		t.Errorf("got %s", got)
	}
}

// FuzzInject: the page stays what it was around what was put in, once.
func FuzzInject(f *testing.F) {
	for _, s := range []string{"<!doctype html><html><head></head>", "<head", "<body>", "<meta http-equiv=content-security-policy content='script-src'>", "</head >", ""} {
		f.Add(s)
	}
	element := []byte("<script id=fuzz-live></script>")
	f.Fuzz(func(t *testing.T, page string) {
		if strings.Contains(page, "fuzz-live") {
			return
		}
		before := page
		got := inject([]byte(page), element)
		if page != before || bytes.Count(got, element) != 1 {
			t.Fatalf("%q", got)
		}
		rest := string(bytes.Replace(got, element, nil, 1))
		if !strings.Contains(strings.ToLower(page), "content-security-policy") && rest != page {
			t.Errorf("%q became %q", page, rest)
		}
	})
}
