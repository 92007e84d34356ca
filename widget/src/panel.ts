import type { Project } from "./projects.ts";

export interface Panel {
  open(): void;
  close(): void;
}

/** What the loader hands over; `base` is where the service is, with its trailing slash. */
export interface Mount {
  base: string;
  project: Project;
  root: ShadowRoot;
  launcher: HTMLButtonElement;
}

export interface PanelModule {
  mount(mount: Mount): Panel;
}

export function mount({ project, root, launcher }: Mount): Panel {
  const dialog = document.createElement("div");
  dialog.setAttribute("role", "dialog");
  dialog.setAttribute("aria-label", project.name);
  const input = document.createElement("textarea");
  input.setAttribute("aria-label", "Your message");
  dialog.append(input);
  dialog.hidden = true;
  root.append(dialog);
  return {
    open() {
      dialog.hidden = false;
      launcher.setAttribute("aria-expanded", "true");
      input.focus();
    },
    close() {
      dialog.hidden = true;
      launcher.setAttribute("aria-expanded", "false");
      launcher.focus();
    },
  };
}
