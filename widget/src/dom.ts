type Attributes = Record<string, string | boolean | ((event: never) => void)>;

/**
 * An element with attributes, listeners (`onclick`) and children. Strings become text nodes, never
 * markup: this is the only way that the panel makes elements.
 */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name.slice(2), value as EventListener);
    else if (typeof value === "boolean") made.toggleAttribute(name, value);
    else made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

/** An SVG of stroked paths on a 24-unit square, hidden from assistive technology. */
export function icon(...shapes: string[]): SVGElement {
  const namespace = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(namespace, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  for (const shape of shapes) {
    const path = document.createElementNS(namespace, "path");
    path.setAttribute("d", shape);
    svg.append(path);
  }
  return svg;
}

/** Adds a style sheet that no `style-src` can refuse, as it is constructed and not written. */
export function adoptStyles(root: ShadowRoot, styles: string): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}

/** When the page has nothing better to do; in browsers that do not tell (Safari), just then. */
export const idly = (act: () => void): void => void (window.requestIdleCallback ?? setTimeout)(act);
