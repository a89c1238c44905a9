import type { OpenBytes } from '../../src/domain/extract-file.ts';

/** A file in memory, in pieces of this size. */
export function bytesOf(content: string | Uint8Array, piece = 1_000): OpenBytes {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return async function* () {
    for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece);
  };
}

export const HEADER = 'SERVICE_ID,SERVICE_NAME,PROVIDER_ORG_ID,LOCATION_ORG_ID,DIRECTLY_BOOKABLE_IND';
export const ROW = '7012001,Cardiology,XR1,XR101,Y';
