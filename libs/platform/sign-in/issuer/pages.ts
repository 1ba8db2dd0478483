import { demoPeople } from './demo.js';

/** Plain pages of the development issuer: no script, nothing from elsewhere; every value that comes from outside is escaped. */
export function signInPage(action: string): string {
  const choices = demoPeople.map(
    ({ username, name, post }) => `
      <li>
        <button type="submit" name="username" value="${escaped(username)}">${escaped(name)}</button>
        <span>${escaped(post)} (<code>${escaped(username)}</code>)</span>
      </li>`,
  );
  return page(
    'Sign in to the demonstration',
    `<p>Everybody here is made up, and there are no passwords. Choose who you want to be.</p>
    <form method="post" action="${escaped(action)}">
      <ul>${choices.join('')}
      </ul>
    </form>`,
  );
}

/** `form` is the provider's own, with its protection against forged requests. */
export function logoutPage(form: string): string {
  return page(
    'Do you want to sign out?',
    `${form}
    <button type="submit" form="op.logoutForm" name="logout" value="yes">Sign out</button>
    <button type="submit" form="op.logoutForm" class="secondary">Stay signed in</button>`,
  );
}

export function loggedOutPage(): string {
  return page('You have signed out', '<p><a href="/">Back to the start page</a></p>');
}

export function errorPage(detail: string): string {
  return page(
    'You could not be signed in',
    `<p>${escaped(detail)}</p>
    <p>Nothing was lost. <a href="/">Go back to the start page</a> and sign in again.</p>`,
  );
}

const STYLE = `
  body { margin: 0; font: 1.1875rem/1.4 Arial, sans-serif; color: #0b0c0c; background: #fff; }
  header { background: #1d70b8; color: #fff; font-weight: 700; padding: 0.9rem 1rem; }
  main { max-width: 40rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
  h1 { font-size: 2rem; line-height: 1.1; }
  ul { list-style: none; padding: 0; }
  li { margin: 0 0 1.25rem; }
  li span { display: block; color: #484949; margin-top: 0.25rem; }
  button { font: inherit; color: #fff; background: #0f7a52; border: 2px solid transparent; padding: 0.45rem 0.8rem;
    box-shadow: 0 2px 0 #06301f; cursor: pointer; min-width: 12rem; text-align: left; }
  button:hover { background: #0b5c3e; }
  button.secondary { color: #0b0c0c; background: #f3f3f3; box-shadow: 0 2px 0 #858686; }
  button:focus-visible, a:focus-visible { outline: 3px solid #ffdd00; background: #ffdd00; color: #0b0c0c;
    box-shadow: 0 3px 0 #0b0c0c; }
  a { color: #1a65a6; }`;

function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${escaped(title)} - Youth Justice Hub</title>
    <style>${STYLE}</style>
  </head>
  <body>
    <header>Youth Justice Hub: development sign-in</header>
    <main>
      <h1>${escaped(title)}</h1>
      ${content}
    </main>
  </body>
</html>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
