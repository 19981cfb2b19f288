import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Abandoned, Problem } from '../../api/index.js';
import { useFormats, useMessages } from '../../i18n/index.js';
import { Icon, type IconName } from './icon.js';

type NoticeKind = 'info' | 'danger' | 'warning' | 'success';

const ICONS: Readonly<Record<NoticeKind, IconName>> = {
  info: 'info',
  danger: 'alert',
  warning: 'alert',
  success: 'check',
};

interface NoticeProps {
  readonly kind?: NoticeKind;
  readonly title?: ComponentChildren;
  readonly children?: ComponentChildren;
}

export function Notice({ kind = 'info', title, children }: NoticeProps): JSX.Element {
  return (
    <div class={`notice notice-${kind}`}>
      <Icon name={ICONS[kind]} />
      <div class="notice-body">
        {title && <p class="notice-title">{title}</p>}
        {children}
      </div>
    </div>
  );
}

interface ProblemNoticeProps {
  /** What was thrown; nothing is shown for undefined. */
  readonly problem: unknown;
  /** What follows: a button, for instance. */
  readonly children?: ComponentChildren;
}

/** Says what went wrong and what to do about it, takes the focus, and is read out. */
export function ProblemNotice({ problem, children }: ProblemNoticeProps): JSX.Element | null {
  const place = useRef<HTMLDivElement>(null);
  const text = useProblemText(problem);
  useEffect(() => {
    if (text !== undefined) place.current?.focus();
  }, [problem]);
  if (text === undefined) return null;
  return (
    <div ref={place} role="alert" tabIndex={-1}>
      <Notice kind="danger" title={text.title}>
        <p>{text.remedy}</p>
        {children}
      </Notice>
    </div>
  );
}

/** A problem in the reader's language: what is wrong, and the way out. */
function useProblemText(problem: unknown): { readonly title: string; readonly remedy: string } | undefined {
  const { problems } = useMessages();
  const formats = useFormats();
  if (problem === undefined || problem instanceof Abandoned) return undefined;
  if (!(problem instanceof Problem)) return problems.unexpected;
  const { code, details } = problem;
  if (code === 'sign-in-delayed' || code === 'quota-exceeded')
    return problems.later[code](formats.duration(details.retryAfter ?? 60));
  const known: Readonly<Record<string, { readonly title: string; readonly remedy: string }>> = problems.byCode;
  if (Object.hasOwn(known, code)) return known[code];
  const told = [details.detail, ...(details.errors ?? []).map(({ pointer, detail }) => `${pointer}: ${detail}`)];
  return { title: problems.unexpected.title, remedy: told.filter(Boolean).join(' ') || problems.unexpected.remedy };
}
