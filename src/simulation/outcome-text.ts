import type { Outcome, Percentiles } from './outcome.js';

/** The outcome as lines for people. */
export function outcomeText(outcome: Outcome): string[] {
  const { contacts, uploads, servers, published, syncs, perPhoneAndDay, ratioToPath } = outcome;
  const row = (name: string, of: Percentiles, show: (value: number) => string) =>
    `  ${name.padEnd(34)}${[of.p10, of.p50, of.p90, of.p99, of.max].map((value) => show(value).padStart(11)).join('')}`;
  const kilobytes = (value: number) => `${(value / 1000).toFixed(1)} kB`;
  const count = (value: number) => value.toFixed(1);
  const ratio = (value: number) => value.toFixed(3);
  return [
    `${outcome.ok ? 'Right' : 'WRONG'}: ${whole(contacts.found)} of ${whole(contacts.due)} numbers that phones had to find were found, ${whole(contacts.missed)} missed;`,
    `  ${whole(contacts.wrong)} wrong matches (${contacts.expectedFalse.toExponential(1)} expected by chance); none of ${whole(contacts.rebroadcast)} rebroadcast numbers may match`,
    '',
    `  Reports     ${whole(uploads.accepted)} accepted, ${whole(uploads.refused)} refused (number expired), ${whole(uploads.refusedWrongly)} wrongly, ${whole(uploads.resent)} sent again after a crash, ${whole(uploads.chaff)} chaff`,
    `  Published   ${whole(published.batches)} batches in ${whole(published.regions)} regions`,
    `  Servers     ${servers.running}, killed ${servers.kills} times`,
    `  Syncs       ${whole(syncs.completed)} completed, ${whole(syncs.interrupted)} cut short and continued`,
    '',
    `  ${'A phone, in a day'.padEnd(34)}${['10 %', '50 %', '90 %', '99 %', 'max'].map((name) => name.padStart(11)).join('')}`,
    row('batches and bundles', perPhoneAndDay.batchBytes, kilobytes),
    row('indexes, keys, settings', perPhoneAndDay.indexBytes, kilobytes),
    row('requests', perPhoneAndDay.requests, count),
    row('of these answered 304', perPhoneAndDay.unchanged, count),
    row('batches against 5.3 B a CEN on path', ratioToPath, ratio),
  ];
}

const whole = (value: number) => value.toLocaleString('en');
