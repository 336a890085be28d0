// Runs Lighthouse's mobile preset: node lighthouse.mjs NODE_MODULES CHROME RUNS ADDRESS... The median of each
// category of each address goes to the standard output as JSON, with the audits that are not perfect.
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [modules, chrome, runs, ...addresses] = process.argv.slice(2);
const load = (file) => import(pathToFileURL(join(modules, file)).href);
const lighthouse = (await load("lighthouse/core/index.js")).default;
const { launch } = await load("chrome-launcher/dist/index.js");
const categories = ["performance", "accessibility", "best-practices", "seo"];
const browser = await launch({ chromePath: chrome, chromeFlags: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"] });
const out = {};
try {
  for (const address of addresses) {
    const scores = {}, wrong = new Set();
    for (let i = 0; i < +runs; i++) {
      const { lhr } = await lighthouse(address, { port: browser.port, logLevel: "error", onlyCategories: categories });
      for (const c of categories) {
        (scores[c] ??= []).push(Math.round(100 * lhr.categories[c].score));
        if (c != "performance") for (const a of lhr.categories[c].auditRefs) {
          const { score, title, scoreDisplayMode } = lhr.audits[a.id];
          if (a.weight && score !== null && score < 1 && scoreDisplayMode != "informative") wrong.add(a.id + ": " + title);
        }
      }
    }
    out[address] = { wrong: [...wrong] };
    for (const c of categories) out[address][c] = scores[c].sort((a, b) => a - b)[scores[c].length >> 1];
  }
} finally {
  browser.kill();
}
console.log(JSON.stringify(out));
