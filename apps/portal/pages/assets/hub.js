// Pages work without this. With it: the design system's own behaviour, and a line that says when there is something new.
const { govuk } = document.querySelector('script[data-govuk]').dataset;
const { initAll } = await import(govuk);
initAll();

const place = document.querySelector('[data-changes]');
if (place) {
  const changes = new window.EventSource(place.dataset.changes);
  changes.addEventListener('changed', () => {
    const link = document.createElement('a');
    link.className = 'govuk-link';
    link.href = window.location.href;
    link.textContent = 'Something has changed. Show it';
    place.replaceChildren(link);
  });
}
