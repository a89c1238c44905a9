import { message, OPEN_AGAIN } from './message.ts';

const BACK = [...OPEN_AGAIN, 'cancelled'] as const;
const QUESTIONS = ['cancelled', 'update'] as const;

/** The notices after which people can book as before, or learn something new. */
export const CLOSING = {
  'completed.subject': message('e-RS booking is open again: {provider}', 'Subject', ['completed']),
  'completed.preheader': message(
    'You can book with us as usual. {services} checked and open.',
    'What an inbox shows after the subject',
    ['completed'],
  ),
  'open.title': message('You can book with {provider} in e-RS again', 'Heading', OPEN_AGAIN),
  'completed.lead': message(
    '{provider} has changed its patient administration system (PAS), and booking in the NHS e-Referral Service (e-RS) was tested afterwards. Book as usual.',
    'First sentences',
    ['completed'],
  ),
  'fewer.heading': message('If you see few appointments', 'Heading of a part', ['completed']),
  'fewer.text': message(
    'e-RS fetches new appointment slots every night, so a service may show fewer appointments until tomorrow.',
    'If you see few appointments',
    ['completed'],
  ),
  'rolled-back.subject': message('e-RS booking is open again, on the earlier system: {provider}', 'Subject', [
    'rolled-back',
  ]),
  'rolled-back.preheader': message(
    'You can book with us as usual. The system change will be announced again.',
    'What an inbox shows after the subject',
    ['rolled-back'],
  ),
  'rolled-back.lead': message(
    '{provider} has gone back to its earlier patient administration system (PAS). Booking in the NHS e-Referral Service (e-RS) works as before the outage. We will announce a new date.',
    'First sentences',
    ['rolled-back'],
  ),
  'fact.open-since': message('Open again since', 'Label of the time from which booking works', OPEN_AGAIN),
  'contact.trouble': message('Contact if something does not work', 'Heading of a part', OPEN_AGAIN),
  'cancer.as-usual': message(
    'Refer and book in e-RS as usual. If no appointment is offered, telephone us on {phone}. Do not hold the referral.',
    'Urgent suspected cancer, once booking works',
    BACK,
  ),
  'cancelled.subject': message('Cancelled, no e-RS booking outage: {provider}', 'Subject', ['cancelled']),
  'cancelled.preheader': message(
    'The outage that we announced will not take place. Book as usual.',
    'What an inbox shows after the subject',
    ['cancelled'],
  ),
  'cancelled.title': message('The e-RS booking outage at {provider} is cancelled', 'Heading', ['cancelled']),
  'cancelled.lead': message(
    'The outage that we announced will not take place: the change of our patient administration system (PAS) is cancelled. Book with us in the NHS e-Referral Service (e-RS) as usual.',
    'First sentences',
    ['cancelled'],
  ),
  'fact.cancelled': message('Cancelled', 'Label of the outage that will not take place', ['cancelled']),
  'contact.questions': message('Contact for questions', 'Heading of a part', QUESTIONS),
  'update.subject': message('Update on e-RS booking: {provider}', 'Subject', ['update']),
  'update.preheader': message(
    'News about the change of our patient administration system.',
    'What an inbox shows after the subject',
    ['update'],
  ),
  'update.title': message('An update from {provider}', 'Heading', ['update']),
  'update.lead': message(
    'This is about the change of our patient administration system (PAS) and booking with us in the NHS e-Referral Service (e-RS).',
    'First sentences',
    ['update'],
  ),
  'fact.outage': message('Outage', 'Label of the outage', ['update']),
  'update.cancer': message(
    'Never hold a referral. If you are not sure what to do, telephone us on {phone}.',
    'Urgent suspected cancer',
    ['update'],
  ),
  'update.heading': message('What is new', 'Heading of a part', ['update']),
} as const;
