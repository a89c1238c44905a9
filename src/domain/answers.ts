import type { AuditAnswers } from './audit.ts';
import type { ChecklistAnswers } from './checklist-answers.ts';
import type { PlanAnswers } from './plan-answers.ts';
import type { InstallationAnswers } from './status.ts';
/** Every answer a verb can give: code to facts. A noun declares its own part in its file; all meet here. */
export interface Answers extends HelpAnswers, InstallationAnswers, AuditAnswers, PlanAnswers, ChecklistAnswers {}

export interface HelpAnswers {
  readonly help: HelpFacts;
}

export interface HelpFacts {
  readonly verbs: readonly { readonly verb: string; readonly summary: string; readonly examples: readonly string[] }[];
  readonly contacts: readonly { readonly label: string; readonly value: string }[];
}
