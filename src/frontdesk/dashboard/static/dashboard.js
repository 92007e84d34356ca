// Everything works without this script. It writes times in the viewer's zone, lets commands and tags
// be copied, and chooses all rows of a page.
"use strict";

const now = new Date();
const formats = new Map();

function format(withYear, withSeconds) {
  const key = `${withYear} ${withSeconds}`;
  if (!formats.has(key)) {
    formats.set(key, new Intl.DateTimeFormat("en-GB", {
      day: "numeric",
      month: "short",
      year: withYear ? "numeric" : undefined,
      hour: "2-digit",
      minute: "2-digit",
      second: withSeconds ? "2-digit" : undefined,
    }));
  }
  return formats.get(key);
}

function tellTimes() {
  for (const time of document.querySelectorAll("time[datetime]:not([title], [data-as-is])")) {
    const at = new Date(time.dateTime);
    if (Number.isNaN(at.getTime())) continue;
    const withYear = at.getFullYear() !== now.getFullYear();
    time.title = time.textContent;
    time.textContent = format(withYear, "seconds" in time.dataset).format(at);
  }
}
tellTimes();
document.addEventListener("frontdesk:rows", tellTimes);

for (const button of document.querySelectorAll("button[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const code = button.parentElement.querySelector("code");
    try {
      await navigator.clipboard.writeText(code.textContent);
      button.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(code);
      button.textContent = "Press Ctrl+C";
    }
  });
}

for (const button of document.querySelectorAll("button[data-choose-all]")) {
  const boxes = document.querySelectorAll("table[data-choosable] input[type=checkbox]");
  button.hidden = false;
  button.addEventListener("click", () => {
    const choose = ![...boxes].every((box) => box.checked);
    for (const box of boxes) box.checked = choose;
    button.textContent = choose ? "Choose none" : "Choose all on this page";
  });
}

// A page that says how far something is reads itself again until that is done.
async function followProgress() {
  const shown = document.querySelector("[data-progress]");
  if (!shown) return;
  await new Promise((resolve) => setTimeout(resolve, 1500));
  try {
    const reply = await fetch(location.href);
    if (!reply.ok) return;
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    if (!page.querySelector("[data-progress]")) return void location.reload();
    shown.replaceWith(page.querySelector("[data-progress]"));
    tellTimes();
  } catch {
    // Not reached: the next time, perhaps.
  }
  followProgress();
}
followProgress();
