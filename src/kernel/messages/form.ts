import { message } from './message.ts';

/** The form behind "Wrong address, or should someone else get this?". */
export const FORM = {
  'form.kept': message('Thank you', 'The form, heading once it was sent'),
  'form.kept.text': message(
    'The team at {provider} has your message and will correct the address. This notice still counts for you until then.',
    'The form, once it was sent',
  ),
  'form.full': message('Your message was not kept', 'The form, heading after too many messages'),
  'form.full.text': message(
    'Too many messages came through the links of this notice. Please use the telephone number in the notice.',
    'The form, after too many messages',
  ),
  'form.problem': message('There is a problem', 'The form, heading of what is wrong'),
  'form.empty': message('Write the better address, or what is wrong.', 'The form, sent blank'),
  'form.patient-data': message(
    'That looks like patient data, which must not be kept here. Nothing was stored. Take it out and send it again.',
    'The form, with what looks like patient data',
  ),
  'form.sent-to': message('This notice was sent to {name}.', 'The form'),
  'form.tell': message(
    'Tell us, and a person at {provider} will correct it. Nobody is taken off the list by this.',
    'The form',
  ),
  'form.better': message('Better email address', 'The form, label of a field'),
  'form.better.hint': message('A shared mailbox is best', 'The form, under that label'),
  'form.note': message('What is wrong, or who else should get this', 'The form, label of a field'),
  'form.note.hint': message('No patient details', 'The form, under that label'),
  'form.send': message('Send', 'The form, its button'),
  'form.back': message('Back to the notice', 'The form, a link'),
} as const;
