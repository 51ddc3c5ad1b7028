/** Tables of before, in the browser's own storage, if the reader of the page wants that: nothing is kept until it is switched on. */

/** A table that is kept. */
export interface RecentTable {
  id: number;
  file: string;
  bytes: ArrayBuffer;
}

const SWITCH = "infonet-recent";
const DATABASE = "infonet-recent";
const STORE = "tables";
/** Tables that are kept: the last ones. */
export const MOST_KEPT = 5;
/** Bytes of a table that is kept. */
export const LARGEST_KEPT = 20_000_000;

/** Whether tables are kept. */
export function isKeeping(): boolean {
  return localStorage.getItem(SWITCH) === "on";
}

/** Begins to keep tables, or forgets all of them and keeps none. */
export async function keep(on: boolean): Promise<void> {
  if (on) localStorage.setItem(SWITCH, "on");
  else {
    localStorage.removeItem(SWITCH);
    await settled(indexedDB.deleteDatabase(DATABASE));
  }
}

/** The tables that are kept, the last one first. */
export async function recentTables(): Promise<RecentTable[]> {
  if (!isKeeping()) return [];
  const tables = await inStore("readonly", (store) => settled<RecentTable[]>(store.getAll()));
  return tables.reverse();
}

/** Keeps a table, once, if tables are kept and it is not too large. */
export async function keepTable(file: string, bytes: ArrayBuffer): Promise<void> {
  if (!isKeeping() || bytes.byteLength > LARGEST_KEPT) return;
  await inStore("readwrite", async (store) => {
    const tables = await settled<RecentTable[]>(store.getAll());
    const same = tables.filter((table) => table.file === file && isSame(table.bytes, bytes));
    const left = tables.filter((table) => !same.includes(table));
    for (const { id } of [...same, ...left.slice(0, Math.max(0, left.length - MOST_KEPT + 1))])
      await settled(store.delete(id));
    await settled(store.add({ file, bytes }));
  });
}

/** Forgets one of them. */
export async function forget(id: number): Promise<void> {
  await inStore("readwrite", (store) => settled(store.delete(id)));
}

function isSame(a: ArrayBuffer, b: ArrayBuffer): boolean {
  if (a.byteLength !== b.byteLength) return false;
  const [first, second] = [new Uint8Array(a), new Uint8Array(b)];
  return first.every((byte, k) => byte === second[k]);
}

async function inStore<Result>(
  mode: IDBTransactionMode,
  use: (store: IDBObjectStore) => Promise<Result>,
): Promise<Result> {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore(STORE, { keyPath: "id", autoIncrement: true });
  };
  const database = await settled(opening);
  try {
    return await use(database.transaction(STORE, mode).objectStore(STORE));
  } finally {
    database.close();
  }
}

function settled<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
