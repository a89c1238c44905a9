import { EVERY, message } from './message.ts';

/** Days, spans and zones. Weekdays and months are the language's own, by Intl. */
export const TIMES = {
  'time.instant': message('{day}, {time}', 'A day and a time'),
  'time.span.day': message('{day}, {start} to {end}', 'From a time to a time, on one day'),
  'time.span.days': message('{day}, {start} to {endDay}, {end}', 'From a time to a time on another day'),
  'time.with-zone': message('{time} ({zone})', 'A time or a span of time, with the time zone'),
  'zone.gmt': message('UK time, GMT', 'The time zone in winter', EVERY, 'uk'),
  'zone.bst': message('UK time, BST', 'The time zone in summer', EVERY, 'uk'),
  'zone.bst-gmt': message(
    'UK time, BST at the start, GMT at the end',
    'The time zone where the clocks go back meanwhile',
    EVERY,
    'uk',
  ),
  'zone.gmt-bst': message(
    'UK time, GMT at the start, BST at the end',
    'The time zone where the clocks go forward meanwhile',
    EVERY,
    'uk',
  ),
  'zone.other': message('{zone} time, UTC{offset}', 'Another time zone', EVERY, 'elsewhere'),
  'zone.other-two': message(
    '{zone} time, UTC{offset} at the start, UTC{endOffset} at the end',
    'Another time zone where the clocks change meanwhile',
    EVERY,
    'elsewhere',
  ),
} as const;
