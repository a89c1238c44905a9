import type { Command } from '../src/command.ts';
import { command as audit } from './audit.ts';
import { command as compare } from './compare.ts';
import { command as freeze } from './freeze.ts';
import { command as gaps } from './gaps.ts';
import { command as go } from './go.ts';
import { command as grant } from './grant.ts';
import { command as help } from './help.ts';
import { command as hours } from './hours.ts';
import { command as importFile } from './import.ts';
import { command as incident } from './incident.ts';
import { command as outage } from './outage.ts';
import { command as people } from './people.ts';
import { command as revoke } from './revoke.ts';
import { command as services } from './services.ts';
import { command as settings } from './settings.ts';
import { command as start } from './start.ts';
import { command as status } from './status.ts';
import { command as unfreeze } from './unfreeze.ts';
import { command as why } from './why.ts';
import { command as window } from './window.ts';

/** The only register of verbs, in help order. */
export const commands: readonly Command[] = [
  help,
  status,
  start,
  settings,
  people,
  grant,
  revoke,
  importFile,
  services,
  compare,
  gaps,
  outage,
  window,
  hours,
  why,
  freeze,
  unfreeze,
  incident,
  go,
  audit,
];
