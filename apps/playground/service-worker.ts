/** Keeps the page and all that it needs, so that it works without a network after the first visit. */

/** Written by the build: what is kept, and a name that changes with it. */
declare const FILES: readonly string[];
declare const VERSION: string;

/** What is used of a service worker's global object. */
interface Scope {
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
  addEventListener(
    type: string,
    listener: (event: {
      waitUntil(work: Promise<unknown>): void;
      request: Request;
      respondWith(answer: Promise<Response>): void;
    }) => void,
  ): void;
}

const scope = globalThis as unknown as Scope;

scope.addEventListener("install", (event) => {
  const keep = async (): Promise<void> => {
    const cache = await caches.open(VERSION);
    await cache.addAll(FILES.map((file) => new Request(file, { cache: "no-cache" })));
    await scope.skipWaiting();
  };
  event.waitUntil(keep());
});

scope.addEventListener("activate", (event) => {
  const tidy = async (): Promise<void> => {
    const names = await caches.keys();
    await Promise.all(
      names
        .filter((name) => name !== VERSION && name.startsWith("infonet-"))
        .map((name) => caches.delete(name)),
    );
    await scope.clients.claim();
  };
  event.waitUntil(tidy());
});

scope.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== location.origin) return;
  event.respondWith(
    caches.match(request, { ignoreSearch: true, cacheName: VERSION }).then((kept) => kept ?? fetch(request)),
  );
});
