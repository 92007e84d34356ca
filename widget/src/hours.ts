/** Whether people answer now, and when they are back: the project's hours in its own time zone. */
import { type Project, localeOf } from "./projects.ts";

const DAYS = ["Su", "Mo", "Tu", "We", "Th", "Fr", "Sa"];
const DAY_MILLISECONDS = 86_400_000;

interface Span {
  /** 0 for Sunday. */
  day: number;
  /** `HH:MM`, which sorts as it is. */
  opens: string;
  closes: string;
}

/** `Mo-Fr,Su 10:00-19:00` as one span for each day. */
function spansOf(hours: string[]): Span[] {
  return hours.flatMap((line) => {
    const [days, times] = line.split(" ") as [string, string];
    const [opens, closes] = times.split("-") as [string, string];
    return days.split(",").flatMap((part) => {
      const [first, last = first] = part.split("-").map((day) => DAYS.indexOf(day)) as [number, number?];
      const length = (last - first + 7) % 7;
      return Array.from({ length: length + 1 }, (_, at) => ({ day: (first + at) % 7, opens, closes }));
    });
  });
}

/**
 * Nothing while the office is open; otherwise when it opens next, as people say it in the
 * project's language: "today, 10:00 am", "tomorrow, 10:00 am", "Monday, 10:00 am".
 */
export function opensNext(
  project: Pick<Project, "office" | "time_zone" | "language" | "country">,
  now: number,
): string | undefined {
  const { office, time_zone: timeZone } = project;
  if (!office) return;
  const language = localeOf(project);
  const spans = spansOf(office.hours);
  // "Wed 20:05"
  const there = new Date(now).toLocaleString("en-GB", {
    timeZone,
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  const today = DAYS.indexOf(there.slice(0, 2));
  const time = there.slice(-5);
  if (spans.some(({ day, opens, closes }) => day === today && opens <= time && time < closes)) return;

  for (let ahead = 0; ahead <= 7; ahead++) {
    const next = spans
      .filter(({ day, opens }) => day === (today + ahead) % 7 && (ahead > 0 || opens > time))
      .sort((a, b) => (a.opens < b.opens ? -1 : 1))[0];
    if (!next) continue;
    const day =
      ahead < 2
        ? new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(ahead, "day")
        : new Intl.DateTimeFormat(language, { timeZone, weekday: "long" }).format(now + ahead * DAY_MILLISECONDS);
    return `${day}, ${timeOf(`1970-01-01T${next.opens}Z`, "UTC", language)}`;
  }
  return undefined;
}

/** A time of day as people write it in `language`. */
export function timeOf(at: string, timeZone: string | undefined, language: string): string {
  return new Intl.DateTimeFormat(language, { timeZone, hour: "numeric", minute: "2-digit" }).format(
    new Date(at),
  );
}

/** "Today", "Yesterday", or the date; in the visitor's own time zone. */
export function dayOf(at: string, now: number, language: string): string {
  const midnight = (time: number) => new Date(time).setHours(0, 0, 0, 0);
  const days = Math.round((midnight(Date.parse(at)) - midnight(now)) / DAY_MILLISECONDS);
  if (days < -1 || days > 0) {
    return new Intl.DateTimeFormat(language, { weekday: "short", day: "numeric", month: "short" }).format(
      new Date(at),
    );
  }
  const word = new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(days, "day");
  return word.charAt(0).toLocaleUpperCase(language) + word.slice(1);
}

/** "Saturday 28 November". */
export function dateIn(at: string, timeZone: string, language: string): string {
  return new Intl.DateTimeFormat(language, {
    weekday: "long",
    day: "numeric",
    month: "long",
    timeZone,
  }).format(new Date(at));
}
