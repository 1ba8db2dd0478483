/** The guides, in the order in which they are offered: name in the address → title. */
export const guides = {
  start: 'How to start',
  publishing: 'Publishing',
  formats: 'Your own format',
  receipts: 'Receipts and errors',
  withdrawals: 'Withdrawals and corrections',
  doors: 'Doors',
  sandbox: 'Trying it out',
  webhooks: 'Being told',
} as const;

export type Guide = keyof typeof guides;

export function isGuide(name: string): name is Guide {
  return Object.hasOwn(guides, name);
}
