import type { AppliedReport } from './delivery-report.ts';

/** The message in the notice's thread when a commissioner's mail comes back (rule 19): each of them has to be told (rule 24). */
export function bounceCall({ kind, status, test, name, code, reference, reply }: AppliedReport): string | null {
  if (kind !== 'commissioner' || status !== 'bounced' || test) return null;
  return `The mail to ${name} (${code}) of notice ${reference} came back: ${reply || 'no reason was given'}. They have not been told. Telephone them: \`/bsu calls\`.`;
}
