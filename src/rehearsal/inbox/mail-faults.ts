import type { KnobBoard, MailFault } from '../knobs.ts';

/** Which fault this recipient meets this time, by the knobs; each question uses up one of a fault's times. */
export interface MailFaults {
  atRecipient(address: string): '421' | '450' | '550' | null;
  atData(addresses: readonly string[]): '451' | 'cut-in-data' | 'cut-after-dot' | null;
  reset(): void;
}

export function mailFaults(knobs: KnobBoard): MailFaults {
  const used = new Map<string, number>();
  const meets = (address: string, fault: MailFault): boolean => {
    if (!new RegExp(fault.to, 'i').test(address)) return false;
    const tally = `${fault.fault} ${fault.to} ${address.toLowerCase()}`;
    const times = used.get(tally) ?? 0;
    if (fault.times !== null && times >= fault.times) return false;
    if (fault.rate < 1 && !knobs.chance('mail').happens(fault.rate)) return false;
    used.set(tally, times + 1);
    return true;
  };
  const faults = (): readonly MailFault[] => knobs.read().mail.faults;
  return {
    atRecipient: (address) => {
      for (const one of faults())
        if ((one.fault === '421' || one.fault === '450' || one.fault === '550') && meets(address, one))
          return one.fault;
      return null;
    },
    atData: (addresses) => {
      for (const one of faults())
        if (one.fault === '451' || one.fault === 'cut-in-data' || one.fault === 'cut-after-dot')
          if (addresses.some((address) => meets(address, one))) return one.fault;
      return null;
    },
    reset: () => used.clear(),
  };
}
