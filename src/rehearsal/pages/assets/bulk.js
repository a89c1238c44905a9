// Keeps the boxes of organisations and sites in step with their services, counts, searches as one types, and lets Enable
// make the rest editable. Without this file the server does the same when the page is sent.
const form = document.getElementById('bulk');
const boxesUnder = (group) => [...group.querySelectorAll('input[name="service"]')];
const groups = [...form.querySelectorAll('[data-organisation]:is(fieldset), [data-site]')];
const boxOf = new Map(groups.map((group) => [group, group.querySelector('input[data-group]')]));

// The services' own boxes decide what is sent.
for (const box of boxOf.values()) box.removeAttribute('name');
for (const was of form.querySelectorAll('input[name="group-was"]')) was.remove();

function count() {
  for (const [group, box] of boxOf) {
    const services = boxesUnder(group);
    const ticked = services.filter((one) => one.checked).length;
    box.checked = ticked > 0 && ticked === services.length;
    box.indeterminate = ticked > 0 && ticked < services.length;
    const line = box.closest('.app-line');
    line.querySelector('[data-ticked]').textContent = ticked.toLocaleString('en-GB');
    line.toggleAttribute('data-some', ticked > 0);
  }
  const selected = boxesUnder(form).filter((one) => one.checked).length;
  document.getElementById('selected').textContent = selected.toLocaleString('en-GB');
  document.getElementById('selected-words').textContent = `${selected === 1 ? 'service' : 'services'} selected`;
}

function search() {
  const words = document.getElementById('search').value.toLowerCase().split(/\s+/).filter(Boolean);
  let found = 0;
  let all = 0;
  for (const site of form.querySelectorAll('[data-site]')) {
    let inSite = 0;
    for (const row of site.querySelectorAll('tr[data-words]')) {
      row.hidden = !words.every((word) => row.dataset.words.includes(word));
      all += 1;
      if (!row.hidden) inSite += 1;
    }
    site.hidden = inSite === 0;
    site.querySelector('[data-shown]').textContent = inSite.toLocaleString('en-GB');
    if (words.length > 0) site.querySelector('details').open = inSite > 0;
    found += inSite;
  }
  document.getElementById('found').textContent =
    `${found.toLocaleString('en-GB')} of ${all.toLocaleString('en-GB')} services shown`;
}

function enable() {
  const on = document.getElementById('enable').checked;
  document.getElementById('editable').disabled = !on;
  document.getElementById('update').disabled = !on;
}

form.addEventListener('change', (event) => {
  const { target } = event;
  if (target.matches('input[data-group]')) {
    for (const box of boxesUnder(target.closest('[data-site]') ?? target.closest('fieldset')))
      box.checked = target.checked;
  }
  if (target.name === 'bookable') return form.requestSubmit(form.querySelector('button[value="search"]'));
  if (target.id === 'enable') enable();
  if (target.id === 'organisation') systemsOf(target.value);
  count();
});
document.getElementById('search').addEventListener('input', search);

function systemsOf(organisation) {
  for (const option of form.querySelectorAll('#asid option[data-organisation]')) {
    option.hidden = organisation !== '' && option.dataset.organisation !== organisation;
    if (option.hidden && option.selected) form.querySelector('#asid').value = '';
  }
}

count();
enable();
document.getElementById('problems')?.focus();
