import { z } from 'zod';
import { DNS_NAME, dkimFaults, isMailbox, type MailConfig, mailOf } from './config/mail.ts';
import { ConfigurationError } from './kernel/errors.ts';

/** Everything the environment says, parsed once; nothing else reads it. Secrets stand apart in their own objects. */
export interface Config {
  readonly mode: 'rehearsal' | 'service';
  readonly host: string;
  readonly port: number;
  /** Where people and mail links reach us, without a slash at the end. */
  readonly publicUrl: string;
  readonly database:
    | {
        readonly kind: 'server';
        readonly url: string;
        /** The role that owns the tables and migrates them, where it is not the service's own (rule 27). */
        readonly migrateUrl: string | null;
      }
    | { readonly kind: 'embedded'; readonly folder: string };
  readonly dataFolder: string;
  readonly slack: SlackConfig | null;
  readonly teams: TeamsConfig | null;
  readonly mail: MailConfig | null;
  /** What the mail server signs with when it hands on mails that came back; null: they are read from files. */
  readonly bounceSecret: string | null;
  /** The mailbox to which reports come, with its password: imaps://user:password@host/INBOX; null: none is read. */
  readonly bounceMailbox: string | null;
  readonly executor: { readonly url: string; readonly secret: string } | null;
  /** The rehearsal world's address; null outside a rehearsal, and before the world is started. */
  readonly world: string | null;
  readonly adminEmail: string | null;
  /** What the database must keep unreadable is sealed with the first and opened with any of them. */
  readonly secretKeys: readonly string[];
  readonly logLevel: string;
}

export interface SlackConfig {
  /** One workspace by its token; or as many as an administrator lets in, whose tokens the database keeps. */
  readonly install:
    | { readonly kind: 'one'; readonly botToken: string }
    | { readonly kind: 'many'; readonly clientId: string; readonly clientSecret: string };
  readonly signingSecret: string | null;
  /** Socket Mode, where no public address is needed. */
  readonly appToken: string | null;
  readonly apiUrl: string | null;
}

export interface TeamsConfig {
  readonly appId: string;
  readonly appSecret: string;
  /** The Entra tenants whose people are let in; the app is registered in the first. */
  readonly tenantIds: readonly string[];
  /** Stand-ins for Microsoft's addresses in tests; null: Microsoft's own. */
  readonly keysUrl: string | null;
  readonly connectorUrl: string | null;
  readonly loginUrl: string | null;
}

const text = z.string().trim().min(1).optional();
const environment = z.object({
  CHANGEOVER_MODE: z.enum(['rehearsal', 'service']).optional(),
  CHANGEOVER_DATA: text,
  CHANGEOVER_WORLD: z.url().optional(),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATABASE_MIGRATE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  SLACK_SIGNING_SECRET: text,
  SLACK_BOT_TOKEN: text,
  SLACK_APP_TOKEN: text,
  SLACK_CLIENT_ID: text,
  SLACK_CLIENT_SECRET: text,
  SLACK_API_URL: z.url().optional(),
  TEAMS_APP_ID: z.guid('the id of the app registration, a UUID').optional(),
  TEAMS_APP_SECRET: text,
  TEAMS_TENANT_IDS: z
    .string()
    .transform((list) => list.split(',').map((id) => id.trim().toLowerCase()))
    .pipe(z.array(z.guid('the ids of the Entra tenants, UUIDs with commas between')).min(1))
    .optional(),
  TEAMS_KEYS_URL: z.url().optional(),
  TEAMS_CONNECTOR_URL: z.url().optional(),
  TEAMS_LOGIN_URL: z.url().optional(),
  DANGEROUSLY_ALLOW_UNAUTHENTICATED_REQUESTS: text,
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: z.email('the sender is a plain e-mail address').optional(),
  DKIM_DOMAIN: z.string().trim().toLowerCase().regex(DNS_NAME, 'a domain, as trust.example').optional(),
  DKIM_SELECTOR: z
    .string()
    .trim()
    .toLowerCase()
    .regex(DNS_NAME, 'a name in DNS: letters, digits and hyphens')
    .optional(),
  DKIM_KEY_FILE: text,
  BOUNCE_SECRET: z.string().trim().min(16, 'at least 16 letters, random').optional(),
  BOUNCE_MAILBOX: z
    .string()
    .trim()
    .refine(isMailbox, 'as imaps://user:password@host/INBOX; in user and password @ is written %40, / is %2F, # is %23')
    .optional(),
  EXECUTOR_URL: z.url({ protocol: /^https?$/ }).optional(),
  EXECUTOR_SECRET: text,
  ADMIN_EMAIL: z.email().optional(),
  CHANGEOVER_SECRET_KEY: text,
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
});
type Environment = z.infer<typeof environment>;

