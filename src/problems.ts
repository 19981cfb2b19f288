import type { CensErrorCode } from './cens/index.js';
import type { PermissionsErrorCode } from './permissions/index.js';
import type { PlatformErrorCode, ProblemTable } from './platform/http/index.js';
import type { RegionsErrorCode } from './regions/index.js';
import type { StaffErrorCode } from './staff/index.js';

type ErrorCode = PlatformErrorCode | RegionsErrorCode | PermissionsErrorCode | CensErrorCode | StaffErrorCode;

/** The one table of problems: what each error code of each module is on the wire. A code that is missing does not compile. */
export const PROBLEMS: ProblemTable<ErrorCode> = {
  'malformed-request': {
    status: 400,
    title: 'Malformed request',
    detail: 'The request is not well-formed.',
    remedy: 'Check the URL and the headers, and that a JSON body is well-formed.',
  },
  'invalid-input': {
    status: 422,
    title: 'Invalid input',
    detail: 'The body or a parameter breaks a rule of the interface.',
    remedy: 'Change what `errors` names.',
  },
  'not-found': {
    status: 404,
    title: 'Not found',
    detail: 'There is nothing at this URL.',
    remedy: 'Look at /docs for what there is.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'Method not allowed',
    detail: 'This URL does not take this method.',
    remedy: 'Look at /docs for the method.',
  },
  'not-acceptable': {
    status: 406,
    title: 'Not acceptable',
    detail: 'The answer does not come in a media type that the Accept header allows.',
    remedy: 'Ask for one of those that `detail` names, or leave Accept out.',
  },
  'unsupported-media-type': {
    status: 415,
    title: 'Unsupported media type',
    detail: 'This URL does not take a body of this Content-Type.',
    remedy:
      'For reports send application/vnd.cen.report or application/json, for upload tokens application/private-token-request, without Content-Encoding.',
  },
  'payload-too-large': {
    status: 413,
    title: 'Body too large',
    detail: 'The body is larger than any valid one.',
    remedy: 'Send less: GET /v1 says how many CENs a report may hold.',
  },
  'forbidden-address': {
    status: 403,
    title: 'Not from this address',
    detail: 'This is served to the addresses of INTERNAL_RANGES only.',
    remedy: 'Ask from the machine itself, or have the operator change INTERNAL_RANGES.',
  },
  'internal-error': {
    status: 500,
    title: 'Internal error',
    detail: 'The server failed. Whether the request took effect is unknown.',
    remedy: 'Send the same request again, with the same Idempotency-Key.',
  },
  unavailable: {
    status: 503,
    title: 'Unavailable',
    detail:
      'The server cannot reach its database or its keys at the moment. Whether the request took effect is unknown.',
    remedy: 'Send the same request again after Retry-After, with the same Idempotency-Key.',
  },
  'too-busy': {
    status: 503,
    title: 'Too busy',
    detail: 'The server has as much in memory as it can take, of this network or in all. The request took no effect.',
    remedy:
      'Send the same request again after Retry-After, with the same Idempotency-Key; fewer at once from one network.',
  },
  'malformed-region': {
    status: 400,
    title: 'Malformed region',
    detail: 'A region is `world` or the 15 lower-case hexadecimal digits of an H3 cell.',
    remedy: 'Write the H3 index in lower case, without a prefix.',
  },
  'not-a-cell': {
    status: 400,
    title: 'Not a cell',
    detail: 'This is not the index of an H3 cell.',
    remedy: 'Use latLngToCell of an H3 library with the resolution that GET /v1 names, or cellToParent.',
  },
  'cell-too-fine': {
    status: 400,
    title: 'Cell too fine',
    detail: 'The cell is finer than the resolution that GET /v1 names.',
    remedy: 'Use cellToParent: nobody may name a finer place.',
  },
  'site-not-found': {
    status: 404,
    title: 'No such upload site',
    detail: 'This authority has no upload site of this id.',
    remedy: 'List its sites, and look whether somebody has removed it.',
  },
  'site-name-taken': {
    status: 409,
    title: 'Name taken',
    detail: 'This authority has another upload site of this name.',
    remedy: 'Choose another name, or change the ranges of that site.',
  },
  'sites-too-wide': {
    status: 409,
    title: 'Upload sites too wide',
    detail:
      'The upload sites of an authority hold at most as many addresses as an IPv4 /16 and an IPv6 /32, all together.',
    remedy: 'Register the addresses that the sites really have, or ask an operator: they may register more.',
  },
  'too-many-sites': {
    status: 409,
    title: 'Too many upload sites',
    detail: 'This authority has as many upload sites as an authority can have.',
    remedy: 'Remove those that are no longer used, or put ranges of one place into one site.',
  },
  'invalid-order': {
    status: 422,
    title: 'Invalid order',
    detail: 'Count, validity or request id of the order is out of bounds.',
    remedy: 'Change what `errors` names.',
  },
  'request-id-reused': {
    status: 409,
    title: 'Request id reused',
    detail: 'This request id belongs to an order of another count.',
    remedy: 'Draw a new UUID for each order, and repeat an order unchanged.',
  },
  'quota-exceeded': {
    status: 429,
    title: 'Quota exceeded',
    detail: 'You, your key or your authority may not mint so many more numbers today.',
    remedy: 'Order fewer, wait until 00:00 UTC as Retry-After says, or have a manager raise the quota.',
  },
  'number-space-exhausted': {
    status: 503,
    title: 'Too many live numbers',
    detail: 'Nearly every permission number of this length is live.',
    remedy: 'Have the operator raise PERMISSION_DIGITS.',
  },
  'too-many-attempts': {
    status: 429,
    title: 'Too many attempts',
    detail:
      'From this network too much was sent, or too much of it refused. This request was not looked at, and nothing was spent.',
    remedy: 'Send the same request again when Retry-After has passed, with the same Idempotency-Key.',
  },
  'sign-in-required': {
    status: 401,
    title: 'Sign in first',
    detail: 'This needs a session or an API key. None came, or it has ended, expired or been revoked.',
    remedy: 'Sign in with POST /admin/v1/session, or send a valid API key as `Authorization: Bearer`.',
  },
  'sign-in-refused': {
    status: 401,
    title: 'Not signed in',
    detail: 'Login, password or code is not right. Which of them is not told.',
    remedy: 'Check each of the three, and the clock of the device that shows the code. A code works once.',
  },
  'sign-in-delayed': {
    status: 429,
    title: 'Too many failed sign-ins',
    detail: 'From this network this account has failed to sign in too often. Nothing was checked.',
    remedy: 'Wait as long as Retry-After says. A browser that has signed in before is not affected by the others.',
  },
  'csrf-refused': {
    status: 403,
    title: 'Not from this site',
    detail: 'A state change needs the header X-CEN-CSRF of its session, and must not come from another site.',
    remedy: 'Send the csrfToken that GET /admin/v1/session answers as X-CEN-CSRF.',
  },
  'not-allowed': {
    status: 403,
    title: 'Not allowed',
    detail: 'Your role does not allow this, or not for this authority.',
    remedy: 'Ask a manager of the authority, or an operator.',
  },
  'confirmation-required': {
    status: 403,
    title: 'Confirm that it is you',
    detail: 'This needs password and code given within the last five minutes.',
    remedy: 'Send them with POST /admin/v1/session/confirmation, then repeat the request.',
  },
  'invitation-refused': {
    status: 403,
    title: 'Link not valid',
    detail: 'The one-time link is wrong, used, replaced or expired.',
    remedy: 'Ask whoever sent it for a new one.',
  },
  'password-refused': {
    status: 422,
    title: 'Choose another password',
    detail: 'The password is too short, too common, or made from the login.',
    remedy: 'Take at least 12 characters that nobody would guess; a few random words are good.',
  },
  'code-refused': {
    status: 422,
    title: 'Wrong code',
    detail: 'The code does not fit the authenticator that is being set up, or the offer of it has expired.',
    remedy: 'Check the clock of the device, and enter the code that it shows now.',
  },
  'name-taken': {
    status: 409,
    title: 'Name taken',
    detail: 'Another one has this name.',
    remedy: 'Choose another name.',
  },
  'staff-not-found': {
    status: 404,
    title: 'No such one',
    detail: 'There is no authority, member, key or session of this id here.',
    remedy: 'Take the id from the list.',
  },
  'totp-required': {
    status: 409,
    title: 'A second factor is needed',
    detail: 'Operators and managers sign in with an authenticator code.',
    remedy: 'Set up another authenticator instead: the new one replaces the old one.',
  },
  'last-operator': {
    status: 409,
    title: 'The last operator',
    detail: 'Without this operator nobody could run the system.',
    remedy: 'Invite another operator first.',
  },
  'not-on-yourself': {
    status: 409,
    title: 'Not on yourself',
    detail: 'This takes a second person.',
    remedy: 'Ask another manager or an operator.',
  },
  'missing-idempotency-key': {
    status: 400,
    title: 'Idempotency-Key missing',
    detail: 'A report needs an Idempotency-Key header: 16 random bytes in base64url, 22 characters.',
    remedy: 'Draw one for each report and send the same with each retry of it.',
  },
  'invalid-report': {
    status: 422,
    title: 'Invalid report',
    detail: 'The body is not a valid report. Nothing was spent.',
    remedy: 'Change what `errors` names and send it again.',
  },
  'report-too-large': {
    status: 413,
    title: 'Report too large',
    detail: 'The report holds too many CENs. Nothing was spent.',
    remedy: 'Send at most as many as GET /v1 says, all groups together.',
  },
  'invalid-token-request': {
    status: 422,
    title: 'Invalid token request',
    detail: 'The body is not a token request that can be signed. Nothing was spent.',
    remedy: 'Send a TokenRequest of RFC 9578 section 6.1 for the key that the issuer directory lists first.',
  },
  'credential-required': {
    status: 401,
    title: 'Credential required',
    detail: 'This takes a permission number or an upload token. Nothing was stored.',
    remedy: 'Send `Authorization: Permission` with the number that the health authority gave.',
  },
  'invalid-permission-number': {
    status: 422,
    title: 'Mistyped permission number',
    detail: 'The permission number has a wrong digit or length.',
    remedy: 'Check each digit against the one that you were given.',
  },
  'credential-refused': {
    status: 403,
    title: 'Refused',
    detail: 'The permission number or token is not valid: wrong, used, expired and revoked ones are not told apart.',
    remedy: 'Ask the health authority for a new number.',
  },
  'foreign-page': {
    status: 403,
    title: 'Page of another origin',
    detail:
      'A report without a number or token came from a web page that is no app of this deployment. Nothing was stored.',
    remedy: 'Send a permission number or token, or have the operator add the origin of your app to APP_ORIGINS.',
  },
  'malformed-batch-name': {
    status: 400,
    title: 'Malformed batch name',
    detail: 'A batch is named {start}-{part}.{compact|full|json}, a day bundle {YYYY-MM-DD}.{compact|full}.',
    remedy: 'Take the URL from the index of the region.',
  },
  'batch-not-found': {
    status: 404,
    title: 'No such batch',
    detail: 'The region has no batch or bundle of this name, or not yet.',
    remedy: 'Take the URL from the index of the region.',
  },
  'batch-expired': {
    status: 410,
    title: 'Past retention',
    detail: 'Batches and bundles of this day are no longer served by anyone.',
    remedy: 'Go on without it.',
  },
  'batch-too-large-for-json': {
    status: 404,
    title: 'Too large for JSON',
    detail: 'Only small batches are served as JSON, for people.',
    remedy: 'Read the compact or the full encoding; docs/batch-format.md describes both.',
  },
  'range-not-satisfiable': {
    status: 416,
    title: 'Range not satisfiable',
    detail: 'The Range header asks for bytes past the end.',
    remedy: 'Ask within the length in Content-Range.',
  },
};
