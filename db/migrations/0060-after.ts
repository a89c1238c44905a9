import { type Kysely, sql } from 'kysely';

/** Manual slot polls and the verification tests after go-live (rule 25). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('slot_poll')
    .addColumn('plan_id', 'integer', (c) => c.notNull().references('plan.id'))
    .addColumn('service_id', 'text', (c) => c.notNull())
    .addColumn('owner_id', 'integer', (c) => c.references('person.id'))
    .addColumn('seen_by', 'integer', (c) => c.references('person.id'))
    .addColumn('seen_at', 'timestamptz')
    .addColumn('problem', 'text')
    .addPrimaryKeyConstraint('rule_25_one_poll_a_service', ['plan_id', 'service_id'])
    .addCheckConstraint('slots_are_seen_by_somebody', sql`(seen_at is null) = (seen_by is null)`)
    .execute();
  await db.schema
    .createTable('verification_event')
    .addColumn('id', 'integer', (c) => c.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('plan_id', 'integer', (c) => c.notNull().references('plan.id'))
    .addColumn('service_id', 'text', (c) => c.notNull())
    .addColumn('scenario', 'text', (c) => c.notNull().check(sql`scenario in ('book', 'cancel', 'remove-slot')`))
    .addColumn('kind', 'text', (c) => c.notNull().check(sql`kind in ('seen', 'failed', 'could-not', 'accepted')`))
    .addColumn('mark', 'text', (c) => c.check(sql`mark in ('e-rs', 'pas', 'removed', 'not-offered')`))
    .addColumn('reason', 'text')
    .addColumn('reference', 'text')
    .addColumn('person_id', 'integer', (c) => c.notNull().references('person.id'))
    .addColumn('at', 'timestamptz', (c) => c.notNull())
    .addCheckConstraint('rule_25_a_mark_for_what_was_seen', sql`(kind = 'seen') = (mark is not null)`)
    .addCheckConstraint('rule_25_a_reason_for_the_rest', sql`kind = 'seen' or reason is not null`)
    .addCheckConstraint('rule_25_our_own_reference', sql`reference is null or reference ~ '^T-[0-9]{1,6}$'`)
    .execute();
  await sql`create index verification_event_of_plan on verification_event (plan_id, id)`.execute(db);
}
