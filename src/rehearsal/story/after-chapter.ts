import { firstLine } from './approve-chapter.ts';
import { bookAtService, cancelAtService, removeSlotAtService } from './ers-tests.ts';
import type { PlannedStory } from './plan-chapter.ts';
import { answered, type Stage } from './stage.ts';

/** After the run: slots are polled by hand, the three scenarios are played in e-RS and the PAS, then the plan is completed. */
export async function afterChapter(stage: Stage, { plan }: PlannedStory): Promise<void> {
  const { doors, transcript } = stage;
  transcript.chapter('After');
  const early = await doors.press('e-rs-lead', 'complete', { plan });
  transcript.hold(early.kind === 'refusal', `"completed" is locked: ${firstLine(early.message)}`);
  await pollByHand(stage, plan);
  await verify(stage, plan);
  const item = 'displaced,test-bookings-cancelled,test-service-unpublished';
  answered(
    await doors.press('e-rs-lead', 'checklist', { item, evidence: 'Seen in the rehearsal, reference T-2', plan }),
  );
  transcript.say(`complete, in Slack: ${firstLine(await doors.slack('e-rs-lead', `complete ${plan}`))}`);
  const shown = answered(await doors.press('tester', 'verify', { plan }));
  transcript.hold(shown.state === 'completed', 'the plan is completed');
}

/** A manual slot poll in e-RS for every service that is waited for, ticked where slots were then seen. */
async function pollByHand({ doors, world, transcript }: Stage, plan: string): Promise<void> {
  const definer = await world.logIn('service-definer');
  for (let round = 0; round < 40; round++) {
    const polls = answered(await doors.press('service-definer', 'polls', { plan }));
    if (polls.seen === polls.total)
      return transcript.say(`Slots were seen at all ${polls.total} services polled by hand.`);
    const lines = polls.lines as readonly { readonly serviceId: string; readonly seenAt: string | null }[];
    const seen: string[] = [];
    for (const { serviceId } of lines.filter((one) => one.seenAt === null)) {
      await definer.submit(`/ers/services/${serviceId}/slot-poll`, {});
      const { slots } = await world.get(`/_world/services/${serviceId}`);
      if ((slots as readonly unknown[]).length > 0) seen.push(serviceId);
    }
    answered(await doors.press('service-definer', 'polls', { what: 'seen', services: seen.join(','), plan }));
  }
  throw new Error('The slot polls did not come to an end.');
}

/** Plays each scenario at each verification service for real, and ticks what was seen in e-RS and in the PAS. */
async function verify({ doors, world, transcript }: Stage, plan: string): Promise<void> {
  const shown = answered(await doors.press('tester', 'verify', { plan }));
  const waiting = shown.waiting as readonly { readonly serviceId: string; readonly scenario: string }[];
  const services = [...new Set(waiting.map((one) => one.serviceId))];
  for (const serviceId of services) {
    const booked = await bookAtService(world, serviceId);
    transcript.hold(booked.inErs && booked.inPas, `${serviceId}: a booking in e-RS is seen in the PAS`);
    await pass(doors, serviceId, 'book', plan);
    transcript.hold(await cancelAtService(world, booked), `${serviceId}: its cancellation is seen in the PAS`);
    await pass(doors, serviceId, 'cancel', plan);
    transcript.hold(
      await removeSlotAtService(world, serviceId),
      `${serviceId}: a removed slot is not offered any more`,
    );
    await pass(doors, serviceId, 'remove-slot', plan);
  }
  const after = answered(await doors.press('tester', 'verify', { plan }));
  transcript.hold(after.passed === after.tests, `${after.passed} of ${after.tests} tests passed`);
}

async function pass(doors: Stage['doors'], services: string, scenario: string, plan: string): Promise<void> {
  answered(await doors.press('tester', 'verify', { services, scenario, result: 'passed', plan }));
}
