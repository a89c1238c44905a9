import type { Service } from '../../src/domain/service.ts';
import type { TestDatabase } from './database.ts';
import { commissioner, noticeIn, practice } from './notices-office.ts';
import type { Office } from './office.ts';
import { openPlanOffice, submitted } from './plan-office.ts';

/** Tuesday 8 December 2026, 8:30pm in London: in the plan's window. */
export const IN_WINDOW = '2026-12-08T20:30:00Z';
/** The same day, 10am: working hours. */
export const IN_HOURS = '2026-12-08T10:00:00Z';

/** An office whose plan is approved, whose people are informed, and which lacks only the go. The clock stands in the window. */
export async function openApprovedOffice(database: TestDatabase, services?: readonly Service[]): Promise<Office> {
  const office = await openPlanOffice(database, services);
  await approved(office);
  return office;
}

/** An office with a plan comes to where the run lacks only the go. */
export async function approved(office: Office): Promise<void> {
  await office.store.migrations.setOutage(
    office.migrationId,
    { from: '2026-12-08T17:00:00Z', to: '2026-12-08T23:00:00Z' },
    '2026-12-09T06:00:00Z',
  );
  await office.as('e-rs-lead').done('checklist test-service,test-booking evidence="T-1 and T-2 came and went"');
  await informed(office);
  const code = await submitted(office);
  for (const desk of ['approver', 'second-approver', 'clinical-safety-officer'] as const) {
    await office.as(desk).done(`approve ${code}`);
  }
  office.clock.set(IN_WINDOW);
  await office.as('planner').done('outage checked page="live service pages"');
}

/** The four answers of the go, the lead last. */
export async function go(office: Office): Promise<void> {
  for (const part of ['new-pas-live', 'two-definers', 'no-incident', 'lead']) {
    await office.as('e-rs-lead').done(`go ${part} yes`);
  }
}

/** An approved plan with its go, ready for `run`. */
export async function openReadyOffice(database: TestDatabase, services?: readonly Service[]): Promise<Office> {
  const office = await openApprovedOffice(database, services);
  await go(office);
  return office;
}

async function informed(office: Office): Promise<void> {
  await noticeIn(office, [commissioner('QXX1'), practice('Y00001')]);
  await office.connection.db.updateTable('delivery').set({ status: 'sent', sent_at: '2026-11-30T09:00:00Z' }).execute();
}
