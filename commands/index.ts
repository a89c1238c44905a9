import type { Command } from '../src/command.ts';
import { command as help } from './help.ts';

/** The only register of verbs, in help order. */
export const commands: readonly Command[] = [help];
