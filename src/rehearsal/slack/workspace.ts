/** What the Slack fake remembers: everything that was posted, edited, opened or uploaded. */
export interface Workspace {
  readonly teamId: string;
  readonly users: Map<string, SlackUser>;
  readonly channels: Map<string, SlackChannel>;
  readonly views: SlackView[];
  /** The newest App Home of each user. */
  readonly homes: Map<string, unknown>;
  /** What was posted to a response_url, by the url's last part. */
  readonly responses: Map<string, unknown[]>;
  readonly files: Map<string, SlackFile>;
  /** A timestamp that no message has had before. */
  nextTs(): string;
  channel(id: string): SlackChannel;
  reset(): void;
}

export interface SlackUser {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly guest: boolean;
}
export interface SlackChannel {
  readonly id: string;
  readonly messages: SlackMessage[];
}
export interface SlackMessage {
  readonly ts: string;
  text: string;
  blocks: unknown;
  metadata: unknown;
  readonly threadTs: string | null;
  /** Whom only an ephemeral message was shown. */
  readonly onlyFor: string | null;
  edits: number;
  readonly files: readonly string[];
}
export interface SlackView {
  readonly id: string;
  readonly method: string;
  readonly triggerId: string | null;
  view: unknown;
}
export interface SlackFile {
  readonly id: string;
  readonly name: string;
  readonly user: string;
  content: Buffer;
}

export function createWorkspace(): Workspace {
  let last = 0;
  const workspace: Workspace = {
    teamId: 'TREHEARSAL',
    users: new Map(),
    channels: new Map(),
    views: [],
    homes: new Map(),
    responses: new Map(),
    files: new Map(),
    nextTs: () => {
      last += 1;
      return `${FIRST_SECOND + Math.floor(last / 1000)}.${String(last).padStart(6, '0')}`;
    },
    channel: (id) => {
      const known = workspace.channels.get(id) ?? { id, messages: [] };
      workspace.channels.set(id, known);
      return known;
    },
    reset: () => {
      for (const memory of [workspace.users, workspace.channels, workspace.homes, workspace.responses, workspace.files])
        memory.clear();
      workspace.views.length = 0;
      for (const user of USERS) workspace.users.set(user.id, user);
    },
  };
  workspace.reset();
  return workspace;
}

const FIRST_SECOND = 1_780_000_000;
/** Roles, not people: the same that the rehearsal's service knows. */
const USERS: readonly SlackUser[] = [
  ['planner', 'A planner'],
  ['service-definer', 'A service definer'],
  ['deputy', 'A deputy service definer'],
  ['e-rs-lead', 'The e-RS lead'],
  ['communications-lead', 'A communications lead'],
  ['tester', 'A tester'],
  ['approver', 'An approver'],
  ['second-approver', 'A second approver'],
  ['clinical-safety-officer', 'A clinical safety officer'],
  ['administrator', 'The administrator'],
  ['stranger', 'Somebody unknown'],
].map(([role = '', name = '']) => ({
  id: `U${role.replaceAll('-', '').toUpperCase()}`,
  name,
  email: `${role}@rehearsal.example`,
  guest: false,
}));
