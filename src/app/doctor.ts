import type { Connection } from '../../db/connect.ts';
import { type DatabaseHealth, examineDatabase } from '../../db/examine.ts';
import type { Diagnosis } from '../command.ts';
import type { Config } from '../config.ts';
import { examineDkim } from '../delivery/channels/email/dkim-record.ts';
import { examineRelay } from '../delivery/channels/email/examine.ts';
import type { DoctorCheck } from '../domain/status.ts';
import { createHttpExecutor } from '../executors/http.ts';
import { systemClock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import { lengthInWords } from '../kernel/time-words.ts';
import { channelTroubleStore } from '../store/channel-troubles.ts';
import { examineAddress } from './doctor-address.ts';
import { clockChecks } from './doctor-clock.ts';
import { examineReturns } from './doctor-returns.ts';
import { examineSlackDoor } from './doctor-slack.ts';
import { examineTeams } from './doctor-teams.ts';

/** How long one thing may take to answer, in milliseconds. */
const PATIENCE = 12_000;

type Look = (migrationId: number | null) => Promise<readonly DoctorCheck[]>;

/** Everything that Changeover stands on, each looked at by itself: one that hangs or fails is a finding, not the end. */
export function diagnosis(config: Config, log: Log, connection: Connection): Diagnosis {
  return examiner(log, [
    ['Database', () => databaseChecks(config, connection)],
    ['Clock', () => clockChecks(config, connection)],
    ['Slack', (migrationId) => examineSlackDoor(config, log, connection, migrationId)],
    ['Microsoft Teams', () => examineTeams(config)],
    ['Messages', (migrationId) => troubleChecks(connection, migrationId)],
    ...outside(config),
  ]);
}

/** What can be looked at without a database: there the reason why it could not be opened is the first finding. */
export async function diagnosisWithout(config: Config, log: Log, reason: unknown): Promise<readonly DoctorCheck[]> {
  const says = reason instanceof Error ? (reason.message.split('\n')[0] ?? '') : String(reason);
  const fix =
    config.database.kind === 'server'
      ? SERVER_FIX
      : `Look at the folder ${config.database.folder}: it must be ours alone`;
  const rest = await examiner(log, outside(config)).examine(null);
  return [{ what: 'Database', ok: false, says: says || 'cannot be opened', fix }, ...rest];
}

function outside(config: Config): (readonly [string, Look])[] {
  return [
    ['Public address', () => examineAddress(config)],
    ['Mail', () => examineRelay(config.mail?.smtpUrl ?? null, config.mail?.from ?? null)],
    ['DKIM', async () => (config.mail === null ? [] : examineDkim(config.mail.dkim))],
    ['Mails that come back', () => examineReturns(config)],
    ['Automation', () => automationCheck(config)],
  ];
}

function examiner(log: Log, looks: readonly (readonly [string, Look])[]): Diagnosis {
  return {
    async examine(migrationId) {
      const all = looks.map(async ([what, look]): Promise<readonly DoctorCheck[]> => {
        try {
          return await inTime(look(migrationId));
        } catch (error) {
          log.warn({ err: error, what }, 'a check of the doctor failed');
          const says = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
          return [
            {
              what,
              ok: false,
              says: says || 'did not answer',
              fix: 'Look again in a minute, and at the log of the service',
            },
          ];
        }
      });
      return (await Promise.all(all)).flat();
    },
  };
}

function inTime<T>(work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`no answer within ${lengthInWords(PATIENCE / 1000)}`)), PATIENCE);
  return Promise.race([work, promise]).finally(() => clearTimeout(timer));
}

const SERVER_FIX = 'Check DATABASE_URL, that the server runs, and that this machine may reach it';
const OLDEST_SERVER = 15;

async function databaseChecks(config: Config, connection: Connection): Promise<readonly DoctorCheck[]> {
  const health = await examineDatabase(connection);
  return [
    ...(health.kind === 'embedded' ? [embeddedCheck(config, health)] : serverChecks(health)),
    {
      what: 'Database, schema',
      ok: health.missing.length + health.unknown.length === 0,
      says: schemaWords(health),
      fix: schemaFix(health),
    },
  ];
}

function embeddedCheck({ mode }: Config, { version }: DatabaseHealth): DoctorCheck {
  const says = `PostgreSQL ${version} inside the process`;
  if (mode === 'rehearsal') return { what: 'Database', ok: true, says, fix: null };
  const fix = 'Set DATABASE_URL to a PostgreSQL server';
  return { what: 'Database', ok: false, says: `${says}: it does not survive a crash of the machine`, fix };
}

function serverChecks({ version, synchronousCommit }: DatabaseHealth): readonly DoctorCheck[] {
  const old = Number.parseInt(version, 10) < OLDEST_SERVER;
  const unsafe = synchronousCommit === 'off';
  return [
    {
      what: 'Database',
      ok: !old,
      says: `PostgreSQL ${version}`,
      fix: old ? `Use version ${OLDEST_SERVER} or later` : null,
    },
    {
      what: 'Database, durability',
      ok: !unsafe,
      says: `synchronous_commit is ${synchronousCommit}`,
      fix: unsafe ? 'Switch it on: a crash could send a notice twice' : null,
    },
  ];
}

function schemaWords({ missing, unknown }: DatabaseHealth): string {
  if (unknown.length > 0) return `newer than this program (${unknown.join(', ')})`;
  return missing.length > 0 ? `lacks ${missing.join(', ')}` : 'up to date';
}

function schemaFix({ missing, unknown }: DatabaseHealth): string | null {
  if (unknown.length > 0) return 'Run the newest version everywhere: another one has changed the schema';
  return missing.length > 0 ? 'Restart the service: it brings the schema up to date' : null;
}

async function troubleChecks(connection: Connection, migrationId: number | null): Promise<readonly DoctorCheck[]> {
  const troubles = await channelTroubleStore(connection.db).list(migrationId);
  return troubles.map(({ platform, channelId, problem }) => ({
    what: `Messages to ${platform} channel ${channelId}`,
    ok: false,
    says: problem,
    fix: 'What waits is sent within five minutes after that',
  }));
}

async function automationCheck({ executor }: Config): Promise<readonly DoctorCheck[]> {
  const what = 'Automation';
  if (executor === null) return [{ what, ok: true, says: 'not set up: runs are guided', fix: null }];
  const http = createHttpExecutor({ ...executor, clock: systemClock });
  try {
    const outcome = await http.limits();
    return outcome.kind === 'limits'
      ? [{ what, ok: true, says: `answers; it takes ${outcome.limits.maximumBatch} services at once`, fix: null }]
      : [
          {
            what,
            ok: false,
            says: outcome.why,
            fix: 'Check EXECUTOR_URL and EXECUTOR_SECRET, and that it runs (docs/automation.md)',
          },
        ];
  } finally {
    http.close();
  }
}
