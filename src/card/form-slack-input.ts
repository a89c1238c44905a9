/** The typed values of a submitted modal, by field name: `view.state.values` as Slack sends it, unknown until looked at. */
export function slackFormInput(values: unknown): Record<string, string> {
  const input: Record<string, string> = {};
  for (const [block, actions] of entriesOf(values)) {
    if (!block.startsWith('field:')) continue;
    const typed = typedValue(Object.fromEntries(entriesOf(Object.fromEntries(entriesOf(actions)).value)));
    if (typed !== null) input[block.slice('field:'.length)] = typed;
  }
  return input;
}

function typedValue(state: Record<string, unknown>): string | null {
  if (typeof state.value === 'string') return state.value;
  if (typeof state.selected_date === 'string') return state.selected_date;
  if (Array.isArray(state.selected_options)) return state.selected_options.map(optionValue).join(',');
  if (Array.isArray(state.files)) return state.files.map((file) => String(Object(file).id ?? '')).join(',');
  return state.selected_option == null ? null : optionValue(state.selected_option);
}

function optionValue(option: unknown): string {
  return String(Object(option).value ?? '');
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}
