/** What happened, what was not lost, what to do next. */
export interface ErrorPage {
  readonly title: string;
  readonly happened: string;
  readonly kept: string;
  readonly next: string;
  readonly link: { readonly href: string; readonly text: string };
}

const toStart = { href: '/', text: 'Go to your first page' };

export const errorPages: Readonly<Record<number, ErrorPage>> & { readonly 500: ErrorPage } = {
  400: {
    title: 'The hub could not read that address',
    happened: 'Something in the address or the form is not what this page takes.',
    kept: 'Nothing was changed.',
    next: 'Go back and try again, or start from your first page.',
    link: toStart,
  },
  403: {
    title: 'You cannot open this',
    happened: 'You are signed in, but your role does not open this page.',
    kept: 'Nothing was changed.',
    next: 'If you need it for your work, ask your manager or your information governance lead.',
    link: toStart,
  },
  404: {
    title: 'Page not found',
    happened: 'There is no such page, or it is about a child who is not yours to see. The hub does not say which.',
    kept: 'Nothing was changed.',
    next: 'Check the address. If a child should be yours, ask for the case to be allocated to you.',
    link: toStart,
  },
  429: {
    title: 'Too many sign-ins',
    happened: 'So many sign-ins came from your network in a minute that the hub takes no more just now.',
    kept: 'Nobody who is signed in is signed out.',
    next: 'Try again in a minute.',
    link: toStart,
  },
  500: {
    title: 'Sorry, there is a problem with the hub',
    happened: 'The hub could not show this page.',
    kept: 'Nothing that agencies have sent was lost.',
    next: 'Try again later. If it stays, report it with the number below.',
    link: toStart,
  },
  503: {
    title: 'Sorry, the hub cannot show this just now',
    happened: 'The hub writes down every look at a child before it shows anything, and just now it cannot.',
    kept: 'Nothing that agencies have sent was lost.',
    next: 'Try again in a minute. If it is urgent, telephone the duty team.',
    link: toStart,
  },
};

export const signInFailed: ErrorPage = {
  title: 'You could not be signed in',
  happened: 'The sign-in took too long, or was begun in another window.',
  kept: 'Nothing was lost.',
  next: 'Sign in again.',
  link: { href: '/sign-in', text: 'Sign in' },
};
