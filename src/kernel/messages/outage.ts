import { AHEAD, message } from './message.ts';

const CANNOT = 'the NHS e-Referral Service (e-RS) cannot book, change or cancel appointments at the services below.';
const CHANGING = '{provider} is changing its patient administration system (PAS).';
const OPENS = 'We expect booking to be open again at {end} on {day}.';
const LONGER = 'The change of our patient administration system (PAS) takes longer than planned. For now,';
const NEW_TIME = 'The change of our patient administration system (PAS) has a new time.';
const STARTED = `The planned outage has started. ${CHANGING} Until it ends,`;
const SOON = ['planned', 'reminder'] as const;

/** The notices of an outage that is coming, going on, longer or moved. */
export const OUTAGE = {
  'planned.subject': message('Planned e-RS booking outage: {provider}, {outage}', 'Subject', ['planned']),
  'reminder.subject': message('Reminder of an e-RS booking outage: {provider}, {outage}', 'Subject', ['reminder']),
  'started.subject': message('e-RS booking outage has started: {provider}, {outage}', 'Subject', ['started']),
  'extended.subject': message('e-RS booking outage takes longer: {provider}, {outage}', 'Subject', ['extended']),
  'moved.subject': message('e-RS booking outage has moved: {provider}, {outage}', 'Subject', ['moved']),
  'outage.preheader': message(
    'No e-RS booking at {services}. What to do, suspected cancer first.',
    'What an inbox shows after the subject',
    AHEAD,
  ),
  'planned.title': message('You will not be able to book with {provider} in e-RS', 'Heading', ['planned']),
  'reminder.title': message('A reminder: you will not be able to book with {provider} in e-RS', 'Heading', [
    'reminder',
  ]),
  'started.title': message('You cannot book with {provider} in e-RS now', 'Heading', ['started']),
  'extended.title': message('You still cannot book with {provider} in e-RS: it takes longer than planned', 'Heading', [
    'extended',
  ]),
  'moved.title': message('The e-RS booking outage at {provider} has moved', 'Heading', ['moved']),
  'outage.lead.day': message(`${CHANGING} On {day}, from {start} to {end}, ${CANNOT}`, 'First sentences', SOON),
  'outage.lead.days': message(
    `${CHANGING} From {start} on {day} to {end} on {endDay}, ${CANNOT}`,
    'First sentences, of an outage over midnight',
    SOON,
  ),
  'outage.lead.unset': message(`${CHANGING} During the outage, ${CANNOT}`, 'First sentences', SOON, 'unset'),
  'started.lead': message(`${STARTED} ${CANNOT} ${OPENS}`, 'First sentences', ['started']),
  'started.lead.unset': message(`${STARTED} ${CANNOT}`, 'First sentences', ['started'], 'unset'),
  'extended.lead': message(`${LONGER} ${CANNOT} ${OPENS}`, 'First sentences', ['extended']),
  'extended.lead.unset': message(`${LONGER} ${CANNOT}`, 'First sentences', ['extended'], 'unset'),
  'moved.lead.day': message(`${NEW_TIME} On {day}, from {start} to {end}, ${CANNOT}`, 'First sentences', ['moved']),
  'moved.lead.days': message(
    `${NEW_TIME} From {start} on {day} to {end} on {endDay}, ${CANNOT}`,
    'First sentences, of an outage over midnight',
    ['moved'],
  ),
  'moved.lead.unset': message(`${NEW_TIME} During the outage, ${CANNOT}`, 'First sentences', ['moved'], 'unset'),
  'fact.when': message('When', 'Label of the outage', AHEAD),
  'fact.when.unset': message('the outage', 'Beside the label of the outage', AHEAD, 'unset'),
  'fact.before': message('Before, we said', 'Label of the time that an earlier notice gave', AHEAD),
  'cancer.telephone': message(
    'Telephone {phone}. Hours: {hours}',
    'Under suspected cancer, where the team gave no number',
    AHEAD,
  ),
  'todo.heading': message('What to do with other referrals', 'Heading of a part', AHEAD),
  'todo.urgent': message('Urgent: {words}', "Before your team's words on urgent referrals", AHEAD),
  'todo.routine': message('Routine: {words}', "Before your team's words on routine referrals", AHEAD),
  'stops.heading': message('What does not work during the outage', 'Heading of a part', AHEAD),
  'works.heading': message('What still works', 'Heading of a part', AHEAD),
  'failed.why': message(
    'They do not go through. Each becomes an appointment slot issue (ASI), which means that we have to contact the patient.',
    'Bookings tried during the outage',
    AHEAD,
  ),
  'continuity.heading': message('How care goes on meanwhile', 'Heading of a part', AHEAD),
  'contact.day': message('Contact on the day', 'Heading of a part', AHEAD),
  'next.heading': message('Next update', 'Heading of a part', AHEAD),
  'page.ahead': message('The outage has not started yet.', 'The page, before the outage', AHEAD),
  'page.now': message('The outage is on now.', 'The page, during the outage', AHEAD),
  'page.past': message(
    'The time that we gave has passed. As soon as booking is open again, a new notice takes the place of this one.',
    'The page, after the end of the outage',
    AHEAD,
  ),
} as const;
