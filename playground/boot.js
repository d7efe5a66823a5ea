// Brings the figures of a page to life when the first of them comes near the viewport.
// Nothing of the WebAssembly is requested before that, and a page without figures never asks for it.
// Where anything fails, the computed figure that the page came with stays, with one line saying so.

const NEAR = "300px";
const FAILED = "The live figure could not start; this is the computed result.";

document.documentElement.classList.add("js");

// Modules have no `document.currentScript`; the addresses stand on the tag that names them: on the playground's page
// those of the whole application, elsewhere those of the figures alone.
const { js, wasm } = document.querySelector("script[data-js][data-wasm]")?.dataset ?? {};

// One promise for all figures of the page: the application is loaded once.
let application;

async function load(query = "") {
  const module = await import(new URL(js + query, document.baseURI));
  await module.default({ module_or_path: new URL(wasm + query, document.baseURI) });
  return module;
}

function loadOnce() {
  // The second try has another address, because a browser may remember that the first one failed.
  application ??= load().catch(() => load("?again"));
  return application;
}

function stayStatic(host, reason) {
  console.error(reason);
  host.classList.add("is-static");
  const line = host.querySelector(".figure-status");
  if (line) line.textContent = FAILED;
}

async function bringToLife(host) {
  try {
    const module = await loadOnce();
    module.mount(host);
  } catch (reason) {
    // After a panic the application has put its own figures back; `host` may be replaced by then.
    if (host.isConnected) stayStatic(host, reason);
  }
}

const hosts = document.querySelectorAll("[data-live], [data-playground]");

if (hosts.length > 0 && js && wasm) {
  const approach = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        approach.unobserve(target);
        bringToLife(target);
      }
    },
    { rootMargin: NEAR },
  );
  for (const host of hosts) approach.observe(host);
}
