package main

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

func TestBuildID(t *testing.T) {
	note := "\x7fELF…\x04\x00\x00\x00\x07\x00\x00\x00\x04\x00\x00\x00Go\x00\x00abc/d/e\x00rest"
	for _, tc := range []struct{ name, head, want string }{
		{"note", note, "abc/d/e"},
		{"cut note", note[:len(note)-8], ""},
		{"no note", "\x7fELF\xff Go build ID: \"abc\"\n \xff", ""},
		{"text", "MZ…\xff Go build ID: \"abc/d\"\n \xff…", "abc/d"},
		{"cut text", "MZ…\xff Go build ID: \"abc/d", ""},
		{"empty", "", ""},
	} {
		if got := buildID([]byte(tc.head)); got != tc.want {
			t.Errorf("%s: %q, want %q", tc.name, got, tc.want)
		}
	}
}

// TestProgram holds that a program says the build ID that the go command knows it by.
func TestProgram(t *testing.T) {
	file, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	want, err := exec.Command("go", "tool", "buildid", file).Output()
	if err != nil || len(want) < 2 {
		if os.Getenv("VITRINE_REQUIRE_TOOLS") != "" {
			t.Fatalf("go tool buildid: %q, %v", want, err)
		}
		t.Skip("no go command, or a program without a build ID")
	}
	if got := program(); got != strings.TrimSpace(string(want)) {
		t.Errorf("%q, want %q", got, want)
	}
}
