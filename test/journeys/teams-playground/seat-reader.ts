import { createApp } from '../../../src/app.ts';
import { readConfig } from '../../../src/config.ts';
import { silentLog } from '../../../src/kernel/log.ts';
import { storeOf } from '../../../src/store/store.ts';
import { TEAMS_APP } from '../../support/teams-connector.ts';
import { PLAYGROUND_CHANNEL, READER } from './playground.ts';

/** The rehearsal's e-RS lead, who may vote too, gets the account of whoever sits before the playground; the migration its channel. */
export async function seatReader(environment: Readonly<Record<string, string>>): Promise<void> {
  const app = await createApp(readConfig(environment), silentLog);
  await app.connection.transaction(async (trx) => {
    const store = storeOf(trx);
    const lead = await store.people.byEmail('e-rs-lead@rehearsal.example');
    if (!lead) throw new Error('The rehearsal has no e-RS lead.');
    const now = app.clock.now().toString();
    const { tenant } = TEAMS_APP;
    await store.people.join(lead.id, { platform: 'teams', tenant, userId: READER, guest: false }, now);
    await store.people.grant(lead.id, MIGRATION, 'approver', null, now);
    await store.migrations.bind({ platform: 'teams', tenant, channelId: PLAYGROUND_CHANNEL }, MIGRATION, now);
  });
  await app.close();
}

/** The rehearsal's only one. */
const MIGRATION = 1;
