import type { Migration } from 'kysely/migration';
import * as installation from './0001-installation.ts';
import * as intake from './0010-intake.ts';
import * as time from './0020-time.ts';
import * as plan from './0030-plan.ts';
import * as run from './0040-run.ts';
import * as notices from './0050-notices.ts';
import * as after from './0060-after.ts';
import * as chat from './0070-chat.ts';
import * as process from './0080-process.ts';
import * as accountLink from './0090-account-link.ts';
import * as delegation from './0091-delegation.ts';
import * as outageCalendars from './0092-outage-calendars.ts';
import * as siteComparison from './0100-site-comparison.ts';
import * as checklistItems from './0101-checklist-items.ts';
import * as selections from './0102-selections.ts';
import * as planWait from './0103-plan-wait.ts';
import * as gapRequest from './0104-gap-request.ts';
import * as hoursToken from './0105-hours-token.ts';
import * as teamsInstallations from './0113-teams-installations.ts';
import * as channelTrouble from './0114-channel-trouble.ts';
import * as downloads from './0114-downloads.ts';
import * as pageSessions from './0115-page-sessions.ts';
import * as timeVersion from './0120-time-version.ts';
import * as runStep from './0121-run-step.ts';
import * as screenDifference from './0122-screen-difference.ts';
import * as runPace from './0123-run-pace.ts';
import * as mailKey from './0125-mail-key.ts';
import * as heldWhy from './0126-held-why.ts';
import * as audience from './0127-audience.ts';
import * as noticeOffer from './0128-notice-offer.ts';
import * as slackWorkspaces from './0130-slack-workspaces.ts';
import * as auditGuard from './0135-audit-guard.ts';
import * as hazards from './0136-hazards.ts';
import * as afterGoLive from './0137-after-go-live.ts';
import * as asiSettled from './0140-asi-settled.ts';
import * as verificationTester from './0145-verification-tester.ts';
import * as verificationLate from './0146-verification-late.ts';
import * as mailbox from './0150-mailbox.ts';
import * as outageToken from './0151-outage-token.ts';
import * as noticeWelsh from './0155-notice-welsh.ts';
import * as findingOwner from './0160-finding-owner.ts';
import * as snapshotRowsDeleted from './0161-snapshot-rows-deleted.ts';
import * as extractComparison from './0175-extract-comparison.ts';
import * as reportsSeen from './0180-reports-seen.ts';

/** Every change of the schema, in order of name. A landed one is never edited. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-installation': installation,
  '0010-intake': intake,
  '0020-time': time,
  '0030-plan': plan,
  '0040-run': run,
  '0050-notices': notices,
  '0060-after': after,
  '0070-chat': chat,
  '0080-process': process,
  '0090-account-link': accountLink,
  '0091-delegation': delegation,
  '0092-outage-calendars': outageCalendars,
  '0100-site-comparison': siteComparison,
  '0101-checklist-items': checklistItems,
  '0102-selections': selections,
  '0103-plan-wait': planWait,
  '0104-gap-request': gapRequest,
  '0105-hours-token': hoursToken,
  '0113-teams-installations': teamsInstallations,
  '0114-channel-trouble': channelTrouble,
  '0114-downloads': downloads,
  '0120-time-version': timeVersion,
  '0121-run-step': runStep,
  '0122-screen-difference': screenDifference,
  '0123-run-pace': runPace,
  '0125-mail-key': mailKey,
  '0126-held-why': heldWhy,
  '0130-slack-workspaces': slackWorkspaces,
  '0127-audience': audience,
  '0128-notice-offer': noticeOffer,
  '0135-audit-guard': auditGuard,
  '0136-hazards': hazards,
  '0137-after-go-live': afterGoLive,
  '0140-asi-settled': asiSettled,
  '0145-verification-tester': verificationTester,
  '0146-verification-late': verificationLate,
  '0150-mailbox': mailbox,
  '0151-outage-token': outageToken,
  '0155-notice-welsh': noticeWelsh,
  '0160-finding-owner': findingOwner,
  '0161-snapshot-rows-deleted': snapshotRowsDeleted,
  '0175-extract-comparison': extractComparison,
  '0180-reports-seen': reportsSeen,
  '0115-page-sessions': pageSessions,
};
