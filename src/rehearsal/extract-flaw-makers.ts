interface FlawMaker {
  /** False: a warning, the row is still used. */
  readonly leavesOut: boolean;
  readonly cell?: { readonly column: string; readonly value: (firstServiceId: string) => string };
  readonly row?: (cells: readonly string[]) => readonly string[];
}

const PATIENTS = 'Chest pain (NHS number 999 123 4567)';

/** How each kind of flaw gets into a row. The names are those that the readers give it. */
export const FLAW_MAKERS = {
  'row-short': { leavesOut: true, row: (cells) => cells.slice(0, -6) },
  'row-long': { leavesOut: true, row: (cells) => [...cells, 'more'] },
  'row-broken': cell('SERVICE_NAME', '"Chest "pain" clinic"'),
  blank: cell('SERVICE_NAME', ''),
  'service-id': cell('SERVICE_ID', 'S7012345'),
  duplicate: { leavesOut: true, cell: { column: 'SERVICE_ID', value: (first) => first } },
  'ods-code': cell('LOCATION_ORG_ID', 'XR 101'),
  flag: cell('PUBLISH_IND', 'perhaps'),
  date: cell('BEG_EFFECTIVE_DT', '20261399'),
  count: cell('POLLING_RANGE', 'many'),
  asid: cell('CURRENT_ASID', '20000000022'),
  'too-long': cell('SERVICE_NAME', 'Cardiology '.repeat(100)),
  control: cell('SERVICE_NAME', 'Cardiology \u0007 clinic'),
  'patient-data': cell('SERVICE_NAME', PATIENTS),
  'odd-year': { ...cell('END_EFFECTIVE_DT', '29221231'), leavesOut: false },
} satisfies Readonly<Record<string, FlawMaker>> as Readonly<Record<FlawName, FlawMaker>>;

export const FLAW_NAMES = [
  'row-short',
  'row-long',
  'row-broken',
  'blank',
  'service-id',
  'duplicate',
  'ods-code',
  'flag',
  'date',
  'count',
  'asid',
  'too-long',
  'control',
  'patient-data',
  'odd-year',
] as const;
export type FlawName = (typeof FLAW_NAMES)[number];

function cell(column: string, value: string): FlawMaker {
  return { leavesOut: true, cell: { column, value: () => value } };
}
