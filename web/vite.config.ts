/// <reference types="vitest/config" />
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const picket = process.env["PICKET_URL"] ?? "http://127.0.0.1:5000";
const websocket = { target: picket, ws: true };

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: {
    outDir: "../src/picket/page",
    emptyOutDir: true,
    target: "es2022",
    manifest: true, // the budget check reads it
    rollupOptions: {
      input: { index: "index.html", sw: "src/worker/sw.ts" },
      output: {
        // what a service worker may serve is below its own address
        entryFileNames: ({ name }) => (name === "sw" ? "sw.js" : "assets/[name]-[hash].js"),
      },
    },
    assetsInlineLimit: 0, // data: addresses would need holes in the content security policy
  },
  server: {
    proxy: {
      "/api": picket,
      "/vod": picket,
      "^/(clips|exports|recordings)/": picket,
      "^/live/(mse|overlays)/": websocket,
      "/ws": websocket,
    },
  },
  test: {
    pool: "threads",
    setupFiles: ["src/testing/setup.ts"],
    css: { modules: { classNameStrategy: "non-scoped" } },
    projects: [
      {
        extends: true,
        test: { name: "rules", include: ["src/**/*.test.ts"], environment: "node" },
      },
      {
        extends: true,
        test: { name: "parts", include: ["src/**/*.test.tsx"], environment: "jsdom" },
      },
    ],
  },
});
