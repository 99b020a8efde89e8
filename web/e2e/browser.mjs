/**
 * A browser that notices: pages whose requests, console and policy reports are collected, so that a
 * journey ends with the question of what went wrong on the way.
 */
import { chromium } from 'playwright-core';

/** Debian's Chromium, unless CHROMIUM names another. It is told to ask nobody anything of its own. */
export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
}

/** Opens a page in a profile of its own. `complaints` fills while the page lives. */
export async function watchedPage(browser, base, options) {
  const context = await browser.newContext({ baseURL: base, ...options });
  const page = await context.newPage();
  const complaints = new Set(); // one broken promise is often reported a thousand times
  const complain = (kind, what) => complaints.add(`${kind}: ${what}`);
  watchRequests(context, new URL(base).origin, complain);
  if (options.javaScriptEnabled !== false) await watchPage(context, page, complain);
  return { context, page, complaints };
}

function watchRequests(context, origin, complain) {
  context.on('request', request => {
    const url = new URL(request.url());
    if (/^https?:|^wss?:/.test(url.protocol) && url.origin !== origin) complain('foreign request', url);
  });
  context.on('response', response => {
    if (response.status() >= 400) complain('answer', `${response.status()} ${response.url()}`);
  });
}

/** What only a page with scripts can complain of: without them even a preload counts as failed. */
async function watchPage(context, page, complain) {
  context.on('requestfailed', request => {
    const reason = request.failure()?.errorText;
    const leftBehind = reason === 'net::ERR_ABORTED'; // by a journey that moves on to the next address
    if (!leftBehind) complain('failed request', `${request.url()} ${reason}`);
  });
  page.on('pageerror', error => complain('uncaught error', error.stack ?? error));
  page.on('console', message => {
    if (['error', 'warning'].includes(message.type())) complain('console', message.text());
  });
  await context.exposeFunction('reportPolicy', what => complain('content security policy', what));
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', event => {
      globalThis.reportPolicy(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}`);
    });
  });
}

/** Asks until the answer is truthy and returns it; fails with what was awaited. */
export async function until(what, ask, { within = 15_000 } = {}) {
  const end = Date.now() + within;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`waited ${within} ms in vain: ${what}`);
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}
