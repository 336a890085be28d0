// Package write is the only hand on the output folders. It stages what a build
// makes, compares it with what stands there, puts the new tree in place of the
// old one in one movement, and prunes what it once wrote and nothing else.
//
// # A session
//
// [Open] takes the lock of the state folder (.vitrine), finishes what a killed
// run left, and loads the manifests. [Session.Put] is called from as many
// workers as one likes: a file that did not change costs a hash and a stat, a
// new one goes to disk at once, so the site never has to fit in memory.
// [Session.Commit] makes it visible; [Session.Abort] forgets it. Between Open
// and Commit the output folders are only read.
//
// # Two ways to commit
//
// On Linux, where the output folder and the state folder lie on one file
// system, each output has a spare tree under the state folder: a second set of
// folders whose files are hard links of those published. New files are written
// there, the rest is brought up to date by comparing inode numbers, and
// renameat2(RENAME_EXCHANGE) swaps the two. Whoever looks sees the old tree or
// the new one. The old tree becomes the spare one: it is not deleted, so that a
// build costs what it changes, and so that ext4 never has to create thousands
// of files just after it freed as many.
//
// Elsewhere (other systems, another file system, no hard links, an output that
// is a symbolic link or a mount point, a foreign folder too large to mirror) the
// changed files are renamed into place one after the other: first what stands in
// the way, then the new files, then the changed ones, then removals. A journal
// is written before, so that a killed run is finished by the next one, and what
// is replaced is set aside, so that a refusal half-way (a PDF held open by its
// reader) is undone. Between the two the folder may be mixed.
//
// # What is whose
//
// The manifest says what Vitrine wrote: path, size, time and hash. A file is
// removed only when the manifest names it and its size and time, or else its
// bytes, are those recorded. A file that stands where an output goes and that the
// manifest does not name is compared byte for byte; when it differs, the commit
// is refused ([ForeignError]) unless [Options.Force]. A file which the manifest
// names is rewritten whenever it differs from what the build made. A manifest
// that is missing or damaged proves nothing: then all is compared, nothing is
// removed. Whatever else lies in an output (.gitkeep, .git, CNAME, links) stays;
// symbolic links inside an output are never followed.
//
// # Limits
//
// Processes get killed; power cuts are not provided for: nothing is synced, as
// the next build can always make everything again. Exchanging trees changes the
// inode of the output folder: a process whose current folder it is, or a
// container that mounted it, keeps seeing the old one. Folders that are not
// Vitrine's keep their mode and time but not their extended attributes; they
// are mirrored up to [foreignLimit] entries, beyond that the second way is
// taken. Two files of the same size written by someone else within the clock
// tick of the file system are not told apart. On NFS without locks, two runs at
// once are not noticed. The spare tree keeps the previous version of what
// changed in the last build, inside the state folder.
package write
