import { NEW_ASID } from '../sample-organisations.ts';
import { answered, type Stage } from './stage.ts';
import type { ErsVisit, Facts } from './world-door.ts';

interface Guided {
  readonly step: string;
  readonly group: number;
  readonly groups: number;
  readonly sites: readonly {
    readonly site: string;
    readonly counted: number | null;
    readonly services: readonly { readonly serviceId: string }[];
  }[];
  readonly readBack: readonly { readonly serviceId: string }[];
}

/** The guided run: each step that the card asks for is done on the e-RS screen, and what the screen shows is typed back. */
export async function runGuided(stage: Stage, plan: string): Promise<void> {
  const { doors, world, transcript } = stage;
  const definer = await world.logIn('service-definer');
  for (let steps = 0; steps < 2000; steps++) {
    const run = answered(await doors.press('service-definer', 'run', { plan }));
    const guided = run.guided as Guided | null;
    if (guided === null || guided.step === 'finished' || run.state !== 'running') return;
    await take(stage, definer, guided);
    if (guided.step === 'update') transcript.say(`Group ${guided.group} of ${guided.groups}: Update was pressed.`);
  }
  throw new Error('The guided run did not come to its end.');
}

async function take({ doors }: Stage, definer: ErsVisit, guided: Guided): Promise<void> {
  const bound = { group: String(guided.group), step: guided.step };
  const say = async (as: string, input: Readonly<Record<string, string>>): Promise<Facts> =>
    answered(await doors.press(as, 'step', { ...input, ...bound }));
  if (guided.step === 'count') {
    const { site } = guided.sites.find((one) => one.counted === null) ?? { site: '' };
    const screen = await definer.submit('/ers/bulk', [...ticks(guided), ['action', 'count']]);
    await say('service-definer', { what: 'count', site, counted: String(tickedAt(screen, site)) });
  } else if (guided.step === 'second-person') await say('deputy', { what: 'confirm' });
  else if (guided.step === 'update') {
    const page = await definer.submit('/ers/bulk', [
      ...ticks(guided),
      ['enable', 'yes'],
      ['asid', NEW_ASID],
      ['action', 'update'],
    ]);
    await say('service-definer', { what: page.includes('services updated') ? 'pressed' : 'failed' });
  } else if (guided.step === 'read-back') {
    for (const { serviceId } of guided.readBack) {
      const page = await definer.get(`/ers/services/${serviceId}`);
      await say('service-definer', { what: systemShown(page) === NEW_ASID ? 'new' : 'old', service: serviceId });
    }
  } else await say('service-definer', { what: 'done' });
}

function ticks(guided: Guided): [string, string][] {
  const services = guided.sites.flatMap((site) => site.services);
  return [['bookable', 'yes'], ...services.map((one): [string, string] => ['service', one.serviceId])];
}

/** What the screen says beside the site: "7 of 133 ticked". */
function tickedAt(screen: string, site: string): number {
  const after = screen.slice(screen.indexOf(`value="site:XR1:${site}"`));
  return Number((/<span data-ticked>([\d,]+)</.exec(after)?.[1] ?? '0').replaceAll(',', ''));
}

/** The provider system on the service's own page. */
function systemShown(page: string): string {
  return /Provider system\s*<\/dt>\s*<dd[^>]*>\s*(\d{12})/.exec(page)?.[1] ?? '';
}
