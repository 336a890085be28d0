// The search of a list: an enhancement of a page that is whole without it. Nothing is asked for
// before somebody uses it; nothing but text is put into the page.
import {Index} from "./index.js"
import {rows} from "./match.js"
import {fold} from "./fold.js"
import {table} from "./table.js"

const page = 20 // lines at a time
const box = document.getElementById("find"), parts = document.getElementById("find-parts")
if (box && parts && location.protocol != "file:") start()

function start() {
	const say = parts.dataset, index = new Index(say.index)
	box.append(parts.content)
	const $ = name => box.querySelector("#find-" + name)
	const q = $("q"), near = $("near"), here = $("here"), said = $("said"), details = box.querySelector("details")
	const found = box.querySelector("#found"), list = found.querySelector("ul")
	const model = list.firstElementChild
	const moreButton = $("more"), saveButton = $("save"), clearButton = $("clear")
	if (here && !(navigator.geolocation && isSecureContext)) here.hidden = true
	const selects = [...box.querySelectorAll("select")]
	const panel = details?.querySelector("div")
	// What nobody looks at yet weighs nothing: the page stays as light as it was.
	list.replaceChildren()
	found.remove()
	panel?.remove()
	const preset = new URLSearchParams(box.dataset.preset)
	for (const s of selects) {
		const value = preset.get(s.dataset.filter)
		if (value) s.append(new Option(value, value, true, true)) // until its name is known
	}
	const lang = document.documentElement.lang, plural = new Intl.PluralRules(lang), whole = new Intl.NumberFormat(lang)
	const fill = (text, places) => text.replace(/\{(\w+)\}/g, (all, name) => places[name] ?? all)
	const count = n => fill(plural.select(n) == "one" ? say.single : say.many, {n: whole.format(n)})
	let me = null // where the visitor said to be
	let mine = false // whether distances are from there
	let typing = false, turn = 0, shown = []
	let pending = 0 // the address is still to be written

	// What is asked: in the form, in the address.

	const wanted = () => {
		const out = new URLSearchParams()
		if (q.value.trim()) out.set("q", q.value.trim())
		if (near?.value.trim() && !mine) out.set("near", near.value.trim())
		for (const s of selects) {
			const base = preset.get(s.dataset.filter) ?? ""
			if (s.value != base) out.set(s.dataset.filter, s.value)
		}
		return out
	}

	/** Puts what an address asks for into the form. */
	const restore = async () => {
		const asked = new URLSearchParams(location.search)
		q.value = asked.get("q") ?? ""
		clearTimeout(pending)
		pending = 0
		mine = !!(history.state?.here && me)
		if (near) near.value = asked.get("near") ?? ""
		const some = selects.some(s => asked.has(s.dataset.filter))
		if (some) await fillFilters()
		for (const s of selects) s.value = asked.get(s.dataset.filter) ?? preset.get(s.dataset.filter) ?? ""
		if (some) details.open = true
		if (asked.size || mine) return run()
		rest()
	}

	/** Writes down what the form asks for: letters typed one after the other are one step back, though the
	 *  key that ends them come before they are written. */
	const write = step => {
		if (pending) step = false
		clearTimeout(pending)
		pending = 0
		const query = wanted().toString(), to = location.pathname + (query ? "?" + query : "")
		if (to == location.pathname + location.search && mine == !!history.state?.here) return
		history[step ? "pushState" : "replaceState"]({here: mine}, "", to)
	}

	// The list that was there, and the one that answers.

	const others = (on, none) => {
		const off = on && !none // where nothing answers, the list is there still
		for (const e of box.parentElement.children) if (e != box && e.hidden != off && !e.matches(".side")) e.hidden = off
		list.hidden = !off
		found.hidden = !on
		if (found.isConnected == on) return
		if (on) box.append(found)
		else found.remove()
	}
	const rest = () => {
		turn++
		others(false)
		list.replaceChildren()
		said.textContent = ""
		shown = []
		count_()
	}

	const run = async () => {
		const asked = wanted()
		if (!asked.size && !mine) return rest()
		const now = ++turn
		try {
			const answer = await answers(asked)
			if (now != turn) return
			const lines = await next(answer, 0)
			if (now != turn) return
			shown = answer.rows
			lines.forEach(put)
			while (list.children.length > lines.length) list.lastChild.remove()
			buttons()
			others(true, !shown.length)
			const text = answer.words.join(" ")
			if (said.textContent != text) said.textContent = text
			found.answer = answer
			setTimeout(() => now == turn && count_(answer))
		} catch (e) {
			if (now != turn) return
			others(false)
			said.textContent = say.failed
		}
	}

	const answers = async asked => {
		const {rows: n} = await index.head()
		const text = q.value.trim() ? await index.answers(q.value) : null
		const chosen = await Promise.all(selects.filter(s => s.value).map(async s => [s.dataset.filter, await index.having(s.dataset.filter, s.value)]))
		const masks = new Map(chosen), all = [...masks.values()]
		const spot = await where()
		const far = spot?.at && await index.distances(spot.at)
		const total = text?.total
		let out = []
		for (let r = 0; r < n; r++) if ((!total || total[r]) && all.every(m => m[r])) out.push(r)
		const words = []
		if (!out.length && far) {
			for (let r = 0; r < n; r++) out.push(r)
			words.push(say.nearest)
		} else {
			words.push(out.length ? count(out.length) + "." : say.none)
			if (text?.near && out.length) words.unshift(say.close)
			if (far && out.length) words.push(fill(say.around, {place: spot.name}))
		}
		if (spot?.lost) words.push(fill(say.lost, {text: spot.lost}))
		if (far) {
			const km = r => far.km[r] >= 0 ? far.km[r] : 1e6
			out.sort((a, b) => km(a) - km(b) || a - b)
			if (out.slice(0, page).some(r => far.rough[r])) words.push(say.counted)
		} else if (total) {
			const key = Float64Array.from(out, r => (65535 - total[r]) * n + r).sort()
			out = Array.from(key, k => k % n)
		}
		return {rows: out, far, words, total, masks}
	}

	/** The point that distances are from. */
	const where = async () => {
		if (mine) return {at: me, name: say.me}
		const text = near?.value.trim()
		if (!text) return null
		const p = await index.place(text)
		return p ? {at: [p[3], p[4]], name: p[1] + (p[2] ? ` (${p[2].split(" ")[0]})` : "")} : {lost: text}
	}

	/** What the next lines of the answer say. */
	const next = async ({rows, far}, from) => {
		const part = rows.slice(from, from + page), {filters} = await index.head()
		return (await index.lines(part)).map(([id, name, trade, commune, themes, ended], i) => ({
			id, name, themes, trade: filters.trade[trade]?.[1] ?? "", title: filters.theme,
			commune: [filters.commune[commune]?.[1], distance(far ?? {}, part[i]), ended && say.ended].filter(x => x).join("\u00a0· "),
		}))
	}
	const buttons = () => {
		moreButton.hidden = list.children.length >= shown.length
		saveButton.hidden = !shown.length
	}

	const distance = ({km, rough}, r) => km?.[r] >= 0
		? fill(rough[r] ? say.about : say.km, {km: new Intl.NumberFormat(lang, {maximumFractionDigits: km[r] < 10 && !rough[r] ? 1 : 0}).format(rough[r] ? Math.max(km[r], 1) : km[r])}) : ""

	// A line keeps its place and takes other texts, and only those that are others: nothing costs a
	// phone more than elements that come and go.
	const slots = []
	const put = (line, i) => {
		const slot = slots[i] ??= slotOf(model.cloneNode(true)), {li, a, texts} = slot
		if (!li.parentNode) list.append(li)
		if (slot.id != line.id) a.href = say.root + encodeURIComponent(slot.id = line.id) + "/"
		;[line.name, line.trade, line.commune].forEach((text, k) => { if (texts[k].data != text) texts[k].data = text })
		if (slot.marks) mark(slot, line)
	}
	const slotOf = li => {
		const [a, ...parts] = ["name", "trade", "commune"].map(key => li.querySelector(`[data-find=${key}]`))
		const texts = [a, ...parts].map(e => { e.textContent = ""; return e.appendChild(new Text()) })
		return {li, a, texts, marks: li.querySelector("svg"), groups: [...li.querySelectorAll("g")]}
	}
	const mark = (slot, {themes, title}) => {
		const {marks, groups} = slot
		if (slot.themes == themes.join()) return
		slot.themes = themes.join()
		groups.forEach((g, i) => {
			const at = themes.indexOf(i)
			if (at < 0) return g.remove()
			const move = `translate(${44 * at})`
			if (g.getAttribute("transform") != move) g.setAttribute("transform", move)
			if (!g.parentNode) marks.append(g)
		})
		marks.setAttribute("viewBox", `-6 -6 ${44 * themes.length - 8} 36`)
		marks.setAttribute("aria-label", themes.map(t => title[t][1]).join(", "))
		marks.toggleAttribute("hidden", !themes.length)
	}

	// Filters, with how many each value would leave.

	let filled = null
	const fillFilters = () => filled ??= index.head().then(({filters}) => {
		for (const s of selects) {
			const values = filters[s.dataset.filter]
			s.parentElement.hidden = values.length < 2
			const value = s.value
			s.length = 1
			for (const [id, title, n] of values) s.append(new Option(`${title} (${whole.format(n)})`, id))
			s.value = value
		}
	}, e => { filled = null; throw e })

	const count_ = async answer => {
		if (!filled || !details.open) return
		const {filters, rows: n} = await index.head(), now = turn
		const lists = answer ? await Promise.all(selects.map(s => index.lists(s.dataset.filter))) : null
		if (now != turn) return
		selects.forEach((s, i) => {
			const key = s.dataset.filter
			let ok = null
			if (answer) {
				ok = new Uint8Array(n).fill(1)
				const others = [...answer.masks].filter(([k]) => k != key).map(([, m]) => m)
				for (let r = 0; r < n; r++) ok[r] = (!answer.total || answer.total[r] > 0) && others.every(m => m[r]) ? 1 : 0
			}
			filters[key].forEach(([, title, all], v) => {
				let c = all
				if (ok) {
					c = 0
					rows(lists[i][v], r => { c += ok[r] })
				}
				const o = s.options[v + 1]
				o.text = `${title} (${whole.format(c)})`
				o.disabled = o.hidden = !c && !o.selected
			})
		})
	}

	// What visitors do.

	const change = step => { write(step); return run() }
	let late = 0
	q.addEventListener("input", () => {
		// The first letter is a step that one can go back; the address of the others waits for a pause, since
		// browsers fetch a page's icon again at each.
		if (typing) {
			clearTimeout(pending)
			pending = setTimeout(write, 500)
		} else write(typing = true)
		run()
	})
	q.addEventListener("change", () => { typing = false })
	q.addEventListener("blur", () => write())
	near?.addEventListener("input", async () => {
		mine = false
		clearTimeout(late)
		late = setTimeout(() => change(!typing).then(() => { typing = true }), 250)
		const start = fold(near.value)
		if (!start) return
		const options = (await index.places().catch(() => [])).filter(p => fold(p[1]).startsWith(start) || p[2].startsWith(start)).slice(0, 8)
		$("places").replaceChildren(...options.map(p => new Option("", p[1] + (p[2] ? ` (${p[2].split(" ")[0]})` : ""))))
	})
	near?.addEventListener("change", () => { clearTimeout(late); change(!typing); typing = false })
	here?.addEventListener("click", () => navigator.geolocation.getCurrentPosition(({coords}) => {
		me = [coords.latitude * 1000, coords.longitude * 1000]
		mine = true
		near.value = ""
		change(true)
	}, () => { said.textContent = say.refused }, {maximumAge: 300000, timeout: 15000}))
	for (const s of selects) s.addEventListener("change", () => { typing = false; change(true) })
	details?.addEventListener("toggle", () => {
		details.append(panel)
		if (details.open) fillFilters().then(() => count_(shown.length || wanted().size ? found.answer : null)).catch(() => { said.textContent = say.failed })
	})
	// On a phone the answer is below what shows, and the keyboard over it.
	const show = () => {
		if (!said.textContent || said.getBoundingClientRect().bottom < innerHeight * .6) return
		if (matchMedia("(pointer:coarse)").matches) document.activeElement.blur()
		said.scrollIntoView()
	}
	box.querySelector("form").addEventListener("submit", async e => {
		e.preventDefault()
		typing = false
		clearTimeout(late)
		await change(true)
		show()
	})
	for (const e of [q, near]) e?.addEventListener("focus", () => index.head().catch(() => {}), {once: true})
	moreButton.addEventListener("click", async () => {
		const now = turn, lines = await next(found.answer, list.children.length).catch(() => null)
		if (!lines) said.textContent = say.failed
		if (!lines || now != turn) return
		const from = list.children.length
		lines.forEach((line, i) => put(line, from + i))
		buttons()
		list.children[from]?.querySelector("a").focus()
		said.textContent = fill(say.shown, {n: whole.format(list.children.length)}) + " · " + count(shown.length)
	})
	clearButton.addEventListener("click", () => {
		q.value = ""
		if (near) near.value = ""
		mine = typing = false
		for (const s of selects) s.value = preset.get(s.dataset.filter) ?? ""
		change(true)
		q.focus()
	})
	saveButton.addEventListener("click", async () => {
		const {far} = found.answer, {filters} = await index.head()
		try {
			const lines = await index.lines(shown)
			const text = table(say.columns.split("|"), lines.map(([id, name, trade, commune, themes, ended], i) => [
				name, filters.trade[trade]?.[1], filters.commune[commune]?.[1], themes.map(t => filters.theme[t][1]).join("|"),
				ended ? "1" : "", far && far.km[shown[i]] >= 0 ? far.km[shown[i]].toFixed(1) : "", new URL(say.root + id + "/", location),
			]), lang)
			const a = document.createElement("a"), url = URL.createObjectURL(new Blob([text], {type: "text/csv;charset=utf-8"}))
			a.href = url
			a.download = fold(say.file).replace(/ /g, "-") + ".csv"
			a.click()
			setTimeout(() => URL.revokeObjectURL(url), 10000)
		} catch (e) {
			said.textContent = say.failed
		}
	})
	addEventListener("popstate", () => { typing = false; restore().catch(() => { said.textContent = say.failed }) })
	// Who comes with words to search for, from the home or by somebody's link, comes for the answer; who comes back is
	// put by the browser where they were.
	const came = performance.getEntriesByType("navigation")[0]?.type == "navigate"
	restore().then(() => { if (came && !scrollY) show() }).catch(() => { said.textContent = say.failed })
}
