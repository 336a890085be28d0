// Which words answer what was typed, and which rows have them.

const digits = new Uint8Array(128)
;[..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"].forEach((c, i) => { digits[c.charCodeAt(0)] = i })

/** Calls use with every number of a list written five bits a digit, the sixth for « more follows ». */
export function numbers(text, use) {
	let n = 0, shift = 0
	for (let i = 0; i < text.length; i++) {
		const d = digits[text.charCodeAt(i) & 127]
		n |= (d & 31) << shift
		if (d & 32) shift += 5
		else { use(n); n = shift = 0 }
	}
}

/** Calls use with every row of a list: rising numbers, written as the gaps between them. */
export function rows(text, use) {
	let next = 0
	numbers(text, gap => { use(next + gap); next += gap + 1 })
}

/** How well a word of the index answers one that was typed: 3 the same, 2 begins so, 1 but for one
 *  slip beyond the first two letters (one letter wrong, missing, too many, or two exchanged), else 0. */
export function quality(word, typed, loose) {
	if (word.startsWith(typed)) return word.length == typed.length ? 3 : 2
	if (!loose || typed.length < 4 || !word.startsWith(typed.slice(0, 2))) return 0
	let i = 2
	while (word[i] == typed[i] && i < typed.length) i++
	const from = at => word.startsWith(typed.slice(at[1]), at[0])
	return from([i + 1, i + 1]) || from([i + 1, i]) || from([i, i + 1])
		|| word[i] == typed[i + 1] && word[i + 1] == typed[i] && from([i + 2, i + 2]) ? 1 : 0
}

/** The file in which a word of two letters or more stands. */
export function shard(word, count) {
	const [a, b] = word
	return (a.codePointAt(0) * 31 + b.codePointAt(0)) % count
}

// What a word tells in a name, a trade, a commune, a challenge, a text.
const weights = [16, 8, 6, 4, 2]

/** How much every row answers one word: 0 where it does not. */
export function score(entries, typed, count, loose) {
	const out = new Uint8Array(count)
	for (const [word, ...fields] of entries) {
		const q = quality(word, typed, loose)
		if (q) {
			for (let i = 0; i < fields.length; i += 2) {
				const s = weights[fields[i]] * q
				rows(fields[i + 1], r => { if (out[r] < s) out[r] = s })
			}
		}
	}
	return out
}
