export { ApiProblem } from './api-problem.js';
export { createOpenApiDocument, serveOpenApi } from './document.js';
