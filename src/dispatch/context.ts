import type { AuditNote, Command, CommandContext, Papers } from '../command.ts';
import type { BankHolidays } from '../domain/bank-holidays.ts';
import type { Migration } from '../domain/migration.ts';
import { type Person, recordedAccount } from '../domain/person.ts';
import { next, Refusal } from '../kernel/errors.ts';
import { chainOf, type NewAuditEvent } from '../store/audit.ts';
import type { Store } from '../store/store.ts';
import { guestsMayNot, mayAsk, notForYou, stranger } from './authority.ts';
import type { Request } from './request.ts';

/** A verb's context, and what it wants remembered once it is done. */
export interface Working {
  readonly context: CommandContext;
  /** Writes the touched cards, the calls and the audit events: last in the transaction. Gives the chain's last number. */
  remember(): Promise<number | null>;
}

/** What a verb finds around it, whoever asks. */
export interface Surroundings {
  readonly now: Temporal.Instant;
  readonly bankHolidays: BankHolidays;
  readonly commands: readonly Command[];
  readonly mode: 'rehearsal' | 'service';
  readonly automation?: boolean;
  readonly manyWorkspaces?: boolean;
  readonly publicUrl?: string;
  readonly papers?: Papers;
}

/** Where nobody draws, no verb may ask for a drawing. */
const NO_PAPERS: Papers = {
  pack() {
    throw new Error('Nobody draws papers here.');
  },
};

/** Who asks, in which migration, with which roles; refuses strangers and those without the role. */
export async function openContext(
  store: Store,
  command: Command,
  request: Request,
  asked: { readonly named: string | undefined; readonly given: Readonly<Record<string, string>> },
  at: Surroundings,
): Promise<Working> {
  const { named, given } = asked;
  await store.people.holdRoles(command.takesRoles ? 'take' : 'keep');
  const person = await store.people.byAccount(request.account);
  const bound = request.channel ? await store.migrations.byChannel(request.channel) : null;
  if (!person) throw stranger(bound ? await store.people.holders(bound.id) : []);
  const migration = await migrationFor(store, command, person, named, bound, request.channel !== null);
  await store.delegations.endLapsed(at.now.toString());
  const roles = await store.people.rolesOf(person.id, migration?.id ?? null, request.account);
  if (!mayAsk(command, roles, given)) {
    const { guest } = request.account;
    if (guest && mayAsk(command, await store.people.rolesOf(person.id, migration?.id ?? null), given)) {
      throw guestsMayNot(request.account);
    }
    throw notForYou(command, roles, migration ? await store.people.holders(migration.id) : []);
  }
  const pending = new Pending();
  const context: CommandContext = {
    now: at.now,
    person,
    account: request.account,
    roles,
    verbs: at.commands.filter((each) => mayAsk(each, roles, {})),
    migration,
    channel: request.channel,
    store,
    papers: at.papers ?? NO_PAPERS,
    bankHolidays: at.bankHolidays,
    automation: at.automation ?? false,
    manyWorkspaces: at.manyWorkspaces ?? false,
    publicUrl: at.publicUrl ?? '',
    rehearsal: at.mode === 'rehearsal',
    record: (note) => pending.notes.push(note),
    touch: (subject) => pending.touched.add(subject),
    milestone: (subject, words) => pending.milestones.push({ subject, words }),
    call: (subject, message, people = []) =>
      pending.calls.push({ subject, message, people: people.map((each) => each.id) }),
    attach: (subject, message) => pending.attached.push({ subject, message }),
  };
  return { context, remember: () => pending.write(context, store) };
}

async function migrationFor(
  store: Store,
  command: Command,
  person: Person,
  named: string | undefined,
  bound: Migration | null,
  inChannel: boolean,
): Promise<Migration | null> {
  if (named !== undefined) {
    const found = /^\d{1,9}$/.test(named) ? await store.migrations.byId(Number(named)) : null;
    // A number can be guessed: without a role there it is as if there were none, for the verbs of anybody known too.
    if (found && (found.id === bound?.id || (await store.people.rolesOf(person.id, found.id)).length > 0)) return found;
    throw new Refusal('no-migration', `There is no migration ${named} in which you have a role.`, {
      remedy: [next('My migrations', 'status')],
    });
  }
  if (bound) return bound;
  const own = await store.people.migrationsOf(person.id);
  const only = own.length === 1 ? own[0] : undefined;
  if (only !== undefined) return store.migrations.byId(only);
  if (!command.needsMigration) return null;
  const mine = own.length === 0 && !inChannel ? await migrationsOfAdministrator(store, person) : own;
  if (mine.length === 1 && mine[0] !== undefined) return store.migrations.byId(mine[0]);
  if (mine.length === 0) {
    throw new Refusal(
      'no-migration',
      'This channel has no migration yet. An administrator starts one with `/bsu start`.',
      {
        remedy: [next('Start a migration', 'start')],
      },
    );
  }
  const list = await Promise.all(mine.map((id) => store.migrations.byId(id)));
  const known = list.filter((each) => each !== null);
  throw new Refusal(
    'which-migration',
    `You have a role in several migrations. Say which, for example \`/bsu ${command.verb} migration=${known[0]?.id}\`, or ask in its channel.`,
    { remedy: known.slice(0, 4).map((each) => next(each.name, command.verb, { migration: String(each.id) })) },
  );
}

/** An administrator of the installation has that role in every migration; in a channel that has none, nothing is guessed. */
async function migrationsOfAdministrator(store: Store, person: Person): Promise<readonly number[]> {
  return (await store.people.rolesOf(person.id, null)).length > 0 ? store.migrations.ids() : [];
}

class Pending {
  readonly notes: AuditNote[] = [];
  readonly touched = new Set<Parameters<CommandContext['touch']>[0]>();
  readonly milestones: { subject: Parameters<CommandContext['milestone']>[0]; words: string }[] = [];
  readonly calls: { subject: Parameters<CommandContext['call']>[0]; message: string; people: readonly number[] }[] = [];

  readonly attached: { subject: Parameters<CommandContext['touch']>[0]; message: string }[] = [];

  async write(context: CommandContext, store: Store): Promise<number | null> {
    const now = context.now.toString();
    const { migration } = context;
    if (migration) {
      for (const subject of this.touched) await store.postings.touch(migration.id, subject, now);
      for (const call of this.calls) {
        await store.postings.call(migration.id, call.subject, call.message, call.people, now);
      }
      for (const file of this.attached) await store.postings.attach(migration.id, file.subject, file.message, now);
    }
    if (this.notes.length === 0) return null;
    const seq = await store.audit.append(
      chainOf(migration?.id ?? null),
      this.notes.map((note) => eventOf(note, context)),
    );
    if (migration) {
      for (const { subject, words } of this.milestones) {
        await store.audit.postHead(migration.id, subject, words, now);
      }
    }
    return seq;
  }
}

export function eventOf(note: AuditNote, context: Pick<CommandContext, 'now' | 'person' | 'account'>): NewAuditEvent {
  return {
    at: context.now.toString(),
    act: note.act,
    about: note.about,
    person: context.person.id,
    account: recordedAccount(context.account, context.person.id),
    facts: note.facts,
    ...(note.hash === undefined ? {} : { hash: note.hash }),
  };
}
