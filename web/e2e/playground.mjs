/**
 * Walks through the playground of a running server in headless Chromium, as issue and README promise it.
 *
 *     node e2e/playground.mjs http://127.0.0.1:8080 [folder for the screenshots]
 *
 * Ends with 1 and one line for each broken promise. Whoever wants proof that the page needs no network
 * runs it, and the server, inside `unshare -n` with the loopback device up.
 */
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { launch, until, watchedPage } from './browser.mjs';
import { Playground } from './graphiql.mjs';

const [base, shots = join(import.meta.dirname, 'shots')] = process.argv.slice(2);
if (!base) {
  console.error('usage: node e2e/playground.mjs BASE_URL [SHOTS_DIR]');
  process.exit(2);
}

const DESKTOP = { viewport: { width: 1280, height: 800 }, locale: 'en-US' };
const PHONE = {
  viewport: { width: 390, height: 844 },
  locale: 'ar-MR',
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
};

const JOURNEYS = {
  'a newcomer runs the first example and a second one': { options: DESKTOP, walk: newcomer },
  'a visitor comes back, and shares a link': { options: DESKTOP, walk: returning },
  'the panels open': { options: { ...DESKTOP, colorScheme: 'dark' }, walk: panels },
  'a phone': { options: PHONE, walk: phone },
  'a browser without JavaScript': { options: { ...DESKTOP, javaScriptEnabled: false }, walk: noScript },
};

async function newcomer({ page, examples }) {
  const playground = new Playground(page);
  await playground.open();
  assert.equal(await page.title(), 'Tarikh');
  assert.equal(await playground.text('query'), examples[0].query, 'the first example is filled in');
  assert.equal(await playground.text('variables'), examples[0].variables, 'with its variables');

  answered(await playground.run());
  await playground.arabicOnScreen();
  await playground.shoot(join(shots, 'desktop-first-example.png'));

  const panel = await playground.showExamples('العربية');
  assert.equal(await panel.getAttribute('dir'), 'rtl');
  assert.equal(await playground.examples().count(), examples.length);
  const before = await playground.tabs().count();
  await playground.examples().nth(1).click();
  assert.equal(await playground.tabs().count(), before + 1, 'an example opens a tab of its own');
  assert.equal(await playground.text('query'), examples[1].query);
  assert.equal(await playground.text('variables'), examples[1].variables);
  answered(await playground.run());
  await playground.shoot(join(shots, 'desktop-second-example.png'));

  await playground.tabs().first().click();
  assert.equal(await playground.text('query'), examples[0].query, 'and leaves the first as it was');
}

async function returning({ context, page, examples }) {
  const playground = new Playground(page);
  await playground.open();
  await playground.showExamples('English');
  await playground.examples().nth(1).click();
  await until('the tabs in storage', () => stored(page, 'tarikh:graphiql:tabState', examples[1].query));
  assert.deepEqual(await foreignKeys(page), [], 'storage is namespaced');

  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy a link to this query' }).click();
  await page.getByRole('button', { name: 'Link copied' }).waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(link, page.url(), 'the address is the link');

  await playground.open();
  assert.equal(await playground.tabs().count(), 2, 'tabs outlive the visit');
  assert.equal(await playground.text('query'), examples[1].query);
  assert.equal(await playground.text('variables'), examples[1].variables);

  await page.evaluate(() => localStorage.clear());
  await page.goto('about:blank');
  await playground.open(link);
  assert.equal(await playground.text('query'), examples[1].query, 'the link opens its query');
  assert.equal(await playground.text('variables'), examples[1].variables, 'with its variables');

  await page.evaluate(query => (location.hash = new URLSearchParams({ q: query })), '{ __typename }');
  await until('a pasted link in a tab of its own', async () => (await playground.tabs().count()) === 2);
  assert.equal(await playground.text('query'), '{ __typename }');
}

async function panels({ page }) {
  const playground = new Playground(page);
  await playground.open();
  await playground.run();
  await playground.show('Documentation Explorer');
  await page.locator('.graphiql-doc-explorer').getByText('Query', { exact: true }).waitFor();
  await playground.show('History');
  await page.locator('.graphiql-history-item').first().waitFor();
  await playground.show('GraphiQL Explorer');
  await page.locator('.graphiql-explorer-root').first().waitFor();
  await playground.shoot(join(shots, 'desktop-explorer-dark.png'));
}

async function phone({ page, examples }) {
  const playground = new Playground(page);
  await playground.open();
  answered(await playground.run());
  await playground.arabicOnScreen();
  await fitsItsWidth(page);
  await playground.shoot(join(shots, 'phone-first-example.png'));

  await playground.show('Examples');
  const panel = page.locator('.examples');
  assert.equal(await panel.getAttribute('lang'), 'ar', 'the panel speaks the language of the browser');
  await fitsItsWidth(page);
  await playground.shoot(join(shots, 'phone-examples.png'));
  await playground.examples().nth(1).tap();
  await panel.waitFor({ state: 'detached' });
  assert.equal(await playground.text('query'), examples[1].query);
  answered(await playground.run());
}

async function noScript({ page }) {
  await page.goto('/graphiql');
  assert.match(await page.locator('noscript').innerText(), /JavaScript is off/);
}

/** An answer holds data and no errors. */
function answered({ data, errors }) {
  assert.equal(errors, undefined, JSON.stringify(errors));
  assert.ok(data);
}

async function fitsItsWidth(page) {
  const { wide, screen } = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth,
    screen: innerWidth,
  }));
  assert.ok(wide <= screen, `the page is ${wide} px wide on a screen of ${screen}`);
}

function stored(page, key, text) {
  const inside = JSON.stringify(text).slice(1, -1);
  return page.evaluate(([k, t]) => localStorage.getItem(k)?.includes(t), [key, inside]);
}

function foreignKeys(page) {
  return page.evaluate(() => Object.keys(localStorage).filter(key => !key.startsWith('tarikh:')));
}

async function walkAll(browser) {
  const examples = await (await fetch(new URL('/graphiql/examples.json', base))).json();
  assert.ok(examples.length > 1, 'the server has two examples at least');
  let broken = 0;
  for (const [name, { options, walk }] of Object.entries(JOURNEYS)) {
    const { context, page, complaints } = await watchedPage(browser, base, options);
    await walk({ context, page, examples }).catch(error => complaints.add(error.stack));
    await context.close();
    console.log(`${complaints.size ? 'FAIL' : 'ok  '} ${name}`);
    for (const complaint of complaints) console.log(`     ${complaint}`);
    broken += complaints.size;
  }
  return broken;
}

await mkdir(shots, { recursive: true });
const browser = await launch();
try {
  process.exitCode = (await walkAll(browser)) ? 1 : 0;
} finally {
  await browser.close();
}
