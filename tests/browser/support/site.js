// The app as people get it: the folder that `supple export-site` writes, behind the plainest web server there is.
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { promisify } from "node:util";

const ROOT = join(import.meta.dirname, "../../..");
/** The program under test. */
export const SUPPLE = process.env.SUPPLE ?? join(process.env.CARGO_TARGET_DIR ?? join(ROOT, "target"), "debug/supple");
/** A slow line is shared out in pieces of this many bytes. */
const PIECE = 2048;
const after = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** One line for everybody: who sends waits until those before have sent. */
class Line {
  #freeAt = 0;

  free(ms) {
    this.#freeAt = Math.max(this.#freeAt, performance.now()) + ms;
    return after(this.#freeAt - performance.now());
  }
}

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".json": "application/json",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
};

/** Writes the site into a new folder, and gives the folder. */
export async function exportSite(root = "/") {
  if (!existsSync(SUPPLE)) throw new Error(`${SUPPLE} is not there; run cargo build -p supple`);
  const folder = await mkdtemp(join(tmpdir(), "supple-site-"));
  await promisify(execFile)(SUPPLE, ["export-site", folder, "--root", root]);
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/**
 * Serves a folder at http://127.0.0.1. `api(request, body)` may answer what lies below `api/`, as the server of Supple
 * does. `slow` makes everybody share one line of so many bytes per second, so far away. `stop` closes every connection:
 * from then on nobody is there. What `cutOff` matches breaks off, as where the connection is lost.
 */
export async function serve(folder, { root = "/", api = null, slow = null } = {}) {
  const state = { folder, bytes: 0, asked: [], cutOff: null };
  const line = new Line();
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://127.0.0.1");
    state.asked.push(`${request.method} ${pathname}`);
    if (state.cutOff?.test(pathname)) return request.socket.destroy();
    const send = async (status, type, body, headers = {}) => {
      state.bytes += body.length;
      if (slow) await after(slow.latencyMs);
      response.writeHead(status, { "content-type": type, "content-length": body.length, ...headers });
      for (let at = 0; slow && at < body.length; at += PIECE) {
        const piece = body.subarray(at, at + PIECE);
        await line.free((piece.length / slow.bytesPerSecond) * 1000);
        response.write(piece);
      }
      response.end(slow || request.method === "HEAD" ? undefined : body);
    };
    if (api && pathname.startsWith(`${root}api/`)) {
      let body = "";
      for await (const piece of request) body += piece;
      const answer = await api(pathname.slice(root.length + 4), body && JSON.parse(body));
      return send(answer.status ?? 200, TYPES[".json"], Buffer.from(JSON.stringify(answer.json)));
    }
    const path = normalize(decodeURIComponent(pathname.slice(root.length)));
    for (const candidate of [path, join(path, "index.html")]) {
      if (!pathname.startsWith(root) || candidate.startsWith("..") || extname(candidate) === "") continue;
      const file = join(state.folder, candidate);
      const small = request.headers["accept-encoding"]?.includes("br") && existsSync(`${file}.br`);
      const bytes = await readFile(small ? `${file}.br` : file).catch(() => null);
      if (!bytes) continue;
      const cache = candidate.startsWith("assets/") ? "public, max-age=31536000, immutable" : "no-cache";
      const headers = { "cache-control": cache, ...(small && { "content-encoding": "br" }) };
      return send(200, TYPES[extname(candidate)] ?? "application/octet-stream", bytes, headers);
    }
    send(404, TYPES[".html"], await readFile(join(state.folder, "404.html")));
  });
  const listen = (port) => new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
  await listen(0);
  const { port } = server.address();
  return Object.assign(state, {
    url: `http://127.0.0.1:${port}${root}`,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
    again: () => listen(port),
  });
}

/** The site written and served, the names of its assets, and `end`, which takes both away again. */
export async function served({ root = "/", ...options } = {}) {
  const site = await exportSite(root);
  const server = await serve(site.folder, { root, ...options });
  return {
    site,
    server,
    url: server.url,
    assets: await readdir(join(site.folder, "assets")),
    async end() {
      await server.stop();
      await site.remove();
    },
  };
}
