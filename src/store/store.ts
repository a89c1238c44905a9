import type { Database } from '../../db/connect.ts';
import { type AccountLinkStore, accountLinkStore } from './account-links.ts';
import { type AfterStore, afterStore } from './after.ts';
import { type AfterFactsStore, afterFactsStore } from './after-facts.ts';
import { type AuditStore, auditStore } from './audit.ts';
import { type CalendarStore, calendarStore } from './calendars.ts';
import { type ChannelTroubleStore, channelTroubleStore } from './channel-troubles.ts';
import { type ChecklistStore, checklistStore } from './checklist.ts';
import { type ChecklistItemStore, checklistItemStore } from './checklist-items.ts';
import { type CommissionerMapStore, commissionerMapStore } from './commissioner-map.ts';
import { type DelegationStore, delegationStore } from './delegations.ts';
import { type DeliveryStore, deliveryStore } from './deliveries.ts';
import { type DeliveryLedger, deliveryLedger } from './deliveries-ledger.ts';
import { type DeliveryReportStore, deliveryReportStore } from './deliveries-reports.ts';
import { type DirectMessageStore, directMessageStore } from './direct-messages.ts';
import { sweepDownloads } from './downloads.ts';
import { type ExportStore, exportStore } from './exports.ts';
import { type ExtractDueStore, extractDueStore } from './extracts-due.ts';
import { type FindingStore, findingStore } from './findings.ts';
import { type GapRequestStore, gapRequestStore } from './gap-requests.ts';
import { type GoStore, goStore } from './go.ts';
import { type HazardStore, hazardStore } from './hazards.ts';
import { type HoursAddressStore, hoursAddressStore } from './hours-address.ts';
import { type JobRunStore, jobRunStore } from './job-runs.ts';
import { type MachineStopStore, machineStopStore } from './machine-stop.ts';
import { type MailboxStore, mailboxStore } from './mailboxes.ts';
import { type MigrationStore, migrationStore } from './migrations.ts';
import { type NightPackStore, nightPackStore } from './night-packs.ts';
import { type NoticeStore, noticeStore } from './notices.ts';
import { type NoticeDraftStore, noticeDraftStore } from './notices-draft.ts';
import { type NoticeDueStore, noticeDueStore } from './notices-due.ts';
import { type InformedStore, informedStore } from './notices-informed.ts';
import { type NoticeOvertakenStore, noticeOvertakenStore } from './notices-overtaken.ts';
import { type AddressReportStore, addressReportStore } from './notices-reports.ts';
import { type NoticeShownStore, noticeShownStore } from './notices-shown.ts';
import { type WelshStore, welshStore } from './notices-welsh.ts';
import { type OrganisationStore, organisationStore } from './organisations.ts';
import { type PackStore, packStore } from './packs.ts';
import { type PageLinkStore, pageLinkStore } from './page-links.ts';
import { type PeopleStore, peopleStore } from './people.ts';
import { type PersonalValueStore, personalValueStore } from './personal-values.ts';
import { type PlanWaitStore, planWaitStore } from './plan-waits.ts';
import { type PlanStore, planStore } from './plans.ts';
import { type AwaitingPlanStore, awaitingPlanStore } from './plans-awaiting.ts';
import { type PostingStore, postingStore } from './postings.ts';
import { type UnansweredCallStore, unansweredCallStore } from './postings-unanswered.ts';
import { type ProcessStore, processStore } from './processes.ts';
import { type RecipientStore, recipientStore } from './recipients.ts';
import { type ReconcileStore, reconcileStore } from './reconcile.ts';
import { type ReplayKeyStore, replayKeyStore } from './replay-keys.ts';
import { type RetentionStore, retentionStore } from './retention.ts';
import { type RunStore, runStore } from './runs.ts';
import { type RunGateStore, runGateStore } from './runs-gates.ts';
import { type RunItemStore, runItemStore } from './runs-items.ts';
import { type RunLedger, runLedger } from './runs-ledger.ts';
import { type RunStepStore, runStepStore } from './runs-steps.ts';
import { type RunViews, runViews } from './runs-views.ts';
import { type SelectionStore, selectionStore } from './selections.ts';
import { type SiteComparisonStore, siteComparisonStore } from './site-comparisons.ts';
import { type SlackWorkspaceStore, slackWorkspaceStore } from './slack-workspaces.ts';
import { type AttestationStore, attestationStore } from './snapshot-attestations.ts';
import { type ComparisonStore, comparisonStore } from './snapshot-comparison.ts';
import { type StagingStore, stagingStore } from './snapshot-staging.ts';
import { type SnapshotStore, snapshotStore } from './snapshots.ts';
import { type OldSnapshotStore, oldSnapshotStore } from './snapshots-old.ts';
import { type TickSheetStore, tickSheetStore } from './tick-sheets.ts';
import { type TimeStore, timeStore } from './time.ts';
import type { VerificationStore } from './verification.ts';
import { type KnownVerification, knownVerification } from './verification-known.ts';
import { type VoteStore, voteStore } from './votes.ts';
import { type WindowStore, windowStore } from './windows.ts';

