// The files of the index, each asked for once, when it is first needed.
import {numbers, quality, rows, score, shard} from "./match.js"
import {fold, words} from "./fold.js"

export class Index {
	constructor(folder) {
		this.folder = folder
		this.files = new Map()
	}

	/** A file; one that failed is asked for again the next time. */
	file(name, version) {
		if (!this.files.has(name)) {
			const got = fetch(this.folder + name + (version ? "?v=" + version : "")).then(r => {
				if (!r.ok) throw new Error(name)
				return r.json()
			})
			got.catch(() => this.files.delete(name))
			this.files.set(name, got)
		}
		return this.files.get(name)
	}

	async head() {
		return this.known ??= await this.file("index.json")
	}

	/** Any other file, of the version that the first one tells of. */
	async part(name) { return this.file(name, (await this.head()).version) }

	/** How much every row answers a text; null where it has no word to search by. near is whether words
	 *  that are almost those had to do. */
	async answers(text) {
		const {rows: count, shards, small} = await this.head()
		let list = words(text).filter(w => [...w].length > 1)
		const telling = list.filter(w => !small.includes(w))
		if (telling.length) list = telling
		if (!list.length) return null
		const entries = await Promise.all(list.map(w => this.part(`words-${shard(w, shards)}.json`)))
		const all = loose => {
			const total = new Uint16Array(count)
			let some = false
			list.forEach((w, i) => {
				const one = score(entries[i], w, count, loose)
				some = false
				for (let r = 0; r < count; r++) {
					total[r] = one[r] && (total[r] || !i) ? total[r] + one[r] : 0
					some ||= total[r] > 0
				}
			})
			return some && total
		}
		const strict = all(false)
		const total = strict || all(true)
		return {total: total || new Uint16Array(count), near: !strict && !!total, none: !total}
	}

	/** The rows of a filter's values, as lists. */
	async lists(dimension) { return this.part(`lists-${dimension}.json`) }

	/** The rows that have a value of a filter, as flags. */
	async having(dimension, id) {
		const {rows: count, filters} = await this.head()
		const at = filters[dimension].findIndex(v => v[0] == id)
		const out = new Uint8Array(count)
		if (at >= 0) rows((await this.lists(dimension))[at], r => { out[r] = 1 })
		return out
	}

	/** The lines of rows, in their order. */
	async lines(list) {
		const {block} = await this.head()
		const files = await Promise.all(list.map(r => this.part(`rows-${Math.floor(r / block)}.json`)))
		return list.map((r, i) => files[i][r % block])
	}

	places() { return this.part("places.json") }

	/** The place that a text names: by its postcode, else by its name, else by how that begins. */
	async place(text) {
		const wanted = fold(text.replace(/\(\d+\)$/, "")), code = /\b\d{5}\b/.exec(text)?.[0]
		const all = await this.places(), named = all.map(p => fold(p[1]))
		if (code) {
			const there = all.filter(p => p[2].split(" ").includes(code))
			const exact = there.find(p => fold(p[1]) == wanted)
			if (exact || there.length) return exact || there[0]
		}
		if (!wanted) return null
		let at = named.indexOf(wanted)
		if (at < 0) at = named.findIndex(n => n.startsWith(wanted))
		if (at < 0) at = named.findIndex(n => n.split(" ").some(w => w.startsWith(wanted)))
		if (at < 0) at = named.findIndex(n => quality(n, wanted, true))
		if (at < 0) at = named.findIndex(n => n.split(" ").some(w => quality(w, wanted, true)))
		return all[at]
	}

	/** How far every row is from a point (thousandths of a degree), in kilometres, and which are counted
	 *  from their commune; NaN where nobody knows. */
	async distances([lat, lon]) {
		const {rows: count, filters} = await this.head()
		const [lists, points, places] = await Promise.all([this.lists("commune"), this.part("points.json"), this.places()])
		const home = new Map(places.map(p => [p[0], p]))
		const of = new Array(count)
		lists.forEach((list, i) => rows(list, r => { of[r] = home.get(filters.commune[i][0]) }))
		const km = new Float64Array(count).fill(NaN), rough = new Uint8Array(count)
		const far = (a, b) => {
			const y = (a - lat) / 1000 * 111.195, x = (b - lon) / 1000 * 111.195 * Math.cos((a + lat) / 2000 * Math.PI / 180)
			return Math.hypot(x, y)
		}
		let r = 0, half = null
		const whole = n => n & 1 ? -(n + 1) / 2 : n / 2
		numbers(points, n => {
			const p = of[r]
			if (half != null) {
				km[r++] = far(half + (p?.[3] ?? 0), whole(n) + (p?.[4] ?? 0))
				half = null
			} else if (n) half = whole(n - 1)
			else {
				if (p) { km[r] = far(p[3], p[4]); rough[r] = 1 }
				r++
			}
		})
		return {km, rough}
	}
}
