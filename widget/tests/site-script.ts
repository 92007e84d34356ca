/**
 * A site's own script as the guide shows it, for the type checker: what the guide promises compiles,
 * and what would be a mistake does not.
 */
import type { FrontdeskApi, FrontdeskEvent } from "../frontdesk.d.ts";

export function greet(desk: FrontdeskApi): () => void {
  desk.open();
  desk.ask("What is the price?");
  desk.set({ name: "Asha Rao", phone: "98765 43210", country: "IN" });
  desk.consent(true);
  desk.push((it) => it.close());
  return desk.on("answered", ({ project, milliseconds }: FrontdeskEvent) => {
    console.log(project, milliseconds ?? 0);
  });
}

(window.Frontdesk ||= []).push(greet);
addEventListener("frontdesk:sent", (event) => console.log(event.detail.project));

export function mistakes(desk: FrontdeskApi): void {
  // @ts-expect-error: there is no such event
  desk.on("phoned", () => {});
  // @ts-expect-error: no event carries what was asked
  desk.on("asked", (event) => console.log(event.text));
  // @ts-expect-error: the form has no such field
  desk.set({ age: 40 });
  // @ts-expect-error: what a banner was answered is yes or no
  desk.consent("yes");
}
