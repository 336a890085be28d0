// What is wrong, over the page and apart from it: in a shadow tree, so that neither the
// page's style sheets nor a new version of the page reach it. It never takes the focus.

function make(tag, attrs, ...parts) {
  const e = document.createElement(tag);
  for (const [k, v] of Object.entries(attrs || {})) typeof v === "function" ? e.addEventListener(k, v) : v != null && e.setAttribute(k, v);
  e.append(...parts.filter((p) => p != null && p !== ""));
  return e;
}

const overlay = (() => {
  const host = document.createElement("vitrine-live");
  const root = host.attachShadow({ mode: "open" });
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
  } catch {
    root.append(make("style", null, STYLE));
  }
  const alert = make("div", { role: "alert", class: "sheet" });
  const region = make("div", { role: "region", class: "sheet" });
  const status = make("div", { role: "status", class: "status" });
  const pills = make("div", { class: "pills" });
  root.append(alert, region, status, pills);

  let words, state, open = "", lost = false, shownErrors = "", shown = "";

  const count = (n, forms) => forms[n === 1 ? 0 : 1].replace("#", n);

  function item(f) {
    const x = f.excerpt;
    return make("li", null,
      f.place && make("p", { class: "place" }, f.place),
      make("p", { class: "message" }, f.message, f.code ? " " : "", f.code && make("span", { class: "code" }, f.code)),
      x && make("pre", null, make("span", { class: "n", "aria-hidden": "true" }, String(x.line)), x.before, make("mark", null, x.marked), x.after),
      f.hint && make("p", { class: "hint" }, make("b", null, words.hint), " ", f.hint),
      ...(f.notes || []).map((n) => make("p", { class: "hint" }, make("b", null, words.note), " ", n.place && make("span", { class: "place" }, n.place), " ", n.message)),
    );
  }

  function sheet(into, kind, title, about, list, total) {
    const old = into.querySelector("ol")?.scrollTop || 0;
    into.replaceChildren();
    into.classList.toggle("open", open === kind);
    if (open !== kind) return;
    into.append(
      make("div", { class: "bar " + kind },
        make("h2", null, title),
        about && make("p", null, about),
        make("button", { type: "button", class: "fold", click: () => fold(true) }, words.fold, " ", make("kbd", { "aria-hidden": "true" }, "Esc"))),
      make("ol", { tabindex: "0" }, ...list.map(item), total > list.length ? make("li", { class: "more" }, count(total - list.length, words.more)) : ""),
    );
    into.querySelector("ol").scrollTop = old;
  }

  function pill(kind, text) {
    return make("button", { type: "button", class: "pill " + kind, "aria-expanded": String(open === kind), click: () => { open = open === kind ? "" : kind; draw(); focusPill(kind); } }, text);
  }

  const focusPill = (kind) => pills.querySelector("." + kind)?.focus();

  function fold(refocus) {
    const was = open, inside = root.activeElement;
    open = "";
    draw();
    if (refocus && inside) focusPill(was);
  }

  function draw() {
    if (!words) return;
    const { errors, warnings, errorCount, warningCount } = state;
    region.setAttribute("aria-label", words.overlay);
    sheet(alert, "errors", count(errorCount, words.errors), state.stale ? words.lastGood : "", errors || [], errorCount);
    sheet(region, "warnings", count(warningCount, words.warnings), "", warnings || [], warningCount);
    status.textContent = lost ? words.lost : state.gone ? words.gone : "";
    pills.replaceChildren(
      ...(errorCount && open !== "errors" ? [pill("errors", count(errorCount, words.errors))] : []),
      ...(warningCount && open !== "warnings" ? [pill("warnings", count(warningCount, words.warnings))] : []),
    );
    host.hidden = !errorCount && !warningCount && !status.textContent;
  }

  document.addEventListener("keydown", (e) => {
    if (e.key === "Escape" && !e.defaultPrevented && open && !document.querySelector("dialog:modal")) fold(true);
  });

  return {
    // show says what is wrong now; what was folded stays so until something else is.
    show(st, gone) {
      const now = JSON.stringify([st.errors, st.warnings, st.errorCount, st.warningCount, st.language, st.stale, gone]);
      lost = false;
      if (now === shown && !status.textContent) return;
      shown = now;
      state = { ...st, gone };
      words = st.words;
      host.lang = st.language || "fr";
      const errors = JSON.stringify(st.errors);
      if (errors !== shownErrors) {
        shownErrors = errors;
        if (st.errorCount) open = "errors";
        else if (open === "errors") open = "";
      }
      if (open === "warnings" && !st.warningCount) open = "";
      if (!host.isConnected) document.documentElement.append(host);
      draw();
    },
    lost() {
      if (lost || !words) return;
      lost = true;
      draw();
    },
  };
})();
