import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzip } from 'pako';
import { defineConfig, type Plugin } from 'vite';

/**
 * Replaces each built file by its gzipped copy: that is what the binary holds and most clients get.
 * The compressor is JavaScript on purpose. Node's zlib packs differently from release to release and
 * from processor to processor, and dist must be the same bytes wherever it is built.
 */
function keepOnlyGzip(): Plugin {
  return {
    name: 'tarikh:keep-only-gzip',
    apply: 'build',
    writeBundle({ dir }, bundle) {
      for (const name of Object.keys(bundle)) {
        const file = join(dir!, name);
        writeFileSync(`${file}.gz`, gzip(readFileSync(file), { level: 9 }));
        rmSync(file);
      }
    },
  };
}

const server = 'http://127.0.0.1:8080';

export default defineConfig({
  root: 'graphiql',
  // Relative addresses: the page works under whatever prefix the server mounts it.
  base: './',
  plugins: [keepOnlyGzip()],
  worker: { format: 'es' },
  build: {
    outDir: '../dist/graphiql',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 4000,
    modulePreload: { polyfill: false },
    license: { fileName: 'licences.md' },
    rolldownOptions: {
      // "use client" means something to a server that renders React: there is none here.
      checks: { moduleLevelDirective: false },
    },
  },
  // `npm run dev` beside `tarikh serve`: the page reloads from source, the data is the real server's.
  server: {
    fs: { allow: ['..'] },
    proxy: {
      '/graphql': server,
      '/examples.json': { target: server, rewrite: path => `/graphiql${path}` },
    },
  },
});
