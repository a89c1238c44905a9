import { type Kysely, sql } from 'kysely';

/**
 * Rule 27: the database itself keeps the record append-only. Rows are never changed, deleted or emptied, and a head only moves
 * on to an event that stands. On a server the service's role is not the owner (db/grants.ts), and cannot take this away.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create function rule_27_append_only() returns trigger language plpgsql as $$
    begin
      raise exception 'Rule 27: the record is only ever added to. % on % was refused.', tg_op, tg_table_name
        using errcode = 'restrict_violation';
    end $$`.execute(db);
  await sql`create trigger rule_27_append_only before update or delete or truncate on audit_event
    for each statement execute function rule_27_append_only()`.execute(db);
  await sql`create trigger rule_27_append_only before delete or truncate on audit_head
    for each statement execute function rule_27_append_only()`.execute(db);
  await sql`create function rule_27_head_moves_on() returns trigger language plpgsql as $$
    begin
      if new.chain <> old.chain or new.seq <= old.seq or not exists (
        select from audit_event where chain = new.chain and seq = new.seq and hash = new.hash)
      then
        raise exception 'Rule 27: the head of % moves on to an event that stands, and never back.', old.chain
          using errcode = 'restrict_violation';
      end if;
      return new;
    end $$`.execute(db);
  await sql`create trigger rule_27_head_moves_on before update on audit_head
    for each row execute function rule_27_head_moves_on()`.execute(db);
  await db.schema
    .createTable('personal_value')
    .addColumn('chain', 'text', (c) => c.notNull())
    .addColumn('digest', 'text', (c) => c.primaryKey())
    .addColumn('salt', 'text', (c) => c.notNull())
    .addColumn('value', 'text', (c) => c.notNull())
    .execute();
  await sql`create index personal_value_of_chain on personal_value (chain)`.execute(db);
}
