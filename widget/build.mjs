// Builds the widget into ../src/frontdesk/web/assets and fails when it is over its byte budget.
//
// The loader's name is fixed, because pages carry it; the panel's name carries its hash, so that it
// may be cached for ever. The loader is built second: it has the panel's name in it.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build, transform } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "../src/frontdesk/web/assets");
const BUDGET_BROTLI_BYTES = { loader: 4000, all: 16000 };
// Constructed style sheets set the floor: what cannot have them gets no widget.
const target = ["chrome93", "firefox101", "safari16.4"];

/** Style sheets are imported as minified text, to be constructed where they are used. */
const stylesAsText = {
  name: "styles-as-text",
  setup(building) {
    building.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const source = readFileSync(path, "utf8");
      const { code } = await transform(source, { loader: "css", minify: true, target });
      return { contents: code.trim(), loader: "text" };
    });
  },
};

async function bundle(entry, format, define = {}) {
  const { outputFiles } = await build({
    entryPoints: [join(here, "src", entry)],
    bundle: true,
    minify: true,
    write: false,
    legalComments: "none",
    charset: "utf8",
    format,
    target,
    define,
    plugins: [stylesAsText],
  });
  return Buffer.from(outputFiles[0].contents);
}

function write(file, content) {
  const brotli = brotliCompressSync(content, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    },
  });
  writeFileSync(join(out, file), content);
  writeFileSync(join(out, `${file}.br`), brotli);
  writeFileSync(join(out, `${file}.gz`), gzipSync(content, { level: 9 }));
  return {
    file,
    bytes: content.length,
    brotli_bytes: brotli.length,
    sri: `sha384-${createHash("sha384").update(content).digest("base64")}`,
  };
}

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const panelCode = await bundle("panel.ts", "esm");
const hash = createHash("sha256").update(panelCode).digest("hex").slice(0, 12);
const panel = write(`panel-${hash}.js`, panelCode);
const loader = write(
  "widget.js",
  await bundle("loader.ts", "iife", { PANEL_FILE: JSON.stringify(panel.file) }),
);
writeFileSync(
  join(out, "manifest.json"),
  `${JSON.stringify({ "widget.js": loader, panel }, null, 2)}\n`,
);

const all = loader.brotli_bytes + panel.brotli_bytes;
console.log(
  `widget.js ${loader.brotli_bytes} of ${BUDGET_BROTLI_BYTES.loader} bytes, ` +
    `with ${panel.file} ${all} of ${BUDGET_BROTLI_BYTES.all} (brotli)`,
);
if (loader.brotli_bytes > BUDGET_BROTLI_BYTES.loader || all > BUDGET_BROTLI_BYTES.all) {
  console.error("The widget is over its byte budget.");
  process.exit(1);
}
