// Text of the page that no figure changes.

export const RULES = `## What gives the speed

1. **Work is taken in batches.** Whatever waits, up to some hundred messages, is one transaction: one commit, one round trip per statement, one wake-up. The row \`stage\` shows what batches of 1, 50, 200 and 500 give.
2. **One statement for many rows.** Stores hand whole columns to PostgreSQL as binary arrays; nothing is inserted row by row and no text is parsed twice.
3. **Bodies are bytes.** An event is Avro in a \`bytea\` beside the few columns that are searched. Whoever only passes it on does not read it.
4. **Reading a part costs a part.** A reader that needs three fields of an order decodes three fields.
5. **The outbox is read once and emptied.** Rows go after the acknowledgement; there is no table of what was sent.
6. **Few indexes, none on what changes.** A status that moves is not indexed, and rows that are updated find room in their page, so that an update writes no index entry.
7. **Safety is not traded.** Every figure of Railhead here, but for the one contestant that shows what it would bring, is with \`synchronous_commit = on\`, the inbox, the outbox, the ledger's guard and provenance in place.

## What is missing, and why

- **Against the bare SQL (P3, P4) and the baseline on Kafka (P1).** Half of an order's time in Node, embedded, is Avro 18 %, writing to sockets 13 %, collecting garbage 9 %, reading and mapping the 850 6 % and hashing the content 4 %; the rest is spread thin. On Kafka one process is bound by its one thread; P1 was 9.6 and 10.6 while a reader took four partitions at a time, 11.2 to 11.3 once it took all that a fetch brought, and 9.2 and 9.8 in later, slow hours of the machine. What touches every record (headers packed, keys placed, check sums, records read whole that nobody wants) took a sixth of a process's time on Kafka by its profile; it takes about a third of that since, and P1 was 10.2 and 10.1 in the two runs that followed. The rest is spread as thin as on the embedded bus. P4 asks for about what the bare statements cost PostgreSQL alone.
- **Two workers (P12).** An order through one worker costs 18 % less than it did this morning, through two only 5 %: 1.24 and 1.23 in two runs, 1.1 before. Two workers fetch and relay twice, in smaller batches; which of that it is has not been profiled yet.
- **The log (P13).** About forty rows and forty-five index entries an order; half of the log are the nine events themselves.
- **Growth (P8)** is met since checkpoints are rare. At a million stored PostgreSQL once took three times as much for an order as at ten thousand, and wrote 91 KB of log instead of 13: order ids and stream ids are hashes, their index entries go to random leaves, and after a checkpoint each page that is touched goes into the log whole. With checkpoints every fifteen minutes or 16 GB of log, as in \`deploy/compose.yaml\`, that comes seldom: the windows that were metered saw none of it. What it still costs is in the whole run: a million orders in 1,115 s, 897 a second, against 910 to 1,047 a second in the windows. Closed months that leave keep indexes small.
- **X12 (P5a, b, d, e).** The goals set bytes to a checked canonical order, with the place of every field, against readers that only parse or only check. Reading and checking alone is a fifth of that time; like for like it takes a tenth of node-x12's time, less than half of StAEDI's without a schema and a thirty-sixth of StAEDI's with one. Both peers run three times as fast here as when the goals were set. No mapping could reach these floors: an order that cost nothing to make would, read, checked and written as JSON, take nearly half of what it takes now (\`railhead-limit\`); in the last two runs node-x12 took four and six times that, StAEDI 0.9 and 1.3 times without a schema, 16 and 25 times with one.`;

export const HOW = `## How to repeat it

\`\`\`
npm run bench                                        # all rows, about a quarter of an hour on a quiet machine
npm run bench -- --everything --json FILE            # the long rows at full length too: hours
npm run bench -- x12 intake                          # some rows
npm run bench -- growth --stored 1000000 --json FILE # a row into the same file; the other rows stay
npm run bench -- --help
node tools/bench/page.mjs FILE                       # this page and its pictures
\`\`\`

Contestants take turns in every round and each runs alone. Figures are medians of the rounds. CPU is counted in \`/proc\`: of the contestant's processes, of PostgreSQL with all its backends, of Kafka's JVM; the traffic's own is in none of them. The bench also counts what all other processes of the machine took meanwhile. A round in which they took more than a fifth of a core is run again, and when that does not help the row says so. Trust ratios and CPU; rates belong to the machine.

The baseline in \`tools/bench/baseline\` is the same five stages as they are usually written: Nest's Kafka transport, a TypeORM entity found and saved per message, JSON. It keeps no raw document, answers no 997, and may lose or double on a crash. "Its SQL alone" is the list of statements that Railhead really ran for some thousand orders, with their parameters, replayed from a bare loop on a copy of the same database: no events are read, nothing is decided, nothing is sent.`;