/** The configuration, or a ConfigurationError that names every fault at once. A half-filled one never becomes a rehearsal. */
export function readConfig(variables: Readonly<Record<string, string | undefined>>): Config {
  const filled = Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''),
  );
  const result = environment.safeParse(filled);
  if (!result.success) {
    throw new ConfigurationError(result.error.issues.map((issue) => `${String(issue.path[0])}: ${issue.message}`));
  }
  const env = result.data;
  const mode = env.CHANGEOVER_MODE ?? (configured(env) ? 'service' : 'rehearsal');
  const faults = mode === 'service' ? serviceFaults(env) : rehearsalFaults(env);
  if (faults.length > 0) throw new ConfigurationError(faults);
  return toConfig(env, mode);
}

function configured(env: Environment): boolean {
  return ['SLACK_', 'TEAMS_', 'SMTP_', 'EXECUTOR_'].some((prefix) => names(env, prefix));
}

function names(env: Environment, prefix: string): boolean {
  return Object.keys(env).some((name) => name.startsWith(prefix));
}

function serviceFaults(env: Environment): string[] {
  const faults: string[] = [];
  if (env.DATABASE_MIGRATE_URL && !env.DATABASE_URL) faults.push('DATABASE_URL is missing: the role of the service');
  const need = (name: keyof Environment, why: string) => {
    if (env[name] === undefined) faults.push(`${name} is missing: ${why}`);
  };
  need('PUBLIC_URL', 'links in cards and mails start with it');
  need('SMTP_URL', 'notices go out through it');
  need('MAIL_FROM', 'notices come from this address');
  need('ADMIN_EMAIL', 'the first administrator');
  const teams = names(env, 'TEAMS_');
  if (names(env, 'SLACK_') || !teams) faults.push(...slackFaults(env, teams));
  if (teams) {
    need('TEAMS_APP_ID', 'from the app registration in Entra');
    need('TEAMS_APP_SECRET', 'a client secret of that registration');
    need('TEAMS_TENANT_IDS', 'whose people are let in; nobody is without it');
  }
  if (env.DANGEROUSLY_ALLOW_UNAUTHENTICATED_REQUESTS !== undefined) {
    faults.push('DANGEROUSLY_ALLOW_UNAUTHENTICATED_REQUESTS is set: take it out, every request is proven here');
  }
  if (env.EXECUTOR_URL && !env.EXECUTOR_SECRET) faults.push('EXECUTOR_SECRET is missing: your automation checks it');
  if (env.EXECUTOR_SECRET && !env.EXECUTOR_URL) faults.push('EXECUTOR_URL is missing: where your automation listens');
  faults.push(...dkimFaults(env));
  return faults;
}

