/** What can be told about a number before it is sent; the service has the last word. */
import type { Project } from "./projects.ts";

/**
 * How many digits it has where that is not how many a number has in the project's country. Only
 * plain numbers are looked at: whatever else is typed, the service reads better.
 */
export function wrongDigits(number: string, { calling_code, digits }: Pick<Project["phone"], "calling_code" | "digits">): number | undefined {
  const plain = number.normalize("NFKC").trim();
  if (!digits.length || !/^[\d\s().-]+$/.test(plain)) return;
  const typed = plain.replace(/\D/g, "");
  // Dialled with a 0 in front, or with the calling code, it may be right all the same.
  const readings = [typed, typed.replace(/^0/, ""), typed.replace(RegExp(`^(00)?${calling_code}`), "")];
  return readings.some(({ length }) => digits.includes(length)) ? undefined : typed.length;
}

/**
 * The number without the country's calling code, which stands in front of the field already, and
 * with a space in the middle of ten digits.
 */
export function withoutCode(number: string, callingCode: string): string {
  if (!callingCode || !number.startsWith(`+${callingCode}`)) return number;
  return number.slice(callingCode.length + 1).trim().replace(/^(\d{5})(\d{5})$/, "$1 $2");
}

/** An E.164 number as it is easier to read, on one line: +91 98765 43210. */
export const spaced = (number: string, callingCode: string): string =>
  number.startsWith(`+${callingCode}`)
    ? `+${callingCode} ${withoutCode(number, callingCode)}`.replaceAll(" ", "\u00a0")
    : number;
