// Contestant: node-x12, which only parses: it checks no syntax, makes no order of it and no acknowledgement.
import { X12Parser } from 'node-x12';
import { answerQuestions } from '../../contestant.mjs';
import { interchangeOf, singleOrder } from './interchanges.mjs';

const MB = 2 ** 20;
let documents = [];

const sizeOf = (all) => all.reduce((total, { length }) => total + length, 0);

/** Parses all of it, and touches every set, so that nothing is put off. */
function readAll() {
  let sets = 0;
  for (const bytes of documents) {
    const interchange = new X12Parser(true).parse(bytes.toString());
    for (const { transactions } of interchange.functionalGroups)
      for (const { segments } of transactions) if (segments.length > 0) sets += 1;
  }
  return sets;
}

answerQuestions({
  start: () => ({}),
  large: ({ megabytes }) => {
    documents = [Buffer.concat([...interchangeOf(megabytes * MB)])];
    return { bytes: documents[0].length };
  },
  single: ({ count }) => {
    documents = Array.from({ length: count }, (_, index) => singleOrder(index));
    return { bytes: documents[0].length };
  },
  run: () => ({ units: readAll(), bytes: sizeOf(documents) }),
  stop: () => void setTimeout(() => process.exit(0), 50),
});
