import type { AsiAnswers } from './asi-shown.ts';
import type { AuditAnswers } from './audit.ts';
import type { BoardAnswers } from './board.ts';
import type { ChannelAnswers } from './channel-answers.ts';
import type { ChecklistAnswers } from './checklist-answers.ts';
import type { IntakeAnswers } from './extract-answers.ts';
import type { HazardAnswers } from './hazard-log.ts';
import type { JoiningAnswers } from './joining.ts';
import type { NoticeAnswers } from './notice-answers.ts';
import type { PackAnswers } from './pack.ts';
import type { PlanAnswers } from './plan-answers.ts';
import type { ReconcileAnswers } from './reconcile-shown.ts';
import type { RunAnswers } from './run-answers.ts';
import type { InstallationAnswers } from './status.ts';
import type { TimeAnswers } from './time-answers.ts';
import type { VerificationAnswers } from './verification-answers.ts';
import type { WorkspaceAnswers } from './workspace-answers.ts';
/** Every answer a verb can give: code to facts. A noun declares its own part in its file; all meet here. */
export interface Answers
  extends HelpAnswers,
    IntakeAnswers,
    InstallationAnswers,
    JoiningAnswers,
    AuditAnswers,
    HazardAnswers,
    PackAnswers,
    ReconcileAnswers,
    AsiAnswers,
    PlanAnswers,
    NoticeAnswers,
    RunAnswers,
    TimeAnswers,
    VerificationAnswers,
    ChecklistAnswers,
    BoardAnswers,
    ChannelAnswers,
    WorkspaceAnswers {}

export interface HelpAnswers {
  readonly help: HelpFacts;
}

export interface HelpFacts {
  readonly verbs: readonly { readonly verb: string; readonly summary: string; readonly examples: readonly string[] }[];
  readonly contacts: readonly { readonly label: string; readonly value: string }[];
}
