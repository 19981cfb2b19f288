/** `fetch` that counts the bytes of the bodies that it sends and receives, as they are on the wire. */
export function countingFetch() {
  const moved = { requests: 0, up: 0, down: 0 };
  const counting = async (url, init) => {
    moved.requests += 1;
    moved.up += init?.body?.byteLength ?? 0;
    const response = await fetch(url, init);
    moved.down += Number(response.headers.get('content-length') ?? 0);
    return response;
  };
  return { fetch: counting, moved };
}

/** Runs `work` and says how many seconds it took. */
export async function timed(work) {
  const begun = performance.now();
  const result = await work();
  return { result, seconds: (performance.now() - begun) / 1000 };
}
