// Builds the widget into ../src/frontdesk/web/assets and fails when it is over its byte budget.
//
// The loader's name is fixed, because pages carry it; every other name carries its content's hash, so
// that it may be cached for ever. The loader is built last: it has the others' names in it. The
// budget is for what an open panel has loaded, in its heaviest language.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build, transform } from "esbuild";
import { minify } from "terser";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "../src/frontdesk/web/assets");
const BUDGET_BROTLI_BYTES = { loader: 4000, all: 16000 };
// Constructed style sheets set the floor: what cannot have them gets no widget.
const target = ["chrome93", "firefox101", "safari16.4"];

// Chromium compiles the loader's functions while it reads it, off the main thread, and not one by one
// as each is first called: a quarter of what the loader costs a page.
const COMPILED_AT_ONCE = "//# allFunctionsCalledOnLoad\n";

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

/** A language's table in place of the English one. */
const speaking = (language) => ({
  name: `speaking-${language}`,
  setup(building) {
    building.onResolve({ filter: /texts\.en\.ts$/ }, () => ({
      path: join(here, `src/texts.${language}.ts`),
    }));
  },
});

async function bundle(entry, format, define = {}, language = "en", banner = "") {
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
    plugins: [stylesAsText, speaking(language)],
  });
  // Once more by terser, which follows values further: three in a hundred bytes less. Functions stay
  // functions: put into one another they cost the page a tenth more time.
  const { code } = await minify(outputFiles[0].text, {
    ecma: 2021,
    module: format === "esm",
    toplevel: true,
    compress: { passes: 3, inline: false, reduce_funcs: false },
  });
  return Buffer.from(banner + code);
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

/** Built first, so that its name can stand in what loads it. */
async function writeHashed(name, entry, define, language) {
  const code = await bundle(entry, "esm", define, language);
  return write(`${name}-${createHash("sha256").update(code).digest("hex").slice(0, 12)}.js`, code);
}
const namesOf = (parts) =>
  Object.fromEntries(
    Object.entries(parts).map(([name, { file }]) => [
      `${name.toUpperCase()}_FILE`,
      JSON.stringify(file),
    ]),
  );

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
// Fetched when they are wanted: cards, the list of countries, the greeting's bubble, the sound,
// what the page says.
const parts = {
  cards: await writeHashed("cards", "cards.ts"),
  picker: await writeHashed("picker", "picker.ts"),
  bubble: await writeHashed("bubble", "bubble.ts"),
  chime: await writeHashed("chime", "chime.ts"),
  snapshot: await writeHashed("snapshot", "snapshot.ts"),
};
const panel = await writeHashed("panel", "panel.ts", namesOf(parts));
const hindi = await writeHashed("hindi", "panel.ts", namesOf(parts), "hi");
const loader = write(
  "widget.js",
  await bundle("loader.ts", "iife", namesOf({ ...parts, panel, hindi }), "en", COMPILED_AT_ONCE),
);
const manifest = { "widget.js": loader, panel, hindi, ...parts };
writeFileSync(join(out, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);

const all = loader.brotli_bytes + Math.max(panel.brotli_bytes, hindi.brotli_bytes);
for (const { file, brotli_bytes } of Object.values(parts)) {
  console.log(`${file} ${brotli_bytes} bytes, when it is wanted`);
}
console.log(
  `widget.js ${loader.brotli_bytes} of ${BUDGET_BROTLI_BYTES.loader} bytes, ` +
    `with ${panel.file} or ${hindi.file} at most ${all} of ${BUDGET_BROTLI_BYTES.all} (brotli)`,
);
if (loader.brotli_bytes > BUDGET_BROTLI_BYTES.loader || all > BUDGET_BROTLI_BYTES.all) {
  console.error("The widget is over its byte budget.");
  process.exit(1);
}
