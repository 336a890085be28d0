package load

// What an editor of the data needs to know of how a file is written.

// Separator is the character that parts the columns of a CSV file.
func Separator(text []byte) rune { return separator(text) }

// Rank is the table's place in its list, from 0; of a row, among those below the heading.
// It is negative for a table that is in no list.
func (r Ref) Rank() int {
	if r.place == nil {
		return -1
	}
	return r.place.rank
}
