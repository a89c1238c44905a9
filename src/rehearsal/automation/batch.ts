import { lockedReason, type RelinkRooms, refusalOf, relink } from '../relink.ts';

export interface BatchItem {
  readonly key: string;
  readonly serviceId: string;
  readonly from: BatchLink;
  readonly to: BatchLink;
}
export interface BatchLink {
  readonly organisation: string;
  readonly asid: string;
}
export interface BatchResult {
  readonly key: string;
  readonly serviceId: string;
  readonly outcome: 'applied' | 'refused';
  readonly reason?: string;
}

/** Remembers each key's item once it was applied: the same again is answered, not applied; another body is a conflict. */
export interface BatchMemory {
  readonly applied: Map<string, string>;
}

export const MAXIMUM_BATCH = 100;

/** The keys that came before with another item. */
export function conflicts(memory: BatchMemory, items: readonly BatchItem[]): readonly string[] {
  return items.filter((item) => (memory.applied.get(item.key) ?? bodyOf(item)) !== bodyOf(item)).map((one) => one.key);
}

/** Applies a batch, item by item. A refusal is not remembered: the same key may succeed later. */
export function applyBatch(
  rooms: RelinkRooms,
  memory: BatchMemory,
  items: readonly BatchItem[],
  at: Temporal.Instant,
): readonly BatchResult[] {
  return items.map((item) => {
    const { key, serviceId } = item;
    if (memory.applied.has(key)) {
      rooms.counters.count('automation.repeatedKeys');
      return { key, serviceId, outcome: 'applied' };
    }
    const reason = whyNot(rooms, item);
    if (reason !== null) return { key, serviceId, outcome: 'refused', reason };
    const service = rooms.estate.service(serviceId);
    if (service) relink(rooms, service, item.to, at, { key });
    memory.applied.set(key, bodyOf(item));
    return { key, serviceId, outcome: 'applied' };
  });
}

function whyNot(rooms: RelinkRooms, item: BatchItem): string | null {
  const service = rooms.estate.service(item.serviceId);
  if (!service) return 'e-RS has no such service';
  if (service.organisation !== item.from.organisation || service.asid !== item.from.asid)
    return `linked to ${service.asid} in ${service.organisation}, not to ${item.from.asid} in ${item.from.organisation}`;
  return refusalOf(rooms.estate, service, item.to) ?? lockedReason(rooms.knobs, item.serviceId);
}

/** Null where it is not a batch as the contract has it. */
export function readBatch(text: string): readonly BatchItem[] | null {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return null;
  }
  const items = (body as { items?: unknown } | null)?.items;
  if (!Array.isArray(items) || items.length === 0 || items.length > MAXIMUM_BATCH) return null;
  return items.every(isItem) ? items : null;
}

function isItem(item: unknown): item is BatchItem {
  const { key, serviceId, from, to } = (item ?? {}) as Partial<BatchItem>;
  return typeof key === 'string' && key !== '' && typeof serviceId === 'string' && isLink(from) && isLink(to);
}

function isLink(link: unknown): link is BatchLink {
  const { organisation, asid } = (link ?? {}) as Partial<BatchLink>;
  return typeof organisation === 'string' && typeof asid === 'string';
}

function bodyOf({ serviceId, from, to }: BatchItem): string {
  return JSON.stringify([serviceId, from.organisation, from.asid, to.organisation, to.asid]);
}
