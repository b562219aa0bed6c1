// What a policy says of itself: in the language of the page where it is told in that, else in English.

import { language } from "./strings.js";

/** The title, description or pitfalls of a policy, and the language that they are in. */
export function told(policy, field) {
  const own = policy?.translations?.[language]?.[field];
  return own ? { text: own, lang: language } : { text: policy?.[field] ?? "", lang: "en" };
}
