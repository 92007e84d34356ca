/** What a project's settings make of the launcher, before anything else is fetched. */
import type { BubbleModule } from "./bubble.ts";
import type { Project } from "./projects.ts";
import { launcherText } from "./texts.ts";

/** Size and shape; `label` is the launcher's name, which a pill shows. */
export function dress(host: HTMLElement, button: HTMLElement, project: Project, label: string): void {
  host.toggleAttribute("left", project.position === "left");
  host.setAttribute("size", project.size);
  button.style.cssText = `--accent:${project.accent};--on-accent:${project.on_accent}`;
  if (project.launcher !== "pill") return;
  const words = document.createElement("span");
  words.textContent = label;
  button.classList.add("pill");
  button.append(words);
}

interface Place {
  base: string;
  project: Project;
  root: ShadowRoot;
  launcher: HTMLElement;
  open(): void;
}

/** Shows the greeting's bubble once, at the first of its moments. Returns what ends the waiting. */
export function awaitBubble({ base, project, ...place }: Place): () => void {
  const { bubble, language } = project;
  const page = document.documentElement;
  const show = (): void => {
    stop();
    (import(`${base}assets/${BUBBLE_FILE}`) as Promise<BubbleModule>).then(
      (it) => it.showBubble({ ...place, language, text: bubble!.text, dismiss: launcherText(project, "dismiss") }),
      () => {}, // nobody misses it
    );
  };
  const leaving = ({ clientY }: MouseEvent): void => void (clientY <= 0 && show());
  const after = bubble?.after_seconds ?? -1;
  const timer = after < 0 ? 0 : setTimeout(show, after * 1000);
  if (bubble?.on_exit) page.addEventListener("mouseleave", leaving, { passive: true });
  const stop = (): void => {
    clearTimeout(timer);
    page.removeEventListener("mouseleave", leaving);
  };
  return stop;
}
