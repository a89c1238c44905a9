import { initAll } from '/assets/nhsuk.js';

document.body.classList.add('js-enabled', 'nhsuk-frontend-supported');
initAll();
