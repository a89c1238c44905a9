import type { Command } from '../src/command.ts';
import { command as abort } from './abort.ts';
import { command as accept } from './accept.ts';
import { command as approve } from './approve.ts';
import { command as asi } from './asi.ts';
import { command as audit } from './audit.ts';
import { command as board } from './board.ts';
import { command as bounce } from './bounce.ts';
import { command as calls } from './calls.ts';
import { command as channel } from './channel.ts';
import { command as checklist } from './checklist.ts';
import { command as compare } from './compare.ts';
import { command as complete } from './complete.ts';
import { command as delegate } from './delegate.ts';
import { command as doctor } from './doctor.ts';
import { command as exportAll } from './export.ts';
import { command as freeze } from './freeze.ts';
import { command as gaps } from './gaps.ts';
import { command as go } from './go.ts';
import { command as grant } from './grant.ts';
import { command as hazards } from './hazards.ts';
import { command as help } from './help.ts';
import { command as hold } from './hold.ts';
import { command as hours } from './hours.ts';
import { command as importFile } from './import.ts';
import { command as incident } from './incident.ts';
import { command as item } from './item.ts';
import { command as link } from './link.ts';
import { command as manual } from './manual.ts';
import { command as mapping } from './mapping.ts';
import { command as night } from './night.ts';
import { command as notices } from './notices.ts';
import { command as outage } from './outage.ts';
import { command as pack } from './pack.ts';
import { command as pause } from './pause.ts';
import { command as people } from './people.ts';
import { command as plan } from './plan.ts';
import { command as polls } from './polls.ts';
import { command as postpone } from './postpone.ts';
import { command as practice } from './practice.ts';
import { command as preview } from './preview.ts';
import { command as recipients } from './recipients.ts';
import { command as reconcile } from './reconcile.ts';
import { command as reject } from './reject.ts';
import { command as resend } from './resend.ts';
import { command as resume } from './resume.ts';
import { command as retry } from './retry.ts';
import { command as revoke } from './revoke.ts';
import { command as run } from './run.ts';
import { command as screen } from './screen.ts';
import { command as send } from './send.ts';
import { command as services } from './services.ts';
import { command as settings } from './settings.ts';
import { command as show } from './show.ts';
import { command as start } from './start.ts';
import { command as status } from './status.ts';
import { command as step } from './step.ts';
import { command as submit } from './submit.ts';
import { command as ticks } from './ticks.ts';
import { command as tonight } from './tonight.ts';
import { command as undo } from './undo.ts';
import { command as unfreeze } from './unfreeze.ts';
import { command as unvote } from './unvote.ts';
import { command as verify } from './verify.ts';
import { command as wave } from './wave.ts';
import { command as why } from './why.ts';
import { command as window } from './window.ts';
import { command as withdraw } from './withdraw.ts';
import { command as wording } from './wording.ts';
import { command as workspaces } from './workspaces.ts';

/** The only register of verbs, in help order. */
export const commands: readonly Command[] = [
  help,
  status,
  board,
  start,
  channel,
  settings,
  people,
  grant,
  revoke,
  delegate,
  link,
  importFile,
  services,
  compare,
  gaps,
  plan,
  wave,
  practice,
  show,
  ticks,
  screen,
  submit,
  withdraw,
  checklist,
  hazards,
  item,
  approve,
  reject,
  unvote,
  outage,
  window,
  postpone,
  hours,
  why,
  freeze,
  unfreeze,
  incident,
  recipients,
  mapping,
  notices,
  wording,
  preview,
  send,
  hold,
  resend,
  bounce,
  calls,
  go,
  tonight,
  night,
  run,
  step,
  pause,
  resume,
  abort,
  retry,
  manual,
  undo,
  polls,
  verify,
  accept,
  reconcile,
  asi,
  complete,
  audit,
  doctor,
  workspaces,
  pack,
  exportAll,
];
