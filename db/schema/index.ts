import type * as chat from './chat.ts';
import type * as installation from './installation.ts';
import type * as intake from './intake.ts';
import type * as plan from './plan.ts';
import type * as notices from './notices.ts';
import type * as run from './run.ts';

/** All tables. A noun's tables are declared in its file and meet here. */
export interface Schema {
  installation: installation.InstallationTable;
  person: installation.PersonTable;
  account: installation.AccountTable;
  migration: installation.MigrationTable;
  channel_binding: installation.ChannelBindingTable;
  role_grant: installation.RoleGrantTable;
  audit_head: installation.AuditHeadTable;
  audit_event: installation.AuditEventTable;
  replay_key: installation.ReplayKeyTable;
  job_run: installation.JobRunTable;
  posting: installation.PostingTable;
  snapshot: intake.SnapshotTable;
  service: intake.ServiceTable;
  supplement_row: intake.SupplementRowTable;
  recipient_row: intake.RecipientRowTable;
  import_flaw: intake.ImportFlawTable;
  organisation: intake.OrganisationTable;
  attestation: intake.AttestationTable;
  plan: plan.PlanTable;
  plan_service: plan.PlanServiceTable;
  plan_version: plan.PlanVersionTable;
  vote: plan.VoteTable;
  checklist_mark: plan.ChecklistMarkTable;
  run: run.RunTable;
  run_item: run.RunItemTable;
  chat_message: chat.ChatMessageTable;
  recipient: notices.RecipientTable;
  audience_rule: notices.AudienceRuleTable;
  notice_wording: notices.NoticeWordingTable;
  notice: notices.NoticeTable;
  delivery: notices.DeliveryTable;
  phone_call: notices.PhoneCallTable;
  notice_decision: notices.NoticeDecisionTable;
  address_report: notices.AddressReportTable;
}
