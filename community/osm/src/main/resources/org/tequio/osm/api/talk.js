// Sends what is said of a changeset or a note, with the session's token against forgery; what was written stays where that fails.
const form = document.querySelector('form');
const told = document.querySelector('[role=alert]');
const buttons = [...form.querySelectorAll('button')];
form.hidden = false;
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const verb = event.submitter.value;
  const text = form.elements.text.value.trim();
  told.textContent = '';
  if (verb === 'comment' && text === '') {
    told.textContent = form.dataset.missing;
    form.elements.text.focus();
    return;
  }
  for (const button of buttons) button.disabled = true;
  try {
    const { csrf } = await (await fetch('/api/session')).json();
    const answer = await fetch(form.dataset.to + verb, { method: 'POST', headers: { 'Tequio-Csrf': csrf ?? '' }, body: new URLSearchParams({ text }) });
    if (answer.ok) return location.reload();
    told.textContent = answer.status === 409 ? form.dataset.changed : form.dataset.failed;
  } catch {
    told.textContent = form.dataset.failed;
  }
  for (const button of buttons) button.disabled = false;
});
