import type { Clock } from '../kernel/clock.ts';
import { type Bookings, createBookings } from './bookings.ts';
import { type DomainClock, domainClock } from './clock.ts';
import { type Counters, createCounters } from './counters.ts';
import { type ErsSessions, ersSessions } from './ers/session.ts';
import { createEstate, type Estate, type EstateSeed } from './estate.ts';
import { createMailbox, type Mailbox } from './inbox/mailbox.ts';
import { type KnobBoard, knobBoard } from './knobs.ts';
import { createWorkspace, type Workspace } from './slack/workspace.ts';
import { createPages, type Pages } from './web/pages.ts';

/** The rehearsal world's rooms, all in memory. */
export interface World {
  readonly clock: DomainClock;
  readonly knobs: KnobBoard;
  readonly counters: Counters;
  readonly estate: Estate;
  readonly bookings: Bookings;
  readonly mailbox: Mailbox;
  readonly workspace: Workspace;
  readonly sessions: ErsSessions;
  readonly pages: Pages;
  onReset(then: () => void): void;
  /** Everything as at the start: services, clock, knobs, counters, mails, bookings. */
  reset(): void;
}

/** A fresh world, seeded with these services. */
export function createWorld(base: Clock, seed: EstateSeed): World {
  const clock = domainClock(base);
  const knobs = knobBoard();
  const counters = createCounters();
  const estate = createEstate(seed);
  const bookings = createBookings({ clock, knobs, counters });
  const mailbox = createMailbox();
  const workspace = createWorkspace();
  const more: (() => void)[] = [];
  return {
    clock,
    knobs,
    counters,
    estate,
    bookings,
    mailbox,
    workspace,
    sessions: ersSessions(),
    pages: createPages(clock),
    onReset: (then) => void more.push(then),
    reset: () => {
      for (const room of [clock, knobs, counters, bookings, mailbox, workspace]) room.reset();
      estate.seed(seed);
      for (const then of more) then();
    },
  };
}
