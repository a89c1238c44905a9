import { afterEach, expect, it } from 'vitest';
import { openBoardOffice } from '../../support/board-office.ts';
import { eachDatabase, type TestDatabase } from '../../support/database.ts';
import { submitted } from '../../support/plan-office.ts';
import { approved, go } from '../../support/run-office.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** `look` is what the service does every second. */
async function opened(database: TestDatabase) {
  const here = await openBoardOffice(database, () => () => {});
  closing.push(() => here.close());
  return here;
}

eachDatabase('the board', (database) => {
  it('27: one page says where the migration stands, each part with the verb to type', async () => {
    const pages = await opened(database);
    const code = await submitted(pages.office);
    const html = await (await pages.visit(await pages.linkOf('observer', 'board'))).html();
    for (const words of ['Plan 1 and its votes', 'needs 3 more approvals', code, 'Checklist', 'Notices', 'The record'])
      expect(html).toContain(words);
    for (const verb of ['/bsu show 1', '/bsu checklist', '/bsu notices', '/bsu run', '/bsu hours', '/bsu people'])
      expect(html).toContain(`<code>${verb}</code>`);
    expect(html).toContain('Nothing waits for you now.');
  });

  it('29: somebody sees the buttons of their own roles, presses one, and the board says what came of it', async () => {
    const pages = await opened(database);
    const code = await submitted(pages.office);
    const visit = await pages.visit(await pages.linkOf('approver', 'board'));
    const before = await visit.html();
    expect(before).toContain(`Your vote on plan 1 (${code})`);
    expect(before).toContain('>Approve</button>');
    const pressed = await visit.send('approve', { plan: '1', code });
    expect(pressed.status).toBe(200);
    expect(pressed.page).toContain('needs 2 more approvals');
    expect(pressed.page).toContain('Nothing waits for you now.');
  });

  it('29: whoever may not vote is refused in place, though they made the button themselves', async () => {
    const pages = await opened(database);
    const code = await submitted(pages.office);
    const visit = await pages.visit(await pages.linkOf('observer', 'board'));
    const pressed = await visit.send('approve', { plan: '1', code });
    expect(pressed.status).toBe(422);
    expect(pressed.page).toContain('role="alert"');
    expect(await visit.html()).toContain('needs 3 more approvals');
  });

  it('27: says what goes on, what stands in the way and whose turn it is, with the verb to type', async () => {
    const pages = await opened(database);
    const { office } = pages;
    await approved(office);
    const now = async () => {
      const html = await (await pages.visit(await pages.linkOf('observer', 'board'))).html();
      return html.slice(html.indexOf('id="now"'), html.indexOf('co-board__index'));
    };
    const before = await now();
    expect(before).toMatch(/Plan 1 · .* · approved/);
    expect(before).toMatch(/The go is not given: .* \/bsu go/);
    expect(before).toContain('the go, /bsu go, in the last hour before the run');
    expect(before).not.toContain('Checklist:');
    await go(office);
    expect(await now()).toContain('<p>Nothing.</p>');
    await office.as('service-definer').done('run');
    await office.as('observer').done('pause the supplier asked');
    const paused = await now();
    expect(paused).toContain('is paused at 0 of');
    expect(paused).toContain('go on, /bsu resume, or end it, /bsu abort');
    // While services are being changed no check waits; what nobody has claimed is nobody's.
    expect(paused).not.toMatch(/manual slot poll|Checklist:/);
    await office.as('e-rs-lead').done('abort the supplier asked');
    const stopped = await (await pages.visit(await pages.linkOf('observer', 'board'))).html();
    expect(stopped).toContain('for a person, by hand: /bsu manual');
    expect(stopped).not.toContain('· yours');
    await office.connection.db
      .updateTable('run')
      .set({ state: 'verifying', finished_at: office.clock.now().toString() })
      .execute();
    await office.connection.db.updateTable('plan').set({ state: 'verifying' }).execute();
    const verifying = await now();
    expect(verifying).toMatch(/Verifying plan 1 · 0 of/);
    expect(verifying).toContain('manual slot polls have not been seen');
    expect(verifying).toContain('not ticked yet, /bsu checklist');
  });

  it('follows what happens: only the parts that changed are sent, and whoever lost their role hears the end', async () => {
    const pages = await opened(database);
    const { office, boards } = pages;
    const code = await submitted(office);
    const visit = await pages.visit(await pages.linkOf('observer', 'board'));
    const live = await listen(`${pages.url}/pages/${office.migrationId}/board/live`, visit.cookie);
    const first = await live.next();
    expect(first.event).toBe('board');
    const whole = first.data as BoardEvent;
    expect(whole.parts.map(({ key }) => key)).toEqual(whole.order);
    await boards.look();
    await live.next();
    await office.as('approver').done(`approve ${code}`);
    await boards.look();
    const { parts } = (await live.next()).data as BoardEvent;
    expect(parts.map(({ key }) => key)).toEqual(['now', 'plan-1', 'people', 'record']);
    expect(parts[0]?.html).toContain('needs 2 more approvals');
    await office.connection.db
      .updateTable('role_grant')
      .set({ revoked_at: '2026-12-01T20:00:00Z' })
      .where('role', '=', 'observer')
      .execute();
    office.clock.set(office.clock.now().add({ minutes: 1 }).toString());
    await boards.look();
    expect((await live.next()).event).toBe('ended');
    await live.close();
  });

  it('29: nobody without a session, or with a role elsewhere only, hears anything', async () => {
    const pages = await opened(database);
    await submitted(pages.office);
    const visit = await pages.visit(await pages.linkOf('observer', 'board'));
    const address = `${pages.url}/pages/${pages.office.migrationId}/board`;
    expect((await fetch(`${address}/live`)).status).toBe(401);
    expect((await fetch(address)).status).toBe(401);
    const other = `${pages.url}/pages/${pages.office.migrationId + 1}/board`;
    expect((await fetch(other, { headers: { cookie: visit.cookie } })).status).toBe(403);
    expect((await fetch(`${other}/live`, { headers: { cookie: visit.cookie } })).status).toBe(403);
  });
});

interface BoardEvent {
  readonly order: readonly string[];
  readonly parts: readonly { readonly key: string; readonly html: string }[];
}

/** The server-sent events of an address, one after another. */
async function listen(url: string, cookie: string) {
  const stop = new AbortController();
  const response = await fetch(url, { headers: { cookie }, signal: stop.signal });
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return {
    async next(): Promise<{ event: string; data: unknown }> {
      for (;;) {
        const end = text.indexOf('\n\n');
        if (end >= 0) {
          const block = text.slice(0, end);
          text = text.slice(end + 2);
          const [, event = '', data = 'null'] = /^event: (.*)\ndata: (.*)$/s.exec(block) ?? [];
          if (event !== '') return { event, data: JSON.parse(data) };
          continue;
        }
        const { value, done } = (await reader?.read()) ?? { value: '', done: true };
        if (done) throw new Error('The stream ended.');
        text += value;
      }
    },
    async close() {
      stop.abort();
    },
  };
}
