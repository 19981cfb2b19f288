import { parentPort } from 'node:worker_threads';
import { Regions } from '../../regions/index.js';
import { answerPreview } from './preview-answer.js';
import { answerVolumes } from './volumes-answer.js';
import type { Question } from './volumes-thread.js';

const port = parentPort!;
const regions = new Regions();

/** Each message is a question and gets one answer: the document as JSON, whose bytes change hands. */
port.on('message', (question: Question) => {
  const json = new TextEncoder().encode(JSON.stringify(answer(question)));
  port.postMessage(json, [json.buffer]);
});

function answer(question: Question) {
  return question.kind === 'volumes' ? answerVolumes(question, regions) : answerPreview(question, regions);
}
