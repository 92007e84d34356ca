/** The panel's texts in Hindi, written as people in sales offices speak. */
import type { PanelTexts } from "./texts.ts";

const texts: PanelTexts = {
  close: "बंद कीजिए",
  conversation: "बातचीत",
  you: "आप",
  team: "हमारी टीम",
  typing: "जवाब आ रहा है।",

  write: "{project} के बारे में पूछिए",
  send: "भेजिए",
  stop: "जवाब रोकिए",
  stopped: "यहीं रोक दिया।",
  call_back: "फ़ोन पर बात करनी है? कॉल मँगाइए",

  again: "फिर भेजिए",
  waiting: "भेजा जाना बाकी है",
  unreachable: "मैसेज हम तक नहीं पहुँचा। वह यहीं सुरक्षित है, दोबारा भेजिए।",
  offline: "आप ऑफ़लाइन हैं। मैसेज यहीं सुरक्षित है, नेट आते ही चला जाएगा।",
  offline_form: "आप ऑफ़लाइन हैं। आपकी जानकारी यहीं सुरक्षित है, नेट आते ही चली जाएगी।",

  as_of: "{date} की जानकारी",
  brochure_open: "ब्रोशर खोलिए",
  local_time: "समय प्रोजेक्ट की जगह का है।",

  price_title: "पूरी प्राइस लिस्ट",
  price_next: "नंबर दीजिए, टीम पूरी प्राइस लिस्ट लेकर कॉल करेगी।",
  visit_title: "साइट विज़िट",
  visit_next: "नंबर दीजिए, टीम कॉल करके समय तय कर लेगी।",
  call_title: "कॉल मँगाइए",
  call_next: "नंबर दीजिए, टीम आपको कॉल करेगी।",
  brochure_title: "ब्रोशर मँगाइए",
  brochure_next: "नंबर दीजिए, टीम आपको भेज देगी।",
  other_title: "टीम से पूछिए",
  other_next: "नंबर दीजिए, टीम आपसे बात करेगी।",
  confirm_title: "क्या {phone} पर कॉल करें?",
  confirm_next: "एक बार देख लीजिए। आपके भेजने से पहले कुछ नहीं जाएगा।",
  visit_at: "आपकी विज़िट: {time}",

  name: "नाम",
  phone: "फ़ोन नंबर",
  country: "देश का कोड",
  country_search: "देश खोजिए",
  country_none: "इस नाम का कोई देश नहीं मिला",
  email: "ई-मेल (ज़रूरी नहीं)",
  submit: "टीम को भेजिए",
  submitting: "भेज रहे हैं",
  not_now: "अभी नहीं",
  name_missing: "अपना नाम बताइए।",
  phone_missing: "कॉल करने के लिए टीम को आपका नंबर चाहिए।",
  phone_digit: "इस नंबर में 1 अंक है, {country} के मोबाइल नंबर में {expected} होते हैं।",
  phone_digits: "इस नंबर में {digits} अंक हैं, {country} के मोबाइल नंबर में {expected} होते हैं।",
  phone_range: "{first} से {last}",
  consent_missing: "पहले हाँ कीजिए, उसके बिना कोई कॉल नहीं करता।",
};

export default texts;
