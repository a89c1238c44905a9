import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Clock } from '../../kernel/clock.ts';
import type { MailReports } from '../../ports/mail-reports.ts';

export interface MailReportsDeps {
  readonly reports: MailReports;
  readonly secret: string;
  /** The machine's clock: it judges signatures. */
  readonly clock: Clock;
}

const PATH = '/mail/reports';
const VALID_SECONDS = 300;
const BIGGEST = 10_000_000;

/**
 * Where a mail server hands on what came back (rule 23), one whole mail a request, signed like our calls to an automation:
 * x-changeover-timestamp and x-changeover-signature: v1=HMAC-SHA256(secret, timestamp "." "POST /mail/reports" "." body).
 * The same mail again changes nothing.
 */
export function mailReportsHook({ reports, secret, clock }: MailReportsDeps): (app: FastifyInstance) => Promise<void> {
  return async (app) => {
    app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BIGGEST }, (_, body, done) => done(null, body));
    app.post(PATH, { bodyLimit: BIGGEST }, async (request, reply) => {
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      if (!isSigned(request, body, secret, clock)) {
        return reply.code(401).send({
          problem: 'The signature is missing, wrong, or older than five minutes. Nothing was read.',
        });
      }
      return reports.take(body);
    });
  };
}

function isSigned(request: FastifyRequest, body: Buffer, secret: string, clock: Clock): boolean {
  const timestamp = headerOf(request, 'x-changeover-timestamp');
  const age = Math.abs(clock.now().epochMilliseconds / 1000 - Number(timestamp));
  if (!/^\d{1,12}$/.test(timestamp) || age > VALID_SECONDS) return false;
  const made = createHmac('sha256', secret).update(`${timestamp}.POST ${PATH}.`).update(body).digest('hex');
  const expected = Buffer.from(`v1=${made}`);
  const given = Buffer.from(headerOf(request, 'x-changeover-signature'));
  return expected.length === given.length && timingSafeEqual(expected, given);
}

function headerOf(request: FastifyRequest, name: string): string {
  const value = request.headers[name];
  return typeof value === 'string' ? value : '';
}
