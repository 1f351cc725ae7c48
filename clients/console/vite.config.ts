import optimizeLocales from "@react-aria/optimize-locales-plugin";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import relay from "vite-plugin-relay";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const api = process.env["LEADGATE"] ?? "http://127.0.0.1:8000";

export default defineConfig(({ command }) => ({
  root: here("app"),
  // Built files find each other at any path of a proxy; the page's own path is in its `<base>`.
  base: command === "build" ? "./" : "/console/",
  plugins: [relay, { ...optimizeLocales.vite({ locales: ["en-US", "de-DE", "pl-PL", "ro-RO"] }), enforce: "pre" as const }],
  resolve: {
    alias: {
      "leadgate-client": here("../typescript/src/index.ts"),
      // The package is read as source, from a folder that has no packages of its own here.
      "graphql-ws": here("node_modules/graphql-ws/dist/client.js"),
    },
  },
  build: {
    outDir: process.env["CONSOLE_OUT"] ?? here("built"),
    emptyOutDir: true,
    target: "es2022",
    sourcemap: false,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    cssTarget: ["chrome123", "firefox120", "safari17.5"], // which have `light-dark()`
    rolldownOptions: {
      onwarn: (warning, warn) => {
        if (warning.code !== "MODULE_LEVEL_DIRECTIVE" && warning.code !== "PLUGIN_TIMINGS") warn(warning);
      },
    },
  },
  server: {
    host: "127.0.0.1",
    proxy: { "/graphql": { target: api, ws: true }, "/files": { target: api }, "/calendars": { target: api } },
  },
}));
