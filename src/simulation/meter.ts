import type { Fetch } from 'cen-client';

export type Traffic = 'service' | 'index' | 'batch' | 'bundle' | 'upload';

/** What one phone has moved. Bytes are those of bodies. */
export interface PhoneTraffic {
  requests: number;
  /** Answers 304: nothing new. */
  unchanged: number;
  readonly bytes: Record<Traffic, number>;
}

export function noTraffic(): PhoneTraffic {
  return { requests: 0, unchanged: 0, bytes: { service: 0, index: 0, batch: 0, bundle: 0, upload: 0 } };
}

/** `fetch` that writes down what it moves. A download that breaks off counts whole. */
export function metered(traffic: PhoneTraffic): Fetch {
  return async (url, init) => {
    traffic.requests++;
    const response = await fetch(url, init);
    if (response.status === 304) traffic.unchanged++;
    const bytes = Number(response.headers.get('content-length') ?? 0);
    traffic.bytes[kindOf(url, init.method)] += response.status === 304 ? 0 : bytes;
    return response;
  };
}

function kindOf(url: string, method: string | undefined): Traffic {
  if (method === 'POST') return 'upload';
  if (url.includes('/batches/')) return 'batch';
  if (url.includes('/days/')) return 'bundle';
  return url.includes('/v1/regions/') ? 'index' : 'service';
}
