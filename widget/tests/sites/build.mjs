// Bundles the sites that real frameworks make, for the browser tests: `node build.mjs FOLDER TAG`.
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { createElement } from "react";
import { renderToString } from "react-dom/server";

const here = dirname(fileURLToPath(import.meta.url));
const [, , out] = process.argv;
const names = ["react", "react-document", "turbo"];
await build({
  entryPoints: names.map((name) => join(here, `${name}.js`)),
  outdir: out,
  bundle: true,
  minify: true,
  format: "iife",
  define: { "process.env.NODE_ENV": '"production"' },
  logLevel: "warning",
});
const { Site } = await import("./react-document.js");
writeFileSync(join(out, "react-document.html"), renderToString(createElement(Site, { tag: "TAG" })));
