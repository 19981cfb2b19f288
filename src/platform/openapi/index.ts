export { ApiProblem } from './api-problem.js';
export { createOpenApiDocument, type OpenAPIObject } from './document.js';
export { serveOpenApi } from './serve.js';
