/** What an operator may write to a vendor, in the vendor's language: a beginning, which can be changed. */
import type { Language } from "../../../words/language.ts";

export const TEMPLATES: Readonly<Record<"ACCEPTED" | "REJECTED", Readonly<Record<Language, string>>>> = {
  ACCEPTED: {
    en: "We have checked the contact and accept your complaint.",
    de: "Wir haben den Kontakt geprüft und nehmen Ihre Reklamation an.",
    pl: "Sprawdziliśmy kontakt i uznajemy reklamację.",
    ro: "Am verificat contactul și acceptăm reclamația.",
  },
  REJECTED: {
    en: "We have checked the contact. What you describe could not be confirmed, so the complaint is rejected.",
    de: "Wir haben den Kontakt geprüft. Was Sie beschreiben, ließ sich nicht bestätigen; die Reklamation wird abgelehnt.",
    pl: "Sprawdziliśmy kontakt. Opisany problem nie został potwierdzony, dlatego reklamacja zostaje odrzucona.",
    ro: "Am verificat contactul. Cele descrise nu s-au confirmat, de aceea reclamația este respinsă.",
  },
};
