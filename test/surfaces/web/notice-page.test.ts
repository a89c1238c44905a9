import { type FastifyInstance, fastify } from 'fastify';
import ICAL from 'ical.js';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Notice } from '../../../src/domain/notice.ts';
import { wrongAddressUrl } from '../../../src/domain/notice-links.ts';
import { noticePages } from '../../../src/store/notices-pages.ts';
import { noticePageRoutes } from '../../../src/surfaces/web/notice-page.ts';
import { eachDatabase } from '../../support/database.ts';
import { noticeIn, practice } from '../../support/notices-office.ts';
import { type Office, openOffice } from '../../support/office.ts';
import { factsInWelsh } from '../../support/pseudo-welsh.ts';

const NAMES = ['English', 'Rehearsal', 'Hospitals', 'Trust', 'Dydd', 'Mawrth', 'Rhagfyr'];

eachDatabase("a notice's page", (database) => {
  let office: Office;
  let app: FastifyInstance;
  let notice: Notice;
  beforeEach(async () => {
    office = await openOffice(await database.open());
    notice = await noticeIn(office, [practice('A81001', { name: 'The <Surgery>' })]);
    app = fastify();
    await app.register(
      noticePageRoutes({
        pages: noticePages(office.connection, office.clock),
        publicUrl: 'https://changeover.example',
        from: 'notices@rehearsal.example',
      }),
    );
  });
  afterEach(() => app.close());

  async function addressPath(): Promise<string> {
    const { id } = await office.connection.db.selectFrom('delivery').select('id').executeTakeFirstOrThrow();
    return wrongAddressUrl('', notice.token, id);
  }
  function post(path: string, fields: Record<string, string>) {
    return app.inject({
      method: 'POST',
      url: path,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams(fields).toString(),
    });
  }
  async function reports() {
    return office.store.addressReports.open(office.migrationId);
  }

  it('22: says what the mail says, lists the services, offers the calendar, and is not for search engines', async () => {
    const page = await app.inject(`/notices/${notice.token}`);
    expect(page.statusCode).toBe(200);
    expect(page.headers['x-robots-tag']).toBe('noindex, nofollow');
    expect(page.body).toContain('Tuesday 8 December 2026, 5pm to 11pm (UK time, GMT)');
    expect(page.body.indexOf('Urgent suspected cancer')).toBeLessThan(page.body.indexOf('What to do with other'));
    expect(page.body).toContain('Cardiology (1)');
    const calendar = await app.inject(`/notices/${notice.token}/outage.ics`);
    expect(new ICAL.Component(ICAL.parse(calendar.body)).getFirstPropertyValue('method')).toBe('PUBLISH');
  });

  it('22: in Welsh where the notice is: the same facts, a link to the other language, service names marked as English', async () => {
    const both = await noticeIn(office, [practice('A1'), practice('A2')], { facts: factsInWelsh('planned') });
    const english = await app.inject(`/notices/${both.token}`);
    expect(english.body).toMatch(/<html lang="en">[\s\S]*hreflang="cy">Cymraeg<\/a>/);
    const welsh = await app.inject(`/notices/${both.token}?lang=cy`);
    expect(welsh.body).toMatch(/<html lang="cy">[\s\S]*hreflang="en">English<\/a>/);
    expect(welsh.body).toContain('Dydd Mawrth, 8 Rhagfyr 2026');
    expect(welsh.body).toContain('<ul class="nhsuk-list" lang="en"><li>Cardiology (1)</li>');
    // Nothing but names, numbers and links is left in English.
    let rest = welsh.body.slice(welsh.body.indexOf('<main'));
    rest = rest.replace(/<ul[^>]*lang="en">.*?<\/ul>|<[^>]+>/gs, ' ');
    while (rest.includes('«cy: ')) rest = rest.replace(/«cy: [^«»]*»/g, ' ');
    expect(rest.match(/[a-z]{4,}/gi)?.filter((word) => !NAMES.includes(word))).toEqual([]);
    const event = await app.inject(`/notices/${both.token}/outage.ics?lang=cy`);
    expect(event.body).toContain('SUMMARY:«cy: e-RS booking outage');
    for (const odd of ['?lang=fr', '?lang=cy&lang=cy', '?lang[]=cy']) {
      expect((await app.inject(`/notices/${both.token}${odd}`)).body).toContain('<html lang="en">');
    }
    expect((await app.inject(`/notices/${notice.token}?lang=cy`)).body).toMatch(/<html lang="en">(?![\s\S]*hreflang)/);
  });

  it('22: the wrong-address form is in the language of the page that led to it, also once it was sent', async () => {
    const both = await noticeIn(office, [practice('A1'), practice('A2')], { facts: factsInWelsh('planned') });
    const path = `/notices/${both.token}/address?lang=cy`;
    expect((await app.inject(`/notices/${both.token}?lang=cy`)).body).toContain(`href="${path}"`);
    const bodies = [
      (await app.inject(path)).body,
      (await post(path, { to: '', better: '', note: '' })).body,
      (await post(path, { to: '', better: '', note: 'NHS number 943 476 5919' })).body,
      (await post(path, { to: '', better: 'desk@practice.example', note: '' })).body,
    ];
    for (const body of bodies) {
      expect(body).toContain('<html lang="cy">');
      expect(body).toContain(`href="/notices/${both.token}?lang=cy">«cy: Back to the notice»`);
      expect(body.replace(/«cy: [^»]*»/g, '')).not.toMatch(/>[^<]*\b(?:Send|problem|address|Thank)\b/);
    }
    expect(bodies[0]).toContain(`action="${path}"`);
    expect(bodies[1]).toContain('«cy: Write the better address, or what is wrong.»');
    expect(bodies[2]).not.toContain('943');
    expect(bodies[3]).toContain('«cy: Thank you»');
  });

  it('22: an address that was made up finds nothing', async () => {
    for (const path of ['/notices/short', `/notices/${'x'.repeat(48)}`, `/notices/${'x'.repeat(48)}/address`]) {
      expect((await app.inject(path)).statusCode).toBe(404);
    }
  });

  it('22: a notice that was replaced says so and leads to the newer one', async () => {
    const newer = await noticeIn(office, [practice('A81001')], { facts: { kind: 'completed', reference: 'XR1-1-3' } });
    await office.store.deliveryLedger.take('me', office.clock.now().toString(), 60);
    const page = await app.inject(`/notices/${notice.token}`);
    expect(page.body).toContain('This notice is out of date');
    expect(page.body).toContain(`/notices/${newer.token}`);
    expect((await app.inject(`/notices/${newer.token}`)).body).not.toContain('out of date');
  });

  it('22: "wrong address" becomes a task that names who was written to; looking at the form changes nothing', async () => {
    const path = await addressPath();
    const form = await app.inject(path);
    expect(form.body).toContain('This notice was sent to The &lt;Surgery&gt;.');
    expect(await reports()).toEqual([]);
    const to = new URL(path, 'https://x.example').searchParams.get('to') ?? '';
    const sent = await post(`/notices/${notice.token}/address`, { to, better: 'desk@practice.example', note: '' });
    expect(sent.body).toContain('Thank you');
    expect(await reports()).toMatchObject([
      { who: 'The <Surgery> (A81001)', text: 'Better address: desk@practice.example' },
    ]);
  });

  it('22: a made-up reference is nobody, and tells nobody who was written to', async () => {
    const path = (await addressPath()).replace(/.$/, (last) => (last === '0' ? '1' : '0'));
    expect((await app.inject(path)).body).not.toContain('Surgery');
    await post(path.split('?')[0] ?? '', { to: '1-000000000000', better: '', note: 'not for us' });
    expect(await reports()).toMatchObject([{ who: 'somebody with the link', text: 'not for us' }]);
  });

  it('28: patient data is refused, not repeated, and the rest of the form is kept', async () => {
    const path = `/notices/${notice.token}/address`;
    const refused = await post(path, { to: '', better: 'desk@practice.example', note: 'NHS number 943 476 5919' });
    expect(refused.statusCode).toBe(422);
    expect(refused.body).toContain('looks like patient data');
    expect(refused.body).not.toContain('943 476 5919');
    expect(refused.body).toContain('desk@practice.example');
    expect(await reports()).toEqual([]);
    expect((await post(path, { to: '', better: '', note: '' })).statusCode).toBe(422);
  });
});
