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
  /** Nothing is to be done: the verb's form is wanted again, with these fields and what is wrong with them. */
  readonly again?: { readonly fields: readonly string[]; readonly problems: Given };
  /** Instead of a verb: this subject's card ("plan:12"), as this person may act on it. */
  readonly subject?: string;
  /** Nobody but the asker sees the answer. Left out: others may, and it gets no personal links. */
  readonly private?: boolean;
  /** An operator's command line gives the page to the person with this address (rule 30). */
  readonly linkFor?: string;
  /** A page is only drawn: what is refused meanwhile is no act of the person's, and the record does not keep it. */
  readonly look?: true;
}

export type Outcome =
  | {
      readonly kind: 'answer';
      readonly verb: string;
      readonly answer: Answer;
      readonly auditSeq: number | null;
      /** The verbs whose buttons the asker may be shown; left out: all. */
      readonly may?: readonly string[];
    }
  | { readonly kind: 'form'; readonly form: Form }
  | { readonly kind: 'refusal'; readonly verb: string; readonly refusal: Refusal };

export type Dispatch = (request: Request) => Promise<Outcome>;
