import { NEW_ASID } from '../sample-organisations.ts';
import type { WorldDoor } from './world-door.ts';

export interface BookedTest {
  readonly serviceId: string;
  /** The rehearsal's own reference: "B-1". */
  readonly ref: string;
  readonly inErs: boolean;
  readonly inPas: boolean;
}

/** Books the first slot as a referrer with a test patient, then looks for it in the new PAS. */
export async function bookAtService(world: WorldDoor, serviceId: string): Promise<BookedTest> {
  const referrer = await world.logIn('referrer');
  const slot = await firstSlot(world, serviceId);
  const page = await referrer.submit('/ers/book', { service: serviceId, slot, patient: 'Test patient 1' });
  const ref = /this booking (B-\d+)/.exec(page)?.[1] ?? '';
  return { serviceId, ref, inErs: ref !== '', inPas: await pasShows(world, ref, 'Booked') };
}

/** Cancels it as a referrer, then looks in the new PAS. */
export async function cancelAtService(world: WorldDoor, { ref }: BookedTest): Promise<boolean> {
  const referrer = await world.logIn('referrer');
  await referrer.submit(`/ers/bookings/${ref}/cancel`, {});
  return pasShows(world, ref, 'Cancelled');
}

/** Remove Slot in the new PAS, then a referrer's search: true where it no longer offers that slot. */
export async function removeSlotAtService(world: WorldDoor, serviceId: string): Promise<boolean> {
  const referrer = await world.logIn('referrer');
  const slot = await firstSlot(world, serviceId);
  const offered = (await referrer.get(`/ers/book?service=${serviceId}`)).includes(slot);
  await referrer.submit('/pas/remove-slot', { system: NEW_ASID, service: serviceId, slot });
  const still = (await referrer.get(`/ers/book?service=${serviceId}`)).includes(slot);
  return offered && !still;
}

async function firstSlot(world: WorldDoor, serviceId: string): Promise<string> {
  const { slots } = await world.get(`/_world/services/${serviceId}`);
  return (slots as readonly { readonly id: string }[])[0]?.id ?? 'none';
}

/** The PAS's line of this booking says so. */
async function pasShows(world: WorldDoor, ref: string, state: 'Booked' | 'Cancelled'): Promise<boolean> {
  const referrer = await world.logIn('referrer');
  const page = await referrer.get(`/pas?system=${NEW_ASID}`);
  const line = page.split('<tr>').find((one) => one.startsWith(`<td>${ref}</td>`)) ?? '';
  return line.includes(state);
}
