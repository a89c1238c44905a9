import type { Command } from '../command.ts';
import type { Migration } from '../domain/migration.ts';
import { findPatientData } from '../domain/patient-data.ts';
import { Refusal } from '../kernel/errors.ts';
import { fieldsOf, type Given } from './input.ts';

/**
 * Rule 28: refused at the door, without repeating the value; the field is named so that the rest of a form is kept. A typed
 * line is looked at as a whole too: its words may have gone to several fields.
 */
export function refusePatientData(command: Command, given: Given, typed: string, migration: Migration | null): void {
  const allowed = asidsOf(migration);
  const asids = asidFields(command);
  for (const [name, text] of Object.entries(given)) {
    if (!asids.includes(name) && findPatientData(text, allowed)) throw patientDataRefusal(name);
  }
  const typedAsids = asids.flatMap((name) => given[name]?.match(/\d{12}/g) ?? []);
  if (findPatientData(typed, new Set([...allowed, ...typedAsids]))) throw patientDataRefusal(null);
}

/** What may be shown again in a form: without the values that would be refused. */
export function withoutPatientData(command: Command, given: Given, migration: Migration | null): Given {
  const allowed = asidsOf(migration);
  const asids = asidFields(command);
  const kept = Object.entries(given).filter(([name, text]) => asids.includes(name) || !findPatientData(text, allowed));
  return Object.fromEntries(kept);
}

function asidsOf(migration: Migration | null): Set<string> {
  return new Set(migration ? [...migration.oldAsids, migration.newAsid] : []);
}

function asidFields(command: Command): string[] {
  return fieldsOf(command).flatMap(({ name, meta }) => (meta.holds === 'asid' ? [name] : []));
}

/** Nothing of what was typed is repeated, not even in a sentence about a verb that we do not know. */
export function patientDataRefusal(field: string | null): Refusal {
  return new Refusal(
    'patient-data',
    'That looks like patient data (an NHS number, a booking reference or a date of birth), which must not be kept here. Nothing was stored. Use our test reference instead, for example T-7.',
    field === null ? {} : { fields: { [field]: 'Take the patient data out and send it again.' }, facts: { field } },
  );
}
