// The limit of serving: node:http alone, which answers every request with one buffer from memory, or with 304 where the request
// has its ETag. The answer's headers are those that the real answer needs to be right.
import http from 'node:http';
import { once } from 'node:events';

process.once('disconnect', () => process.exit());
const [{ body, headers }] = await once(process, 'message');
const bytes = Buffer.from(body);
const server = http.createServer((request, response) => {
  if (request.headers['if-none-match'] === headers.etag) {
    response.writeHead(304, { etag: headers.etag, 'cache-control': headers['cache-control'] });
    response.end();
  } else {
    response.writeHead(200, { ...headers, 'content-length': bytes.length });
    response.end(bytes);
  }
});
server.listen(0, '127.0.0.1', () => process.send({ url: `http://127.0.0.1:${server.address().port}` }));
