import { useEffect, useState } from 'preact/hooks';
import { serverNow } from '../../api/index.js';

/** The server's clock in Unix seconds, every second anew. */
export function useServerSeconds(): number {
  const [now, setNow] = useState(serverNow());
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
