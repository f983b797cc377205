// Runs every audit of graphql-http against a server: node audit.mjs http://127.0.0.1:8080
//
// Nothing less than «ok» passes, whether the audit says MUST, SHOULD or MAY.

import { serverAudits } from 'graphql-http';

const AUDITS = 61;
const base = process.argv[2];

// A release may still be loading.
for (const end = Date.now() + 60_000; (await fetch(`${base}/readyz`)).status !== 200; ) {
  if (Date.now() > end) throw new Error('the server does not become ready');
  await new Promise((resolve) => setTimeout(resolve, 100));
}

const audits = serverAudits({ url: `${base}/graphql`, fetchFn: fetch });
let passed = 0;
for (const audit of audits) {
  const result = await audit.fn();
  if (result.status === 'ok') {
    passed += 1;
  } else {
    console.log(`${result.status} ${audit.id} ${audit.name}\n    ${result.reason}`);
  }
}
console.log(`${passed} of ${audits.length} audits of graphql-http pass`);
process.exit(passed === AUDITS && audits.length === AUDITS ? 0 : 1);
