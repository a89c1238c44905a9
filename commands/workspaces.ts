import { z } from 'zod';
import { answer, defineCommand } from '../src/command.ts';
import { next, Refusal } from '../src/kernel/errors.ts';
import { hashOfCode, newSecretCode } from '../src/kernel/secret-code.ts';

/** How long a link installs, in minutes (product, Defaults: link). */
const MINUTES = 15;

export const command = defineCommand({
  verb: 'workspaces',
  summary: 'The Slack workspaces that Changeover is in, and a link that lets in one more',
  examples: ['/bsu workspaces', '/bsu workspaces add'],
  who: ['administrator'],
  menu: 'none',
  needsMigration: false,
  input: z.object({
    what: z.enum(['list', 'add']).default('list').meta({ label: 'What', word: 'list|add' }),
  }),
  async run(ctx, input) {
    if (!ctx.manyWorkspaces) {
      throw new Refusal(
        'one-workspace',
        'This Changeover serves one Slack workspace by its tokens. For several, SLACK_CLIENT_ID and SLACK_CLIENT_SECRET take the place of SLACK_BOT_TOKEN: docs/slack.md, "Several workspaces".',
      );
    }
    const zone = ctx.migration?.zone ?? 'Europe/London';
    const workspaces = await ctx.store.slackWorkspaces.list();
    if (input.what === 'list') {
      return answer(
        'workspaces',
        { zone, workspaces, link: null },
        { next: [next('Add a workspace', 'workspaces', { what: 'add' })] },
      );
    }
    const code = newSecretCode();
    await ctx.store.slackWorkspaces.openPass(hashOfCode(code), ctx.person.id, MINUTES);
    ctx.record({ act: 'slack.pass', about: `person:${ctx.person.id}`, facts: { minutes: MINUTES } });
    const link = { address: `${ctx.publicUrl}/slack/install?pass=${code}`, minutes: MINUTES };
    return answer('workspaces', { zone, workspaces, link });
  },
});
