import { expect, it } from 'vitest';
import type { DoctorCheck } from '../../src/domain/status.ts';
import { cliAnswer } from '../../src/surfaces/cli/cli-answer.ts';
import { eachDatabase } from '../support/database.ts';
import { openOffice } from '../support/office.ts';

const WELL: DoctorCheck = { what: 'Database', ok: true, says: 'PostgreSQL 17.5', fix: null };
const ILL: DoctorCheck = { what: 'Mail', ok: false, says: 'relay.example refuses the login', fix: 'Check SMTP_URL' };

eachDatabase('doctor', (database) => {
  const open = async (...checks: DoctorCheck[]) => {
    const asked: (number | null)[] = [];
    const examine = async (migrationId: number | null) => {
      asked.push(migrationId);
      return checks;
    };
    return { office: await openOffice(await database.open(), { diagnosis: { examine } }), asked };
  };

  it('says what is wrong and what to do, and the command line ends with 1', async () => {
    const { office, asked } = await open(WELL, ILL);
    const outcome = await office.as('administrator').type('doctor');
    const { text, exitCode } = cliAnswer(outcome, false);
    expect(text).toContain('1 thing needs attention');
    expect(text).toContain('Mail: relay.example refuses the login. Check SMTP_URL');
    expect(exitCode).toBe(1);
    expect(JSON.parse(cliAnswer(outcome, true).text)).toMatchObject({ ok: false, code: 'doctor' });
    expect(asked).toEqual([office.migrationId]);
  });

  it('all is well: 0', async () => {
    const { office } = await open(WELL);
    const outcome = await office.as('e-rs-lead').type('doctor');
    expect(cliAnswer(outcome, false)).toMatchObject({
      exitCode: 0,
      text: expect.stringContaining('Everything is connected'),
    });
  });

  it('29: nothing is looked at for somebody without the role', async () => {
    const { office, asked } = await open(WELL);
    expect(await office.as('planner').refused('doctor')).toBe('role');
    expect(await office.as('stranger').refused('doctor')).toBe('stranger');
    expect(asked).toEqual([]);
  });
});
