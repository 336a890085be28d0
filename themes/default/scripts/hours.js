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

/** The spans of a day in minutes from its midnight, whether they are only what may be, and whether it is a holiday. */
const spans = (hours, holidays, midnight) => {
	const t = new Date(midnight), y = t.getUTCFullYear(), date = t.getUTCMonth() * 100 + 100 + t.getUTCDate(), own = t.getUTCDay() || 7
	const holiday = holidays.includes(date) || holidays.includes(2000 + (midnight - easter(y)) / day)
	const told = hours.includes("8=") // what is on holidays
	let out = [], maybe
	for (const line of hours.split(";")) {
		const [, dates, days, unsure, times] = line.match(/^(?:(.*)@)?(\d*)=(\??)(.*)/)
		if (!days.includes(holiday && told && !dates ? 8 : own)) continue
		if (dates && !dates.split(",").some(range => {
			const [from, to] = range.split("-").map(Number), n = from > 9999 ? y * 1e4 + date : date
			return from > to ? n >= from || n <= to : n >= from && n <= to
		})) continue
		out = times ? times.split(",").map(s => s.split("-").map(Number)) : []
		maybe = unsure || holiday && times && (dates || !told)
	}
	return [out, maybe, holiday]
}

const say = p => {
	const {hours, holidays, zone, say} = p.dataset, lang = document.documentElement.lang, english = lang == "en"
	const [until, open, today, tomorrow, later, shut, far, differs] = say.split("|")
	// France's, those of Easter Monday, Ascension and Whit Monday in days from 2000, and the place's own.
	const free = [101, 501, 508, 714, 815, 1101, 1111, 1225, 2001, 2039, 2050].concat((holidays || "").split(",").map(Number))
	// The clock on the wall there, whatever this device's: Swedish writes 2026-11-22 14:05:09.
	const wall = Date.parse(new Date().toLocaleString("sv", {timeZone: zone}).replace(" ", "T") + "Z")
	const midnight = wall - wall % day, now = (wall - midnight) / 6e4
	if (!wall) return ""
	const all = []
	let horizon = 0, feast // minutes from here on of which nothing is known; whether today is a holiday
	for (let i = -1; i < 370; i++) {
		const [list, maybe, holiday] = spans(hours, free, midnight + i * day)
		if (!i) feast = holiday
		if (maybe && i >= 0) break
		for (const [a, b] of list) {
			if (!maybe) all.push([a + i * 1440, b + i * 1440])
			else if (b - 1440 > now) return "" // the night is not over
		}
		horizon = (i + 1) * 1440
	}
	all.sort((a, b) => a[0] - b[0])
	let end = 0
	for (const [a, b] of all) if (a <= (end || now) && b > (end || now)) end = b
	if (!end && !horizon) return feast && differs || ""
	// A door closes at midnight, and opens at 0 h.
	const clock = m => {
		const h = m / 60 % 24 | 0, mm = (m % 60 + "").padStart(2, 0)
		if (end && m % 1440 == 0) return english ? "midnight" : "minuit"
		if (english) return m % 1440 == 720 ? "noon" : (h % 12 || 12) + (m % 60 ? ":" + mm : "") + "\u00a0" + (h < 12 ? "am" : "pm")
		return h + "\u00a0h" + (m % 60 ? "\u00a0" + mm : "")
	}
	const next = all.find(([a]) => a > now)?.[0], n = next / 1440 | 0 // days from today
	const date = () => {
		const text = new Date(midnight + n * day).toLocaleDateString(english ? "en-GB" : lang, {weekday: "long", timeZone: "UTC", ...n > 6 && {day: "numeric", month: "long"}})
		return (english ? text : text.replace(" 1 ", " 1er ")).replace(/(\d\S*) /, "$1\u00a0")
	}
	const text = end ? end - now < 1440 && end < horizon ? until : open : next ? [today, tomorrow][n] || (n < 7 ? later : far) || shut : shut
	return text.replace("{t}", clock(end || next)).replace("{d}", date)
}

const all = () => document.querySelectorAll("[data-hours]").forEach(p => {
	const text = say(p)
	if (p.textContent != text) p.textContent = text
})
all()
// A page that stays, or comes back from a pocket, says what is true then.
setInterval(all, 6e4)
document.addEventListener("visibilitychange", all)
addEventListener("pageshow", e => e.persisted && all())
