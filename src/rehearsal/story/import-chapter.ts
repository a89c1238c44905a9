import { generateExtract } from '../extract-generator.ts';
import { contactCsv, etrustText } from '../sample-files.ts';
import { commissionersCsv, epraccurText, practicesCsv } from '../sample-recipients.ts';
import { sampleServices } from '../sample-services.ts';
import type { StoryDates } from './dates.ts';
import { answered, type Stage } from './stage.ts';

/** The real-sized extract, the organisations and the recipients are imported; the gaps in it are found. */
export async function importChapter({ doors, transcript }: Stage, dates: StoryDates, size: StorySize): Promise<void> {
  transcript.chapter('Import');
  const extract = generateExtract({ seed: 1, rows: size.rows, bookable: size.services });
  const imported = answered(
    await doors.upload('planner', 'ebsx05.csv', many(extract.lines()), { kind: 'extract', taken: dates.taken }),
  );
  transcript.say(`The extract has ${imported.read} rows; ${imported.kept} of them are the provider's.`);
  transcript.hold(imported.read === size.rows, `${size.rows.toLocaleString('en-GB')} rows were read`);
  transcript.hold(imported.kept === extract.services, 'the provider’s services were all kept');
  for (const [name, text] of [
    ['etrust.csv', etrustText()],
    ['epraccur.csv', epraccurText()],
    ['commissioners.csv', commissionersCsv()],
    ['practices.csv', practicesCsv(size.practices)],
  ] as const) {
    const facts = answered(await doors.upload('planner', name, many([text]), {}));
    transcript.say(`${name}: ${facts.kept} of ${facts.read} rows kept.`);
  }
}

/** The gaps that were refused are filled: in e-RS by hand, and in the plan by a supplement. */
export async function supplementChapter({ doors, world, transcript }: Stage, size: StorySize): Promise<void> {
  const definer = await world.logIn('service-definer');
  await definer.submit('/ers/contact-details', { action: 'fill-all' });
  const supplement = contactCsv(sampleServices(size.services));
  const facts = answered(
    await doors.upload('planner', 'contact-details.csv', many([supplement]), { kind: 'supplement' }),
  );
  transcript.say(`The gaps were filled in e-RS, and a supplement of ${facts.read} rows was imported.`);
  const gaps = answered(await doors.press('planner', 'gaps'));
  transcript.hold(gaps.blocks === false, 'no gap is left');
}

export interface StorySize {
  readonly rows: number;
  readonly services: number;
  /** GP practices that get the notices. */
  readonly practices: number;
}

async function* many(pieces: Iterable<string>): AsyncGenerator<string> {
  yield* pieces;
}
