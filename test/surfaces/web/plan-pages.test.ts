import { afterEach, expect, it } from 'vitest';
import { toAdaptiveCard } from '../../../src/card/adaptive-card.ts';
import { toSlackBlocks } from '../../../src/card/slack-blocks.ts';
import type { PlanDiffFacts } from '../../../src/domain/plan-answers.ts';
import { planPages } from '../../../src/surfaces/web/plan-pages.ts';
import { cardOf } from '../../../templates/cards/index.ts';
import { service } from '../../domain/plan-service.ts';
import { eachDatabase } from '../../support/database.ts';
import { openPageOffice, type PageOffice } from '../../support/page-office.ts';
import { estate, importServices, submitted } from '../../support/plan-office.ts';

eachDatabase('the pages of plans', (database) => {
  let here: PageOffice;
  afterEach(() => here.close());
  const open = async (given: Parameters<typeof openPageOffice>[2] = {}) => {
    here = await openPageOffice(database, planPages, given);
    return here;
  };
  const page = async (desk: Parameters<PageOffice['linkOf']>[0], text: string) =>
    here.visit(await here.linkOf(desk, text));

  it.each([12, 250, 1_500, 5_000])(
    '4: a difference of %i services is one short card, and a page with each of them',
    async (size) => {
      const many = Array.from({ length: size }, (_, at) =>
        service(String(7_100_000 + at), {
          providerOrg: 'XR1',
          locationOrg: `XR${101 + (at % 7)}`,
          name: `Clinic <${at}>`,
        }),
      );
      const odd = [
        service('7900001', { providerOrg: 'XR1', locationOrg: 'XR101', directlyBookable: false }),
        service('7900002', { providerOrg: 'XR1', locationOrg: 'XR101', currentAsid: null, endpointId: null }),
      ];
      await open({ services: [...many, ...odd] });
      const words = 'plan organisation=XR1';
      const facts = (await here.office.as('planner').done(words)) as unknown as PlanDiffFacts;
      const card = cardOf({ code: 'plan.diff', facts, next: [] });
      expect(JSON.stringify(toSlackBlocks(card)).length).toBeLessThan(12_000);
      expect(Buffer.byteLength(JSON.stringify(toAdaptiveCard(card)), 'utf16le')).toBeLessThan(25_000);
      const html = await (await page('planner', words)).html();
      const ids = [...html.matchAll(/<td class="nhsuk-table__cell">(7\d{6})<\/td>/g)].map((match) => match[1]);
      expect(new Set(ids)).toEqual(new Set([...many, ...odd].map(({ serviceId }) => serviceId)));
      expect(ids).toHaveLength(size + 2);
      expect(html).toContain('not directly bookable: the bulk update cannot change them');
      expect(html).toContain('Clinic &lt;3&gt;');
      expect(html).toContain('2 refused');
    },
  );

  it('4: the page says who holds a service, what is left out, and that the difference changed since', async () => {
    await open();
    const shown = await page('planner', 'plan ids=7000001,7000011');
    await here.office.as('planner').done('plan ids=7000001 --save');
    const html = await shown.html();
    expect(html).toContain('held by plan 1 by The planner since Tuesday 1 December 2026, 7pm');
    expect(html).toContain('2 left on the old system');
    expect(html).toContain('This changed since it was shown');
  });

  it('6: the tick sheet has a box for each tick, the whole site with who looked, and the test services', async () => {
    await open({ services: [...estate(), service('7000099', { providerOrg: 'XR1', locationOrg: 'XR103' })] });
    await here.office.as('planner').done('practice ids=7000099 --save');
    await submitted(here.office);
    const at = await page('service-definer', 'ticks plan=2');
    const singly = await at.html();
    expect(singly.match(/class="co-box"/g)).toHaveLength(8);
    expect(singly).toContain('8 ticks for 8 services');
    expect(singly).toContain('7000099 Service 7000099 at XR103: not in this plan, do not tick it');
    const asked = await at.send('screen', { plan: '2', site: 'XR101', organisation: 'XR1' });
    expect(asked.page).toContain('How many services does the screen list at this site?');
    expect((await at.send('screen', { plan: '2', site: 'XR101', organisation: 'XR1', counted: '5' })).status).toBe(200);
    const whole = await at.html();
    expect(whole.match(/class="co-box"/g)).toHaveLength(4);
    expect(whole).toContain('4 ticks for 8 services');
    expect(whole).toContain('compared with the screen by The service-definer');
    here.office.clock.set('2026-12-02T19:00:01Z');
    expect((await at.html()).match(/class="co-box"/g)).toHaveLength(8);
  });

  it('3: two imports, a plan and a newer import, and two plans are set side by side, row by row', async () => {
    await open();
    await here.office.as('planner').done('plan site=XR101 --save');
    await here.office.as('planner').done('plan site=XR102 --save');
    const [first, ...rest] = estate();
    if (!first) throw new Error('The estate is empty.');
    await importServices(
      here.office,
      [
        ...rest,
        { ...first, currentAsid: '200000000999' },
        service('7000077', { providerOrg: 'XR1', locationOrg: 'XR101' }),
      ],
      2,
    );
    const imports = await (await page('planner', 'compare 1 2')).html();
    expect(imports).toContain('7000077');
    expect(imports).toMatch(/200000000220 → 200000000999/);
    const newer = await (await page('planner', 'compare plan=1')).html();
    expect(newer).toContain('linked otherwise now');
    expect(newer).toContain('new, and the selection would take it');
    const two = await (await page('planner', 'compare plan=1 with=2')).html();
    expect(two.match(/only in the first/g)?.length).toBeGreaterThanOrEqual(5);
    expect(two.match(/only in the second/g)?.length).toBeGreaterThanOrEqual(3);
  });
});
