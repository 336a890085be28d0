// Whether a door is open now: one line beside the opening hours, which say it all without it. The hours
// are in the form that the package hours describes (Compact); what they do not tell is not said.
const day = 864e5 // milliseconds

/** Easter Sunday, as the milliseconds of its midnight. */
const easter = y => {
	const a = y % 19, b = y / 100 | 0, c = y % 100
	const h = (19 * a + b - (b >> 2) - ((b - ((b + 8) / 25 | 0) + 1) / 3 | 0) + 15) % 30
	const l = (32 + 2 * (b % 4) + 2 * (c >> 2) - h - c % 4) % 7
	const n = h + l - 7 * ((a + 11 * h + 22 * l) / 451 | 0) + 114
	return Date.UTC(y, (n / 31 | 0) - 1, n % 31 + 1)
}

/** The spans of a day in minutes from its midnight; null where nobody said. */
const spans = (lines, midnight) => {
	const t = new Date(midnight), y = t.getUTCFullYear(), date = t.getUTCMonth() * 100 + 100 + t.getUTCDate()
	// Easter Monday, Ascension, Whit Monday
	const holiday = [101, 501, 508, 714, 815, 1101, 1111, 1225].includes(date) || [1, 39, 50].includes((midnight - easter(y)) / day)
	let out = holiday ? null : []
	for (const line of lines) {
		const [, dates, days, times] = line.match(/^(?:(.*)@)?(\d*)=(.*)/)
		if (!days.includes(holiday && !dates ? 8 : t.getUTCDay() || 7)) continue
		if (dates && !dates.split(",").some(range => {
			const [from, to] = range.split("-").map(Number), n = from > 9999 ? y * 1e4 + date : date
			return from > to ? n >= from || n <= to : n >= from && n <= to
		})) continue
		out = holiday && dates && times ? null : times ? times.split(",").map(s => s.split("-").map(Number)) : []
	}
	return out
}

const show = p => {
	const {hours, zone, say} = p.dataset, lang = document.documentElement.lang, lines = hours.split(";")
	const [until, open, today, tomorrow, later, shut] = say.split("|")
	// The clock on the wall there, whatever this device's: Swedish writes 2026-11-22 14:05:09.
	const wall = Date.parse(new Date().toLocaleString("sv", {timeZone: zone}).replace(" ", "T") + "Z")
	const midnight = wall - wall % day, now = (wall - midnight) / 6e4
	let all = [], horizon = 0 // minutes from here on of which nothing is known
	for (let i = -1; i < 8; i++) {
		const s = spans(lines, midnight + i * day)
		if (!s && i >= 0) break
		all = all.concat((s || []).map(([a, b]) => [a + i * 1440, b + i * 1440]))
		horizon = (i + 1) * 1440
	}
	p.textContent = ""
	if (!horizon) return // today is not known, or no time at all
	all.sort((a, b) => a[0] - b[0])
	let end = 0
	for (const [a, b] of all) if (a <= (end || now) && b > (end || now)) end = b
	// A door closes at 24 h, and opens at 0 h.
	const clock = m => {
		const h = m / 60 % 24 | 0, mm = (m % 60 + "").padStart(2, 0)
		if (lang == "en") return (h % 12 || 12) + (m % 60 ? ":" + mm : "") + "\u00a0" + (h < 12 ? "am" : "pm")
		return (m % 1440 || !end ? h : 24) + "\u00a0h" + (m % 60 ? "\u00a0" + mm : "")
	}
	const next = all.find(([a]) => a > now)?.[0], n = next / 1440 | 0 // days from today
	const text = end ? end - now < 1440 && end < horizon ? until : open : !(next < 10080) ? shut : [today, tomorrow][n] || later
	p.textContent = text.replace("{t}", clock(end || next)).replace("{d}", () => new Date(midnight + n * day).toLocaleDateString(lang, {weekday: "long", timeZone: "UTC"}))
}

const all = () => document.querySelectorAll("[data-hours]").forEach(show)
all()
// A page that comes back from a pocket says what is true then.
document.addEventListener("visibilitychange", all)
addEventListener("pageshow", e => e.persisted && all())
