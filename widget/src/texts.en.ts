/** The panel's texts in English, which is also what a language lacks. */
const texts = {
  close: "Close",
  conversation: "Conversation",
  you: "You",
  team: "The team",
  typing: "An answer is on its way.",

  write: "Ask about {project}",
  send: "Send",
  stop: "Stop the reply",
  stopped: "Stopped here.",
  call_back: "Prefer to talk? Ask for a call",

  again: "Try again",
  waiting: "Waiting to be sent",
  unreachable: "That didn't reach us. It is kept here and goes out when you try again.",
  offline: "You're offline. Your message is kept here and goes out as soon as you're back.",
  offline_form: "You're offline. Your details are kept here and go out as soon as you're back.",

  as_of: "As of {date}",
  brochure_open: "Open the brochure",
  local_time: "Times are those of the project.",

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
  confirm_title: "Shall we call you on {phone}?",
  confirm_next: "Please look it over. Nothing goes out before you send it.",
  visit_at: "Your visit: {time}",

  name: "Name",
  phone: "Phone",
  country: "Country code",
  country_search: "Search countries",
  country_none: "No country by that name",
  email: "E-mail (optional)",
  submit: "Send to the team",
  submitting: "Sending",
  not_now: "Not now",
  name_missing: "Please say what to call you.",
  phone_missing: "The team needs a number to reach you.",
  phone_digits: "That number has {digits} digits; numbers in {country} have {expected}.",
  consent_missing: "Please agree first; nobody calls without it.",
};

export default texts;
