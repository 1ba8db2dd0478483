// Pages work without this. With it: the design system's own behaviour, and a timeline that brings itself up to date.
const { govuk } = document.querySelector('script[data-govuk]').dataset;
const { initAll } = await import(govuk);
initAll();

const place = document.querySelector('[data-changes]');
if (place) follow(place);

const badge = document.querySelector('[data-inbox]');
if (badge) keepCounting(badge);

/** Keeps the badge at how many notices wait. Only while the page is in sight: a browser keeps few streams open to one address. */
function keepCounting(counter) {
  let counts;
  const watch = () => {
    counts?.close();
    if (document.visibilityState === 'hidden') return;
    counts = new window.EventSource(counter.dataset.inbox);
    counts.addEventListener('count', ({ data }) => {
      counter.querySelector('[data-waiting]').textContent = data;
      counter.hidden = data === '0';
    });
  };
  document.addEventListener('visibilitychange', watch);
  watch();
}

/** Reads the page again, through disclosure, whenever the server says that something changed: one reading at a time. */
function follow(status) {
  const added = new Set();
  let reading = false;
  let missed = false;
  const changes = new window.EventSource(status.dataset.changes);
  changes.addEventListener('changed', async () => {
    missed = true;
    if (reading) return;
    reading = true;
    try {
      while (missed) {
        missed = false;
        await bringUpToDate(status, added);
      }
    } catch {
      // Signed out, or the hub is away: the reader decides when to look again.
      say(status, '', 'Something has changed. Show it', window.location.href);
      changes.close();
    } finally {
      reading = false;
    }
  });
}

async function bringUpToDate(status, added) {
  const response = await window.fetch(status.dataset.again, { headers: { accept: 'text/html' } });
  if (!response.ok || response.redirected) throw new Error('not shown');
  const page = new window.DOMParser().parseFromString(await response.text(), 'text/html');
  const anchor = anchorOf();
  const focus = document.activeElement;
  const before = new Set([...document.querySelectorAll('.hub-entry')].map(({ id }) => id));
  let changed = false;
  for (const now of page.querySelectorAll('[data-live]')) {
    const old = document.querySelector(`[data-live="${now.dataset.live}"]`);
    if (old && put(now, old)) changed = true;
  }
  const here = [...document.querySelectorAll('.hub-entry')].map(({ id }) => id).filter((id) => !before.has(id));
  for (const id of here) added.add(id);
  announce(status, added, changed);
  refocus(focus);
  anchor();
}

/** Puts a region in the place of its older self. Entries that are as they were stay the elements they are. True if any is not. */
function put(now, old) {
  if (now.dataset.live !== 'entries') {
    if (said(now) === said(old)) return false;
    keepOpen(now, old);
    old.replaceWith(now);
    return true;
  }
  let changed = false;
  for (const entry of now.querySelectorAll('.hub-entry')) {
    const same = document.getElementById(entry.id);
    if (same && said(same) === said(entry)) entry.replaceWith(same);
    else {
      changed = true;
      if (same) keepOpen(entry, same);
    }
  }
  changed ||= old.querySelector('.hub-entry') !== null;
  old.replaceWith(now);
  return changed;
}

// What somebody has opened is theirs, and says nothing new.
function said(element) {
  return element.outerHTML.replaceAll(' open=""', '');
}

function keepOpen(now, old) {
  const details = now.querySelectorAll('details');
  old.querySelectorAll('details').forEach(({ open }, index) => {
    if (open && details[index]) details[index].open = true;
  });
}

/** Remembers what stands at the top of the window; called, puts it back there. */
function anchorOf() {
  const marks = '[data-live="header"], [data-live="lanes"], .hub-entry';
  const top = [...document.querySelectorAll(marks)].find((mark) => mark.getBoundingClientRect().bottom > 0);
  if (!top || window.scrollY === 0) return () => undefined;
  const selector = top.id ? `#${window.CSS.escape(top.id)}` : `[data-live="${top.dataset.live}"]`;
  const was = top.getBoundingClientRect().top;
  return () => {
    const now = document.querySelector(selector);
    if (now) window.scrollBy({ top: now.getBoundingClientRect().top - was, behavior: 'instant' });
  };
}

/** Focus that was on what is no longer there goes to what stands in its place: the same words in the same entry or region. */
function refocus(focus) {
  if (focus === document.activeElement || focus === document.body || focus === null) return;
  if (focus.isConnected) {
    focus.focus({ preventScroll: true });
    return;
  }
  const entry = focus.closest('.hub-entry');
  const region = focus.closest('[data-live]');
  const within = entry
    ? document.getElementById(entry.id)
    : document.querySelector(`[data-live="${region?.dataset.live}"]`);
  const twins = [...(within?.querySelectorAll(focus.tagName) ?? [])];
  // An entry that was struck says "What it said" where it said "Where this comes from".
  const twin = twins.find((one) => wordsOf(one) === wordsOf(focus)) ?? (entry ? twins[0] : undefined);
  twin?.focus({ preventScroll: true });
}

function wordsOf(element) {
  return element.getAttribute('aria-label') ?? element.textContent.trim();
}

function announce(status, added, changed) {
  const [first] = [...document.querySelectorAll('.hub-entry')].filter(({ id }) => added.has(id));
  if (first) {
    const count = `${added.size} new ${added.size === 1 ? 'entry' : 'entries'}. `;
    say(status, count, 'Go to the newest of them', `#${first.id}`);
  } else if (status.dataset.newest) {
    say(status, 'Something has changed that is not on this page. ', 'Show the newest entries', status.dataset.newest);
  } else if (changed) {
    say(status, 'This page was brought up to date.');
  }
}

function say(status, text, linkText, href) {
  status.replaceChildren(text);
  if (linkText === undefined) return;
  const link = document.createElement('a');
  link.className = 'govuk-link';
  link.href = href;
  link.textContent = linkText;
  status.append(link);
}
