import { tokenFrom } from '../../libs/testing/hub/process.js';

/** Publishes one message about each record, in batches. Resolves once every one is acknowledged. */
export async function publishAll(url: string, records: readonly string[], each: number): Promise<number> {
  const token = await tokenFrom(url, 'police');
  const messages = records.flatMap((record) => Array.from({ length: each }, (_, nth) => messageOf(record, nth)));
  for (let at = 0; at < messages.length; at += 200) await publish(url, token, messages.slice(at, at + 200));
  return messages.length;
}

/** Goes on publishing about records of its own until `over`; resolves to how many were acknowledged. */
export async function publishOn(url: string, load: { over: boolean }): Promise<number> {
  const token = await tokenFrom(url, 'police');
  let count = 0;
  while (!load.over) {
    await publish(
      url,
      token,
      Array.from({ length: 20 }, (_, nth) => messageOf(`nominal-load-${nth}`, count + nth)),
    );
    count += 20;
  }
  return count;
}

async function publish(url: string, token: string, messages: readonly object[]): Promise<void> {
  const response = await fetch(`${url}/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/cloudevents-batch+json' },
    body: JSON.stringify(messages),
  });
  if (response.status !== 202) throw new Error(`publishing answered ${response.status}: ${await response.text()}`);
  await response.arrayBuffer();
}

function messageOf(record: string, nth: number): object {
  const reference = `${record}-${nth}`;
  return {
    specversion: '1.0',
    id: reference,
    source: 'police',
    type: 'hub.police.v1.MissingReported',
    subject: record,
    time: new Date(Date.UTC(2026, 0, 1 + (nth % 300), 20)).toISOString(),
    datacontenttype: 'application/json',
    data: { reportReference: reference, risk: 'RISK_GRADE_LOW' },
  };
}
