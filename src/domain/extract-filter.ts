import type { ServiceFilter } from './extract.ts';

/** Comma- or space-separated codes, in capitals; undefined for none. */
export function codesIn(text: string | undefined): readonly string[] | undefined {
  const codes = (text ?? '').split(/[\s,;]+/).filter((code) => code !== '');
  return codes.length === 0 ? undefined : codes.map((code) => code.toUpperCase());
}

/** The filter in words, as the answer repeats it; null when it lets everything through. */
export function filterInWords(filter: ServiceFilter): string | null {
  const parts = [
    filter.organisations && `organisation ${filter.organisations.join(' or ')}`,
    filter.sites && `site ${filter.sites.join(' or ')}`,
    filter.specialties && `specialty ${filter.specialties.join(' or ')}`,
    filter.name !== undefined && `name with "${filter.name}"`,
    filter.ids && `service ${filter.ids.join(' or ')}`,
  ].filter((part) => typeof part === 'string');
  return parts.length === 0 ? null : parts.join(', ');
}
