/** The panel: fetched when the visitor reaches for the launcher, and the only part that stores. */
import type { ChimeModule } from "./chime.ts";
import contactStyles from "./contact.css";
import { tellConversions } from "./conversions.ts";
import { createDesk } from "./desk.ts";
import { adoptStyles, element, icon } from "./dom.ts";
import type { Guest } from "./guest.ts";
import { opensNext } from "./hours.ts";
import panelStyles from "./panel.css";
import { type Project, localeOf } from "./projects.ts";
import screenStyles from "./screen.css";
import { closeOnBack, fillsScreen, followKeyboard, keepFocus } from "./screen.ts";
import { type LauncherTexts, panelTextsOf } from "./texts.ts";

export interface Panel {
  open(): void;
  close(): void;
  /** Opens, and asks as if the visitor had typed it. */
  ask(text: string): void;
}

/** What the loader hands over; `base` is where the service is, with its trailing slash. */
export interface Mount {
  base: string;
  project: Project;
  root: ShadowRoot;
  launcher: HTMLButtonElement;
  guest: Guest;
  launcherTexts: LauncherTexts;
}

export interface PanelModule {
  mount(mount: Mount): Panel;
}

const RIGHT_TO_LEFT = /^(ar|dv|fa|he|ks|ku|ps|sd|ug|ur|yi)\b/;

export function mount({ base, project, root, launcher, guest, launcherTexts }: Mount): Panel {
  const texts = panelTextsOf(project);
  const unread = createUnread(project, launcher, launcherTexts);
  const desk = createDesk({
    base,
    project,
    root,
    texts,
    guest,
    onReply() {
      if (dialog.hidden) unread.add();
      if (project.sound && (dialog.hidden || document.hidden)) {
        const chime = import(`${base}assets/${CHIME_FILE}`) as Promise<ChimeModule>;
        chime.then((it) => it.chime()).catch(() => {}); // no sound, then
      }
    },
  });
  const title = element("strong", { id: "title" }, project.name);
  const close = element(
    "button",
    { type: "button", class: "close", "aria-label": texts.close },
    icon("M6 6l12 12M18 6 6 18"),
  );
  const dialog = element(
    "div",
    {
      class: "panel",
      role: "dialog",
      "aria-labelledby": "title",
      lang: project.language,
      dir: RIGHT_TO_LEFT.test(project.language) ? "rtl" : "ltr",
      hidden: true,
    },
    element(
      "div",
      { class: "head" },
      createAvatar(project),
      element("div", {}, title, ...linesOf(project).map((line) => element("p", {}, line))),
      close,
    ),
    desk.talk.view,
    desk.composer.view,
  );

  tellConversions(project, guest.isAllowed);
  let stayOnBack = () => {};
  const panel: Panel = {
    open() {
      if (!dialog.hidden) return;
      desk.begin(); // while hidden: one layout instead of one for each line
      dialog.hidden = false;
      dialog.toggleAttribute("aria-modal", false);
      if (fillsScreen()) dialog.setAttribute("aria-modal", "true");
      unread.clear();
      launcher.setAttribute("aria-expanded", "true");
      desk.talk.toEnd();
      desk.focus();
      stayOnBack = closeOnBack(panel.close);
      guest.remember();
      guest.tell(project.id, "opened");
    },
    close() {
      if (dialog.hidden) return;
      dialog.hidden = true;
      stayOnBack();
      launcher.setAttribute("aria-expanded", "false");
      launcher.focus();
      guest.tell(project.id, "closed");
    },
    ask(text) {
      panel.open();
      desk.ask(text);
    },
  };
  close.onclick = panel.close;
  launcher.addEventListener("keydown", closeOnEscape);
  dialog.addEventListener("keydown", closeOnEscape);
  dialog.addEventListener("keydown", (event) => keepFocus(dialog, event));
  function closeOnEscape(event: KeyboardEvent): void {
    if (event.key === "Escape") panel.close();
  }
  // Typing here is not for the page's keyboard shortcuts.
  for (const type of ["keydown", "keypress", "keyup"]) {
    dialog.addEventListener(type, (event) => event.stopPropagation());
  }
  followTheme(dialog, project);
  followKeyboard(dialog);
  adoptStyles(root, panelStyles + screenStyles + contactStyles);
  root.append(dialog);
  return panel;
}

function linesOf(project: Project): string[] {
  const opens = opensNext(project, Date.now());
  const who = opens ? project.office!.line.replaceAll("{opens}", opens) : project.hours_line;
  return [who, project.legal_line].filter((line): line is string => !!line);
}

/** The project's picture; where there is none or the page refuses it, its mark or its initials. */
function createAvatar({ name, logo_url, logo_path }: Project): HTMLElement {
  const initials = name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => [...word][0] ?? "")
    .join("");
  const mark = logo_path ? icon(logo_path) : initials;
  const avatar = element("div", { class: "avatar", "aria-hidden": "true" }, mark);
  if (logo_url) {
    const image = element("img", { src: logo_url, alt: "", referrerpolicy: "no-referrer" });
    image.onload = () => avatar.replaceChildren(image);
  }
  return avatar;
}

function followTheme(dialog: HTMLElement, project: Project): void {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const show = () => {
    const isDark = project.theme === "auto" ? system.matches : project.theme === "dark";
    dialog.toggleAttribute("dark", isDark);
    dialog.style.setProperty("--accent", isDark ? project.accent_dark : project.accent);
    dialog.style.setProperty("--on-accent", isDark ? project.on_accent_dark : project.on_accent);
  };
  system.addEventListener("change", show);
  show();
}

/** How many replies came while the panel was closed: a badge, and part of the launcher's name. */
function createUnread(project: Project, launcher: HTMLElement, texts: LauncherTexts) {
  const badge = element("span", { class: "badge", "aria-hidden": "true", hidden: true });
  launcher.append(badge);
  let count = 0;
  const show = () => {
    badge.hidden = !count;
    badge.textContent = new Intl.NumberFormat(localeOf(project)).format(count);
    const unread = texts.unread.replace("{count}", badge.textContent);
    launcher.setAttribute("aria-label", count ? `${texts.launcher}, ${unread}` : texts.launcher);
  };
  return {
    add() {
      count++;
      show();
    },
    clear() {
      if (count) (count = 0), show();
    },
  };
}
