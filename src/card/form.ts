/** The neutral form: the part of a verb's input that is still missing. Drawn as a Slack modal, a Teams dialog, a page's form. */
export interface Form {
  readonly verb: string;
  readonly title: string;
  readonly intro?: string;
  /** What is already known and goes along unseen. */
  readonly given: Readonly<Record<string, string>>;
  readonly fields: readonly Field[];
  readonly submit: string;
  /** A sentence for the whole form, when it came back. */
  readonly problem?: string;
}

export interface Field {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly kind: 'text' | 'long-text' | 'number' | 'date' | 'choice' | 'choices' | 'yes-no' | 'file';
  readonly optional: boolean;
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  /** What was typed before: nothing typed is lost. */
  readonly value?: string;
  /** What is wrong with it, and what to do. */
  readonly problem?: string;
}
