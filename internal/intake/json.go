package intake

import (
	"encoding/json"
	"io"

	"vitrine/internal/typography"
)

// The report for machines: one object, whose keys do not change. docs/import.md has them.

type jsonReport struct {
	File      string           `json:"file"`
	Programme string           `json:"programme"`
	Format    string           `json:"format"`
	Encoding  string           `json:"encoding"`
	Written   bool             `json:"written"`
	Blocked   bool             `json:"blocked"`
	Backup    string           `json:"backup"`
	Files     []string         `json:"files"`
	Counts    map[string]int   `json:"counts"`
	Notices   []string         `json:"notices"`
	Sheets    []jsonSheet      `json:"sheets"`
	Rows      []jsonRow        `json:"rows"`
	Repairs   []jsonRemark     `json:"repairs"`
	Doubts    []jsonRemark     `json:"doubts"`
	Changes   []jsonChange     `json:"changes"`
	Conflicts []jsonChange     `json:"conflicts"`
	Missing   []jsonPerson     `json:"missing"`
	Problems  []jsonDiagnostic `json:"diagnostics"`
}

type jsonSheet struct {
	Name          string       `json:"name"`
	Rank          int          `json:"rank"`
	Hidden        bool         `json:"hidden"`
	Holds         string       `json:"holds"`
	Code          string       `json:"code"`
	Header        int          `json:"header"`
	Rows          int          `json:"rows"`
	HiddenRows    int          `json:"hidden_rows"`
	HiddenColumns []string     `json:"hidden_columns"`
	Columns       []jsonColumn `json:"columns"`
}

type jsonColumn struct {
	Column string `json:"column"`
	Title  string `json:"title"`
	Field  string `json:"field"`
	How    string `json:"how"`
	Near   string `json:"near"`
}

type jsonPlace struct {
	Sheet int    `json:"sheet"`
	Row   int    `json:"row"`
	Cell  string `json:"cell"`
}

type jsonRow struct {
	jsonPlace
	Status  Status `json:"status"`
	ID      string `json:"id"`
	Name    string `json:"name"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

type jsonRemark struct {
	jsonPlace
	Code    string `json:"code"`
	Field   string `json:"field"`
	Before  string `json:"before"`
	After   string `json:"after"`
	Message string `json:"message"`
}

type jsonChange struct {
	jsonPlace
	ID     string `json:"id"`
	Key    string `json:"key"`
	Before string `json:"before"`
	After  string `json:"after"`
}

type jsonPerson struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type jsonDiagnostic struct {
	File     string `json:"file"`
	Severity string `json:"severity"`
	Code     string `json:"code"`
	Message  string `json:"message"`
}

// Written says what became of the files of an import.
type Written struct {
	Done   bool
	Backup string // the folder of what was there before
}

// WriteJSON writes the report as one object.
func (r *Result) WriteJSON(w io.Writer, lang typography.Language, done Written) error {
	place := func(p Place) jsonPlace {
		out := jsonPlace{Sheet: p.Rank, Row: p.Row}
		if p.Column >= 0 {
			out.Cell = p.Cell()
		}
		return out
	}
	j := jsonReport{
		File: r.File, Programme: r.Programme, Format: string(r.Book.Format), Encoding: r.Book.Encoding, Written: done.Done, Backup: done.Backup,
		Blocked: r.Blocked, Files: fileNames(r.Files), Counts: r.Counts, Notices: some(r.Notices(lang)),
		Sheets: []jsonSheet{}, Rows: []jsonRow{}, Repairs: []jsonRemark{}, Doubts: []jsonRemark{}, Changes: []jsonChange{}, Conflicts: []jsonChange{}, Missing: []jsonPerson{}, Problems: []jsonDiagnostic{},
	}
	for _, s := range r.Sheets {
		out := jsonSheet{Name: s.Name, Rank: s.Rank, Hidden: s.Hidden, Holds: s.Holds, Code: s.Code, Header: s.Header, Rows: s.Rows, HiddenRows: s.HiddenRows, HiddenColumns: []string{}, Columns: []jsonColumn{}}
		for _, c := range s.HiddenColumns {
			out.HiddenColumns = append(out.HiddenColumns, Place{Column: c}.letters())
		}
		for _, c := range s.Columns {
			out.Columns = append(out.Columns, jsonColumn{Place{Column: c.Column}.letters(), c.Title, c.Field, c.How, c.Near})
		}
		j.Sheets = append(j.Sheets, out)
	}
	for _, x := range r.Rows {
		message := ""
		if x.Code != "" {
			message = Say(lang, x.Code, "", "", x.Detail)
		}
		j.Rows = append(j.Rows, jsonRow{place(x.Place), x.Status, x.ID, x.Name, x.Code, message})
	}
	remarks := func(list []Remark) []jsonRemark {
		out := make([]jsonRemark, 0, len(list))
		for _, x := range list {
			out = append(out, jsonRemark{place(x.Place), x.Code, x.Field, x.Before, x.After, x.Message(lang)})
		}
		return out
	}
	changes := func(list []Change) []jsonChange {
		out := make([]jsonChange, 0, len(list))
		for _, x := range list {
			out = append(out, jsonChange{place(x.Place), x.ID, x.Key, x.Before, x.After})
		}
		return out
	}
	j.Repairs, j.Doubts, j.Changes, j.Conflicts = remarks(r.Repairs), remarks(r.Doubts), changes(r.Changes), changes(r.Conflicts)
	for _, x := range r.Missing {
		j.Missing = append(j.Missing, jsonPerson(x))
	}
	for _, d := range r.Diagnostics {
		j.Problems = append(j.Problems, jsonDiagnostic{d.Span.File, d.Severity.String(), string(d.Code), d.Message(diagLanguage(lang))})
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(j)
}

func some(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}