function slackFaults(env: Environment, teams: boolean): string[] {
  const faults: string[] = [];
  if (!env.SLACK_SIGNING_SECRET && !env.SLACK_APP_TOKEN) {
    faults.push('SLACK_SIGNING_SECRET (for HTTP) or SLACK_APP_TOKEN (for Socket Mode) is missing');
  }
  const keys = keysOf(env);
  if (keys.some((key) => !SECRET_KEY.test(key))) {
    faults.push('CHANGEOVER_SECRET_KEY: each key is 64 hexadecimal digits, as `openssl rand -hex 32` prints them');
  }
  if (!(env.SLACK_CLIENT_ID ?? env.SLACK_CLIENT_SECRET)) {
    if (!env.SLACK_BOT_TOKEN) {
      const other = teams ? '' : '; or set TEAMS_* to work in Microsoft Teams';
      faults.push(
        `SLACK_BOT_TOKEN is missing: from the app's "OAuth & Permissions" page; for several workspaces SLACK_CLIENT_ID${other}`,
      );
    }
    return faults;
  }
  if (env.SLACK_BOT_TOKEN) {
    faults.push('SLACK_BOT_TOKEN is for one workspace, SLACK_CLIENT_ID for several: take one of them out');
  }
  if (!env.SLACK_CLIENT_ID) faults.push('SLACK_CLIENT_ID is missing: from the app\'s "Basic Information" page');
  if (!env.SLACK_CLIENT_SECRET) faults.push('SLACK_CLIENT_SECRET is missing: from the app\'s "Basic Information" page');
  if (keys.length === 0)
    faults.push('CHANGEOVER_SECRET_KEY is missing: the tokens of the workspaces are sealed with it');
  return faults;
}

const SECRET_KEY = /^[0-9a-f]{64}$/i;

function keysOf(env: Environment): readonly string[] {
  return (env.CHANGEOVER_SECRET_KEY ?? '').split(/[\s,]+/).filter((key) => key !== '');
}

function slackOf(env: Environment): SlackConfig | null {
  const { SLACK_CLIENT_ID: clientId, SLACK_CLIENT_SECRET: clientSecret, SLACK_BOT_TOKEN: botToken } = env;
  const rest = {
    signingSecret: env.SLACK_SIGNING_SECRET ?? null,
    appToken: env.SLACK_APP_TOKEN ?? null,
    apiUrl: env.SLACK_API_URL ?? null,
  };
  if (clientId && clientSecret) return { install: { kind: 'many', clientId, clientSecret }, ...rest };
  return botToken ? { install: { kind: 'one', botToken }, ...rest } : null;
}

function rehearsalFaults(env: Environment): string[] {
  if (env.CHANGEOVER_WORLD !== undefined || !configured(env)) return [];
  return [
    'CHANGEOVER_MODE=rehearsal cannot use SLACK_*, TEAMS_*, SMTP_* or EXECUTOR_* settings: a rehearsal brings its own',
  ];
}

function teamsOf(env: Environment): TeamsConfig | null {
  if (!env.TEAMS_APP_ID || !env.TEAMS_APP_SECRET || !env.TEAMS_TENANT_IDS) return null;
  return {
    appId: env.TEAMS_APP_ID,
    appSecret: env.TEAMS_APP_SECRET,
    tenantIds: env.TEAMS_TENANT_IDS,
    keysUrl: env.TEAMS_KEYS_URL ?? null,
    connectorUrl: env.TEAMS_CONNECTOR_URL ?? null,
    loginUrl: env.TEAMS_LOGIN_URL ?? null,
  };
}

function toConfig(env: Environment, mode: Config['mode']): Config {
  const folder = env.CHANGEOVER_DATA ?? '.changeover';
  return {
    mode,
    host: mode === 'rehearsal' ? '127.0.0.1' : '0.0.0.0',
    port: env.PORT,
    publicUrl: (env.PUBLIC_URL ?? `http://127.0.0.1:${env.PORT}`).replace(/\/$/, ''),
    database: env.DATABASE_URL
      ? { kind: 'server', url: env.DATABASE_URL, migrateUrl: env.DATABASE_MIGRATE_URL ?? null }
      : { kind: 'embedded', folder },
    dataFolder: folder,
    slack: slackOf(env),
    teams: teamsOf(env),
    mail: mailOf(env, mode),
    bounceSecret: env.BOUNCE_SECRET ?? null,
    bounceMailbox: mode === 'service' ? (env.BOUNCE_MAILBOX ?? null) : null,
    executor: env.EXECUTOR_URL && env.EXECUTOR_SECRET ? { url: env.EXECUTOR_URL, secret: env.EXECUTOR_SECRET } : null,
    world: env.CHANGEOVER_WORLD ?? null,
    adminEmail: env.ADMIN_EMAIL ?? null,
    secretKeys: keysOf(env),
    logLevel: env.LOG_LEVEL,
  };
}
