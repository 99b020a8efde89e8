/** TimelineJS itself, from its package, drawing the file in a headless Chromium, in Arabic. */
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { chromium } from 'playwright-core';

const library = 'node_modules/@knight-lab/timelinejs/dist';
const types = { '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json' };

/** Serves the page, the library and the file; nothing else is reachable. */
function serve(text, address) {
  const page = `<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="/css/timeline.css">
    <div id="timeline" style="width:1200px;height:700px"></div><script src="/js/timeline.js"></script>`;
  const server = createServer(async ({ url }, answer) => {
    const path = new URL(url, 'http://local').pathname;
    const own = { '/': [page, 'text/html'], [address]: [text, 'text/plain; charset=utf-8'] }[path];
    const found = own ?? [await readFile(join(library, path)).catch(() => null), types[extname(path)]];
    answer.writeHead(found[0] === null ? 404 : 200, { 'content-type': found[1] ?? 'application/octet-stream' });
    answer.end(found[0] ?? '');
  });
  return new Promise(resolve => server.listen(0, '127.0.0.1', () => resolve(server)));
}

/** What the timeline made of the file, looked up in the page. */
async function draw(address) {
  const timeline = new window.TL.Timeline('timeline', address, {
    language: 'ar', hash_bookmark: true, script_path: `${location.origin}/js`, font: null,
  });
  const drawn = () => document.querySelectorAll('.tl-slide').length > 0 || timeline.config?.messages.errors.length > 0;
  for (let i = 0; i < 200 && !drawn(); i++) await new Promise(resolve => setTimeout(resolve, 50));
  const { config } = timeline;
  const day = date => date && [date.data.year, date.data.month, date.data.day].map(Number);
  const left = node => node.getBoundingClientRect().left;
  const words = node => {
    const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    const found = [];
    while (texts.nextNode()) {
      for (const match of texts.currentNode.data.matchAll(/[^\s\u2067\u2069]+/g)) {
        const range = document.createRange();
        range.setStart(texts.currentNode, match.index);
        range.setEnd(texts.currentNode, match.index + match[0].length);
        found.push({ word: match[0], left: left(range) });
      }
    }
    return found.sort((a, b) => a.left - b.left).map(({ word }) => word);
  };
  return {
    errors: config.messages.errors.map(String),
    scale: config.scale,
    title: config.title && { headline: config.title.text.headline, text: config.title.text.text },
    slides: config.events.map(e => ({
      id: e.unique_id, start: day(e.start_date), end: day(e.end_date) ?? null,
      display: e.display_date, group: e.group ?? '', headline: e.text.headline,
    })),
    eras: config.eras.map(e => ({ headline: e.headline, start: day(e.start_date), end: day(e.end_date) })),
    drawn: document.querySelectorAll('.tl-slide').length,
    dates: [...document.querySelectorAll('h3.tl-headline-date')].map(words),
    scripts: document.querySelectorAll('.tl-slide script, .tl-slide b').length,
  };
}

export async function read(text, file) {
  const address = `/data.timelinejs${extname(file)}`;
  const server = await serve(text, address);
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', '--no-first-run'],
  });
  try {
    const origin = `http://127.0.0.1:${server.address().port}`;
    const page = await browser.newPage();
    const foreign = [];
    const mistakes = [];
    page.on('pageerror', error => mistakes.push(String(error)));
    await page.route('**', route => {
      if (route.request().url().startsWith(origin)) return route.continue();
      foreign.push(route.request().url());
      return route.abort();
    });
    await page.goto(origin);
    const seen = await page.evaluate(draw, address);
    if (mistakes.length > 0) throw new Error(mistakes.join('\n'));
    return { ...seen, foreign };
  } finally {
    await browser.close();
    server.close();
  }
}
