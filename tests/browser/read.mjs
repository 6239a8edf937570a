// Opens reports as a reader does and says what happened, as JSON on standard output.
//
//   node read.mjs JOB.json      JOB: { "chromium": path, "pages": [ { "file": path, "asks": ["quiet", ...] } ] }
//
// Each question below is a function of a page; the test that asked judges the answer. Nothing leaves the machine: the browser is
// started without its background services, and every request that a page makes is written down.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const job = JSON.parse(readFileSync(process.argv[2], "utf8"));
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const browser = await chromium.launch({
  executablePath: job.chromium,
  headless: true,
  args: [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
  ],
});

/** Opens a file in a context of its own, with everything noted that a quiet page does not do. */
async function opened(file, { width = 1366, height = 768, ...options }, use) {
  const context = await browser.newContext({ viewport: { width, height }, ...options });
  const page = await context.newPage();
  const noise = { console: [], errors: [], dialogs: 0, requests: [], downloads: 0, popups: 0 };
  page.on("console", (message) => noise.console.push(message.text()));
  page.on("pageerror", (error) => noise.errors.push(error.message));
  page.on("dialog", (dialog) => {
    noise.dialogs += 1;
    return dialog.dismiss();
  });
  page.on("download", () => (noise.downloads += 1));
  context.on("page", () => (noise.popups += 1));
  const own = pathToFileURL(file).href;
  page.on("request", (request) => {
    if (request.url() !== own) noise.requests.push(request.url());
  });
  await page.goto(own);
  try {
    return { noise, ...(await use(page)) };
  } finally {
    await context.close();
  }
}

const widths = () => ({ page: document.documentElement.scrollWidth, window: window.innerWidth });

