// Runs every audit of graphql-http against the address given and prints one line an
// audit that is not ok, then the count as JSON. The exit code tells nothing: the test
// that started it reads the count.
import { auditServer } from 'graphql-http'

const results = await auditServer({ url: process.argv[2] })
const count = { ok: 0, notice: 0, warn: 0, error: 0 }
for (const result of results) {
  count[result.status]++
  if (result.status !== 'ok') {
    console.log(`${result.status} ${result.id} ${result.name}: ${result.reason}`)
  }
}
console.log(JSON.stringify({ total: results.length, ...count }))
