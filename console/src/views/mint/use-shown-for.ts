import { useEffect, useRef, useState } from 'preact/hooks';

/** What is on a screen at a front desk is seen by the next person: so long it stays, unless somebody asks for longer. */
const SHOWN_SECONDS = 120;

/**
 * Counts down, and calls `onEnd` once when the time is over or the page is left. By the time of day: a timer of a tab in the
 * background may sleep.
 */
export function useShownFor(onEnd: () => void): { readonly left: number; readonly prolong: () => void } {
  const deadline = useRef(Date.now() + SHOWN_SECONDS * 1000);
  const [left, setLeft] = useState(SHOWN_SECONDS);
  useEffect(() => {
    const look = (): void => {
      const seconds = Math.ceil((deadline.current - Date.now()) / 1000);
      if (seconds <= 0) onEnd();
      else setLeft(seconds);
    };
    const timer = setInterval(look, 500);
    document.addEventListener('visibilitychange', look);
    addEventListener('pagehide', onEnd);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
      removeEventListener('pagehide', onEnd);
    };
  }, []);
  const prolong = (): void => {
    deadline.current = Date.now() + SHOWN_SECONDS * 1000;
    setLeft(SHOWN_SECONDS);
  };
  return { left, prolong };
}

/** "1:45". */
export function minutesOf(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
