// The editor of widget settings: the preview follows what is typed, and every field says whether it
// is inherited. Without this script the form works as it is, and the page says so.
"use strict";

const TYPING_MILLISECONDS = 250;
const WIDTHS_PX = { phone: 390, desktop: 640 };
const form = document.querySelector("form[data-preview]");
const stage = document.querySelector(".stage");
const status = document.querySelector("[data-status]");
const chosen = { width: "phone", scheme: "light", language: "" };
let isOpen = true;
let last; // the last project that was shown: settings that are wrong leave it standing
let next = 0;
let timer = 0;
let asked = 0;

document.querySelector(".preview").hidden = false;

// What each field says of itself.
function tellSource(name) {
  const field = form.querySelector(`[data-field="${name}"]`);
  const isOwn = form.elements[name].value.trim() !== "";
  field.querySelector(".inherited").hidden = isOwn;
  field.querySelector("[data-reset]").hidden = !isOwn;
}
for (const field of form.querySelectorAll("[data-field]")) {
  const { field: name } = field.dataset;
  const input = form.elements[name];
  field.querySelector("[data-reset]").addEventListener("click", () => {
    input.value = "";
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.focus();
  });
  tellSource(name);
}

// The colour's picker beside its text.
const accent = form.elements.accent;
const picker = form.querySelector("input[type=color]");
picker.hidden = false;
const showColour = () => {
  const text = accent.value || accent.placeholder;
  if (/^#[0-9a-f]{6}$/i.test(text)) picker.value = text;
};
picker.addEventListener("input", () => {
  accent.value = picker.value;
  accent.dispatchEvent(new Event("input", { bubbles: true }));
});
showColour();

form.addEventListener("input", ({ target }) => {
  if (target === picker) return;
  if (target.name && form.querySelector(`[data-field="${target.name}"]`)) tellSource(target.name);
  showColour();
  clearTimeout(timer);
  timer = setTimeout(update, TYPING_MILLISECONDS);
});

async function update() {
  const turn = ++asked;
  const fields = new URLSearchParams(new FormData(form));
  fields.set("shown_language", chosen.language);
  let reply;
  let said;
  try {
    reply = await fetch(form.dataset.preview, {
      method: "POST",
      headers: { "X-CSRF-Token": fields.get("csrf_token") },
      body: fields,
    });
    said = await reply.json();
  } catch {
    if (turn === asked) say("The preview cannot be reached now. What you typed stays here.");
    return;
  }
  if (turn !== asked) return;
  if (reply.status === 422 && said.faults) {
    showFaults(said.faults);
    return say("Something is not right yet. The preview keeps what was.");
  }
  if (!reply.ok) return say("The preview does not work now. What you typed stays here.");
  showFaults({});
  showBehind(said.behind);
  last = said.project;
  say("");
  show();
}

const say = (text) => {
  status.textContent = text;
};

// In the place where the server puts them.
function showFaults(faults) {
  for (const field of form.querySelectorAll("[data-field]")) {
    const { field: name } = field.dataset;
    const input = form.elements[name];
    const place = field.querySelector(".fault");
    place.textContent = faults[name] ?? "";
    place.hidden = !faults[name];
    if (faults[name]) {
      input.setAttribute("aria-invalid", "true");
      input.setAttribute("aria-describedby", place.id);
    } else {
      input.removeAttribute("aria-invalid");
      input.removeAttribute("aria-describedby");
    }
  }
}

// Words that are inherited follow the language.
function showBehind(behind) {
  for (const [name, text] of Object.entries(behind)) {
    const input = form.elements[name];
    if ("placeholder" in input) input.placeholder = text;
  }
}

// A new frame is made ready behind the one that is seen, so that nothing flickers.
function show() {
  if (!last) return;
  const frame = document.createElement("iframe");
  frame.title = "The widget as visitors get it";
  frame.setAttribute("sandbox", "allow-scripts");
  frame.src = stage.dataset.frame;
  frame.dataset.id = String(++next);
  frame.className = "coming";
  for (const old of stage.querySelectorAll("iframe.coming")) old.remove();
  stage.append(frame);
  fit();
}

addEventListener("message", ({ source, data }) => {
  const frames = [...stage.querySelectorAll("iframe")];
  const frame = frames.find((one) => one.contentWindow === source);
  if (!frame || !data?.frontdesk) return;
  if (data.frontdesk === "ready") {
    const id = frame.dataset.id;
    const dark = chosen.scheme === "dark";
    source.postMessage({ id, project: last, dark, open: isOpen }, "*");
  } else if (data.frontdesk === "shown") {
    frame.className = "";
    for (const one of frames) if (one !== frame) one.remove();
    stage.dataset.shown = frame.dataset.id;
  } else if (frame.className === "") {
    isOpen = data.frontdesk === "opened";
  }
});

// A screen that is wider than its place on the page is shown smaller.
function fit() {
  stage.dataset.width = chosen.width;
  const { paddingLeft, paddingRight } = getComputedStyle(stage.parentElement);
  const room = stage.parentElement.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
  const scale = Math.min(1, room / WIDTHS_PX[chosen.width]);
  stage.style.setProperty("--scale", String(scale));
}
addEventListener("resize", fit);

for (const button of document.querySelectorAll("[data-choose]")) {
  button.addEventListener("click", () => {
    const { choose, value } = button.dataset;
    chosen[choose] = value;
    for (const one of document.querySelectorAll(`[data-choose="${choose}"]`)) {
      one.setAttribute("aria-pressed", String(one === button));
    }
    if (choose === "width") fit();
    if (choose === "language") void update();
    else show();
  });
}

fit();
void update();
