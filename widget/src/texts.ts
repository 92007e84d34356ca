/**
 * All that the widget says. A language is a row in each table; a project's own `texts` win over it,
 * by the same keys. Two tables, so that the loader carries its own two lines only.
 */
import type { Project } from "./projects.ts";

const launcherTexts = {
  en: {
    launcher: "Ask about {project}",
    failed: "That didn't load. Please try once more.",
  },
};

const panelTexts = {
  en: {
    close: "Close",
    conversation: "Conversation",
    you: "You",
    team: "The team",

    write: "Ask about {project}",
    send: "Send",
    stop: "Stop the reply",
    stopped: "Stopped here.",
    call_back: "Prefer to talk? Ask for a call",

    again: "Try again",
    unreachable: "That didn't reach us. It is kept here; nothing is lost.",
    offline: "You're offline. Your message is kept here and goes out as soon as you're back.",

    price_title: "Prices from the team",
    price_next: "Leave a number and the team calls with the full price list.",
    visit_title: "Plan a visit",
    visit_next: "Leave a number and the team calls to settle a time.",
    call_title: "Ask for a call",
    call_next: "Leave a number and the team calls you back.",
    brochure_title: "Get the brochure",
    brochure_next: "Leave a number and the team sends it to you.",
    other_title: "Ask the team",
    other_next: "Leave a number and the team gets back to you.",

    name: "Name",
    phone: "Phone",
    country: "Country code",
    email: "E-mail (optional)",
    submit: "Send to the team",
    submitting: "Sending",
    not_now: "Not now",
    name_missing: "Please say what to call you.",
    phone_missing: "The team needs a number to reach you.",
    consent_missing: "Please agree first; nobody calls without it.",
  },
};

export type PanelTexts = (typeof panelTexts)["en"];

/** The row for the project's language, English where there is none, under the project's own texts. */
function pick<Texts extends Record<string, string>>(
  table: { en: Texts } & Partial<Record<string, Texts>>,
  { language, name, texts }: Project,
): Texts {
  const row = { ...table.en, ...table[language.split("-")[0]!], ...texts };
  return Object.fromEntries(
    Object.entries(row).map(([key, text]) => [key, text.replace("{project}", () => name)]),
  ) as Texts;
}

export const launcherTextsOf = (project: Project) => pick(launcherTexts, project);
export const panelTextsOf = (project: Project) => pick(panelTexts, project);
