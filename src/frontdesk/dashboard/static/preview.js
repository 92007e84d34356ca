// The frame of the widget's preview: the real loader and panel, over a service that is only here.
// The page's policy lets nothing out of it, and its origin is its own, so nothing is stored either.
"use strict";

const SAYS = {
  en: {
    reply: "This is a preview, so nobody is asked. On the site the desk answers here from what is known about the project.",
    sent: "This is a preview. Nothing was sent and nothing is stored.",
  },
  hi: {
    reply: "यह सिर्फ़ प्रीव्यू है, इसलिए सवाल कहीं नहीं गया। साइट पर जवाब यहीं मिलेगा, प्रोजेक्ट की जानकारी से।",
    sent: "यह सिर्फ़ प्रीव्यू है। कुछ भी भेजा या सेव नहीं हुआ।",
  },
};
const HOUR = 3_600_000;
let shown;

const json = (value) =>
  new Response(JSON.stringify(value), { headers: { "Content-Type": "application/json" } });

function reply(text) {
  const message = { id: `m_${crypto.randomUUID()}`, author: "desk", text };
  const done = { message, quick_replies: shown.project.quick_replies, form: null, cards: [] };
  const events = [["delta", { text }], ["done", done]];
  const body = events.map(([event, data]) => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  return new Response(body.join(""), { headers: { "Content-Type": "text/event-stream" } });
}

// What the widget asks of the service, answered here.
window.fetch = async (url, { method = "GET" } = {}) => {
  const path = new URL(url, location.href).pathname;
  const says = SAYS[/^hi\b/.test(shown.project.language) ? "hi" : "en"];
  if (path === "/v1/widget") return json({ host: location.host, projects: [shown.project] });
  if (path === "/v1/leads") return json({ message: says.sent });
  if (path === "/v1/conversations") {
    const expires_at = new Date(Date.now() + HOUR).toISOString();
    return json({ id: "preview", token: "preview", expires_at });
  }
  if (path.startsWith("/v1/conversations/")) {
    return method === "POST" ? reply(says.reply) : json({ messages: [] });
  }
  return new Response(null, { status: 204 });
};

// The visitor's device is dark where the preview says so.
const ask = window.matchMedia.bind(window);
window.matchMedia = (query) => {
  const asked = /prefers-color-scheme:\s*(dark|light)/.exec(query);
  if (!asked) return ask(query);
  const matches = (asked[1] === "dark") === shown.dark;
  return Object.assign(new EventTarget(), { matches, media: query });
};

// Who types in the form beside keeps the focus, until something in here is touched.
const { focus } = HTMLElement.prototype;
HTMLElement.prototype.focus = () => {};
for (const type of ["pointerdown", "keydown"]) {
  addEventListener(type, () => (HTMLElement.prototype.focus = focus), { capture: true, once: true });
}

const tell = (what) => parent.postMessage({ frontdesk: what, id: shown?.id }, "*");
addEventListener("frontdesk:opened", () => tell("opened"));
addEventListener("frontdesk:closed", () => tell("closed"));

addEventListener("message", ({ source, data }) => {
  if (source !== parent || shown || !data?.project) return;
  shown = data;
  document.documentElement.toggleAttribute("data-dark", shown.dark);
  document.getElementById("name").textContent = shown.project.name;
  const tag = document.createElement("script");
  tag.async = true;
  tag.src = "/widget.js";
  tag.addEventListener("load", () => {
    const painted = new MutationObserver(() => look());
    const look = () => {
      const root = document.querySelector("frontdesk-widget")?.shadowRoot;
      if (!root || (shown.open && !root.querySelector("[role=dialog]:not([hidden])"))) return;
      painted.disconnect();
      requestAnimationFrame(() => tell("shown"));
    };
    painted.observe(document.documentElement, { childList: true });
    if (shown.open) {
      addEventListener("frontdesk:opened", look, { once: true });
      window.Frontdesk.open();
    }
    look();
  });
  document.head.append(tag);
});
tell("ready");
