/** The neutral card: one model, drawn as Slack blocks, as an Adaptive Card, or as plain text. Text is plain, never markup. */
export interface Card {
  /** True now, in one line. */
  readonly headline: string;
  /** The short code of what the card shows, e.g. of the plan's hash: "K7Q-4F2". */
  readonly code?: string;
  readonly tone?: Tone;
  readonly body: readonly Part[];
  /** At most five. */
  readonly actions: readonly Action[];
  /** Who did what last: one quiet line. */
  readonly last?: string;
}

/** Never by colour alone: each tone also has its mark and word. */
export type Tone = 'neutral' | 'good' | 'warning' | 'stop' | 'progress';

export type Part =
  | { readonly kind: 'text'; readonly text: string; readonly weight?: 'strong' | 'quiet' }
  | { readonly kind: 'facts'; readonly facts: readonly Fact[] }
  | { readonly kind: 'list'; readonly items: readonly string[]; readonly ordered?: boolean }
  | { readonly kind: 'progress'; readonly done: number; readonly of: number; readonly text: string }
  | { readonly kind: 'table'; readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] }
  | { readonly kind: 'rule' };

export interface Fact {
  readonly label: string;
  readonly value: string;
}

export type Action =
  /** Runs the verb with this input; what is missing opens the verb's form. No secret, no decision: the server judges. */
  | {
      readonly kind: 'do';
      readonly label: string;
      readonly verb: string;
      readonly input: Readonly<Record<string, string>>;
      readonly style?: 'primary' | 'danger';
      /** Asked once more before it is sent. */
      readonly confirm?: { readonly title: string; readonly text: string; readonly yes: string };
      /** The one field that is still missing: typed beside the button where that can be, else the verb's form asks for it. */
      readonly ask?: { readonly name: string; readonly label: string; readonly hint?: string };
      /** Nothing is done: the verb's form is opened with this input, and these of its fields. */
      readonly again?: readonly string[];
    }
  | { readonly kind: 'link'; readonly label: string; readonly url: string };
