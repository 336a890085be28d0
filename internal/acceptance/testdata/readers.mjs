// Reads the files for machines of a site with libraries that know nothing of Vitrine, and prints what they
// found: node readers.mjs NODE_MODULES FOLDER. A file that a library refuses is an error by its name.
import { createRequire } from "node:module";
import { readFileSync, readdirSync } from "node:fs";
import { join, relative, sep, dirname, basename } from "node:path";
import { pathToFileURL } from "node:url";

const [modules, folder] = process.argv.slice(2);
const require = createRequire(pathToFileURL(join(modules, "x.js")));
const jsonld = require("jsonld");
const { XMLParser, XMLValidator } = require("fast-xml-parser");
const { check } = require("@placemarkio/check-geojson");
const { Table } = require("tableschema");
const ical = JSON.parse(readFileSync(join(modules, "ical.js/package.json"), "utf8"));
const ICAL = (await import(pathToFileURL(join(modules, "ical.js", ical.module ?? ical.main)).href)).default;

const out = { pages: {}, events: [], cards: {}, entries: [], items: [], places: {}, rows: {}, errors: {} };

// The vocabulary of schema.org without a network: every word is one of its own.
const documentLoader = async (url) => {
  if (url.replace(/\/$/, "") !== "https://schema.org") throw new Error("asks for " + url);
  return { documentUrl: url, document: { "@context": { "@vocab": "https://schema.org/" } } };
};
const short = (v) => String(v ?? "").replace("https://schema.org/", "");
const value = (node, key) => node["https://schema.org/" + key]?.map((v) => v["@value"] ?? v["@id"])[0] ?? "";

async function page(file, text) {
  const scripts = [...text.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)];
  for (const [, data] of scripts) {
    for (const node of await jsonld.expand(JSON.parse(data), { documentLoader, base: "https://base.example/" })) {
      const said = { type: short(node["@type"]?.[0]), name: value(node, "name"), start: value(node, "startDate"), steps: 0, certified: "" };
      said.steps = node["https://schema.org/itemListElement"]?.length ?? 0;
      const mark = node["https://schema.org/hasCertification"]?.[0];
      if (mark) said.certified = value(mark, "certificationIdentification");
      if (mark && !mark["https://schema.org/issuedBy"]) throw new Error("nobody issued " + said.name);
      (out.pages[file] ??= []).push(said);
    }
  }
}

function xml(text) {
  const bad = XMLValidator.validate(text);
  if (bad !== true) throw new Error(bad.err.msg);
  const feed = new XMLParser({ htmlEntities: true, isArray: (name) => name === "entry" }).parse(text).feed;
  if (feed) for (const e of feed.entry ?? []) out.entries.push(String(e.title));
}

function calendar(text) {
  const whole = new ICAL.Component(ICAL.parse(text));
  for (const v of whole.getAllSubcomponents("vevent")) {
    const e = new ICAL.Event(v);
    out.events.push({ uid: e.uid, title: e.summary, start: e.startDate.toString(), status: v.getFirstPropertyValue("status") });
  }
}

function card(file, text) {
  const c = new ICAL.Component(ICAL.parse(text));
  if (c.name !== "vcard") throw new Error("is a " + c.name);
  const get = (name) => c.getFirstPropertyValue(name) ?? "";
  if (!get("fn")) throw new Error("names nobody");
  out.cards[file] = { name: get("fn"), phone: get("tel"), email: get("email"), page: c.getAllProperties("url").at(-1)?.getFirstValue() ?? "" };
}

async function table(file, path) {
  const schema = JSON.parse(readFileSync(join(dirname(path), "schema.json"), "utf8"));
  const loaded = await Table.load(path, { schema, strict: true, delimiter: "," });
  if (!loaded.schema.valid) throw new Error(loaded.schema.errors.join("; "));
  out.rows[file] = (await loaded.read({ keyed: true })).map((row) => Object.values(row)[1] ?? "");
}

async function read(file, path) {
  const text = readFileSync(path, "utf8");
  const name = basename(file);
  if (name.endsWith(".html")) return page(file, text);
  if (name.endsWith(".xml")) return xml(text);
  if (name.endsWith(".ics")) return calendar(text);
  if (name.endsWith(".vcf")) return card(file, text);
  if (name.endsWith(".geojson")) return void (out.places[file] = check(text).features.length);
  if (name === "participants.csv") return table(file, path);
  if (name === "feed.json") for (const i of JSON.parse(text).items) out.items.push(i.title);
}

for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue;
  const path = join(entry.parentPath ?? entry.path, entry.name);
  const file = relative(folder, path).split(sep).join("/");
  try {
    await read(file, path);
  } catch (e) {
    out.errors[file] = String(e.errors?.[0]?.message ?? e.message ?? e);
  }
}
console.log(JSON.stringify(out));
