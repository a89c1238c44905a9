import type { Command } from '../src/command.ts';
import { command as audit } from './audit.ts';
import { command as grant } from './grant.ts';
import { command as help } from './help.ts';
import { command as people } from './people.ts';
import { command as revoke } from './revoke.ts';
import { command as settings } from './settings.ts';
import { command as start } from './start.ts';
import { command as status } from './status.ts';

/** The only register of verbs, in help order. */
export const commands: readonly Command[] = [help, status, start, settings, people, grant, revoke, audit];
