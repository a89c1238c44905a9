import { Refusal } from '../kernel/errors.ts';
import { ASI_PRIORITIES, type AsiCount, type AsiDay, type AsiPriority } from './asi.ts';
import { patientColumnIn } from './extract-columns.ts';
import { findPatientData } from './patient-data.ts';

const COLUMNS = ['SERVICE_ID', 'PRIORITY', 'COUNT'];

/**
 * Totals from a CSV of SERVICE_ID, PRIORITY, COUNT. A patient column, or any other column, refuses it whole: the list of patients
 * that e-RS gives is never taken (rule 28). A bad line names itself, and nothing is counted.
 */
export function asiCountsIn(text: string, day: AsiDay): readonly AsiCount[] {
  const [head = '', ...lines] = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '');
  const header = cellsOf(head).map((name) => name.toUpperCase().replaceAll(/[\s-]/g, '_'));
  if (patientColumnIn(header) !== null) {
    throw bad('That file has a patient column. Totals are needed, never patients: nothing was read.');
  }
  if (header.join() !== COLUMNS.join()) {
    throw bad(
      `The first line has to be ${COLUMNS.join(', ')}, and nothing else. Add up the list by service and priority first.`,
    );
  }
  const counts = lines.map((line, index) => countOf(cellsOf(line), day, index + 2));
  const twice = new Map<string, number>();
  for (const [index, { serviceId, priority }] of counts.entries()) {
    const before = twice.get(`${serviceId} ${priority}`);
    if (before !== undefined)
      throw bad(`Lines ${before} and ${index + 2} are of the same service and priority. Nothing was counted.`);
    twice.set(`${serviceId} ${priority}`, index + 2);
  }
  if (counts.length === 0) throw bad('There is no total in that file.');
  return counts;
}

function countOf(cells: readonly string[], day: AsiDay, line: number): AsiCount {
  const [serviceId = '', priority = '', count = ''] = cells;
  if (cells.some((cell) => findPatientData(cell) !== null)) {
    throw bad(`Line ${line} looks as if it held patient data. Totals are needed, never patients: nothing was counted.`);
  }
  const known = (ASI_PRIORITIES as readonly string[]).includes(priority.toLowerCase());
  if (cells.length !== COLUMNS.length || !/^\d{4,11}$/.test(serviceId) || !known || !/^\d{1,4}$/.test(count)) {
    throw bad(
      `Line ${line} is not a service id, a priority (${ASI_PRIORITIES.join(', ')}) and a total. Nothing was counted.`,
    );
  }
  return { day, serviceId, priority: priority.toLowerCase() as AsiPriority, count: Number(count) };
}

function cellsOf(line: string): readonly string[] {
  return line.split(',').map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
}

function bad(message: string): Refusal {
  return new Refusal('bad-totals', message, { fields: { file: 'Send totals by service and priority.' } });
}
