/** The contact form: name, phone with country, e-mail if wished, consent. */
import { countries } from "./countries.ts";
import { element, icon } from "./dom.ts";
import type { Contact } from "./memory.ts";
import type { Consent, Project } from "./projects.ts";
import { type FieldError, type Interest, Problem, type Service, randomId } from "./service.ts";
import type { PanelTexts } from "./texts.ts";

interface ContactForm {
  project: Project;
  texts: PanelTexts;
  service: Service;
  interest: Interest;
  contact: Partial<Contact>;
  /** The lead is stored; `message` is what the service says to the visitor. */
  onSent(message: string, contact: Contact): void;
  onCancel(): void;
  /** What to show for a failure that no field is to blame for. */
  explain(error: unknown, retry: () => void): HTMLElement;
}

export function createContactForm({
  project,
  texts,
  service,
  interest,
  contact,
  onSent,
  onCancel,
  explain,
}: ContactForm): HTMLFormElement {
  let consent = project.consent;
  const name = field("name", texts.name, {
    autocomplete: "name",
    maxlength: "200",
    value: contact.name ?? "",
  });
  const phone = field("phone", texts.phone, {
    type: "tel",
    autocomplete: "tel",
    maxlength: "40",
    value: contact.phone ?? "",
  });
  const country = countrySelect(project, texts, contact.country ?? project.country);
  phone.input.before(country.view);
  const email = field("email", texts.email, {
    type: "email",
    autocomplete: "email",
    maxlength: "254",
    value: contact.email ?? "",
  });
  const agreed = consentBox(consent);
  const fields = { name, phone, email, consent: agreed };

  const submit = element("button", { type: "submit", class: "primary" }, texts.submit);
  const failure = element("div");
  const form = element(
    "form",
    { class: "contact", novalidate: true, "aria-labelledby": "contact-title" },
    element("strong", { id: "contact-title" }, texts[`${interest}_title`]),
    element("p", {}, texts[`${interest}_next`]),
    name.view,
    phone.view,
    email.view,
    agreed.view,
    failure,
    element(
      "div",
      { class: "actions" },
      submit,
      element("button", { type: "button", class: "quiet", onclick: onCancel }, texts.not_now),
    ),
  );

  /** One key for each distinct content: the same again repeats it, a corrected form is a new one. */
  let key = "";
  let keyed = "";
  const send = async (): Promise<void> => {
    if (submit.disabled) return;
    failure.replaceChildren();
    const given: Contact = {
      name: name.input.value.trim(),
      phone: phone.input.value.trim(),
      country: country.select.value,
      email: email.input.value.trim(),
    };
    const missing: FieldError[] = [];
    if (!given.name) missing.push({ field: "name", detail: texts.name_missing });
    if (!given.phone) missing.push({ field: "phone", detail: texts.phone_missing });
    if (consent.required && !agreed.input.checked) {
      missing.push({ field: "consent", detail: texts.consent_missing });
    }
    if (show(missing)) return;

    const enquiry = {
      ...given,
      interest,
      consent: { given: agreed.input.checked, version: consent.version },
    };
    const content = JSON.stringify(enquiry);
    if (content !== keyed) {
      key = randomId("form_");
      keyed = content;
    }
    submit.disabled = true;
    submit.textContent = texts.submitting;
    try {
      onSent(await service.submit(key, enquiry), given);
    } catch (error) {
      await fail(error);
    } finally {
      submit.disabled = false;
      submit.textContent = texts.submit;
    }
  };

  const fail = async (error: unknown): Promise<void> => {
    if (error instanceof Problem) {
      if (error.code === "consent_outdated") await renewConsent();
      const isAboutConsent = error.code.startsWith("consent_") && !error.errors.length;
      const errors = isAboutConsent ? [{ field: "consent", detail: error.message }] : error.errors;
      if (show(errors)) return;
    }
    failure.replaceChildren(explain(error, send));
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

/** A native list of every country behind its calling code: closed it shows no more than `+91`. */
function countrySelect(project: Project, texts: PanelTexts, selected: string) {
  const all = countries(project.language);
  const select = element(
    "select",
    { "aria-label": texts.country, autocomplete: "country" },
    ...all.map(({ code, name, callingCode }) =>
      element("option", { value: code, selected: code === selected }, `${name} +${callingCode}`),
    ),
  );
  const shown = element("span", { "aria-hidden": "true" });
  const update = () => (shown.textContent = `+${all[select.selectedIndex]?.callingCode}`);
  select.addEventListener("change", update);
  update();
  const view = element("div", { class: "country" }, shown, icon("m8 10 4 4 4-4"), select);
  return { view, select };
}
