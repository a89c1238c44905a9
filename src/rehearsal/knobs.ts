import { type Chance, seededChance } from './chance.ts';

/** What can be made to go wrong on purpose. Times in milliseconds, rates from 0 to 1. */
export interface Knobs {
  readonly ers: ErsKnobs;
  readonly automation: AutomationKnobs;
  readonly mail: MailKnobs;
  readonly slack: SlackKnobs;
}

export interface ErsKnobs {
  readonly delayMs: number;
  /** The whole of e-RS answers 503, screens and automation alike. */
  readonly outage: boolean;
  /** Provider systems (ASIDs) whose PAS does not answer. */
  readonly pasOff: readonly string[];
  /** What a PAS does wrong, until it is turned off: answers with an error, or does not tell e-RS of a removed slot. */
  readonly pasFaults: readonly { readonly asid: string; readonly act: PasAct }[];
  /** Services that e-RS refuses to change; `times` null means always. */
  readonly refuse: readonly RefusedService[];
}
export type PasAct = 'book' | 'cancel' | 'remove-slot';
export interface RefusedService {
  readonly serviceId: string;
  readonly reason: string;
  readonly times: number | null;
}

export interface AutomationKnobs {
  readonly delayMs: number;
  readonly outage: boolean;
  readonly seed: number;
  /** Answers with this status before anything is applied. */
  readonly errors: readonly { readonly status: number; readonly rate: number }[];
  readonly retryAfterSeconds: number;
  /** What it declares as the longest that one request may take effect, in seconds. */
  readonly maximumSeconds: number;
  /** Applies the batch, then closes the connection without an answer. */
  readonly lostAnswers: number;
  /** What happens to the next batches, one entry each, before rates are asked: "ok", "lost", or a status such as "503". */
  readonly next: readonly string[];
}

export const MAIL_FAULTS = ['421', '450', '451', '550', 'cut-in-data', 'cut-after-dot'] as const;
export type MailFaultKind = (typeof MAIL_FAULTS)[number];
export interface MailFault {
  /** A regular expression on the recipient's address, ignoring case. */
  readonly to: string;
  readonly fault: MailFaultKind;
  /** How often for one recipient; null means always. */
  readonly times: number | null;
  readonly rate: number;
}
export interface MailKnobs {
  readonly delayMs: number;
  readonly seed: number;
  readonly faults: readonly MailFault[];
}

export interface SlackKnobs {
  readonly delayMs: number;
  readonly seed: number;
  readonly rateLimited: number;
  readonly retryAfterSeconds: number;
  /** Does what was asked, then closes the connection without an answer. */
  readonly lostAnswers: number;
  /** As for the automation, one entry for each call. */
  readonly next: readonly string[];
}

export const CALM: Knobs = {
  ers: { delayMs: 0, outage: false, pasOff: [], pasFaults: [], refuse: [] },
  automation: {
    delayMs: 0,
    outage: false,
    seed: 1,
    errors: [],
    retryAfterSeconds: 1,
    maximumSeconds: 3,
    lostAnswers: 0,
    next: [],
  },
  mail: { delayMs: 0, seed: 1, faults: [] },
  slack: { delayMs: 0, seed: 1, rateLimited: 0, retryAfterSeconds: 1, lostAnswers: 0, next: [] },
};

export type Room = keyof Knobs;

/** The knobs as they stand, with the repeatable chance of each room. */
export interface KnobBoard {
  read(): Knobs;
  /** Changes the named settings of the named rooms; a room that is named starts its chance from its seed again. */
  turn(change: { readonly [R in Room]?: Partial<Knobs[R]> }): Knobs;
  chance(room: Exclude<Room, 'ers'>): Chance;
  /** Takes the next scripted outcome of the room, if there is one. */
  nextOf(room: 'automation' | 'slack'): string | undefined;
  reset(): void;
}

export function knobBoard(): KnobBoard {
  let knobs = CALM;
  const chances = new Map<Room, Chance>();
  return {
    read: () => knobs,
    turn: (change) => {
      knobs = {
        ers: { ...knobs.ers, ...change.ers },
        automation: { ...knobs.automation, ...change.automation },
        mail: { ...knobs.mail, ...change.mail },
        slack: { ...knobs.slack, ...change.slack },
      };
      for (const room of Object.keys(change)) chances.delete(room as Room);
      return knobs;
    },
    chance: (room) => {
      const known = chances.get(room) ?? seededChance(knobs[room].seed);
      chances.set(room, known);
      return known;
    },
    nextOf: (room) => {
      const [first, ...rest] = knobs[room].next;
      if (first !== undefined) knobs = { ...knobs, [room]: { ...knobs[room], next: rest } };
      return first;
    },
    reset: () => {
      knobs = CALM;
      chances.clear();
    },
  };
}
