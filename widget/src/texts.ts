/**
 * All that the widget says. The launcher's few lines come with the loader; the panel is built once
 * for each language, with `texts.hi.ts` in place of `texts.en.ts`. A project's own `texts` win over
 * both, by the same keys.
 */
import type { Project } from "./projects.ts";
import panelTexts from "./texts.en.ts";

const launcherTexts = {
  launcher: "Ask about {project}",
  unread: "{count} new",
  dismiss: "Dismiss",
  failed: "That didn't load. Please try once more.",
};

export type LauncherTexts = typeof launcherTexts;
export type PanelTexts = typeof panelTexts;

/** A row under the project's own texts, its name filled in. */
function fill<Texts extends Record<string, string>>(row: Texts, { name, texts }: Project): Texts {
  return Object.fromEntries(
    Object.entries({ ...row, ...texts }).map(([key, text]) => [
      key,
      text.replace("{project}", () => name),
    ]),
  ) as Texts;
}

export const launcherTextsOf = (project: Project) => fill(launcherTexts, project);
export const panelTextsOf = (project: Project) => fill(panelTexts, project);
