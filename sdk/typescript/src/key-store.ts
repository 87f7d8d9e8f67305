import { DeviceKey } from "./keys.js";

const database = "chainspace";
const store = "keys";

/**
 * The key of this browser under a name; made at the first call. It lies in IndexedDB as a CryptoKey that cannot be
 * read out, only used, so it survives reloads and never leaves the device.
 */
export async function storedKey(name = "device"): Promise<DeviceKey> {
  const keys = await open();
  try {
    const kept = await asPromise<CryptoKeyPair | undefined>(keys.transaction(store).objectStore(store).get(name));
    if (kept) return await DeviceKey.of(kept);
    const made = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign", "verify"]);
    return await DeviceKey.of(await keepFirst(keys, name, made));
  } finally {
    keys.close();
  }
}

/** Forgets a key for good: nobody can ever sign with it again. */
export async function forgetKey(name = "device"): Promise<void> {
  const keys = await open();
  try {
    await asPromise(keys.transaction(store, "readwrite").objectStore(store).delete(name));
  } finally {
    keys.close();
  }
}

// Two tabs may both find nothing; within one transaction the first to come is kept and both get it.
async function keepFirst(keys: IDBDatabase, name: string, made: CryptoKeyPair): Promise<CryptoKeyPair> {
  const objects = keys.transaction(store, "readwrite").objectStore(store);
  const kept = await asPromise<CryptoKeyPair | undefined>(objects.get(name));
  if (kept) return kept;
  await asPromise(objects.put(made, name));
  return made;
}

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(database, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(store);
  return asPromise(request);
}

function asPromise<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("The browser's key store failed."));
  });
}
