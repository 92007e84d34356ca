/** What the site's own measuring is told, where the project's settings allow it. No personal data. */
import type { FrontdeskEventKind } from "../frontdesk.d.ts";
import type { Project } from "./projects.ts";

export type Conversion = "data_layer" | "gtag" | "fbq";

type Measuring = {
  dataLayer?: { push?(entry: object): void };
  gtag?(command: "event", name: string, parameters: object): void;
  fbq?(command: "track", name: string, parameters: object): void;
};

const TOLD: FrontdeskEventKind[] = ["opened", "asked", "form_shown", "sent"];

/** Looked up when it happens: these come with scripts that load when they like. */
export function tellConversions({ id, conversions }: Project, isAllowed: () => boolean): void {
  const page = window as Measuring;
  for (const kind of TOLD) {
    addEventListener(`frontdesk:${kind}`, ({ detail }) => {
      if (detail.project !== id || !isAllowed()) return;
      const name = `frontdesk_${kind}`;
      if (conversions.includes("data_layer")) page.dataLayer?.push?.({ event: name, project: id });
      if (kind !== "sent") return;
      if (conversions.includes("gtag")) page.gtag?.("event", "generate_lead", { project: id });
      if (conversions.includes("fbq")) page.fbq?.("track", "Lead", { content_name: id });
    });
  }
}
