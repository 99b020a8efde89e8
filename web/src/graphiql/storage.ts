/** What GraphiQL asks of a store: the part of the browser's own that it uses. */
export type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'clear' | 'length'>;

const NAMESPACE = 'tarikh:';

/**
 * Opens the page's store: localStorage under names of our own, so that another GraphiQL of the same
 * origin neither shows our tabs nor loses its own. Where the browser forbids storage (cookies blocked,
 * a sandboxed frame) everything lives as long as the page.
 */
export function openStore(): Store {
  return namespaced(browserStorage() ?? new MemoryStorage());
}

function browserStorage(): Storage | undefined {
  try {
    const probe = `${NAMESPACE}probe`;
    localStorage.setItem(probe, probe);
    localStorage.removeItem(probe);
    return localStorage;
  } catch {
    return undefined;
  }
}

function namespaced(storage: Storage): Store {
  const ours = () => allKeys(storage).filter(key => key.startsWith(NAMESPACE));
  return {
    get length() {
      return ours().length;
    },
    getItem: key => storage.getItem(NAMESPACE + key),
    setItem: (key, value) => storage.setItem(NAMESPACE + key, value),
    removeItem: key => storage.removeItem(NAMESPACE + key),
    clear: () => ours().forEach(key => storage.removeItem(key)),
  };
}

function allKeys(storage: Storage): string[] {
  return Array.from({ length: storage.length }, (_, i) => storage.key(i)!);
}

class MemoryStorage implements Storage {
  readonly #items = new Map<string, string>();

  get length() {
    return this.#items.size;
  }

  key(index: number) {
    return [...this.#items.keys()][index] ?? null;
  }

  getItem(key: string) {
    return this.#items.get(key) ?? null;
  }

  setItem(key: string, value: string) {
    this.#items.set(key, value);
  }

  removeItem(key: string) {
    this.#items.delete(key);
  }

  clear() {
    this.#items.clear();
  }
}
