/** Uploads that are not finished, kept in this browser so that they go on after it was closed. Never the bytes: only what finds the file again. */
export interface Kept {
  /** The server's name of the upload. */
  id: string;
  name: string;
  size: number;
  /** SHA-256 of the first and the last piece, by which the same file is known. */
  mark: string;
  /** Names of the files packed, where several were. */
  files: string[];
  /** Where the browser lets pages find files again (one file, picked by its dialog). */
  handle: FileSystemFileHandle | null;
  begun: number;
}

const STORE = 'uploads';

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('tequio', 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'id' });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB does not open'));
  });
}

async function within<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const request = work(database.transaction(STORE, mode).objectStore(STORE));
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error('IndexedDB does not answer'));
    });
  } finally {
    database.close();
  }
}

/** A browser that keeps nothing (private windows) uploads all the same; it only cannot go on later. */
async function orNothing<T>(work: Promise<T>, nothing: T): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    if (cause instanceof DOMException) return nothing;
    throw cause;
  }
}

export const keepUpload = (one: Kept): Promise<unknown> => orNothing<unknown>(within('readwrite', (store) => store.put(one)), undefined);
export const forgetUpload = (id: string): Promise<unknown> => orNothing<unknown>(within('readwrite', (store) => store.delete(id)), undefined);
export const keptUploads = (): Promise<Kept[]> => orNothing(within('readonly', (store) => store.getAll() as IDBRequest<Kept[]>), []);

const PIECE = 65_536;

/** Knows a file again without reading all of it. */
export async function markOf(file: Blob): Promise<string> {
  const pieces = await Promise.all([file.slice(0, PIECE).arrayBuffer(), file.slice(Math.max(0, file.size - PIECE)).arrayBuffer()]);
  // pages on plain http (a server in the office) have no crypto.subtle; then size and a sum must do
  if (!crypto.subtle) return `${file.size}:${pieces.map((piece) => new Uint8Array(piece).reduce((sum, byte, i) => (Math.imul(sum, 31) + byte + i) | 0, 7)).join(':')}`;
  const digests = await Promise.all(pieces.map((piece) => crypto.subtle.digest('SHA-256', piece)));
  return `${file.size}:${digests.map((digest) => [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')).join(':')}`;
}
