import { type NoticeMail, noticeMail } from '../../templates/notices/mail.ts';
import { mailName } from '../domain/delivery-report.ts';
import type { Notice } from '../domain/notice.ts';
import { noticePageUrl, wrongAddressUrl } from '../domain/notice-links.ts';
import type { Language } from '../kernel/voice.ts';
import type { PersonalMail, PreparedMail } from '../ports/mailer.ts';
import { personalMark, withoutMarks } from '../ports/mailer.ts';
import type { Claimed } from '../store/deliveries-ledger.ts';
import type { SendingWork } from './advance-sending-deps.ts';

type Composing = Pick<SendingWork, 'mailer' | 'publicUrl' | 'from' | 'clock' | 'log'>;

/** A notice composed once a language, before anybody's mail is claimed: what cannot be composed is sent to nobody (rule 22). */
export function preparedNotice(work: Composing, notice: Notice): Readonly<Record<Language, PreparedMail>> {
  const en = prepareNotice(work, notice);
  return { en, cy: notice.facts.welsh === undefined ? en : prepareNotice(work, notice, 'cy') };
}

/** What all recipients of a notice in that language share; the rest is put in for each (rule 22). */
export function prepareNotice(work: Composing, notice: Notice, language: Language = 'en'): PreparedMail {
  const page = noticePageUrl(work.publicUrl, notice.token);
  const mail = noticeMail(
    withoutAnyMarks(notice.facts),
    { page, from: work.from },
    {
      name: personalMark('name'),
      why: personalMark('why'),
      wrongAddress: personalMark('wrong-address'),
      wrongAddressInWelsh: `${personalMark('wrong-address')}&lang=cy`,
    },
    language,
  );
  if (!mail.languages.includes(language)) {
    // Only after a change of the program since it was sent off: English, whole, is better than half of both.
    work.log.error({ notice: notice.id, language }, 'a notice goes out in English alone: its Welsh is not whole');
  }
  return work.mailer.prepare({
    from: { name: notice.facts.provider.name, address: work.from },
    subject: notice.test ? `Test, sent to you alone: ${mail.subject}` : mail.subject,
    text: mail.text,
    html: mail.html,
    attachments: attachmentsOf(mail),
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'OOF, AutoReply',
      'List-Id': `<outage-${notice.migrationId}.${domainOf(work.from)}>`,
      'List-Help': `<${page}>`,
      'List-Unsubscribe': `<${personalMark('wrong-address')}>`,
      'X-Changeover-Notice': notice.facts.reference,
    },
    date: work.clock.now(),
  });
}

/** The recipient's own part. The Message-ID is the delivery's: a second copy would be recognised as one (rule 22). */
export function personalFor(
  work: Pick<SendingWork, 'publicUrl' | 'from' | 'readsReports'>,
  notice: Notice,
  delivery: Claimed,
): PersonalMail {
  return {
    to: { name: delivery.name, address: delivery.email },
    messageId: `${mailName(notice.id, delivery.id, notice.mailKey)}@${domainOf(work.from)}`,
    report: work.readsReports && delivery.kind === 'commissioner' ? 'delivery' : 'failure',
    fields: {
      name: `${delivery.name}, ${delivery.code}`,
      why: delivery.why,
      'wrong-address': wrongAddressUrl(work.publicUrl, notice.token, delivery.id),
    },
  };
}

function attachmentsOf({ calendar }: NoticeMail) {
  if (calendar === null) return [];
  return [
    {
      name: 'e-rs-outage.ics',
      mediaType: `text/calendar; method=${calendar.method}; charset=utf-8`,
      text: calendar.text,
    },
  ];
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).replace(/[^a-z0-9.-]/gi, '');
}

function withoutAnyMarks<T>(value: T): T {
  return JSON.parse(withoutMarks(JSON.stringify(value))) as T;
}
