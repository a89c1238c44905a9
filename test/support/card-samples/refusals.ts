import type { Refusal } from '../../../src/kernel/errors.ts';

/** Refusals as the tests' office got them. */
export const refusalSamples: readonly { readonly what: string; readonly refusal: Omit<Refusal, 'name' | 'facts'> }[] = [
  {
    what: 'In working hours',
    refusal: {
      code: 'working-hours',
      message:
        'Not now. It is Tuesday 8 December 2026, 10am. Bulk updates are blocked in working hours (Monday to Friday 8am to 6:30pm).\nA change now would take effect at once: all booking attempts would fail, and appointment slot issues would rise.\n✖ Window: This plan’s window starts at Tuesday 8 December 2026, 8:15pm.\nNext openings that fit (about 17 min and the checks): Tuesday 8 December 2026, 8pm; Wednesday 9 December 2026, 8pm; Thursday 10 December 2026, 8pm.',
      remedy: [
        { label: 'Reserve a window', verb: 'window', input: {} },
        { label: 'Why?', verb: 'why', input: {} },
      ],
      fields: {},
    },
  },
  {
    what: 'The author tries to approve',
    refusal: {
      code: 'author',
      message:
        'You wrote this plan, so someone else has to approve it. Still needed: 2 approvers and 1 clinical safety officer. 3 people could: The approver, A second approver, A clinical safety officer.',
      remedy: [{ label: 'Show the plan', verb: 'show', input: { plan: '1' } }],
      fields: {},
    },
  },
  {
    what: 'Somebody unknown',
    refusal: {
      code: 'stranger',
      message:
        "I don't know you yet. Ask the e-RS lead of this channel (The e-RS lead) to run `/bsu grant`. If you are known here by another account, type `/bsu link` there and its code here.",
      remedy: [],
      fields: {},
    },
  },
  {
    what: 'Not your role',
    refusal: {
      code: 'role',
      message:
        '`/bsu plan` is for a planner, a service definer or an e-RS lead, and you are an observer. Ask: The planner, The service definer, The deputy, The e-RS lead.',
      remedy: [{ label: 'What can I do?', verb: 'help', input: {} }],
      fields: {},
    },
  },
  {
    what: 'Patient data is refused',
    refusal: {
      code: 'patient-data',
      message:
        'That looks like patient data (an NHS number, a booking reference or a date of birth), which must not be kept here. Nothing was stored. Use our test reference instead, for example T-7.',
      remedy: [],
      fields: { reason: 'Take the patient data out and send it again.' },
    },
  },
  {
    what: 'A code that no plan has shown',
    refusal: {
      code: 'unknown-code',
      message: "No plan has shown the code AAA-BBB. It stands at the top of the plan's card.",
      remedy: [{ label: 'Show the plan', verb: 'show', input: {} }],
      fields: { code: 'Type the code from the card, for example K7Q-4F2.' },
    },
  },
  {
    what: 'A verb that does not exist',
    refusal: {
      code: 'unknown-verb',
      message: 'There is no "paln". The nearest is "plan"; `/bsu help` lists what you can ask for.',
      remedy: [{ label: 'Help', verb: 'help', input: {} }],
      fields: {},
    },
  },
];
