/** The country before the number: its two letters and calling code, and the list behind them. */
import type { Country } from "./countries.ts";
import { element, icon } from "./dom.ts";
import type { PickerModule } from "./picker.ts";
import { type Project, localeOf } from "./projects.ts";
import type { PanelTexts } from "./texts.ts";

/** `place` is where the list opens. Without the list, which may fail to load, the country stays. */
export function countryButton(base: string, project: Project, texts: PanelTexts, first: string) {
  let selected = first;
  const shown = element("span", { dir: "ltr" });
  const place = element("div");
  const button = element(
    "button",
    { type: "button", class: "country", "aria-haspopup": "listbox", "aria-expanded": "false" },
    shown,
    icon("m8 10 4 4 4-4"),
  );
  const names = new Intl.DisplayNames([localeOf(project), "en"], { type: "region" });
  const show = ({ code, callingCode }: Pick<Country, "code" | "callingCode">) => {
    selected = code;
    shown.textContent = callingCode ? `${code} +${callingCode}` : code;
    button.setAttribute("aria-label", `${shown.textContent}, ${names.of(code)}, ${texts.country}`);
  };
  const fetchPicker = () => import(`${base}assets/${PICKER_FILE}`) as Promise<PickerModule>;

  if (first === project.country) show({ code: first, callingCode: project.phone.calling_code });
  else {
    show({ code: first, callingCode: "" });
    fetchPicker().then(
      ({ countries }) => show(countries("en").find(({ code }) => code === first)!),
      () => {},
    );
  }

  const close = (): void => {
    place.replaceChildren();
    button.setAttribute("aria-expanded", "false");
  };
  const leave = (): void => {
    close();
    button.focus({ preventScroll: true });
  };
  button.onclick = async () => {
    if (place.firstChild) return close();
    const picker = await fetchPicker().catch(() => undefined);
    if (!picker) return;
    button.setAttribute("aria-expanded", "true");
    place.replaceChildren(
      picker.createPicker({
        root: button.getRootNode() as ShadowRoot,
        language: localeOf(project),
        texts,
        selected,
        onPick(country) {
          show(country);
          leave();
        },
        onCancel: leave,
      }),
    );
  };
  return { view: button, place, selected: () => selected };
}
