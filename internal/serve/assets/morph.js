// Making a page like a newer one of itself. Most of it is the same: what is equal is not
// touched, so that focus, selections, scrolling and what plays in it stay. Of the rest,
// nodes are paired by their id or the address that they lead to, then by their kind in
// order. Properties are never set: what a reader typed, ticked or unfolded stays.

const MARK = /[?&]vitrine=\w+/g;
const unmarked = (text) => text.replace(MARK, "");

const unfolds = (e) => e.localName === "details" || e.localName === "dialog";

function attributes(old, now) {
  for (const a of now.attributes) {
    const was = old.getAttribute(a.name);
    if (was !== null && (was === a.value || unmarked(was) === a.value)) continue;
    if (a.name === "open" && unfolds(old)) continue;
    old.setAttributeNode(a.cloneNode());
  }
  for (const a of [...old.attributes]) {
    if (!now.hasAttribute(a.name) && !(a.name === "open" && unfolds(old))) old.removeAttribute(a.name);
  }
}

function morph(old, now) {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.nodeValue !== now.nodeValue) old.nodeValue = now.nodeValue;
  } else if (old.localName === "template") {
    if (!old.isEqualNode(now)) old.replaceWith(document.importNode(now, true));
  } else {
    attributes(old, now);
    children(old, now);
  }
}

const blank = (n) => n.nodeType === Node.TEXT_NODE && !n.nodeValue.trim();
const whole = (n) => (n.nodeType === Node.ELEMENT_NODE ? n.outerHTML : n.nodeName + n.nodeValue);

function key(n) {
  if (n.nodeType !== Node.ELEMENT_NODE) return "";
  if (n.id) return n.nodeName + "#" + n.id;
  const a = n.matches("a[href]") ? n : n.querySelector("a[href]");
  return a ? n.nodeName + " " + a.getAttribute("href") : "";
}

// pairs finds for new nodes the old ones that they continue.
function pairs(olds, news) {
  const found = new Map(), equal = new Set(), free = new Set(olds);
  const by = (of, done) => {
    const known = new Map();
    for (const o of free) {
      const k = of(o);
      if (k) known.has(k) ? known.get(k).push(o) : known.set(k, [o]);
    }
    for (const n of news) {
      const o = !found.has(n) && known.get(of(n))?.shift();
      if (!o) continue;
      found.set(n, o);
      free.delete(o);
      done?.add(o);
    }
  };
  by((n) => !blank(n) && whole(n), equal);
  by(key);
  let left = [...free];
  for (const n of news) {
    if (found.has(n)) continue;
    const at = left.findIndex((o) => o.nodeName === n.nodeName && (!o.id || o.id === n.id));
    if (at < 0) continue;
    found.set(n, left[at]);
    free.delete(left[at]);
    left = left.slice(at + 1);
  }
  return { found, equal, free };
}

function children(old, now) {
  const a = [...old.childNodes], b = [...now.childNodes];
  let from = 0, toA = a.length, toB = b.length;
  while (from < toA && from < toB && a[from].isEqualNode(b[from])) from++;
  while (from < toA && from < toB && a[toA - 1].isEqualNode(b[toB - 1])) toA--, toB--;
  if (from === toA && from === toB) return;
  const news = b.slice(from, toB);
  const { found, equal, free } = pairs(a.slice(from, toA), news);
  for (const o of free) o.remove();
  let at = from ? a[from - 1].nextSibling : old.firstChild;
  for (const n of news) {
    const o = found.get(n);
    if (!o) {
      old.insertBefore(document.importNode(n, true), at);
      continue;
    }
    if (o === at) at = at.nextSibling;
    else if (old.moveBefore) old.moveBefore(o, at); // which keeps the focus
    else old.insertBefore(o, at);
    if (!equal.has(o)) morph(o, n);
  }
}

// become makes the document what a newer one is. Style sheets are there before the old
// ones go, so that nothing is ever shown without them.
async function become(doc) {
  const late = head(doc.head);
  if (late.wait.length) await Promise.all(late.wait);
  const active = document.activeElement;
  const range = active && "selectionStart" in active ? [active.selectionStart, active.selectionEnd, active.selectionDirection] : null;
  const anchor = CSS.supports("overflow-anchor", "auto") ? null : onScreen();
  attributes(document.documentElement, doc.documentElement);
  morph(document.body, doc.body);
  for (const e of late.gone) e.remove();
  if (anchor?.e.isConnected) scrollBy(0, anchor.e.getBoundingClientRect().top - anchor.top);
  if (!active || active === document.body || active === document.activeElement) return;
  const again = active.isConnected ? active : like(active);
  again?.focus({ preventScroll: true });
  try {
    if (range && range[0] !== null) again?.setSelectionRange(...range);
  } catch {} // not all inputs have a selection
}

const onScreen = () => {
  const e = document.elementFromPoint(innerWidth / 2, innerHeight / 3);
  return e && { e, top: e.getBoundingClientRect().top };
};

function like(e) {
  if (e.id) return document.getElementById(e.id);
  const k = key(e);
  return k && [...document.getElementsByTagName(e.localName)].find((o) => key(o) === k);
}

const own = (e) => e.localName === "script" && e.getAttribute("src")?.startsWith("/.vitrine/");
const isSheet = (e) => e.localName === "link" && e.relList.contains("stylesheet");
const loaded = (link) =>
  new Promise((done) => {
    link.onload = link.onerror = done;
    setTimeout(done, 3000);
  });

// head adds what is new there, and returns what to wait for and what to remove then.
function head(now) {
  const have = new Map(), wait = [];
  for (const e of document.head.children) if (!own(e)) have.set(unmarked(e.outerHTML), e);
  let after = null;
  for (const n of now.children) {
    if (own(n)) continue;
    let e = have.get(n.outerHTML);
    if (!e && n.localName === "title") {
      e = document.head.querySelector("title");
      if (e) e.textContent = n.textContent;
    }
    if (e) {
      for (const [k, v] of have) if (v === e) have.delete(k);
    } else {
      e = document.importNode(n, true);
      if (isSheet(e)) wait.push(loaded(e));
      after ? after.after(e) : document.head.prepend(e);
    }
    after = e;
  }
  return { wait, gone: [...have.values()] };
}
