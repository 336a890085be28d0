// What is typed, cut into words as internal/search cuts what is written: both must agree to
// the letter, and a test compares them.

const letters = {œ: "oe", æ: "ae", ß: "ss", ø: "o", đ: "d", ð: "d", þ: "th", ł: "l", ı: "i", ŋ: "n"}

/** A text in lower case without accents, ligatures or signs, a space between words. */
export function fold(text) {
	return text.normalize("NFKD").replace(/\p{Mn}/gu, "").replace(/\P{Ll}/gu, c => c.toLowerCase())
		.replace(/[œæßøđðþłıŋ]/g, c => letters[c]).replace(/[^\p{L}\p{Nd}]+/gu, " ").trim()
}

/** A folded word without the mark of its plural. */
export function stem(w) {
	if (w.length < 4) return w
	if (w.endsWith("eaux")) w = w.slice(0, -1)
	else if (w.endsWith("aux") && w.length > 5) w = w.slice(0, -2) + "l"
	else if (/[sx]$/.test(w)) w = w.slice(0, -1)
	if (w.length > 4) {
		if (w.endsWith("ie")) w = w.slice(0, -1)
		else if (w.endsWith("y")) w = w.slice(0, -1) + "i"
	}
	return w
}

/** The words of a text, without plurals. */
export const words = text => fold(text).split(" ").filter(w => w).map(stem)
