export { bytesOfAddress } from './address.js';
export { installAdmission } from './admission.js';
export { accessLog, type AnsweredRequest, installAnswerObservers } from './access-log.js';
export { installBodyParsers } from './body-parsers.js';
export { DomainError, type DomainErrorOptions, type InputFault } from './domain-error.js';
export { type EarlyAnswer, installEarlyAnswers } from './early-answers.js';
export { EQUAL_ANSWER_BYTES, installEqualAnswers } from './equal-answer.js';
export { type ByteRange, parseRange } from './byte-range.js';
export { allowsRange, isNotModified } from './conditional.js';
export { isFromUnknownProxy, isInternalAddress } from './internal-address.js';
export { preferredMediaType } from './media-type.js';
export { networkOf } from './network.js';
export { PlatformError, type PlatformErrorCode } from './platform-errors.js';
export {
  PROBLEM_MEDIA_TYPE,
  problemDocument,
  type ProblemDefinition,
  type ProblemDocument,
  type ProblemTable,
} from './problem.js';
export { ProblemFilter } from './problem.filter.js';
export { documentHeaders, JSON_MEDIA_TYPE, sendDocument, type SignedDocument } from './send-document.js';
export { isReadable, line, READABLE } from './text.js';
export { faultsOf, invalidInput } from './zod-problem.js';
export { installPagePolicy } from './page-policy.js';
export { installPublicCors } from './public-cors.js';
export { installUploadBudget } from './upload-budget.js';
export { installUploadPace } from './upload-pace.js';
