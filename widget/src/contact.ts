/** The contact form: name, phone with country, e-mail if wished, consent. */
import { countryButton } from "./country.ts";
import { element } from "./dom.ts";
import type { Contact } from "./memory.ts";
import type { Outbox } from "./outbox.ts";
import { spaced, withoutCode, wrongDigits } from "./phone-number.ts";
import { type Consent, type Project, localeOf } from "./projects.ts";
import {
  type FieldError,
  type Interest,
  Problem,
  type Qualification,
  type Service,
  randomId,
} from "./service.ts";
import type { PanelTexts } from "./texts.ts";

interface ContactForm {
  base: string;
  project: Project;
  texts: PanelTexts;
  service: Service;
  outbox: Outbox;
  interest: Interest;
  contact: Partial<Contact>;
  /** The number that the visitor gave in the talk: the form asks whether it is the one to call. */
  asked: string | undefined;
  qualification: Qualification | undefined;
  /** The time chosen for a visit, as people write it. */
  visitAt: string | undefined;
  /** The lead is stored; `message` is what the service says to the visitor. */
  onSent(message: string, contact: Contact): void;
  onCancel(): void;
  /** What to show for a failure that no field is to blame for. */
  explain(error: unknown, retry: () => void, offline: string): HTMLElement;
}

export function createContactForm({
  base,
  project,
  texts,
  service,
  outbox,
  interest,
  contact,
  asked,
  qualification,
  visitAt,
  onSent,
  onCancel,
  explain,
}: ContactForm): HTMLFormElement {
  let consent = project.consent;
  const { calling_code } = project.phone;
  const name = field("name", texts.name, {
    autocomplete: "name",
    autocapitalize: "words",
    spellcheck: "false",
    enterkeyhint: "next",
    maxlength: "200",
    value: contact.name ?? "",
  });
  const phone = field("phone", texts.phone, {
    type: "tel",
    inputmode: "tel",
    autocomplete: "tel",
    enterkeyhint: "next",
    dir: "ltr",
    maxlength: "40",
    value: withoutCode(contact.phone ?? "", contact.country === project.country ? calling_code : ""),
  });
  const country = countryButton(base, project, texts, contact.country ?? project.country);
  phone.input.before(country.view);
  phone.input.parentElement!.after(country.place);
  const email = field("email", texts.email, {
    type: "email",
    inputmode: "email",
    autocomplete: "email",
    autocapitalize: "off",
    enterkeyhint: "send",
    dir: "ltr",
    maxlength: "254",
    value: contact.email ?? "",
  });
  const agreed = consentBox(consent);
  const fields = { name, phone, email, consent: agreed };

  const submit = element("button", { type: "submit", class: "primary" }, texts.submit);
  const failure = element("div");
  const [title, next] = asked
    ? [texts.confirm_title.replace("{phone}", () => `\u2066${spaced(asked, calling_code)}\u2069`), texts.confirm_next]
    : [texts[`${interest}_title`], texts[`${interest}_next`]];
  const form = element(
    "form",
    { class: "contact", novalidate: true, "aria-labelledby": "contact-title" },
    element("strong", { id: "contact-title" }, title),
    element("p", {}, next),
    ...(visitAt
      ? [element("p", { class: "chosen" }, texts.visit_at.replace("{time}", () => visitAt))]
      : []),
    name.view,
    phone.view,
    email.view,
    agreed.view,
    failure,
    element(
      "div",
      { class: "actions" },
      submit,
      element(
        "button",
        {
          type: "button",
          class: "quiet",
          onclick: () => {
            outbox.setLead(undefined); // who changes their mind is not called
            onCancel();
          },
        },
        texts.not_now,
      ),
    ),
  );

  /** Every fault that can be seen from here, at once: one more try is one visitor less. */
  const faultsOf = (given: Contact): FieldError[] => {
    const faults: FieldError[] = [];
    if (!given.name) faults.push({ field: "name", detail: texts.name_missing });
    const digits =
      given.country === project.country ? wrongDigits(given.phone, project.phone) : undefined;
    if (!given.phone) faults.push({ field: "phone", detail: texts.phone_missing });
    else if (digits !== undefined) {
      faults.push({ field: "phone", detail: digitsText(digits, project, texts) });
    }
    if (consent.required && !agreed.input.checked) {
      faults.push({ field: "consent", detail: texts.consent_missing });
    }
    return faults;
  };

  /** One key for each distinct content: the same again repeats it, a corrected form is a new one. */
  let key = "";
  let keyed = "";
  const send = async (): Promise<void> => {
    if (submit.disabled) return;
    failure.replaceChildren();
    const given: Contact = {
      name: name.input.value.trim(),
      phone: phone.input.value.trim(),
      country: country.selected(),
      email: email.input.value.trim(),
    };
    if (show(faultsOf(given))) return;

    const enquiry = {
      ...given,
      interest,
      consent: { given: agreed.input.checked, version: consent.version },
      qualification,
    };
    const content = JSON.stringify(enquiry);
    if (content !== keyed) {
      key = randomId("form_");
      keyed = content;
    }
    submit.disabled = true;
    submit.textContent = texts.submitting;
    outbox.setLead({ key, enquiry });
    try {
      const message = await service.submit(key, enquiry);
      outbox.setLead(undefined);
      onSent(message, given);
    } catch (error) {
      await fail(error);
    } finally {
      submit.disabled = false;
      submit.textContent = texts.submit;
    }
  };

  const fail = async (error: unknown): Promise<void> => {
    if (error instanceof Problem) {
      // Refused as it stands: it must not go out by itself later.
      if (error.status < 500) outbox.setLead(undefined);
      if (error.code === "consent_outdated") await renewConsent();
      const isAboutConsent = error.code.startsWith("consent_") && !error.errors.length;
      const errors = isAboutConsent ? [{ field: "consent", detail: error.message }] : error.errors;
      if (show(errors)) return;
    }
    failure.replaceChildren(explain(error, () => void send(), texts.offline_form));
  };

  const renewConsent = async (): Promise<void> => {
    const settings = await service.refresh().catch(() => undefined);
    if (!settings) return;
    consent = settings.consent;
    agreed.setText(consent);
  };

  /** Puts each error beside its field and goes to the first; true where there was one to show. */
  const show = (errors: FieldError[]): boolean => {
    let first: HTMLInputElement | undefined;
    for (const [path, { input, setError }] of Object.entries(fields)) {
      const error = errors.find((it) => it.field.split(".")[0] === path);
      setError(error?.detail);
      if (error) first ??= input;
    }
    first?.focus();
    return !!first;
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void send();
  });
  return form;
}

