import type { Config } from '../config.ts';
import { imapMailbox } from '../delivery/channels/email/mailbox.ts';
import { mailboxAddress } from '../delivery/channels/email/mailbox-address.ts';
import type { DoctorCheck } from '../domain/status.ts';
import { MailboxTrouble } from '../ports/mailbox.ts';

/** How do we hear of mails that came back, and does that way work? Reads no mail. */
export async function examineReturns({
  bounceMailbox,
  bounceSecret,
}: Pick<Config, 'bounceMailbox' | 'bounceSecret'>): Promise<readonly DoctorCheck[]> {
  const what = 'Mails that come back';
  if (bounceMailbox === null) {
    const says = bounceSecret === null ? 'are read from files: `bsu bounce FILE`' : 'are handed on by the mail server';
    return [{ what, ok: true, says, fix: null }];
  }
  const mailbox = imapMailbox(mailboxAddress(bounceMailbox));
  try {
    await (await mailbox.open()).close();
    return [{ what, ok: true, says: `are read from ${mailbox.name}`, fix: null }];
  } catch (error) {
    if (!(error instanceof MailboxTrouble)) throw error;
    return [{ what, ok: false, says: error.message, fix: error.fix }];
  }
}
