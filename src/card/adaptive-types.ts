/** The part of the Adaptive Card schema (1.5) that the cards and forms use. */
export interface AdaptiveCard {
  type: 'AdaptiveCard';
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json';
  version: '1.5';
  fallbackText: string;
  speak?: string;
  body: AdaptiveElement[];
  actions: AdaptiveAction[];
  refresh?: { action: AdaptiveExecute; userIds: string[] };
}

/** What a button of ours sends. `action` and `dialog_id` are reserved by the Teams SDK. */
export interface ButtonData {
  verb: string;
  input: Readonly<Record<string, string>>;
  /** The subject of the posted card that the button stands on. */
  subject?: string;
  /** The names of the fields that go along as "field.NAME", with commas between. */
  form?: string;
  /** The names of the fields of a form that is wanted again, as it was filled in. */
  again?: string;
  /** Teams opens a dialog, and asks for its card with this data. */
  msteams?: { type: 'task/fetch' };
}

export interface AdaptiveExecute {
  type: 'Action.Execute';
  title: string;
  verb: 'bsu';
  data: ButtonData;
  style?: 'positive' | 'destructive';
  /** `none`: what is typed on the card is neither checked nor sent. */
  associatedInputs?: 'none';
}

/** A dialog takes no Action.Execute; a button that opens one is none either. */
export interface AdaptiveSubmit {
  type: 'Action.Submit';
  title: string;
  data: ButtonData;
  style?: 'positive' | 'destructive';
  associatedInputs?: 'none';
}

export interface Spaced {
  separator?: boolean;
  spacing?: 'None' | 'Small' | 'Medium';
}

export interface TextRun {
  type: 'TextRun';
  text: string;
  weight?: 'Bolder';
  size?: 'Small' | 'Medium';
  isSubtle?: boolean;
  fontType?: 'Monospace';
  color?: 'Good' | 'Warning' | 'Attention' | 'Accent';
}

export interface RichText extends Spaced {
  type: 'RichTextBlock';
  inlines: TextRun[];
}

export interface ColumnSet extends Spaced {
  type: 'ColumnSet';
  columns: { type: 'Column'; width: string; items: AdaptiveElement[]; verticalContentAlignment?: 'Center' }[];
}

export interface Table extends Spaced {
  type: 'Table';
  columns: { width: number }[];
  firstRowAsHeaders: true;
  rows: { type: 'TableRow'; cells: { type: 'TableCell'; items: RichText[] }[] }[];
}

export interface Choice {
  title: string;
  value: string;
}

interface InputBase {
  id: string;
  label: string;
  isRequired: boolean;
  errorMessage?: string;
}

export type AdaptiveInput =
  | (InputBase & { type: 'Input.Text'; isMultiline: boolean; value?: string })
  | (InputBase & { type: 'Input.Number'; value?: number })
  | (InputBase & { type: 'Input.Date'; value?: string })
  | (InputBase & {
      type: 'Input.ChoiceSet';
      value?: string;
      choices: Choice[];
      isMultiSelect: boolean;
      style: 'compact' | 'expanded';
      wrap: true;
    });

export type AdaptiveElement = RichText | ColumnSet | Table | AdaptiveInput;

export type AdaptiveAction =
  | AdaptiveExecute
  | AdaptiveSubmit
  | { type: 'Action.OpenUrl'; title: string; url: string }
  | {
      type: 'Action.ShowCard';
      title: string;
      style?: 'positive' | 'destructive';
      card: { type: 'AdaptiveCard'; body: AdaptiveElement[]; actions: AdaptiveAction[] };
    };
