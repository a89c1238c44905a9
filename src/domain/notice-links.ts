import { sha256 } from '../kernel/canonical.ts';

/** The notice's public page. The token cannot be guessed; who has the mail has the page. */
export function noticePageUrl(publicUrl: string, token: string): string {
  return `${publicUrl}/notices/${token}`;
}

export function wrongAddressUrl(publicUrl: string, token: string, deliveryId: number): string {
  return `${noticePageUrl(publicUrl, token)}/address?to=${deliveryRef(token, deliveryId)}`;
}

/** A delivery as the link names it. Only who holds the notice's token can make one, and counting up finds nobody. */
export function deliveryRef(token: string, deliveryId: number): string {
  return `${deliveryId}-${sha256(`${token}:${deliveryId}`).slice(0, 12)}`;
}

/** The delivery that the link names, or null where it was made up. */
export function deliveryOfRef(token: string, ref: string): number | null {
  const id = Number(/^(\d{1,9})-[0-9a-f]{12}$/.exec(ref)?.[1] ?? Number.NaN);
  return Number.isSafeInteger(id) && deliveryRef(token, id) === ref ? id : null;
}
