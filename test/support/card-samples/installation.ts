import type { HelpAnswers } from '../../../src/domain/answers.ts';
import { type AuditAnswers, PROTECTION_WORDS } from '../../../src/domain/audit.ts';
import type { BoardAnswers } from '../../../src/domain/board.ts';
import type { ChannelAnswers } from '../../../src/domain/channel-answers.ts';
import { type HazardAnswers, hazardLog } from '../../../src/domain/hazard-log.ts';
import type { JoiningAnswers } from '../../../src/domain/joining.ts';
import type { InstallationAnswers } from '../../../src/domain/status.ts';
import type { WorkspaceAnswers } from '../../../src/domain/workspace-answers.ts';
import { channelSamples } from './channels.ts';
import type { SamplesFor } from './samples-for.ts';
import { workspaceSamples } from './workspaces.ts';

export const installationSamples: SamplesFor<
  InstallationAnswers &
    JoiningAnswers &
    HelpAnswers &
    AuditAnswers &
    HazardAnswers &
    WorkspaceAnswers &
    BoardAnswers &
    ChannelAnswers
> = {
  ...channelSamples,
  ...workspaceSamples,
  'hazards.shown': [
    {
      what: 'The hazard log',
      facts: { zone: 'Europe/London', log: hazardLog([], [], []), chosen: null, notice: null, maySign: true },
    },
  ],
  people: [
    {
      what: 'Who holds which role',
      facts: {
        people: [
          { name: 'The planner', email: 'planner@rehearsal.example', telephone: null, roles: ['planner'] },
          {
            name: 'The service definer',
            email: 'service-definer@rehearsal.example',
            telephone: null,
            roles: ['service definer'],
          },
          { name: 'The deputy', email: 'deputy@rehearsal.example', telephone: null, roles: ['service definer'] },
          { name: 'The e-RS lead', email: 'e-rs-lead@rehearsal.example', telephone: null, roles: ['e-RS lead'] },
          {
            name: 'The communications lead',
            email: 'communications-lead@rehearsal.example',
            telephone: null,
            roles: ['communications lead'],
          },
          { name: 'The approver', email: 'approver@rehearsal.example', telephone: null, roles: ['approver'] },
          {
            name: 'A second approver',
            email: 'second-approver@rehearsal.example',
            telephone: null,
            roles: ['approver'],
          },
          {
            name: 'The clinical safety officer',
            email: 'clinical-safety-officer@rehearsal.example',
            telephone: null,
            roles: ['clinical safety officer'],
          },
          { name: 'The tester', email: 'tester@rehearsal.example', telephone: null, roles: ['tester', 'approver'] },
          { name: 'The observer', email: 'observer@rehearsal.example', telephone: null, roles: ['observer'] },
        ],
      },
      next: [{ label: 'Give a role', verb: 'grant', input: {} }],
    },
  ],
  'role.changed': [
    {
      what: 'A role is given',
      facts: { name: 'A new tester', role: 'approver', change: 'granted', account: 'teams' },
      next: [
        { label: 'People', verb: 'people', input: {} },
        { label: 'Add another', verb: 'grant', input: {} },
      ],
    },
  ],
  settings: [
    {
      what: 'Settings',
      facts: {
        settings: [
          { name: 'verificationReserveMinutes', value: '60', source: 'default' },
          { name: 'rollbackReserveMinutes', value: '30', source: 'default' },
          { name: 'guidedBaseMinutes', value: '15', source: 'default' },
          { name: 'guidedSecondsPerTick', value: '10', source: 'default' },
          { name: 'byHandMinutesPerService', value: '3', source: 'default' },
          { name: 'failureThresholdPercent', value: '5', source: 'default' },
          { name: 'failuresInARow', value: '3', source: 'default' },
          { name: 'batchSize', value: '30', source: 'set for this migration' },
          { name: 'batchesAtOnce', value: '4', source: 'default' },
          { name: 'goValidMinutes', value: '60', source: 'default' },
          { name: 'outageCheckValidHours', value: '24', source: 'default' },
          { name: 'noticeLeadWorkingDays', value: '5', source: 'default' },
          { name: 'referrersSentPercent', value: '98', source: 'default' },
          { name: 'voteValidDays', value: '14', source: 'default' },
          { name: 'testBookingValidDays', value: '30', source: 'default' },
          { name: 'extractValidDays', value: '45', source: 'default' },
          { name: 'mailsPerMinute', value: '25', source: 'default' },
          { name: 'asiAlertTimes', value: '1.5', source: 'default' },
          { name: 'asiAlertMore', value: '5', source: 'default' },
          { name: 'policy', value: '2 approver, 1 clinical-safety-officer', source: 'default' },
        ],
      },
    },
  ],
  'link.code': [
    {
      what: 'Join a second account: the code',
      facts: { code: 'B6RT-JREN-VBR7', minutes: 15 },
      next: [{ label: 'I have typed it', verb: 'link', input: {} }],
    },
  ],
  'link.waiting': [{ what: 'The code is waiting', facts: { account: 'teams:TENANT:u-approver', minutes: 15 } }],
  'link.claimed': [{ what: 'The code was typed', facts: { minutes: 15 } }],
  'link.ended': [{ what: 'The code was not confirmed', facts: { account: 'teams:TENANT:u-approver', joined: false } }],
  'role.lent': [
    {
      what: 'A role is lent',
      facts: {
        role: 'clinical safety officer',
        to: 'The tester',
        until: '2026-12-03T17:00:00Z',
        zone: 'Europe/London',
      },
      next: [
        { label: 'Take it back', verb: 'delegate', input: { end: 'end' } },
        { label: 'People', verb: 'people', input: {} },
      ],
    },
  ],
  'role.taken-back': [{ what: 'A role is taken back', facts: { roles: ['approver'] } }],

  status: [
    {
      what: 'Where the migration is (/bsu alone)',
      facts: {
        migration: 'Rehearsal PAS migration',
        zone: 'Europe/London',
        where: 'Plan 12 waits for approval.',
        plans: [{ number: 12, state: 'submitted', text: 'waiting for approval, 248 services at 3 sites' }],
        blocks: ['The planned notice has not been sent.', 'No go was given in the last 60 minutes.'],
        waitsForYou: ['Plan 12 needs the vote of a clinical safety officer.'],
        nextWindow: { plan: 12, from: '2026-12-08T20:15:00Z', to: '2026-12-08T23:30:00Z' },
        migrations: [],
        you: { name: 'The clinical safety officer', roles: ['clinical safety officer'] },
      },
      next: [{ label: 'Show the plan', verb: 'show', input: { plan: '12' } }],
    },
  ],
  help: [
    {
      what: 'The verbs that the asker may use',
      facts: {
        verbs: [
          { verb: 'plan', summary: 'Choose services and see what would change', examples: ['/bsu plan site=XR101'] },
          { verb: 'submit', summary: 'Ask for the votes', examples: ['/bsu submit'] },
          { verb: 'why', summary: 'What each rule says about a time', examples: ['/bsu why "2026-12-08 20:15"'] },
        ],
        contacts: [{ label: 'e-RS support', value: '01632 960100' }],
      },
    },
    {
      what: 'One verb',
      facts: {
        verbs: [
          {
            verb: 'window',
            summary: 'Openings that fit, and the window and reserves of a plan',
            examples: ['/bsu window', '/bsu window from="2026-12-08 20:15" to="2026-12-08 23:30"'],
          },
        ],
        contacts: [],
      },
    },
  ],
  'migration.started': [
    {
      what: 'A migration begins',
      facts: {
        migration: 'Rehearsal PAS migration',
        provider: 'Rehearsal Hospitals NHS Trust (XR1)',
        from: ['200000000220'],
        to: '200000001337',
        zone: 'Europe/London',
      },
      next: [{ label: 'Give a role', verb: 'grant', input: {} }],
    },
  ],
  doctor: [
    {
      what: 'Is everything connected?',
      facts: {
        checks: [
          { what: 'Database', ok: true, says: 'answers in 2 ms', fix: null },
          { what: 'Mail', ok: false, says: 'the relay refuses the login', fix: 'Check SMTP_URL.' },
        ],
      },
    },
  ],
  'audit.verified': [
    {
      what: 'The record is whole',
      facts: {
        chain: 'migration:1',
        rows: 214,
        head: '5f1c0e2b9a7d4c3e',
        outsideHead: null,
        protection: 'role',
        kept: PROTECTION_WORDS.role,
        faults: [],
      },
    },
  ],
  'audit.listed': [
    {
      what: 'The record',
      facts: {
        chain: 'migration:1',
        zone: 'Europe/London',
        total: 214,
        events: [
          { seq: 213, at: '2026-12-01T19:02:00Z', act: 'plan.approved', about: 'plan:12', who: 'The approver' },
          { seq: 214, at: '2026-12-01T19:10:00Z', act: 'plan.approved', about: 'plan:12', who: 'A second approver' },
        ],
      },
    },
  ],
  'board.linked': [
    {
      what: 'The way to the board',
      facts: { migration: 'Rehearsal PAS migration', provider: 'Rehearsal University Hospitals' },
    },
  ],
};
