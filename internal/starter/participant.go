package starter

import (
	"bytes"
	"encoding/csv"
	"path"
	"slices"
	"strings"

	"vitrine/internal/ident"
	"vitrine/internal/load"
	"vitrine/internal/source"
	"vitrine/internal/typography"
)

// Participant returns the file of a programme's participants with one more, at its end:
// a commented record, or a row where the programme keeps a table. What stands there is
// kept byte for byte. The programme may be left out where there is one; an id that is
// left out is the slug of the name. It returns the programme and the id that were taken.
func Participant(tree *source.Tree, programme, name, id, today string) (f Files, in, as string, err error) {
	lang, err := Language(tree)
	if err != nil {
		return nil, "", "", err
	}
	if programme, err = choose(tree, programme); err != nil {
		return nil, "", "", err
	}
	if id == "" {
		id = slug(name)
		if id == "" {
			return nil, "", "", &Problem{Reason: BadID, ID: name}
		}
	}
	if err := checkID(id); err != nil {
		return nil, "", "", err
	}
	if err := free(tree, programme, id); err != nil {
		return nil, "", "", err
	}
	dir := "data/programmes/" + programme
	toml, table := dir+"/participants.toml", dir+"/participants.csv"
	if !tree.Exists(toml) && tree.Exists(table) {
		f, err = addRow(tree, table, id, name)
		return f, programme, id, err
	}
	f, err = addRecord(tree, lang, dir, toml, fields{ID: id, Name: name, Today: today, Year: year(today)})
	return f, programme, id, err
}

// Editions lists the ids of a programme's editions, as they are written.
func Editions(tree *source.Tree, programme string) []string {
	return idsOf(tree, "data/programmes/"+programme+"/programme.toml", "edition")
}

// slug is the id of a name, cut between two words where it is too long.
func slug(name string) string {
	s := typography.Slug(name)
	for ident.ID(s) == ident.TooLong {
		i := strings.LastIndexByte(s, '-')
		if i < 0 {
			i = len(s) / 2
		}
		s = s[:i]
	}
	return s
}

// choose is the programme that is meant.
func choose(tree *source.Tree, programme string) (string, error) {
	known, err := tree.Dirs("data/programmes")
	if err != nil || len(known) == 0 {
		return "", &Problem{Reason: NoProgramme}
	}
	switch {
	case slices.Contains(known, programme):
		return programme, nil
	case programme != "":
		return "", &Problem{Reason: UnknownProgramme, ID: programme, Known: known}
	case len(known) == 1:
		return known[0], nil
	}
	return "", &Problem{Reason: WhichProgramme, Known: known}
}

// free fails when a participant of the programme has, or had, the id.
func free(tree *source.Tree, programme, id string) error {
	dir := "data/programmes/" + programme
	story := "content/" + programme + "/participants/" + id + ".md"
	if tree.Exists(story) {
		return &Problem{Reason: Taken, ID: id, File: story}
	}
	look := func(file string, rows []*load.Table) error {
		for _, r := range rows {
			mine, _ := r.String("id")
			if old, _ := r.Strings("aliases"); mine == id || slices.Contains(old, id) {
				return &Problem{Reason: Taken, ID: id, File: file}
			}
		}
		return nil
	}
	t, list := load.TOML(tree, dir+"/participants.toml")
	if list.Errors() > 0 {
		return &Problem{Reason: Unreadable, File: dir + "/participants.toml", List: list}
	}
	if t != nil {
		rows, _ := t.Tables("participant")
		if err := look(dir+"/participants.toml", rows); err != nil {
			return err
		}
	}
	rows, list := load.CSV(tree, dir+"/participants.csv")
	if list.Errors() > 0 {
		return &Problem{Reason: Unreadable, File: dir + "/participants.csv", List: list}
	}
	return look(dir+"/participants.csv", rows)
}

// addRecord writes a record after those of the file.
func addRecord(tree *source.Tree, lang typography.Language, dir, file string, f fields) (Files, error) {
	f.Trades = some(idsOf(tree, "data/trades.toml", "trade"))
	challenges := idsOf(tree, dir+"/challenges.toml", "challenge")
	editions := Editions(tree, path.Base(dir))
	f.Challenges, f.Editions = some(challenges), some(editions)
	if len(challenges) > 0 {
		f.Challenge = challenges[0]
	}
	f.Edition = f.Year
	if n := len(editions); n > 0 && !slices.Contains(editions, f.Year) {
		f.Edition = editions[n-1]
	}
	block, err := fill(lang, "participant", f)
	if err != nil {
		return nil, err
	}
	var old []byte
	if tree.Exists(file) {
		if old, err = tree.Read(file); err != nil {
			return nil, err
		}
	}
	text := slices.Clone(old)
	if len(text) > 0 && text[len(text)-1] != '\n' {
		text = append(text, '\n')
	}
	text = append(text, block...)
	if bytes.Contains(old, []byte("\r\n")) {
		text = append(text[:len(text)-len(block)], bytes.ReplaceAll(block, []byte("\n"), []byte("\r\n"))...)
	}
	if len(old) == 0 {
		text = bytes.TrimPrefix(text, []byte("\n"))
	}
	// A list that is written inline takes no table after it.
	out := Files{file: text}
	if _, list := load.TOML(tree.With(out), file); list.Errors() > 0 {
		return nil, &Problem{Reason: ByHand, File: file, Text: "{id = " + quote(f.ID) + ", name = " + quote(f.Name) + "}"}
	}
	return out, nil
}

// some lists ids, the first dozen.
func some(ids []string) string {
	if len(ids) > 12 {
		ids = append(slices.Clone(ids[:12]), "…")
	}
	return strings.Join(ids, ", ")
}

// addRow writes a row after those of the table: the id and the name.
func addRow(tree *source.Tree, file, id, name string) (Files, error) {
	old, err := tree.Read(file)
	if err != nil {
		return nil, err
	}
	text := bytes.TrimPrefix(old, []byte("\ufeff"))
	comma := load.Separator(text)
	r := csv.NewReader(bytes.NewReader(text))
	r.Comma, r.FieldsPerRecord = comma, -1
	head, err := r.Read()
	if err != nil {
		head = nil // an empty file
	}
	row := make([]string, len(head))
	seen := 0
	for i, key := range head {
		switch strings.TrimSpace(key) {
		case "id":
			row[i] = id
			seen++
		case "name":
			row[i] = name
			seen++
		}
	}
	if seen != 2 {
		return nil, &Problem{Reason: ByHand, File: file, Text: id + string(comma) + name}
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Comma, w.UseCRLF = comma, bytes.Contains(old, []byte("\r\n"))
	if err := w.Write(row); err != nil {
		return nil, err
	}
	w.Flush()
	out := slices.Clone(old)
	if out[len(out)-1] != '\n' {
		end := "\n"
		if w.UseCRLF {
			end = "\r\n"
		}
		out = append(out, end...)
	}
	return Files{path.Clean(file): append(out, b.Bytes()...)}, nil
}
