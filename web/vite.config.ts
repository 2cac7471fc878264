import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig, type Plugin } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'

const out = fileURLToPath(new URL('../internal/web/dist', import.meta.url))

// The Go side embeds the output folder, which must exist in a clone without a build.
function keepFile(): Plugin {
  return {
    name: 'keep-file',
    apply: 'build',
    closeBundle() {
      writeFileSync(out + '/keep', 'This folder receives the web build; this file keeps it in a clone without one.\n')
    },
  }
}

// Chunks that only the console opens get a c- in front, so that the phone does not precache them.
function chunkName(chunk: { name: string; moduleIds: string[] }): string {
  const onlyConsole = chunk.moduleIds.some((id) => /rooms\/(?!round\/field|access)|reka-ui|app\/console|words\/console/.test(id))
  return onlyConsole ? 'assets/c-[name]-[hash].js' : 'assets/[name]-[hash].js'
}

// What every page stands on, and what the phone's first page shows: one piece each, for on a
// slow phone two dozen small ones cost more than their bytes.
const base = /node_modules\/(@vue|vue|vue-router|pinia)\/|plugin-vue|preload-helper|src\/(client\/(http|session|problem|root|device)|i18n\/(index|catalogue|words\/(common|zones|sheet))|ui\/(zone|looks))\./
const stairs = /src\/(app\/FieldFrame|rooms\/round\/field\/(StairPage|DoorGrid|PaperMenu|StairPicker|UndoBar|ZoneBand|OfflineBar|OutcomeSheet|pack|stair-page)|i18n\/words\/(field|changes|care)\.|ui\/(PostArrival|PostChanges|ProblemPanel|LoadState|StateGlyph|ModalBox|ZonePatterns|help\/HelpButton)|client\/(outbox|shelf|db|load|say|time|readable|answers)\.)/

// The phone's start page names the pieces of its first route, so that a slow line
// fetches them in one round trip and not in four. The server sends it for /m.
function fieldPage(): Plugin {
  const first = [/app\/FieldFrame\.vue$/, /round\/field\/StairPage\.vue$/, /words\/field\.ts$/]
  return {
    name: 'field-page',
    apply: 'build',
    enforce: 'post',
    generateBundle(_, bundle) {
      const page = bundle['index.html']
      if (page?.type !== 'asset') throw new Error('no index.html to make field.html of')
      const html = String(page.source)
      const want = new Set<string>()
      const take = (file: string) => {
        const chunk = bundle[file]
        if (chunk?.type !== 'chunk' || want.has(file)) return
        want.add(file)
        chunk.imports.forEach(take)
      }
      for (const chunk of Object.values(bundle)) {
        if (chunk.type === 'chunk' && chunk.moduleIds.some((id) => first.some((f) => f.test(id.split('?')[0])))) take(chunk.fileName)
      }
      const css = [...want].flatMap((f) => [...((bundle[f] as { viteMetadata?: { importedCss: Set<string> } }).viteMetadata?.importedCss ?? [])])
      const lines = [...want].map((f) => `<link rel="modulepreload" crossorigin href="/${f}">`).concat(css.map((f) => `<link rel="stylesheet" crossorigin href="/${f}">`)).filter((l) => !html.includes(l.match(/href="([^"]+)"/)![1]))
      const missed = first.filter((f) => ![...want].some((w) => (bundle[w] as { moduleIds: string[] }).moduleIds.some((id) => f.test(id.split('?')[0]))))
      if (missed.length || !lines.length) throw new Error(`the pieces of the first route were not found: ${missed}`)
      this.emitFile({ type: 'asset', fileName: 'field.html', source: html.replace('</head>', lines.join('\n    ') + '</head>') })
    },
  }
}

export default defineConfig({
  base: '/',
  // useI18n is our own since its library weighed more than all words of the phone; the name by which it is asked for stayed.
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)), '#playbooks': fileURLToPath(new URL('../playbooks', import.meta.url)) } },
  define: { __VUE_OPTIONS_API__: false },
  plugins: [
    vue(),
    fieldPage(),
    VitePWA({
      injectRegister: null,
      registerType: 'autoUpdate',
      manifest: {
        name: '守望 Shouwang',
        short_name: '守望',
        lang: 'zh-CN',
        start_url: '/m',
        scope: '/',
        display: 'standalone',
        background_color: '#F6F5F1',
        theme_color: '#1F4E8C',
        icons: [
          { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
          { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: '/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
        ],
      },
      workbox: {
        globPatterns: ['index.html', 'icon.svg', 'assets/*.{js,css}'],
        globIgnores: ['assets/c-*'],
        importScripts: ['/push.js'],
        navigateFallback: '/index.html',
        navigateFallbackAllowlist: [/^\/$/, /^\/(m|login|demo|my|console)(\/|$|\?)/],
        cleanupOutdatedCaches: true,
        clientsClaim: true,
        skipWaiting: true,
      },
    }),
    keepFile(),
  ],
  build: {
    outDir: out,
    emptyOutDir: true,
    target: 'es2020',
    modulePreload: { polyfill: false },
    rolldownOptions: { output: { chunkFileNames: chunkName as never, advancedChunks: { groups: [{ name: 'base', test: base, priority: 2 }, { name: 'stairs', test: stairs, priority: 1 }] } } },
  },
  server: { port: 5173, proxy: { '/api': process.env.SHOUWANG_API ?? 'http://127.0.0.1:8080' } },
  test: { environment: 'node', include: ['src/**/*.test.ts', 'test/**/*.test.ts'] },
} as never)
