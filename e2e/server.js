// Serves the built site under its base path, as GitHub Pages does: a folder without its slash is
// redirected, an address without a file gets 404.html.

import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webp": "image/webp",
  ".xml": "application/xml",
};

/** Serves the folder `dist` under `base` on a free port of this machine only. */
export async function serve(dist, base) {
  const server = createServer((request, response) => {
    answer(dist, base, request, response).catch((error) => {
      response.writeHead(500).end(String(error));
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return {
    origin,
    base,
    /** The address of a path inside the site: `""` is the home page. */
    url: (path = "") => origin + base + path,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

async function answer(dist, base, request, response) {
  const { pathname } = new URL(request.url, "http://localhost");
  const path = decodeURIComponent(pathname);
  if (!path.startsWith(base)) return send(response, 404, join(dist, "404.html"));
  // Normalising an absolute path leaves no way out of the folder.
  const file = join(dist, normalize(`/${path.slice(base.length)}`));
  const found = await stat(file).catch(() => undefined);
  if (found?.isFile()) return send(response, 200, file);
  if (found?.isDirectory()) {
    if (!path.endsWith("/")) return response.writeHead(301, { Location: `${pathname}/` }).end();
    const index = join(file, "index.html");
    if (await stat(index).catch(() => undefined)) return send(response, 200, index);
  }
  return send(response, 404, join(dist, "404.html"));
}

function send(response, status, file) {
  const type = TYPES[extname(file)] ?? "application/octet-stream";
  response.writeHead(status, { "Content-Type": type, "Cache-Control": "no-store" });
  createReadStream(file)
    .on("error", () => response.end())
    .pipe(response);
}
