/** A delivery status notification as postfix writes it (RFC 3464), about the mail of this name. */
export function dsn(given: {
  mail: string;
  to: string;
  action?: string;
  status?: string;
  diagnostic?: string;
  /** Where the mail's name stands: in the envelope id, in the headers that came back, or nowhere. */
  named?: 'envelope' | 'headers' | 'nowhere';
  /** The report's own Message-ID; none, if left out. */
  id?: string;
}): string {
  const named = given.named ?? 'headers';
  return [
    'From: Mail Delivery System <MAILER-DAEMON@relay.example>',
    'Subject: Undelivered Mail Returned to Sender',
    'To: notices@rehearsal.example',
    ...(given.id === undefined ? [] : [`Message-ID: <${given.id}@relay.example>`]),
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b1"',
    '',
    '--b1',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'I am sorry to have to inform you that your message could not be delivered.',
    '',
    '--b1',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; relay.example',
    ...(named === 'envelope' ? [`Original-Envelope-Id: ${given.mail}`] : []),
    '',
    `Final-Recipient: rfc822; ${given.to}`,
    `Original-Recipient: rfc822;${given.to}`,
    `Action: ${given.action ?? 'failed'}`,
    `Status: ${given.status ?? '5.1.1'}`,
    `Diagnostic-Code: smtp; ${given.diagnostic ?? '550 5.1.1 no such mailbox'}`,
    '',
    '--b1',
    'Content-Type: text/rfc822-headers',
    '',
    ...(named === 'headers' ? [`Message-ID: <${given.mail}@rehearsal.example>`] : []),
    'Subject: Planned e-RS booking outage',
    '',
    '--b1--',
    '',
  ].join('\r\n');
}
