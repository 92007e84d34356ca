/** The list of countries behind the calling code: a module of its own, fetched when it is wanted. */
import { type Country, countries } from "./countries.ts";
import { adoptStyles, element } from "./dom.ts";
import styles from "./picker.css";
import type { PanelTexts } from "./texts.ts";

export interface Picker {
  root: ShadowRoot;
  language: string;
  texts: PanelTexts;
  selected: string;
  onPick(country: Country): void;
  onCancel(): void;
}

export interface PickerModule {
  createPicker(picker: Picker): HTMLElement;
  countries(language: string): Country[];
}

export { countries };

let styled: ShadowRoot | undefined;

/** A combobox with its list, after the WAI-ARIA Authoring Practices: the focus stays in the field. */
export function createPicker({ root, language, texts, selected, onPick, onCancel }: Picker): HTMLElement {
  if (styled !== root) adoptStyles((styled = root), styles);
  const all = countries(language);
  // Who writes in Hindi may still search in English.
  const english = new Map(countries("en").map(({ code, name }) => [code, name]));
  const list = element("div", { role: "listbox", id: "countries", "aria-label": texts.country });
  const input = element("input", {
    type: "text",
    role: "combobox",
    autocomplete: "off",
    spellcheck: "false",
    "aria-expanded": "true",
    "aria-controls": list.id,
    "aria-autocomplete": "list",
    "aria-label": texts.country_search,
    placeholder: texts.country_search,
  });
  let found: Country[] = [];
  let active = 0;

  const point = (to: number): void => {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = Math.max(0, Math.min(found.length - 1, to));
    const option = list.children[active];
    if (!found.length || !option) return input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  };

  const show = (): void => {
    const wanted = input.value.trim().toLocaleLowerCase(language).replace(/^\+/, "");
    const matches = ({ code, name, callingCode }: Country) =>
      name.toLocaleLowerCase(language).includes(wanted) ||
      english.get(code)!.toLowerCase().includes(wanted) ||
      code.toLowerCase() === wanted ||
      callingCode.startsWith(wanted);
    const begins = ({ name }: Country) => name.toLocaleLowerCase(language).startsWith(wanted);
    found = all.filter(matches).sort((a, b) => Number(begins(b)) - Number(begins(a)));
    list.replaceChildren(
      ...found.map((country) =>
        element(
          "div",
          {
            role: "option",
            id: `country-${country.code}`,
            "aria-selected": "false",
            onclick: () => onPick(country),
          },
          element("span", { "aria-hidden": "true" }, country.code),
          element("span", {}, country.name),
          element("bdi", {}, `+${country.callingCode}`),
        ),
      ),
    );
    if (!found.length) list.append(element("p", {}, texts.country_none));
    point(wanted ? 0 : found.findIndex(({ code }) => code === selected));
  };

  input.addEventListener("input", show);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 6, PageUp: -6 };
    if (event.key in steps) point(active + steps[event.key]!);
    else if (event.key === "Enter" && found[active]) onPick(found[active]!);
    else if (event.key === "Escape") onCancel();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  const view = element("div", { class: "picker" }, input, list);
  view.addEventListener("focusout", ({ relatedTarget }) => {
    if (!relatedTarget || !view.contains(relatedTarget as Node)) onCancel();
  });
  // A press in the list leaves the focus in the field.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  // Shown once it is in the page: only then can it scroll to the chosen country.
  requestAnimationFrame(() => {
    input.focus();
    point(active);
    view.scrollIntoView({ block: "nearest" });
  });
  show();
  return view;
}
