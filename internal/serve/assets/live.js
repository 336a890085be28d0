// A page that follows its site. It listens while it is looked at, and catches up when it
// is looked at again.

const script = document.currentScript;
const me = { kind: script.dataset.kind, version: script.dataset.version };
const live = new URL(script.src).search.slice(1);
let { run, generation } = script.dataset;
let heard = false, stream = null, again = 0, failures = 0, work = Promise.resolve();

const decoded = (path) => {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
};

function listen() {
  clearTimeout(again);
  if (stream) return;
  const query = new URLSearchParams({ page: decoded(location.pathname), run, generation });
  stream = new EventSource("/.vitrine/events?" + query);
  stream.onmessage = (e) => {
    failures = 0;
    const state = JSON.parse(e.data);
    work = work.then(() => follow(state)).catch((err) => console.error(err));
  };
  stream.onerror = () => {
    hush();
    if (++failures > 2) overlay.lost();
    again = setTimeout(listen, Math.min(200 * 2 ** failures, 3000));
  };
}

function hush() {
  clearTimeout(again);
  stream?.close();
  stream = null;
}

addEventListener("pagehide", hush);
addEventListener("pageshow", listen);
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) listen();
  else if (heard) hush();
});
listen();

async function follow(state) {
  const otherRun = heard && run !== state.run;
  heard = true;
  ({ run, generation } = state);
  const differs = state.kind !== me.kind || state.version !== me.version;
  if (state.live !== live || (me.kind !== "page" && differs) || (otherRun && state.kind === "page")) {
    location.reload();
    return;
  }
  if (state.kind === "page" && differs) await update();
  if (me.kind === "broken") return; // the page itself says what is wrong
  overlay.show(state, me.kind === "page" && state.kind === "missing");
  if (state.changed?.length) await renew(new Set(state.changed));
}

async function update() {
  const answer = await fetch(location.pathname + location.search, { cache: "no-cache" });
  if (!answer.ok) return;
  const doc = new DOMParser().parseFromString(await answer.text(), "text/html");
  const tag = [...doc.scripts].find(own);
  if (!tag || doc.body.localName !== document.body.localName || scripts(doc).some((s) => !scripts(document).includes(s))) {
    location.reload(); // a new script has to run
    return;
  }
  await become(doc);
  me.version = tag.dataset.version;
  document.dispatchEvent(new CustomEvent("vitrine:update"));
}

// scripts are those that run, as written.
function scripts(doc) {
  return [...doc.scripts].filter((s) => !own(s) && /^($|module$|text\/javascript$|application\/javascript$)/.test(s.type)).map((s) => s.outerHTML);
}

// renew shows the files that have changed below the same address.
async function renew(changed) {
  const mark = (address) => {
    const url = new URL(unmarked(address), document.baseURI);
    if (url.origin !== location.origin || !changed.has(decoded(url.pathname))) return address;
    used.add(decoded(url.pathname));
    return unmarked(address) + (url.search ? "&" : "?") + "vitrine=" + generation;
  };
  const used = new Set();
  for (const e of document.querySelectorAll("[src], [srcset], [poster], object[data], image[href], use[href], link[rel~=icon]")) {
    for (const name of ["src", "srcset", "poster", "data", "href"]) {
      const was = e.getAttribute(name);
      if (!was || own(e)) continue;
      const now = name === "srcset" ? was.replace(/[^\s,]\S*[^\s,]/g, (u) => (/^[\d.]+[wx]$/.test(u) ? u : mark(u))) : mark(was);
      if (now === was) continue;
      if (e.localName === "script") {
        location.reload();
        return;
      }
      e.setAttribute(name, now);
    }
  }
  const sheets = [...document.querySelectorAll("link[rel~=stylesheet]")].filter((l) => new URL(l.href).origin === location.origin);
  const fresh = sheets.map((l) => mark(l.getAttribute("href")));
  // A font, or a picture that no element names, is most likely named by a style sheet.
  const hidden = [...changed].some((c) => !used.has(c) && /\.(woff2?|ttf|otf|png|jpe?g|gif|webp|avif|svg)$/i.test(c));
  await Promise.all(sheets.map(async (old, i) => {
    let href = fresh[i];
    if (href === old.getAttribute("href")) {
      if (!hidden) return;
      changed.add(decoded(new URL(old.href).pathname));
      href = mark(href);
    }
    const link = old.cloneNode();
    link.href = href;
    const there = loaded(link);
    old.after(link);
    await there;
    old.remove();
  }));
}
