import { expect, it } from 'vitest';
import type { NightPackFacts } from '../../src/domain/night-pack.ts';
import { nightPackFile } from '../../templates/files.ts';

const FACTS: NightPackFacts = {
  planNumber: 12,
  code: 'K7Q-4F2',
  state: 'approved',
  migration: 'Rehearsal PAS migration',
  provider: 'Rehearsal Hospitals NHS Trust (XR1)',
  zone: 'Europe/London',
  madeAt: '2026-12-08T20:00:00Z',
  windows: [{ from: '2026-12-08T20:15:00Z', to: '2026-12-08T23:30:00Z', lastStart: '2026-12-08T21:40:00Z' }],
  outage: { from: '2026-12-08T17:00:00Z', to: '2026-12-08T23:00:00Z' },
  oldPasUntil: '2026-12-09T06:00:00Z',
  people: [{ role: 'e-RS lead', name: 'The <e-RS> lead', telephone: '0113 496 0000' }],
  contacts: [{ label: 'e-RS support', value: '"0300" & more' }],
  services: 2,
  groups: [
    {
      number: 1,
      to: { organisation: 'XR1', asid: '200000001337' },
      changesOrganisation: false,
      sites: [
        {
          site: 'XR101',
          name: 'City Hospital',
          whole: false,
          services: [
            { serviceId: '7000001', name: 'Hand <script>alert(1)</script>' },
            { serviceId: '7000002', name: 'Hip' },
          ],
        },
      ],
    },
  ],
  all: ['7000001', '7000002'].map((serviceId) => ({
    serviceId,
    name: 'Hand <img src=x>',
    site: 'City Hospital',
    from: { organisation: 'XR1', asid: '200000000220' },
    to: { organisation: 'XR1', asid: '200000001337' },
  })),
  polls: [{ serviceId: '7000001', name: 'Hand', site: 'City Hospital', why: 'verification' }],
  verification: ['7000001'],
};

it('30: the night pack is one file that asks nothing of anybody else', () => {
  const { name, mediaType, text } = nightPackFile(FACTS);
  expect([name, mediaType]).toEqual(['night-pack-plan-12.html', 'text/html']);
  expect(text).not.toMatch(/https?:|<script|<link|<img|<iframe|url\(|@import| on\w+=/);
  expect([...text.matchAll(/href="([^"]*)"/g)].every(([, target]) => target?.startsWith('#'))).toBe(true);
  expect(text).toContain("content=\"default-src 'none'; style-src 'unsafe-inline'\"");
});

it('30: what people and extracts named is escaped', () => {
  const { text } = nightPackFile(FACTS);
  expect(text).toContain('Hand &lt;script&gt;alert(1)&lt;/script&gt;');
  expect(text).toContain('The &lt;e-RS&gt; lead');
  expect(text).toContain('&quot;0300&quot; &amp; more');
});

it('30: it has who to call, the steps, the tick sheet, the list for by hand, the way back, and when', () => {
  const { text } = nightPackFile(FACTS);
  for (const words of [
    '0113 496 0000',
    'Start at 9:40pm at the latest',
    'until Wednesday 9 December 2026, 6am',
    'Bulk Service Updates tab',
    '7000002',
    '200000001337',
    '200000000220',
    'Never press Update in working hours',
    'Enter it later',
  ]) {
    expect(text).toContain(words);
  }
  // The count is on a page of its own, to be looked at only afterwards (rule 15).
  const [before = '', after = ''] = text.split('id="numbers"');
  expect(before).not.toContain('<td>2</td>');
  expect(after).toContain('<td>2</td>');
});
