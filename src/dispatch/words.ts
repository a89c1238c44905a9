/** What was typed after `/bsu`, taken apart: the verb, named values, and bare words in their order. */
export interface Words {
  readonly verb: string;
  readonly named: Readonly<Record<string, string>>;
  readonly bare: readonly string[];
}

const TOKEN = /(?:[^\s"]|"[^"]*")+/g;
const NAMED = /^(?:--)?([a-z][a-z0-9-]*)=(.*)$/is;

/**
 * Takes a line apart: quotes keep words together (chat clients' curly quotes too), `key=value`, `--key value` and `--flag`
 * are named, the rest is bare. A leading "/bsu", "bsu" or "/" is dropped. `flags` are the options that take no value.
 */
export function wordsOf(line: string, flags: (verb: string) => readonly string[] = () => []): Words {
  const tokens = line.replaceAll(/[“”„]/g, '"').match(TOKEN) ?? [];
  if (/^\/?bsu$/i.test(tokens[0] ?? '')) tokens.shift();
  const verb = (tokens.shift() ?? '').replace(/^\//, '').toLowerCase();
  const alone = flags(verb);
  const named: Record<string, string> = {};
  const bare: string[] = [];
  while (tokens.length > 0) {
    const token = tokens.shift() ?? '';
    const pair = NAMED.exec(token);
    if (pair?.[1] && pair[2] !== undefined) named[fieldName(pair[1])] = unquoted(pair[2]);
    else if (/^--[a-z]/i.test(token)) {
      const name = fieldName(token.slice(2));
      const hasValue = !alone.includes(name) && tokens[0] !== undefined && !tokens[0].startsWith('--');
      named[name] = hasValue ? unquoted(tokens.shift() ?? '') : 'yes';
    } else bare.push(unquoted(token));
  }
  return { verb, named, bare };
}

/** "Old-PAS-until" is the field oldPasUntil. */
function fieldName(typed: string): string {
  return /-/.test(typed)
    ? typed.toLowerCase().replaceAll(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
    : typed.charAt(0).toLowerCase() + typed.slice(1);
}

function unquoted(token: string): string {
  return token.replaceAll('"', '');
}
