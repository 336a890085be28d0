package write

// Status says what became of an output. The words are those of `build --json`.
type Status string

// The states of a [File].
const (
	Written   Status = "written"
	Unchanged Status = "unchanged"
	Removed   Status = "removed"
)

// Options says where a session works.
type Options struct {
	// State is the state folder (.vitrine of the site). It is made when missing;
	// this package keeps to the folder "write" in it.
	State string
	// Outputs are the folders that this session makes. Others, and what earlier
	// sessions wrote there, are left alone.
	Outputs []Output
	// Force replaces files and links that stand where an output goes and are not
	// known to be Vitrine's. It never removes anything else.
	Force bool
	// Ordered takes the way of ordered renames even where trees can be exchanged.
	Ordered bool

	// Workers is how many goroutines Commit may use, at least one.
	Workers int

	before func(op, path string) error // tests: before each change on disk
}

// Output is a folder that Vitrine writes.
type Output struct {
	Name string // "public", "kit": begins the paths that users see; [a-z0-9-]+
	Dir  string // made when missing; may be a symbolic link to a folder
	// Within, when not empty, limits pruning to these files and folders
	// (slash-separated, within the output).
	Within []string
	// KeepOthers prunes nothing at all.
	KeepOthers bool
}

// File is one line of a [Report].
type File struct {
	Output, Path string
	Status       Status
	Size         int64
	Note         string // as given to [Session.Note], by an earlier session if removed
}

// Report is what a commit did. Files are sorted by output, then path.
type Report struct {
	Files []File
	// Kept are files that Vitrine once wrote, that are no longer produced, and
	// that someone altered since: they were left where they are. Removed only by
	// hand; written as OUTPUT/PATH.
	Kept []string
	// Swapped and Renamed name the outputs changed by each way.
	Swapped, Renamed []string
	// Mark names what the manifests say now: see [Session.Intact].
	Mark string
}
