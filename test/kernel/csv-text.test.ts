import { expect, it } from 'vitest';
import { csvText } from '../../src/kernel/csv-text.ts';

it('quotes what needs it', () => {
  expect(
    csvText(
      ['a', 'b'],
      [
        ['x, "y"', 3],
        [null, 'two\nlines'],
      ],
    ),
  ).toBe('a,b\r\n"x, ""y""",3\r\n,"two\nlines"\r\n');
});

it.each(['=1+1', '+44 1632', '-5', '@here', '\tx'])('2: a spreadsheet does not run %j', (value) => {
  expect(
    csvText(['a'], [[value]])
      .split('\r\n')[1]
      ?.replace('"', ''),
  ).toMatch(/^'/);
});
