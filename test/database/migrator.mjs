// A process that migrates: node migrator.mjs URL OWNER_URL. Prints the names that it has applied as JSON.
import { migrate } from '../../dist/platform/database/schema/index.js';

const [url, ownerUrl] = process.argv.slice(2);
console.log(JSON.stringify(await migrate({ url, ownerUrl })));
