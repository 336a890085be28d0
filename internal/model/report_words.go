package model

// A report in words: what the page, the paper and the table of figures all show, so that no number of
// one can differ from another's. The stage that knows the theme's phrases makes it.

// ReportSection is a part of a report under a heading. A part without anything is not made.
type ReportSection struct {
	ID, Title string // ID is the same in every language: results, story, challenges…
	Lead      []string
	Charts    []ReportChart
	Tables    []ReportTable
	Quotes    []*Item
}

// ReportTable is a table in words.
type ReportTable struct {
	Caption string
	Head    []string
	Rows    [][]string
	Text    int  // how many columns, from the left, hold words: the others hold figures
	Total   bool // the last row is the sum of the others
	Remark  string
}

// ReportChart is what a chart shows; a table beside it says the same.
type ReportChart struct {
	Kind, Caption string // Kind: bars, funnel, share…
	Labels        []string
	Series        []ReportSeries
}

// ReportSeries is a value for each label, and how it is written.
type ReportSeries struct {
	Name   string
	Values []int
	Texts  []string
}
