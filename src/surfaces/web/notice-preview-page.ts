import { noticePreviewView } from '../../../templates/pages/notice-preview-view.ts';
import type { PersonalPage } from './personal-page.ts';

/** A notice before it goes: as its readers will read it, to how many and until when, with its buttons (rule 21). */
const preview = (route: PersonalPage['route']): PersonalPage => ({
  route,
  async show(visit) {
    const { kind = '', plan } = visit.params;
    const about = { kind, ...(plan === undefined ? {} : { plan }) };
    const { facts } = await visit.answer('notice.previewed', 'preview', about);
    const asked = await visit.ask('send', about);
    const may = asked.kind === 'answer' ? { asked: asked.answer } : null;
    const why = asked.kind === 'refusal' ? asked.refusal : null;
    return { template: 'notice-preview', facts: noticePreviewView(facts, may?.asked ?? null, why) };
  },
});

export const noticePreviewPages: readonly PersonalPage[] = [
  preview('/pages/:migration/notices/:kind'),
  preview('/pages/:migration/notices/:kind/:plan'),
];