/** As the service says it (`frontdesk/leads/phone.py`). */
function digitsText(count: number, project: Project, texts: PanelTexts): string {
  const language = localeOf(project);
  const { mobile_digits: lengths, adjective } = project.phone;
  const number = new Intl.NumberFormat(language);
  const written = lengths.map((it) => number.format(it));
  // Three and more follow one another, in every country.
  const wanted = written[2]
    ? texts.phone_range.replace("{first}", written[0]!).replace("{last}", written.at(-1)!)
    : new Intl.ListFormat(language, { type: "disjunction" }).format(written);
  const country = new Intl.DisplayNames([language, "en"], { type: "region" }).of(project.country)!;
  return texts[count === 1 ? "phone_digit" : "phone_digits"]
    .replace("{digits}", number.format(count))
    .replace("{adjective}", adjective)
    .replace("{country}", () => country)
    .replace("{expected}", wanted);
}

function field(id: string, label: string, attributes: Record<string, string>) {
  const input = element("input", { id, ...attributes });
  const row = element("div", { class: "row" }, input);
  const error = errorFor(input);
  const view = element(
    "div",
    { class: "field" },
    element("label", { for: id }, label),
    row,
    error.view,
  );
  return { view, input, setError: error.set };
}

function errorFor(input: HTMLInputElement) {
  const view = element("p", { class: "wrong", id: `${input.id}-error`, hidden: true });
  const set = (detail: string | undefined) => {
    view.hidden = !detail;
    view.textContent = detail ?? "";
    if (detail) {
      input.setAttribute("aria-invalid", "true");
      input.setAttribute("aria-describedby", view.id);
    } else {
      input.removeAttribute("aria-invalid");
      input.removeAttribute("aria-describedby");
    }
  };
  return { view, set };
}

function consentBox(consent: Consent) {
  const input = element("input", { id: "consent", type: "checkbox" });
  const text = element("span");
  const error = errorFor(input);
  const setText = (now: Consent) => {
    text.textContent = now.text;
    input.checked = false;
  };
  setText(consent);
  const view = element(
    "div",
    { class: "field" },
    element("label", { class: "consent" }, input, text),
    error.view,
  );
  return { view, input, setText, setError: error.set };
}
