// The list of leads: by keyboard, and new leads as they come. Everything works without it too.
"use strict";

const table = document.querySelector("table[data-leads]");
const help = document.querySelector("dialog.keys");
const rowsOf = () => [...table.tBodies[0].rows];
const linkOf = (row) => row.querySelector(".row-link");
const boxOf = (row) => row.querySelector("input[type=checkbox]");

function move(step) {
  const rows = rowsOf();
  const here = rows.indexOf(document.activeElement?.closest("tr"));
  const next = here < 0 ? (step > 0 ? 0 : rows.length - 1) : here + step;
  const row = rows[Math.max(0, Math.min(next, rows.length - 1))];
  linkOf(row).focus();
  row.scrollIntoView({ block: "nearest" });
}

function tellChosen() {
  const line = document.querySelector("[data-chosen]");
  if (!line) return;
  const count = rowsOf().filter((row) => boxOf(row)?.checked).length;
  line.textContent = count === 0 ? "" : `${count} chosen`;
}

const keys = {
  j: () => move(1),
  k: () => move(-1),
  x: () => {
    const row = document.activeElement?.closest("tr");
    const box = row && table.contains(row) && boxOf(row);
    if (box) box.click();
  },
  "/": () => document.querySelector("input[type=search]")?.select(),
  "?": () => help?.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || help?.open) return;
  if (event.target.closest("input:not([type=checkbox]), select, textarea, dialog")) return;
  const act = table && keys[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

if (table) {
  table.addEventListener("change", tellChosen);
  document.querySelector("[data-choose-all]")?.addEventListener("click", tellChosen);
  tellChosen();
}

for (const button of document.querySelectorAll("[data-keys]")) {
  button.hidden = false;
  button.addEventListener("click", () => help.showModal());
}

// Before the first lead there is no list: the page that waits for it is made anew once it is there.
const waiting = document.querySelector("[data-first-lead]");
if (waiting) {
  const LOOK_SECONDS = 5;
  const look = async () => {
    if (document.hidden) return;
    try {
      const reply = await fetch(`/v1/leads?limit=1&${waiting.dataset.firstLead}`);
      if (reply.ok && (await reply.json()).items.length) location.reload();
    } catch {
      // No network for a while: the next look tells.
    }
  };
  setInterval(look, LOOK_SECONDS * 1000);
  document.addEventListener("visibilitychange", look);
}

// The first page asks now and then whether the newest lead is still the newest, and puts those that
// came on top: nothing that is chosen or focused moves away from under anybody.
const fresh = document.querySelector("[data-fresh]");
if (table && fresh?.dataset.fresh) {
  const LOOK_SECONDS = 20;
  let newest = fresh.dataset.fresh;
  let come = 0;

  const look = async () => {
    if (document.hidden) return;
    try {
      const reply = await fetch(`/v1/leads?limit=1&${fresh.dataset.query}`);
      const found = reply.ok ? (await reply.json()).items[0] : undefined;
      if (found && found.id !== newest) await bring(found.id);
    } catch {
      // No network for a while: the next look tells.
    }
  };

  const bring = async (id) => {
    const page = await fetch(location.href);
    if (!page.ok) return;
    const html = new DOMParser().parseFromString(await page.text(), "text/html");
    const known = new Set(rowsOf().map((row) => row.dataset.id));
    const arrived = [...html.querySelectorAll("table[data-leads] tbody tr")].filter(
      (row) => !known.has(row.dataset.id),
    );
    const before = rowsOf().at(0);
    for (const row of arrived) {
      const own = document.importNode(row, true);
      own.classList.add("arrived");
      table.tBodies[0].insertBefore(own, before ?? null);
    }
    document.dispatchEvent(new Event("frontdesk:rows"));
    newest = id;
    come += arrived.length;
    fresh.hidden = come === 0;
    fresh.textContent = come === 1 ? "1 new lead has come." : `${come} new leads have come.`;
  };

  setInterval(look, LOOK_SECONDS * 1000);
  document.addEventListener("visibilitychange", look);
}