/** The memory, by noun; made for one transaction, or for the database where nothing is changed. */
export interface Store {
  readonly audit: AuditStore;
  readonly exports: ExportStore;
  readonly retention: RetentionStore;
  readonly after: AfterStore;
  readonly afterFacts: AfterFactsStore;
  readonly extractsDue: ExtractDueStore;
  readonly reconcile: ReconcileStore;
  readonly findings: FindingStore;
  readonly hazards: HazardStore;
  readonly migrations: MigrationStore;
  readonly packs: PackStore;
  readonly people: PeopleStore;
  readonly personalValues: PersonalValueStore;
  readonly accountLinks: AccountLinkStore;
  readonly pageLinks: PageLinkStore;
  readonly delegations: DelegationStore;
  readonly postings: PostingStore;
  readonly channelTroubles: ChannelTroubleStore;
  readonly downloads: { sweep(): Promise<void> };
  readonly unansweredCalls: UnansweredCallStore;
  readonly processes: ProcessStore;
  readonly replayKeys: ReplayKeyStore;
  readonly jobRuns: JobRunStore;
  readonly snapshots: SnapshotStore;
  readonly oldSnapshots: OldSnapshotStore;
  readonly plans: PlanStore;
  readonly planWaits: PlanWaitStore;
  readonly awaitingPlans: AwaitingPlanStore;
  readonly votes: VoteStore;
  readonly checklist: ChecklistStore;
  readonly checklistItems: ChecklistItemStore;
  readonly directMessages: DirectMessageStore;
  readonly selections: SelectionStore;
  readonly siteComparisons: SiteComparisonStore;
  readonly tickSheets: TickSheetStore;
  readonly staging: StagingStore;
  readonly attestations: AttestationStore;
  readonly gapRequests: GapRequestStore;
  readonly comparisons: ComparisonStore;
  readonly organisations: OrganisationStore;
  readonly time: TimeStore;
  readonly calendars: CalendarStore;
  readonly hoursAddress: HoursAddressStore;
  readonly windows: WindowStore;
  readonly go: GoStore;
  readonly verification: VerificationStore & KnownVerification;
  readonly runs: RunStore;
  readonly runItems: RunItemStore;
  readonly runLedger: RunLedger;
  readonly runGates: RunGateStore;
  readonly runSteps: RunStepStore;
  readonly runViews: RunViews;
  readonly nightPacks: NightPackStore;
  readonly recipients: RecipientStore;
  readonly commissionerMap: CommissionerMapStore;
  readonly notices: NoticeStore;
  readonly noticeDrafts: NoticeDraftStore;
  readonly welsh: WelshStore;
  readonly noticesShown: NoticeShownStore;
  readonly addressReports: AddressReportStore;
  readonly noticesDue: NoticeDueStore;
  readonly noticesOvertaken: NoticeOvertakenStore;
  readonly deliveries: DeliveryStore;
  readonly deliveryLedger: DeliveryLedger;
  readonly machineStop: MachineStopStore;
  readonly mailboxes: MailboxStore;
  readonly deliveryReports: DeliveryReportStore;
  readonly informed: InformedStore;
  readonly slackWorkspaces: SlackWorkspaceStore;
}

export function storeOf(db: Database): Store {
  return {
    audit: auditStore(db),
    exports: exportStore(db),
    retention: retentionStore(db),
    after: afterStore(db),
    afterFacts: afterFactsStore(db),
    extractsDue: extractDueStore(db),
    reconcile: reconcileStore(db),
    findings: findingStore(db),
    hazards: hazardStore(db),
    migrations: migrationStore(db),
    packs: packStore(db),
    people: peopleStore(db),
    personalValues: personalValueStore(db),
    accountLinks: accountLinkStore(db),
    pageLinks: pageLinkStore(db),
    delegations: delegationStore(db),
    postings: postingStore(db),
    channelTroubles: channelTroubleStore(db),
    downloads: { sweep: () => sweepDownloads(db) },
    unansweredCalls: unansweredCallStore(db),
    processes: processStore(db),
    replayKeys: replayKeyStore(db),
    jobRuns: jobRunStore(db),
    snapshots: snapshotStore(db),
    oldSnapshots: oldSnapshotStore(db),
    plans: planStore(db),
    planWaits: planWaitStore(db),
    awaitingPlans: awaitingPlanStore(db),
    votes: voteStore(db),
    checklist: checklistStore(db),
    checklistItems: checklistItemStore(db),
    directMessages: directMessageStore(db),
    selections: selectionStore(db),
    siteComparisons: siteComparisonStore(db),
    tickSheets: tickSheetStore(db),
    staging: stagingStore(db),
    attestations: attestationStore(db),
    gapRequests: gapRequestStore(db),
    comparisons: comparisonStore(db),
    organisations: organisationStore(db),
    time: timeStore(db),
    calendars: calendarStore(db),
    hoursAddress: hoursAddressStore(db),
    windows: windowStore(db),
    go: goStore(db),
    verification: knownVerification(db),
    runs: runStore(db),
    runItems: runItemStore(db),
    runLedger: runLedger(db),
    runGates: runGateStore(db),
    runSteps: runStepStore(db),
    runViews: runViews(db),
    nightPacks: nightPackStore(db),
    recipients: recipientStore(db),
    commissionerMap: commissionerMapStore(db),
    notices: noticeStore(db),
    noticeDrafts: noticeDraftStore(db),
    welsh: welshStore(db),
    noticesShown: noticeShownStore(db),
    addressReports: addressReportStore(db),
    noticesDue: noticeDueStore(db),
    noticesOvertaken: noticeOvertakenStore(db),
    deliveries: deliveryStore(db),
    deliveryLedger: deliveryLedger(db),
    machineStop: machineStopStore(db),
    mailboxes: mailboxStore(db),
    deliveryReports: deliveryReportStore(db),
    informed: informedStore(db),
    slackWorkspaces: slackWorkspaceStore(db),
  };
}
