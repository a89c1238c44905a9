const MARK = /<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>/g;

/**
 * What the person typed after `/bsu`, from Slack's escaped form: links and mail addresses as they were typed, a person as the
 * account that the audit names ("slack:T012:U345"), a channel as its name.
 */
export function plainCommandText(text: string, teamId: string): string {
  return text
    .replace(MARK, (_all, kind: string, target: string, label: string | undefined) => {
      if (kind === '@') return `slack:${teamId}:${target}`;
      if (kind === '#') return `#${label ?? target}`;
      return label ?? target;
    })
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .trim();
}
