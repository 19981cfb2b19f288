import { arch, cpus, loadavg, platform, release, totalmem } from 'node:os';

/** What the figures were measured on. */
export function machine() {
  return {
    processors: `${cpus().length} × ${cpus()[0].model}`,
    memoryBytes: totalmem(),
    system: `${platform()} ${arch()} ${release()}`,
    node: process.version,
    openssl: process.versions.openssl,
    // Of the last 15 minutes: what else the machine did beside the benchmarks shows in it.
    load: loadavg()[2],
    measuredAt: new Date().toISOString(),
  };
}
