/** ShelfPlan is one store of the phone: its key and its indexes. */
export interface ShelfPlan { name: string; key: string | string[]; indexes?: string[] }

const done = <T>(r: IDBRequest<T>): Promise<T> => new Promise((resolve, reject) => { r.onsuccess = () => resolve(r.result); r.onerror = () => reject(r.error) })

/** Cupboard is one IndexedDB database: opened when first used, and opened anew after the browser has closed it. */
export class Cupboard {
  private under: Promise<IDBDatabase> | null = null
  constructor(readonly name: string, readonly version: number, readonly plans: ShelfPlan[]) {}

  open(): Promise<IDBDatabase> {
    this.under ??= this.connect().then((db) => {
      const gone = () => (this.under = null)
      db.onclose = gone
      db.onversionchange = () => { db.close(); gone() } // a newer page of ours wants to change it
      return db
    }, (e: unknown) => {
      this.under = null
      throw e
    })
    return this.under
  }

  private async connect(): Promise<IDBDatabase> {
    const ask = indexedDB.open(this.name, this.version)
    ask.onupgradeneeded = () => {
      for (const p of this.plans) {
        const store = ask.result.objectStoreNames.contains(p.name) ? ask.transaction!.objectStore(p.name) : ask.result.createObjectStore(p.name, { keyPath: p.key })
        for (const i of p.indexes ?? []) if (!store.indexNames.contains(i)) store.createIndex(i, i)
      }
    }
    try {
      return await done(ask)
    } catch (e) {
      // A later version of us was here: what we need is there, and nothing is lost.
      if ((e as DOMException).name === 'VersionError') return done(indexedDB.open(this.name))
      throw e
    }
  }
}

/** Shelf is one store, with what we ask of it. */
export class Shelf<T, K extends IDBValidKey> {
  constructor(private readonly cupboard: Cupboard, private readonly name: string) {}

  private async read<R>(ask: (s: IDBObjectStore) => IDBRequest<R>): Promise<R> {
    const db = await this.cupboard.open()
    return done(ask(db.transaction(this.name).objectStore(this.name)))
  }

  get(key: K) { return this.read<T | undefined>((s) => s.get(key) as IDBRequest<T | undefined>) }

  /** all is everything, in the order of the key or of an index. */
  all(index = '') { return this.read<T[]>((s) => (index ? s.index(index) : s).getAll() as IDBRequest<T[]>) }

  /** write takes away and puts down in one transaction; it returns when that is on the disk. */
  async write(put: T[], gone: K[] = []): Promise<void> {
    const db = await this.cupboard.open()
    const t = db.transaction(this.name, 'readwrite', { durability: 'strict' })
    const store = t.objectStore(this.name)
    try {
      for (const k of gone) store.delete(k)
      for (const v of put) store.put(v)
    } catch (e) { // a value that cannot be kept: nothing of it happens
      t.abort()
      throw e
    }
    await new Promise<void>((resolve, reject) => {
      t.oncomplete = () => resolve()
      t.onabort = t.onerror = () => reject(t.error ?? new DOMException('', 'AbortError'))
    })
  }

  put(value: T) { return this.write([value]) }
  delete(key: K) { return this.write([], [key]) }

  async clear() {
    const db = await this.cupboard.open()
    await done(db.transaction(this.name, 'readwrite').objectStore(this.name).clear())
  }
}
