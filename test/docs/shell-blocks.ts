import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** The contents of the blocks of a Markdown text that are fenced with exactly ```<info>. */
export function blocksOf(markdown: string, info: string): string[] {
  return [...markdown.matchAll(/^```(.*)\n([^]*?)^```$/gm)]
    .filter(([, found]) => found === info)
    .map(([, , text]) => text!);
}

/** A folder to run shell blocks in, as a reader would paste them: an error of any command, or of HTTP, fails the block. */
export class Shell {
  readonly folder = mkdtempSync(join(tmpdir(), 'cen-docs-'));

  constructor(private readonly environment: Readonly<Record<string, string>>) {
    writeFileSync(join(this.folder, '.curlrc'), 'fail-with-body\nsilent\nshow-error\n');
  }

  /** @returns what the block printed @throws with what it said when it failed */
  async run(block: string): Promise<string> {
    const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', block], {
      cwd: this.folder,
      env: { PATH: process.env['PATH'], HOME: this.folder, CURL_HOME: this.folder, ...this.environment },
      timeout: 30_000,
    });
    return stdout;
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
