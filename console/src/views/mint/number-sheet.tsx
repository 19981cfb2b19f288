import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { api, type Member, read } from '../../api/index.js';
import { Button, CopyButton, Notice, ProblemNotice, QrCode, useAction, useLoad } from '../../design/parts/index.js';
import { clockOf, useFormats, useMessages } from '../../i18n/index.js';
import { groupsOf } from './permission-number.js';
import { ReadBackCheck } from './read-back-check.js';
import { useServerSeconds } from './use-seconds.js';
import { minutesOf, useShownFor } from './use-shown-for.js';

export interface MintedNumber {
  readonly number: string;
  /** Unix seconds. */
  readonly expiresAt: number;
}

interface NumberSheetProps {
  readonly member: Member;
  readonly minted: MintedNumber;
  readonly busy: boolean;
  readonly onHide: () => void;
  readonly onNext: () => void;
}

/** A number to read across a desk, and what one does with it at the telephone. */
export function NumberSheet({
  member,
  minted: { number, expiresAt },
  busy,
  onHide,
  onNext,
}: NumberSheetProps): JSX.Element {
  const { mint } = useMessages();
  const heading = useRef<HTMLHeadingElement>(null);
  const [isRevoked, setRevoked] = useState(false);
  const { left, prolong } = useShownFor(onHide);
  const revoke = useAction(async () => {
    await read(api.POST('/admin/v1/permission-numbers/revocations', { body: { number } }));
    setRevoked(true);
  });
  useEffect(() => heading.current?.focus(), []);
  const groups = groupsOf(number);
  return (
    <div class="stack">
      <section class={`card number-card ${isRevoked ? 'number-revoked' : ''}`}>
        <h2 class="number-title" ref={heading} tabIndex={-1} aria-label={spoken(mint.yourNumber, groups)}>
          {mint.yourNumber}
        </h2>
        <p class="number digits" aria-hidden="true" data-testid="number">
          {groups.map((group, place) => (
            <span key={place}>{group}</span>
          ))}
        </p>
        <Spelling groups={groups} />
        <Validity expiresAt={expiresAt} />
        <div class="buttons number-actions">
          <Button kind="primary" icon="number" busy={busy} onClick={onNext}>
            {mint.next}
          </Button>
          <CopyButton text={number} />
          {!isRevoked && (
            <Button kind="danger" busy={revoke.busy} onClick={() => void revoke.run()}>
              {mint.revoke}
            </Button>
          )}
        </div>
        <div role="status">
          {isRevoked && (
            <Notice kind="warning" title={mint.revoked}>
              {mint.revokedText}
            </Notice>
          )}
        </div>
        <ProblemNotice problem={revoke.problem} />
        <p class="number-hides soft small">
          <span class="numeric">{mint.hides(minutesOf(left))}</span>
          <Button kind="quiet" size="small" onClick={prolong}>
            {mint.keep}
          </Button>
        </p>
      </section>
      <div class="number-checks">
        <ReadBackCheck number={number} />
        <Scan member={member} number={number} />
      </div>
    </div>
  );
}

/** As a screen reader should say it: digit by digit, a pause between groups. */
const spoken = (title: string, groups: readonly string[]): string =>
  `${title}: ${groups.map((group) => [...group].join(' ')).join(', ')}`;

function Spelling({ groups }: { readonly groups: readonly string[] }): JSX.Element {
  const { mint } = useMessages();
  return (
    <div class="spelling">
      <p class="soft small">{mint.readOut}</p>
      <ol>
        {groups.map((group, place) => (
          <li key={place}>{[...group].map((digit) => mint.digits[Number(digit)]).join(' · ')}</li>
        ))}
      </ol>
    </div>
  );
}

function Validity({ expiresAt }: { readonly expiresAt: number }): JSX.Element {
  const { mint } = useMessages();
  const { when } = useFormats();
  const now = useServerSeconds();
  return (
    <p class="validity">
      <span class="soft">{mint.valid}</span> <span class="digits validity-clock">{clockOf(expiresAt - now)}</span>{' '}
      <span class="soft">{mint.until(when(expiresAt))}</span>
    </p>
  );
}

/** The number for a phone's camera: in the app's link where the authority has one, which keeps it behind `#`, away from servers. */
function Scan({ member, number }: { readonly member: Member; readonly number: string }): JSX.Element {
  const { qr } = useMessages().mint;
  const authorityId = member.authorityId ?? '';
  const path = '/admin/v1/authorities/{authorityId}';
  const { data } = useLoad(() => read(api.GET(path, { params: { path: { authorityId } } })), authorityId);
  return (
    <section class="card stack-tight">
      <h2>{qr.title}</h2>
      <p class="soft small">{qr.text}</p>
      <div class="scan">
        {data && <QrCode text={data.appLink === null ? number : `${data.appLink}#${number}`} label={qr.label} />}
      </div>
    </section>
  );
}
