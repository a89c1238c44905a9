import type { Form } from '../../../src/card/form.ts';

/** Forms as verbs asked for what was missing. */
export const formSamples: readonly { readonly what: string; readonly form: Form }[] = [
  {
    what: 'Choose the services',
    form: {
      verb: 'plan',
      title: 'Choose the services to move, look at the difference, save it as a plan',
      given: {},
      fields: [
        { name: 'file', label: 'List of service ids', kind: 'file', optional: true, hint: 'A file with one a line' },
        {
          name: 'site',
          label: 'Sites',
          kind: 'choices',
          optional: true,
          hint: 'ODS site codes',
          options: [
            { value: 'XR101', label: 'XR101 (5)' },
            { value: 'XR102', label: 'XR102 (3)' },
          ],
        },
        { name: 'specialty', label: 'Specialties', kind: 'text', optional: true, hint: 'Codes as in the extract' },
        { name: 'name', label: 'Part of the name', kind: 'text', optional: true, hint: '* stands for anything' },
        {
          name: 'except',
          label: 'But not these',
          kind: 'long-text',
          optional: true,
          hint: 'Service ids or site codes',
        },
        {
          name: 'ids',
          label: 'Service ids',
          kind: 'long-text',
          optional: true,
          hint: 'Several with a comma between them',
        },
        {
          name: 'runner',
          label: 'Service definer who runs it',
          kind: 'choice',
          optional: true,
          options: [
            { value: '3', label: 'The service definer' },
            { value: '4', label: 'The deputy' },
          ],
        },
        {
          name: 'deputy',
          label: 'Deputy',
          kind: 'choice',
          optional: true,
          options: [
            { value: '3', label: 'The service definer' },
            { value: '4', label: 'The deputy' },
            { value: 'none', label: 'Nobody yet' },
          ],
        },
      ],
      submit: 'Continue',
    },
  },
  {
    what: 'Read a file',
    form: {
      verb: 'import',
      title: 'Read a file: the services extract, a supplement to it, an ODS list, or recipients',
      given: {},
      fields: [
        { name: 'file', label: 'CSV file', kind: 'file', optional: false },
        {
          name: 'kind',
          label: 'What it is',
          kind: 'choice',
          optional: true,
          hint: 'Leave this as it is to let the first line of the file decide',
          options: [
            { value: 'extract', label: 'e-RS services extract' },
            { value: 'supplement', label: 'supplement to the extract' },
            { value: 'practices', label: 'ODS list of GP practices' },
            { value: 'trusts', label: 'ODS list of trusts and sites' },
            { value: 'recipients', label: 'list of commissioners and other recipients' },
          ],
        },
        {
          name: 'taken',
          label: 'Last day of the month that an extract shows',
          kind: 'date',
          optional: true,
          hint: 'For example 2026-10-31. Not needed for other files',
        },
      ],
      submit: 'Continue',
    },
  },
  {
    what: 'Give a role',
    form: {
      verb: 'grant',
      title: 'Give somebody a role in this migration',
      given: {},
      fields: [
        { name: 'who', label: 'Who (a mention or an e-mail address)', kind: 'text', optional: false },
        {
          name: 'role',
          label: 'Role',
          kind: 'choice',
          optional: false,
          options: [
            { value: 'planner', label: 'planner' },
            { value: 'service-definer', label: 'service definer' },
            { value: 'e-rs-lead', label: 'e-RS lead' },
            { value: 'communications-lead', label: 'communications lead' },
            { value: 'approver', label: 'approver' },
            { value: 'clinical-safety-officer', label: 'clinical safety officer' },
            { value: 'tester', label: 'tester' },
            { value: 'observer', label: 'observer' },
            { value: 'administrator', label: 'administrator' },
          ],
        },
        { name: 'name', label: 'Name, if new here', kind: 'text', optional: true },
        { name: 'email', label: 'E-mail address, if new here', kind: 'text', optional: true },
        { name: 'telephone', label: 'Telephone for the night', kind: 'text', optional: true },
      ],
      submit: 'Continue',
    },
  },
  {
    what: 'Send a plan back',
    form: {
      verb: 'reject',
      title: 'Send the plan that shows this code back to its author, with a reason',
      given: {},
      fields: [
        { name: 'code', label: 'Code on the card', kind: 'text', optional: false, hint: 'For example K7Q-4F2' },
        { name: 'reason', label: 'Why', kind: 'long-text', optional: false, hint: 'What should be different' },
      ],
      submit: 'Continue',
    },
  },
  {
    what: 'Compare a site with the live screen',
    form: {
      verb: 'screen',
      title: "Record that you compared a site's list with the live e-RS screen, so that it can be one tick",
      given: {},
      fields: [
        { name: 'site', label: 'Site', kind: 'text', optional: false },
        {
          name: 'counted',
          label: 'How many services does the screen list at this site?',
          kind: 'number',
          optional: false,
          hint: 'With the directly bookable filter on Yes, published or not. Compare the list line by line first',
        },
      ],
      submit: 'Continue',
    },
  },
  {
    what: 'Send a notice',
    form: {
      verb: 'send',
      title: 'Send a notice: a test to yourself first, then to everybody',
      given: {},
      fields: [
        {
          name: 'kind',
          label: 'Kind of notice',
          kind: 'choice',
          optional: false,
          options: [
            { value: 'planned', label: 'planned outage' },
            { value: 'reminder', label: 'reminder' },
            { value: 'started', label: 'outage started' },
            { value: 'extended', label: 'outage extended' },
            { value: 'moved', label: 'outage moved' },
            { value: 'completed', label: 'outage over' },
            { value: 'rolled-back', label: 'change taken back' },
            { value: 'cancelled', label: 'outage cancelled' },
            { value: 'update', label: 'update' },
          ],
        },
      ],
      submit: 'Continue',
    },
  },
];
