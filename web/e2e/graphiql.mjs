/** GraphiQL as a person meets it: what can be seen on its page and done there. */
import { until } from './browser.mjs';

const ARABIC = /[\u0621-\u064A]{3}/;
const INTROSPECTION = 'IntrospectionQuery';

export class Playground {
  constructor(page) {
    this.page = page;
  }

  async open(address = '/graphiql') {
    await this.page.goto(address);
    await this.page.locator('.graphiql-query-editor .view-line').first().waitFor();
    await this.page.locator('.graphiql-spinner').waitFor({ state: 'detached' });
  }

  /** The text of an editor: query, variables or result. All of it, scrolled out of sight or not. */
  text(editor) {
    return this.page.evaluate(
      ending => globalThis.__MONACO.editor.getModels().find(m => m.uri.path.endsWith(ending))?.getValue(),
      { query: 'operation.graphql', variables: 'variables.json', result: 'response.json' }[editor],
    );
  }

  /** Presses the button and returns the answer, once it stands in the result window. */
  async run() {
    const answered = this.page.waitForResponse(
      response =>
        new URL(response.url()).pathname === '/graphql' &&
        response.request().postDataJSON()?.operationName !== INTROSPECTION,
    );
    await this.page.locator('.graphiql-execute-button').click();
    const answer = await (await answered).json();
    const text = JSON.stringify(answer, null, 2);
    await until('the answer in the result window', async () => (await this.text('result')) === text);
    return answer;
  }

  /** An Arabic text of the result window that lies within the screen, uncovered. */
  arabicOnScreen() {
    return until('Arabic on the screen', () =>
      this.page.evaluate(letters => {
        const isSeen = span => {
          const { left, top, width, height } = span.getBoundingClientRect();
          const met = document.elementFromPoint(left + width / 2, top + height / 2);
          return width > 0 && met?.closest('.result-window');
        };
        const spans = [...document.querySelectorAll('.result-window .view-line span span')];
        const found = spans.find(span => new RegExp(letters).test(span.textContent) && isSeen(span));
        return found?.textContent;
      }, ARABIC.source),
    );
  }

  /** Takes a picture, once Monaco has coloured what it shows: it does so when idle. */
  async shoot(path) {
    await this.page.waitForTimeout(500);
    await this.page.screenshot({ path });
  }

  tabs() {
    return this.page.locator('.graphiql-tab');
  }

  async show(panel) {
    await this.page.getByRole('button', { name: `Show ${panel}`, exact: true }).click();
    await this.page.locator('.graphiql-plugin > *').first().waitFor();
  }

  async showExamples(language) {
    if (!(await this.page.locator('.examples').isVisible())) await this.show('Examples');
    await this.page.locator('.examples-languages').getByRole('button', { name: language }).click();
    return this.page.locator('.examples');
  }

  examples() {
    return this.page.locator('.examples li button');
  }
}
