import { afterEach, expect, it } from 'vitest';
import { type ChatOffice, openChatOffice } from '../../support/chat-office.ts';
import { eachDatabase } from '../../support/database.ts';

eachDatabase('the web pages', (database) => {
  let chat: ChatOffice;
  const open = async () => {
    chat = await openChatOffice(await database.open());
    return chat;
  };
  afterEach(() => chat.close());

  it('answers that it lives, and says what is not ready', async () => {
    const { get, faults } = await open();
    expect(await (await get('/healthz')).json()).toEqual({ alive: true });
    expect(await (await get('/readyz')).json()).toEqual({ ready: true, faults: [] });
    faults.push('The database does not answer.');
    const response = await get('/readyz');
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ ready: false, faults: ['The database does not answer.'] });
  });

  it('loads nothing from another host: a strict policy, and the look without its web fonts', async () => {
    const { get } = await open();
    const page = await get('/rehearsal');
    expect(page.headers.get('content-security-policy')).toContain(
      "default-src 'none'; script-src 'self'; style-src 'self'",
    );
    const html = await page.text();
    expect(html.match(/(?:src|href)="https?:[^"]*"/g)).toBeNull();
    expect(html).not.toMatch(/<script(?![^>]*src=)|<style| style="| on\w+="/);
    const css = await (await get('/assets/nhsuk.css')).text();
    expect(css).not.toContain('font-face');
    expect(css.match(/url\((?!["']?(?:data:|\/assets\/))[^)]*\)/g)).toBeNull();
  });

  it('says what to do next where there is no page, as a page or as JSON', async () => {
    const { get } = await open();
    const page = await get('/nowhere', { accept: 'text/html' });
    expect(page.status).toBe(404);
    expect(await page.text()).toContain('Ask for a new link in the channel of the migration.');
    expect(await (await get('/nowhere')).json()).toMatchObject({ problem: expect.stringContaining('Page not found.') });
    expect((await get('/assets/../../package.json')).status).toBe(404);
  });

  it('tells whoever must let the app in what it is, what it keeps of people, and its terms', async () => {
    const { get } = await open();
    const page = await (await get('/about')).text();
    expect(page).toContain('About Changeover');
    expect(page).toContain('id="privacy"');
    expect(page).toContain('id="terms"');
  });

  it('changes nothing at the wish of a page of another site, nor under another name of this machine', async () => {
    const { post, url } = await open();
    const say = { as: 'planner', text: 'help' };
    expect((await post('/rehearsal/say', say, { origin: 'https://elsewhere.example' })).status).toBe(403);
    expect((await post('/rehearsal/say', say, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await post('/rehearsal/say', say, { origin: url })).status).toBe(200);
  });
});
