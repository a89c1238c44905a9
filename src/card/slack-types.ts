/** The part of Block Kit that the cards and forms use; assignable to the SDK's own types. */
export interface SlackPlain {
  type: 'plain_text';
  text: string;
  emoji: boolean;
}
export interface SlackMarkdown {
  type: 'mrkdwn';
  text: string;
  verbatim: boolean;
}
export interface SlackConfirm {
  title: SlackPlain;
  text: SlackPlain;
  confirm: SlackPlain;
  deny: SlackPlain;
  style?: 'danger';
}
export interface SlackButton {
  type: 'button';
  action_id: string;
  text: SlackPlain;
  value?: string;
  url?: string;
  style?: 'primary' | 'danger';
  confirm?: SlackConfirm;
}
export interface SlackOption {
  text: SlackPlain;
  value: string;
}
export type SlackBlock =
  | { type: 'header'; block_id: string; text: SlackPlain }
  | { type: 'section'; block_id: string; text: SlackMarkdown }
  | { type: 'context'; block_id: string; elements: SlackMarkdown[] }
  | { type: 'divider'; block_id: string }
  | { type: 'actions'; block_id: string; elements: SlackButton[] };

export type SlackInputElement =
  | { type: 'plain_text_input'; action_id: string; multiline: boolean; max_length: number; initial_value?: string }
  | { type: 'datepicker'; action_id: string; initial_date?: string }
  | { type: 'static_select'; action_id: string; options: SlackOption[]; initial_option?: SlackOption }
  | {
      type: 'static_select';
      action_id: string;
      option_groups: { label: SlackPlain; options: SlackOption[] }[];
      initial_option?: SlackOption;
    }
  | { type: 'multi_static_select'; action_id: string; options: SlackOption[]; initial_options?: SlackOption[] }
  | { type: 'checkboxes'; action_id: string; options: SlackOption[]; initial_options?: SlackOption[] }
  | { type: 'radio_buttons'; action_id: string; options: SlackOption[]; initial_option?: SlackOption }
  | { type: 'file_input'; action_id: string; max_files: number };

export interface SlackInputBlock {
  type: 'input';
  block_id: string;
  label: SlackPlain;
  hint?: SlackPlain;
  optional: boolean;
  element: SlackInputElement;
}

export interface SlackModal {
  type: 'modal';
  callback_id: string;
  title: SlackPlain;
  submit: SlackPlain;
  close: SlackPlain;
  private_metadata: string;
  blocks: (SlackBlock | SlackInputBlock)[];
}
