/**
 * What the page says, for a service that answers from it: title, meta tags, JSON-LD and the visible
 * text, within the bounds that `POST /v1/conversations` sets. A module of its own, fetched for the
 * projects that want it. It reads the document only: styles are asked for, layout never.
 */
export interface Snapshot {
  title: string;
  meta: Record<string, string>;
  json_ld: string[];
  /** A line for each block; a tab before each further cell of a table's row. */
  text: string;
}

export interface SnapshotModule {
  takeSnapshot(): Snapshot;
}

const MOST = { title: 300, metas: 60, meta: 500, scripts: 10, script: 20_000, text: 12_000, bytes: 48_000 };
const MOST_NODES = 20_000;
const NOT_TEXT =
  /^(SCRIPT|STYLE|NOSCRIPT|TEMPLATE|SVG|CANVAS|IFRAME|OBJECT|VIDEO|AUDIO|SELECT|TEXTAREA|FRONTDESK-WIDGET)$/i;
const BLOCK =
  /^(ADDRESS|ARTICLE|ASIDE|BLOCKQUOTE|BODY|BR|DD|DETAILS|DIV|DL|DT|FIELDSET|FIGCAPTION|FIGURE|FOOTER|FORM|H[1-6]|HEADER|HR|LI|MAIN|NAV|OL|P|PRE|SECTION|SUMMARY|TABLE|TBODY|THEAD|TFOOT|TR|UL)$/;
const CELL = /^T[DH]$/;

export function takeSnapshot(): Snapshot {
  const all = <Found extends Element>(selector: string) => [
    ...document.querySelectorAll<Found>(selector),
  ];
  const metas = all<HTMLMetaElement>("meta[content]")
    .map((it) => [it.name || it.getAttribute("property") || "", it.content.slice(0, MOST.meta)])
    .filter(([name]) => name)
    .slice(0, MOST.metas);
  // One that is cut is no JSON any more.
  const scripts = all<HTMLScriptElement>("script[type='application/ld+json']")
    .map((it) => it.text)
    .filter((text) => text.length <= MOST.script)
    .slice(0, MOST.scripts);
  return fit({
    title: document.title.slice(0, MOST.title),
    meta: Object.fromEntries(metas),
    json_ld: scripts,
    text: readText(document.body),
  });
}

/** Leaves out the last scripts, then the end of the text, until all of it is small enough. */
function fit(snapshot: Snapshot): Snapshot {
  const bytes = () => new TextEncoder().encode(JSON.stringify(snapshot)).length;
  while (bytes() > MOST.bytes && snapshot.json_ld.length) snapshot.json_ld.pop();
  while (bytes() > MOST.bytes) snapshot.text = snapshot.text.slice(0, snapshot.text.length >> 1);
  return snapshot;
}

function readText(body: HTMLElement): string {
  let text = "";
  let left = MOST_NODES;
  const read = (parent: Node): void => {
    for (const node of parent.childNodes) {
      if (!left-- || text.length > MOST.text * 2) return;
      if (node instanceof Text) text += node.data.replace(/\s+/g, " ");
      if (!(node instanceof Element) || NOT_TEXT.test(node.tagName) || isHidden(node)) continue;
      const edge = CELL.test(node.tagName) ? "\t" : BLOCK.test(node.tagName) ? "\n" : "";
      text += edge;
      read(node);
      if (edge === "\n") text += edge;
    }
  };
  read(body);
  return text
    .replace(/ *\t */g, "\t")
    .replace(/ {2,}/g, " ")
    .replace(/\s*\n\s*/g, "\n")
    .trim()
    .slice(0, MOST.text);
}

function isHidden(element: Element): boolean {
  return element.ariaHidden === "true" || element.checkVisibility?.({ visibilityProperty: true }) === false;
}
