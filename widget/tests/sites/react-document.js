// A document that React renders whole, `<html>` and all, on the server and again in the browser.
import { createElement as h, useEffect, useState } from "react";
import { hydrateRoot } from "react-dom/client";

export function Site({ tag }) {
  const [count, setCount] = useState(0);
  const [isAlive, setAlive] = useState(false);
  useEffect(() => setAlive(true), []);
  return h(
    "html",
    { lang: "en" },
    h(
      "head",
      {},
      h("meta", { charSet: "utf-8" }),
      h("title", {}, "Palm Grove"),
      h("link", { rel: "icon", href: "data:," }),
      h("script", { async: true, src: tag }),
    ),
    h(
      "body",
      {},
      h("h1", {}, "Palm Grove"),
      h("button", { onClick: () => setCount(count + 1) }, `Seen ${count} times`),
      isAlive && h("p", {}, "Hydrated"),
    ),
  );
}

if (typeof document !== "undefined") {
  window.faults = [];
  // Once the tag has run: the hard case, a child of <html> that the server knew nothing of.
  window.hydrate = (tag) =>
    hydrateRoot(document, h(Site, { tag }), {
      onRecoverableError: (error) => window.faults.push(String(error)),
    });
}
