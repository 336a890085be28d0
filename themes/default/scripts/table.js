// A table as spreadsheet programs open it at a double click: a byte order mark, semicolons and
// decimal commas where the language has them, no cell that would be run as a formula.

export function table(head, lines, lang) {
	const french = lang == "fr", comma = french ? ";" : ","
	const cell = (v = "") => {
		let text = String(v)
		if (french && /^-?\d+\.\d+$/.test(text)) text = text.replace(".", ",")
		if (/^[=@\t\r]|^[+-].*[^\d\s.,]/s.test(text)) text = "'" + text
		return /["\r\n]/.test(text) || text.includes(comma) ? `"${text.replace(/"/g, '""')}"` : text
	}
	return "\ufeff" + [head, ...lines].map(line => line.map(cell).join(comma) + "\r\n").join("")
}
