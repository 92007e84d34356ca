/**
 * Cards under a reply: approved data in a form that is quicker to read than a paragraph. A module of
 * its own, fetched with the first of them.
 */
import styles from "./cards.css";
import { adoptStyles, element, icon } from "./dom.ts";
import { dateIn, timeOf } from "./hours.ts";
import type { PanelTexts } from "./texts.ts";

interface Row {
  label: string;
  value: string;
  note?: string;
}

export interface Slot {
  /** RFC 3339. */
  start: string;
  end: string;
}

export type Card =
  | { kind: "prices" | "configurations"; title: string; rows: Row[]; as_of: string | null }
  | { kind: "map"; title: string; text: string; url: string }
  | { kind: "brochure"; title: string; url: string }
  | { kind: "visit_slots"; title: string; time_zone: string; slots: Slot[] };

export interface Shown {
  root: ShadowRoot;
  texts: PanelTexts;
  language: string;
  /** A time was chosen. */
  onSlot(slot: Slot): void;
}

export interface CardsModule {
  createCards(cards: Card[], shown: Shown): HTMLElement[];
}

const PIN = "M12 21s7-5.6 7-11a7 7 0 0 0-14 0c0 5.4 7 11 7 11zM12 7.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5z";
const DOWNLOAD = "M12 4v11M7 11l5 5 5-5M5 20h14";

let styled: ShadowRoot | undefined;

export function createCards(cards: Card[], shown: Shown): HTMLElement[] {
  if (styled !== shown.root) adoptStyles((styled = shown.root), styles);
  return cards.map((card) => createCard(card, shown)).filter((it) => it !== undefined);
}

/** What the service may add one day is passed over. */
function createCard(card: Card, shown: Shown): HTMLElement | undefined {
  switch (card.kind) {
    case "prices":
    case "configurations":
      return createTable(card, shown);
    case "map":
      return createLink(card, PIN, card.text);
    case "brochure":
      return createLink(card, DOWNLOAD, shown.texts.brochure_open);
    case "visit_slots":
      return createSlots(card, shown);
  }
}

function createTable(
  { title, rows, as_of }: Extract<Card, { rows: Row[] }>,
  { texts, language }: Shown,
): HTMLElement {
  const table = element(
    "table",
    {},
    element("caption", {}, title),
    element(
      "tbody",
      {},
      ...rows.map(({ label, value, note }) =>
        element(
          "tr",
          {},
          element("th", { scope: "row" }, label),
          element("td", {}, value, ...(note ? [element("small", {}, note)] : [])),
        ),
      ),
    ),
  );
  return element(
    "div",
    { class: "card" },
    table,
    ...(as_of ? [element("p", {}, texts.as_of.replace("{date}", dateOf(as_of, language)))] : []),
  );
}

function createLink(
  { title, url }: Extract<Card, { url: string }>,
  shape: string,
  text: string,
): HTMLElement | undefined {
  // The service sends approved addresses alone; a script is none, whoever approved it.
  if (!/^https?:\/\//i.test(url)) return;
  return element(
    "a",
    { class: "card link", href: url, target: "_blank", rel: "noopener noreferrer" },
    icon(shape),
    element("span", {}, element("strong", {}, title), text),
  );
}

function createSlots(
  { title, time_zone: timeZone, slots }: Extract<Card, { slots: Slot[] }>,
  { texts, language, onSlot }: Shown,
): HTMLElement | undefined {
  const days = new Map<string, Slot[]>();
  // A talk may be read again when some of its times are over.
  const ahead = slots.filter(({ start }) => Date.parse(start) > Date.now());
  if (!ahead.length) return;
  for (const slot of ahead) {
    const day = dateIn(slot.start, timeZone, language);
    days.set(day, [...(days.get(day) ?? []), slot]);
  }
  const short = new Intl.DateTimeFormat(language, { weekday: "short", day: "numeric", timeZone });
  const times = element("div", { class: "replies times" });
  const choose = (chosen: string): void => {
    for (const [day, button] of dayButtons) {
      button.setAttribute("aria-pressed", String(day === chosen));
    }
    times.replaceChildren(
      ...(days.get(chosen) ?? []).map((slot) => {
        const time = timeOf(slot.start, timeZone, language);
        return element(
          "button",
          {
            type: "button",
            class: "reply",
            "aria-label": `${chosen}, ${time}`,
            onclick: () => onSlot(slot),
          },
          time,
        );
      }),
    );
  };
  const dayButtons = [...days].map(([day, [first]]): [string, HTMLElement] => {
    const choosing = { type: "button", class: "reply", onclick: () => choose(day) };
    return [day, element("button", choosing, short.format(new Date(first!.start)))];
  });
  choose(days.keys().next().value ?? "");
  const isElsewhere = ahead.some(
    ({ start }) => timeOf(start, timeZone, language) !== timeOf(start, undefined, language),
  );
  return element(
    "div",
    { class: "card slots", role: "group", "aria-label": title },
    element("strong", {}, title),
    element("div", { class: "days" }, ...dayButtons.map(([, button]) => button)),
    times,
    ...(isElsewhere ? [element("p", {}, texts.local_time)] : []),
  );
}

/** "1 November 2026", from a date alone. */
function dateOf(date: string, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" }).format(
    new Date(date),
  );
}