const asks = {
  /** Console, requests, dialogs; whether anything makes the whole page scroll sideways. */
  async quiet(file) {
    const at = {};
    let noise = null;
    for (const width of [360, 768, 1366]) {
      const seen = await opened(file, { width }, async (page) => {
        await page.evaluate(() => document.querySelectorAll("details").forEach((d) => (d.open = true)));
        await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
        await page.waitForTimeout(100);
        return { widths: await page.evaluate(widths) };
      });
      at[width] = seen.widths;
      noise = noise || seen.noise;
      for (const key of ["console", "errors", "requests"]) noise[key] = noise[key].concat(seen.noise[key]);
    }
    return { noise, widths: at };
  },

  /** Where the parts of the first screen end. */
  async firstScreen(file) {
    return opened(file, {}, async (page) => ({
      ends: await page.evaluate(() => {
        const end = (element) => (element ? element.getBoundingClientRect().bottom : null);
        const findings = document.querySelectorAll("#summary .stands-out li");
        return {
          value: end(document.querySelector("#summary .value")),
          interval: end(document.querySelector("#summary .interval")),
          verdict: end(document.querySelector("#summary .verdict .lines")),
          findings: Array.from(findings).slice(0, 3).map(end),
          window: window.innerHeight,
        };
      }),
    }));
  },

  /** Findings of axe-core, light and dark. */
  async axe(file) {
    const found = {};
    for (const colorScheme of ["light", "dark"]) {
      const seen = await opened(file, { colorScheme }, async (page) => {
        await page.evaluate(() => document.querySelectorAll("details").forEach((d) => (d.open = true)));
        await page.evaluate(axe);
        const violations = await page.evaluate(async () => {
          const result = await window.axe.run(document, { resultTypes: ["violations"] });
          return result.violations.map((v) => ({
            id: v.id, impact: v.impact, help: v.help, nodes: v.nodes.slice(0, 3).map((n) => `${n.html.slice(0, 160)} ${n.failureSummary}`), count: v.nodes.length,
          }));
        });
        return { violations };
      });
      found[colorScheme] = seen.violations;
    }
    return { found };
  },

  /** Sorting, filtering, drilling, notes on marks, the theme, the contents: by keyboard where it can be. */
  async comforts(file) {
    return opened(file, {}, async (page) => {
      const out = {};
      const column = (table, at) => page.evaluate(
        ([t, c]) => Array.from(document.querySelectorAll("table.grid")[t].tBodies[0].rows)
          .filter((r) => !r.classList.contains("heading"))
          .map((r) => Array.from(r.cells[c].childNodes).filter((n) => !(n.classList && n.classList.contains("note"))).map((n) => n.textContent).join("").trim()),
        [table, at],
      );
      // The table of items: headings group its rows; the score stands in the second column.
      const items = await page.evaluate(() => Array.from(document.querySelectorAll("table.grid")).findIndex((t) => t.tBodies[0].querySelectorAll("tr.heading").length > 1));
      const groups = () => page.evaluate((t) => {
        const all = [];
        for (const row of document.querySelectorAll("table.grid")[t].tBodies[0].rows) {
          if (row.classList.contains("heading")) all.push({ head: row.textContent.trim(), values: [] });
          else all[all.length - 1].values.push(parseFloat(row.cells[1].textContent));
        }
        return all;
      }, items);
      const before = await groups();
      const head = page.locator("table.grid").nth(items).locator("thead th").nth(1);
      await head.locator("button").focus();
      await page.keyboard.press("Enter");
      out.ascending = { sort: await head.getAttribute("aria-sort"), groups: await groups() };
      await page.keyboard.press("Enter");
      out.descending = { sort: await head.getAttribute("aria-sort"), groups: await groups() };
      await page.keyboard.press("Enter");
      out.restored = { sort: await head.getAttribute("aria-sort"), same: JSON.stringify(await groups()) === JSON.stringify(before) };
      out.before = before;
      out.firstColumn = await column(0, 0);

      // The filter above a long table leaves the rows that have the word, and says how many.
      const find = page.locator(".find:visible").first();
      const rows = () => find.evaluate((bar) => {
        const all = Array.from(bar.parentElement.querySelectorAll("tbody tr:not(.heading)"));
        return { all: all.length, shown: all.filter((r) => !r.hidden).length, texts: all.filter((r) => !r.hidden).map((r) => r.textContent) };
      });
      const whole = await rows();
      const word = whole.texts[0].trim().slice(0, 3);
      await find.locator("input").fill(word);
      out.filter = { word, whole: whole.all, ...(await rows()), told: await find.locator("[role=status]").textContent() };
      await find.locator("input").fill("");
      out.unfiltered = (await rows()).shown;

      // A link into what is folded opens it.
      const drill = await page.evaluate(() => document.querySelector("details.drill").id);
      out.drillClosed = await page.evaluate((id) => document.getElementById(id).open, drill);
      await page.evaluate((id) => { location.hash = id; }, drill);
      await page.waitForFunction((id) => document.getElementById(id).open, drill, { timeout: 5000 });
      out.drillTables = await page.locator(`[id="${drill}"] table`).count();

      // Marks: one stop of the tabulator a chart, arrows from one to the next, Escape takes the note away.
      const first = page.locator("#figure-dimensions .mark").first();
      await first.focus();
      out.tip = { role: await page.locator(".tip").getAttribute("role"), text: await page.locator(".tip").textContent(), hidden: await page.locator(".tip").isHidden() };
      await page.keyboard.press("ArrowDown");
      out.nextTip = await page.locator(".tip").textContent();
      out.stops = await page.locator("#figure-dimensions .mark[tabindex='0']").count();
      await page.keyboard.press("Escape");
      out.tipGone = await page.locator(".tip").isHidden();

      // The theme.
      const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      const light = await ground();
      await page.locator("#theme").selectOption("dark");
      out.theme = { light, dark: await ground() };
      await page.locator("#theme").selectOption("auto");

      // The chapter being read is marked in the contents.
      const last = await page.evaluate(() => Array.from(document.querySelectorAll("section.chapter")).pop().id);
      await page.evaluate((id) => document.getElementById(id).scrollIntoView(), last);
      await page.waitForTimeout(150);
      out.current = await page.evaluate(() => Array.from(document.querySelectorAll("nav [aria-current]")).map((a) => a.getAttribute("href")));
      out.skip = await page.evaluate(() => document.querySelector("a.skip").getAttribute("href"));

      // Everything that can be pressed or typed into can be reached by the tabulator.
      out.unreachable = await page.evaluate(() => Array.from(document.querySelectorAll("a, button, input, select, summary")).filter((e) => e.tabIndex < 0).length);
      return { out };
    });
  },

  /** What is there when scripts do not run. */
  async withoutScript(file) {
    return opened(file, { javaScriptEnabled: false }, async (page) => ({
      controls: await page.locator("nav .tools:visible").count(),
      tables: await page.locator("table.grid").count(),
      rows: await page.locator("table.grid tbody tr").count(),
      details: await page.locator("details").count(),
      titles: await page.locator("svg .mark title").count(),
      buttons: await page.locator("button").count(),
    }));
  },

  /** Printed on paper, as PDF. */
  async print(file, ask) {
    return opened(file, {}, async (page) => {
      await page.pdf({ path: ask.out, format: "A4", printBackground: true, preferCSSPageSize: true });
      return { written: true };
    });
  },

  /** A picture of the first screen. */
  async picture(file, ask) {
    return opened(file, { colorScheme: ask.scheme || "light", width: ask.width || 1366, height: ask.height || 768 }, async (page) => {
      await page.screenshot({ path: ask.out, fullPage: Boolean(ask.full) });
      return {};
    });
  },

  /** What a page is made of, for comparison with another of the same shape. */
  async nodes(file) {
    return opened(file, {}, async (page) => {
      await page.evaluate(() => document.querySelectorAll("details").forEach((d) => (d.open = true)));
      await page.mouse.move(600, 400);
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await page.waitForTimeout(100);
      return {
        elements: await page.evaluate(() => document.querySelectorAll("*:not(svg *)").length),
        scripts: await page.evaluate(() => document.scripts.length),
        handlers: await page.evaluate(() => Array.from(document.querySelectorAll("*")).reduce((n, e) => n + Array.from(e.attributes).filter((a) => a.name.startsWith("on")).length, 0)),
        foreign: await page.evaluate(() => document.querySelectorAll("iframe, object, embed, img, link, base, form, video, audio, a:not([href^='#'])").length),
        ran: await page.evaluate(() => Object.keys(window).filter((k) => /pwned|xss/i.test(k)).length),
      };
    });
  },
};

const answers = [];
try {
  for (const { file, asks: wanted } of job.pages) {
    for (const ask of wanted) {
      const name = typeof ask === "string" ? ask : ask.ask;
      answers.push({ file, ask: name, ...(await asks[name](file, ask)) });
    }
  }
} finally {
  await browser.close();
}
console.log(JSON.stringify(answers));
