import { fileURLToPath } from 'node:url';
import nunjucks from 'nunjucks';
import type { Form } from '../../src/card/form.ts';
import { inWords } from '../../src/kernel/time-words.ts';

/** Draws the page `NAME.njk` of this folder. Everything is escaped; the pages of nhsuk-frontend may be imported by name. */
export function renderPage(name: string, facts: Readonly<Record<string, unknown>>): string {
  return environment.render(`${name}.njk`, facts);
}

const environment = new nunjucks.Environment(
  new nunjucks.FileSystemLoader([
    fileURLToPath(new URL('.', import.meta.url)),
    fileURLToPath(new URL('../../node_modules/nhsuk-frontend/dist', import.meta.url)),
  ]),
  { autoescape: true, throwOnUndefined: false, trimBlocks: true, lstripBlocks: true },
);

environment.addFilter('when', (instant: string, zone: string) => inWords(instant, zone));
/** The hand is no letter of every computer's fonts; the word beside it says it all. */
environment.addFilter('words', (text: string) => String(text ?? '').replaceAll('✋ ', ''));
environment.addFilter('number', (value: number) => value.toLocaleString('en-GB'));
/** The form without what was typed, to be carried along in the page and drawn again. */
environment.addFilter('formText', ({ problem: _, fields, ...form }: Form) =>
  JSON.stringify({ ...form, fields: fields.map(({ value: _value, problem: _problem, ...field }) => field) }),
);
/** Takes what was escaped: telephone numbers and email addresses can be pressed on a telephone. */
environment.addFilter('dial', (escaped: { toString(): string }) => {
  const words = escaped.toString();
  return new nunjucks.runtime.SafeString(
    words.replace(/\b0\d{2,4} \d{3,4} \d{3,4}\b|\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b/g, (found) =>
      found.includes('@')
        ? `<a href="mailto:${found}">${found}</a>`
        : `<a class="co-whole" href="tel:${found.replaceAll(' ', '')}">${found}</a>`,
    ),
  );
});
