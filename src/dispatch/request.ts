import type { Form } from '../card/form.ts';
import type { Answer, ChannelRef } from '../command.ts';
import type { Account } from '../domain/person.ts';
import type { Refusal } from '../kernel/errors.ts';
import type { Given } from './input.ts';

/** What a surface hands over: who, where, and either a typed line or a verb with its input. */
export interface Request {
  readonly account: Account;
  readonly channel: ChannelRef | null;
  readonly text?: string;
  readonly verb?: string;
  readonly input?: Given;
}

export type Outcome =
  | { readonly kind: 'answer'; readonly verb: string; readonly answer: Answer; readonly auditSeq: number | null }
  | { readonly kind: 'form'; readonly form: Form }
  | { readonly kind: 'refusal'; readonly verb: string; readonly refusal: Refusal };

export type Dispatch = (request: Request) => Promise<Outcome>;
