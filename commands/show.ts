import { z } from 'zod';
import { type AnswerFile, answer, defineCommand } from '../src/command.ts';
import { EVERYBODY } from '../src/domain/audience.ts';
import type { BundleNotices } from '../src/domain/bundle.ts';
import type { PlannedService } from '../src/domain/plan.ts';
import { selectionInWords } from '../src/domain/selection-words.ts';
import { csvText } from '../src/kernel/csv-text.ts';
import { listInWords } from '../src/kernel/list-words.ts';
import { counted } from '../src/kernel/time-words.ts';
import { migrationOf, planNamed } from './plan/on-plan.ts';
import { planPage } from './plan/pages.ts';
import { wholeSavedPlan } from './plan/whole-plan.ts';

export const command = defineCommand({
  verb: 'show',
  summary: 'A plan, and exactly what its code covers',
  examples: ['/bsu show', '/bsu show 12', '/bsu show 12 --all'],
  who: 'member',
  menu: 'team',
  needsMigration: true,
  input: z.object({
    plan: z.coerce.number().int().positive().optional().meta({ label: 'Plan number', word: '\\d{1,6}' }),
    all: z.enum(['yes']).optional().meta({ label: 'Every service', form: 'never', flag: true }),
  }),
  async run(ctx, input) {
    const plan = await planNamed(ctx, input.plan);
    if (input.all === 'yes') return wholeSavedPlan(ctx, plan);
    const services = await ctx.store.plans.services(plan.id);
    const facts = await ctx.store.plans.facts(plan.id, ctx.now, ctx.bankHolidays);
    const { bundle } = await ctx.store.plans.look(plan.id);
    const names = await ctx.store.organisations.names(migrationOf(ctx).id, [
      ...plan.selection.sites,
      ...plan.selection.organisations,
    ]);
    return answer(
      'plan.opened',
      {
        plan: facts,
        verificationServices: services
          .filter(({ serviceId }) => plan.verification.includes(serviceId))
          .map(({ serviceId, name, site }) => ({ serviceId, name, site })),
        selection: selectionInWords(plan.selection, services.length, (code) => names.get(code) ?? code),
        wording: [
          ...Object.entries(bundle.notices.wording).map(([name, text]) => ({ name, text: String(text) })),
          ...(bundle.notices.welsh === undefined ? [] : [welshLine(bundle.notices.welsh)]),
        ],
        audience: audienceInWords(bundle.notices),
        undo: services.length,
        versions: (await ctx.store.plans.versions(plan.id)).map(({ code, at, changes }) => ({ code, at, changes })),
      },
      {
        pages: [planPage(plan, services.length)],
        files: [
          {
            name: `plan-${plan.number}-services.csv`,
            mediaType: 'text/csv',
            text: serviceList(services, plan.verification),
          },
          ...(bundle.notices.welsh === undefined ? [] : [welshWords(plan.number, bundle.notices.welsh)]),
        ],
      },
    );
  },
});

function audienceInWords({ audience }: BundleNotices): string {
  const { lists, practicesOf, without, englishOnly } = { ...EVERYBODY, ...audience };
  const who = lists === null ? 'everybody on every imported list' : `the lists ${listInWords(lists)}`;
  const practices = practicesOf.length > 0 ? `, and the practices of ${listInWords(practicesOf)}` : '';
  const left = without.map((one) => `${one.code} (${one.reason})`);
  const english = englishOnly === null ? '' : `; English only, nobody gets Welsh: ${englishOnly}`;
  return `${who}${practices}${left.length > 0 ? `; left out or told elsewhere: ${listInWords(left)}` : ''}${english}`;
}

function welshLine(words: Readonly<Record<string, string>>) {
  return { name: 'Welsh', text: `${counted(Object.keys(words).length, 'text')}, each in the file of Welsh words` };
}

/** What the code covers, word by word. */
function welshWords(plan: number, words: Readonly<Record<string, string>>): AnswerFile {
  const text = `\ufeff${csvText(['key', 'welsh'], Object.entries(words))}`;
  return { name: `plan-${plan}-welsh.csv`, mediaType: 'text/csv', text };
}

function serviceList(services: readonly PlannedService[], verification: readonly string[]): string {
  return csvText(
    [
      'service id',
      'name',
      'site',
      'specialty',
      'from organisation',
      'from system',
      'to organisation',
      'to system',
      'remarks',
    ],
    services.map((service) => [
      service.serviceId,
      service.name,
      service.site,
      service.specialty,
      service.from.organisation,
      service.from.asid,
      service.to.organisation,
      service.to.asid,
      [
        ...(verification.includes(service.serviceId) ? ['verification'] : []),
        ...(service.businessCritical ? ['business-critical'] : []),
        ...(service.twoWeekWait ? ['urgent suspected cancer'] : []),
        ...(service.published ? [] : ['unpublished']),
      ].join(', '),
    ]),
  );
}
