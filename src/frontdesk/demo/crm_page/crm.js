// Shows what the CRM holds and asks again every two seconds. Everything received is text.
const EVERY_MS = 2000;
const LABELS = ["Received", "Project", "Name", "Phone", "Wants", "Attempt", "Came again", "As sent"];
const byId = (id) => document.getElementById(id);
const shown = new Map(); // record id -> its row, so that opened details stay open
let isFirst = true;

function makeCell(index, content, className) {
  const cell = document.createElement("td");
  cell.dataset.label = LABELS[index];
  if (className) cell.className = className;
  cell.append(content);
  return cell;
}

function makeTime(at) {
  const time = document.createElement("time");
  time.dateTime = at;
  time.textContent = new Date(at).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "medium" });
  return time;
}

function makeDetails(row) {
  const details = document.createElement("details");
  const summary = document.createElement("summary");
  const fields = Object.keys(row.body).length;
  summary.textContent = `${fields} ${fields === 1 ? "field" : "fields"}`;
  const text = document.createElement("pre");
  text.textContent = JSON.stringify(row.body, null, 2);
  details.append(summary, text);
  return details;
}

function makeRow(row) {
  const line = document.createElement("tr");
  line.append(
    makeCell(0, makeTime(row.at)),
    makeCell(1, row.columns.project, "code"),
    makeCell(2, row.columns.name),
    makeCell(3, row.columns.phone),
    makeCell(4, row.columns.interest),
    makeCell(5, String(row.attempt), row.attempt > 1 ? "number late" : "number"),
    makeCell(6, ""),
    makeCell(7, makeDetails(row)),
  );
  return line;
}

function tellRepeats(line, repeats) {
  const cell = line.cells[6];
  cell.textContent = repeats === 0 ? "no" : `${repeats} ${repeats === 1 ? "time" : "times"}, kept once`;
  cell.className = repeats === 0 ? "quiet" : "late";
}

function show(state) {
  const choice = document.querySelector(`input[value="${state.mode}"]`);
  if (choice && !choice.checked) choice.checked = true;
  byId("count").textContent = String(state.kept);
  byId("empty").hidden = state.kept > 0;
  byId("list").hidden = state.kept === 0;
  const outside = state.outside === 0 ? "" : state.outside === 1
    ? "1 lead was turned away and has not come back yet. Retry now in the dashboard sends it at once."
    : `${state.outside} leads were turned away and have not come back yet. Retry now in the dashboard sends them at once.`;
  if (byId("outside").textContent !== outside) byId("outside").textContent = outside;
  for (const row of [...state.rows].reverse()) {
    let line = shown.get(row.id);
    if (!line) {
      line = makeRow(row);
      if (!isFirst) line.className = "fresh";
      shown.set(row.id, line);
      byId("rows").prepend(line);
    }
    tellRepeats(line, row.repeats);
  }
  isFirst = false;
}

function tellLive(isLive) {
  byId("live").textContent = isLive ? "Live" : "Not reachable";
  byId("live").classList.toggle("lost", !isLive);
}

async function refresh() {
  try {
    const reply = await fetch("state");
    if (!reply.ok) throw new Error(String(reply.status));
    show(await reply.json());
    tellLive(true);
  } catch {
    tellLive(false);
  }
}

async function keepFresh() {
  await refresh();
  setTimeout(keepFresh, EVERY_MS);
}

byId("modes").addEventListener("change", async (event) => {
  const body = JSON.stringify({ mode: event.target.value });
  await fetch("mode", { method: "PUT", headers: { "Content-Type": "application/json" }, body });
  await refresh();
});
keepFresh();
