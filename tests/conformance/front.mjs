// A proxy in front of the API: serves built pages on the same origin, counts requests, cuts sockets and drops
// responses. It does not change what passes through.
import { createReadStream, existsSync } from "node:fs";
import { createServer, request } from "node:http";
import { connect } from "node:net";
import { extname, join, normalize } from "node:path";

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" };

export class Front {
  requests = 0; // to /graphql by HTTP
  sockets = 0; // opened
  operations = []; // names of the operations, in order
  #api;
  #folder;
  #open = new Set();
  #closed = false;
  #lost = null;
  #server;

  /** `folder` holds one folder per page, with its build in `dist`. */
  constructor(api, folder) {
    this.#api = new URL(api);
    this.#folder = folder;
    this.#server = createServer((incoming, response) => this.#answer(incoming, response));
    this.#server.on("upgrade", (incoming, socket, head) => this.#tunnel(incoming, socket, head));
  }

  async listen() {
    await new Promise((done) => this.#server.listen(0, "127.0.0.1", done));
    this.origin = `http://127.0.0.1:${this.#server.address().port}`;
    return this;
  }

  close() {
    for (const socket of this.#open) socket.destroy();
    this.#server.close();
    this.#server.closeAllConnections();
  }

  /** Destroys all sockets, and refuses new ones until `mend`. */
  cut() {
    this.#closed = true;
    for (const socket of this.#open) socket.destroy();
  }

  mend() {
    this.#closed = false;
  }

  /** Drops the next response to this operation. */
  lose(operation) {
    this.#lost = operation;
  }

  count(operation) {
    return this.operations.filter((name) => name === operation).length;
  }

  #answer(incoming, response) {
    const path = new URL(incoming.url, "http://front").pathname;
    const [, name, ...rest] = normalize(path).split("/");
    const built = join(this.#folder, name, "dist");
    if (incoming.method === "GET" && name && existsSync(built)) {
      const file = join(built, ...(rest.join("/") ? rest : ["index.html"]));
      if (!existsSync(file)) return response.writeHead(404).end();
      response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
      return createReadStream(file).pipe(response);
    }
    const chunks = [];
    incoming.on("data", (chunk) => chunks.push(chunk));
    incoming.on("end", () => this.#pass(incoming, path, Buffer.concat(chunks), response));
  }

  #pass(incoming, path, body, response) {
    const operation = /(?:mutation|query|subscription)\s+(\w+)/.exec(body.toString("latin1"))?.[1];
    if (path === "/graphql" && incoming.method === "POST") {
      this.requests++;
      this.operations.push(operation);
    }
    const lost = operation !== undefined && operation === this.#lost;
    if (lost) this.#lost = null;
    const { hostname, port } = this.#api;
    const { method, url, headers } = incoming;
    const outgoing = request({ hostname, port, method, path: url, headers }, (answer) => {
      if (lost) {
        answer.resume();
        answer.on("end", () => incoming.socket.destroy());
        return;
      }
      response.writeHead(answer.statusCode, answer.rawHeaders);
      answer.pipe(response);
    });
    outgoing.on("error", () => response.destroy());
    outgoing.end(body);
  }

  #tunnel(incoming, socket, head) {
    if (this.#closed) return socket.destroy();
    this.sockets++;
    const upstream = connect(Number(this.#api.port), this.#api.hostname, () => {
      const headers = incoming.rawHeaders.reduce((text, word, index) => text + word + (index % 2 ? "\r\n" : ": "), "");
      upstream.write(`${incoming.method} ${incoming.url} HTTP/1.1\r\n${headers}\r\n`);
      upstream.write(head);
      upstream.pipe(socket).pipe(upstream);
    });
    for (const [one, other] of [[socket, upstream], [upstream, socket]]) {
      this.#open.add(one);
      one.on("error", () => {});
      one.on("close", () => {
        this.#open.delete(one);
        other.destroy();
      });
    }
  }
}
