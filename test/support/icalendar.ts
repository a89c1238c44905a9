import { execFileSync } from 'node:child_process';

const PYTHON = '/usr/bin/python3';

/** Why calendars are not given to Python's icalendar here, for a test's name; empty where they are. */
export const NEEDS_ICALENDAR = installed() ? '' : ' (skipped: needs Debian’s python3-icalendar)';

/** What Python's icalendar, another hand's parser, reads in a calendar: each event, with its instants in UTC. */
export function icalendarReads(text: string): readonly Readonly<Record<string, string>>[] {
  return JSON.parse(execFileSync(PYTHON, ['-c', READ], { input: text, encoding: 'utf8' })) as Record<string, string>[];
}

const READ = `
import icalendar, json, sys
calendar = icalendar.Calendar.from_ical(sys.stdin.buffer.read())
def value(event, name):
    found = event[name]
    return found.dt.isoformat() if hasattr(found, "dt") else str(found)
print(json.dumps([{name.lower(): value(event, name) for name in event} for event in calendar.walk("vevent")]))
`;

function installed(): boolean {
  try {
    execFileSync(PYTHON, ['-c', 'import icalendar'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
