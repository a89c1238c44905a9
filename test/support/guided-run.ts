import { picture } from './browser.ts';
import type { ChatPage } from './chat-page.ts';
import type { ErsPage } from './e-rs-page.ts';

interface Guided {
  readonly step: string;
  readonly group: number;
  readonly to: { readonly organisation: string; readonly asid: string };
  readonly sites: readonly { readonly site: string; readonly services: readonly { readonly serviceId: string }[] }[];
}

/** Carries a guided run out on both screens: what the card asks is done in e-RS, then confirmed. Gives how many groups it had. */
export async function guidedRun(chat: ChatPage, ers: ErsPage): Promise<number> {
  let group = 0;
  for (let guided = await now(chat); guided !== null && guided.step !== 'finished'; guided = await now(chat)) {
    group = Math.max(group, guided.group);
    await (STEPS[guided.step] ?? unknownStep(guided.step))(chat, ers, guided);
  }
  return group;
}

const STEPS: Readonly<Record<string, (chat: ChatPage, ers: ErsPage, guided: Guided) => Promise<void>>> = {
  'log-in': (chat) => chat.press('I am logged in'),
  filter: (chat) => chat.press('Filter is set to Yes'),
  async tick(chat, ers, guided) {
    await ers.tick(guided.sites.flatMap((site) => site.services.map((service) => service.serviceId)));
    await chat.press('Ticked');
  },
  async count(chat, _, guided) {
    for (const { site, services } of guided.sites) {
      await chat.type(`/bsu step count site=${site} counted=${services.length}`);
    }
  },
  async 'second-person'(chat) {
    await chat.as('deputy');
    await chat.press('I see the same number');
    await chat.as('service-definer');
  },
  enable: (chat) => chat.press('Enable is ticked'),
  'provider-system': (chat, _, guided) => chat.press(`${guided.to.asid} is chosen`),
  organisation: (chat, _, guided) => chat.press(`${guided.to.organisation} is chosen`),
  async update(chat, ers, guided) {
    await ers.choose(guided.to.asid);
    await ers.page.evaluate('scrollTo(0, 0)');
    await picture(ers.page, 'e-rs');
    await ers.update();
    await chat.confirm('Update pressed', 'Yes, pressed');
  },
  'read-back': (chat, _, guided) => chat.press(` shows ${guided.to.asid}`),
};

function unknownStep(step: string): never {
  throw new Error(`The guided run is at a step that this journey does not know: ${step}.`);
}

/** Where the run is, as its own card's facts say; null when it is not running. */
async function now(chat: ChatPage): Promise<Guided | null> {
  const response = await fetch(`${chat.service}/rehearsal/do`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ as: 'service-definer', verb: 'run', input: {} }),
  });
  const { outcome } = (await response.json()) as { outcome: { facts?: { state?: string; guided?: Guided | null } } };
  return outcome.facts?.state === 'running' || outcome.facts?.state === 'rolling-back'
    ? (outcome.facts.guided ?? null)
    : null;
}
