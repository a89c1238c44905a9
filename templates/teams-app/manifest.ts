/** A verb as the app's menus show it. */
export interface MenuVerb {
  readonly verb: string;
  readonly summary: string;
  readonly menu: 'team' | 'personal' | 'none';
}

export interface TeamsAppFacts {
  /** The bot's application (client) id; the app has the same. */
  readonly appId: string;
  /** Where the service is reached, by https. */
  readonly publicUrl: string;
  /** Of the package: Teams takes a changed one only with a higher version. */
  readonly version: string;
  readonly verbs: readonly MenuVerb[];
}

/** The first manifest version with targeted messages and slash commands. */
export const MANIFEST_VERSION = '1.29';

/** In every menu, whatever the verb itself says. */
const EVERYWHERE = ['help', 'status'];

/** The Teams app as its package carries it. Every verb works everywhere; the menus only name the ones used most. */
export function teamsManifest({ appId, publicUrl, version, verbs }: TeamsAppFacts) {
  const about = new URL('/about', publicUrl).href;
  return {
    $schema: `https://developer.microsoft.com/json-schemas/teams/v${MANIFEST_VERSION}/MicrosoftTeams.schema.json`,
    manifestVersion: MANIFEST_VERSION,
    version,
    id: appId,
    developer: {
      name: 'Changeover',
      websiteUrl: about,
      privacyUrl: `${about}#privacy`,
      termsOfUseUrl: `${about}#terms`,
    },
    // Also what people type after "@" to mention the bot.
    name: { short: 'Changeover', full: 'Changeover: PAS migrations in e-RS' },
    description: {
      short: 'Plan, approve and run a bulk service update in e-RS for a PAS migration.',
      full:
        'Changeover takes a provider organisation through a PAS migration in the NHS e-Referral Service: import the services ' +
        'extract, plan, approve, run the bulk update outside working hours, tell commissioners and referrers by e-mail, and ' +
        'verify after go-live. It says why it refuses, and what to do next. It keeps the record of who did what. ' +
        'It holds no patient data and refuses it.',
    },
    icons: { color: 'color.png', outline: 'outline.png' },
    accentColor: '#005EB8',
    bots: [
      {
        botId: appId,
        scopes: ['team', 'groupChat', 'personal'],
        isNotificationOnly: false,
        supportsFiles: true,
        supportsTargetedMessages: true,
        commandLists: [
          { scopes: ['team'], triggers: ['mention', 'slash'], commands: menuOf('team', verbs) },
          { scopes: ['groupChat'], triggers: ['mention', 'slash'], commands: menuOf('team', verbs) },
          // Nobody else is in a personal chat, so Teams has no slash commands there: the words alone are typed.
          { scopes: ['personal'], triggers: ['mention'], commands: menuOf('personal', verbs) },
        ],
      },
    ],
    permissions: ['identity', 'messageTeamMembers'],
    validDomains: [new URL(publicUrl).host],
    defaultInstallScope: 'team',
    defaultGroupCapability: { team: 'bot', groupchat: 'bot' },
  };
}

/** "bsu plan": the three letters find them all, and what Teams puts into the message is what the documents say. */
function menuOf(menu: 'team' | 'personal', verbs: readonly MenuVerb[]) {
  return verbs
    .filter((one) => one.menu === menu || EVERYWHERE.includes(one.verb))
    .map(({ verb, summary }) => ({ title: `bsu ${verb}`, description: summary }));
}
