/** The doors of the service. Every call gives JSON, or throws a sentence that can be shown. */

let who = new URLSearchParams(location.search).get('as') ?? localStorage.getItem('changeover-as') ?? 'planner';

export function me() {
  return who;
}

export function become(userId) {
  who = userId;
  localStorage.setItem('changeover-as', userId);
  const address = new URL(location.href);
  address.searchParams.set('as', userId);
  history.replaceState(null, '', address);
}

export function mine(path) {
  return `${path}?as=${encodeURIComponent(who)}`;
}

export async function get(path) {
  return answered(await reached(fetch(path)));
}

export async function post(path, body) {
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  return answered(await reached(fetch(path, init)));
}

/** Sends a file's bytes as they are. */
export async function send(path, file) {
  const address = `${mine(path)}&name=${encodeURIComponent(file.name)}`;
  const headers = { 'content-type': 'application/octet-stream' };
  return answered(await reached(fetch(address, { method: 'POST', headers, body: file })));
}

async function reached(response) {
  try {
    return await response;
  } catch {
    throw new Error('Changeover does not answer. Check that it is still running, then try again.');
  }
}

async function answered(response) {
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  throw new Error(answer.problem ?? `Changeover answered ${response.status}. Try again in a minute.`);
}
