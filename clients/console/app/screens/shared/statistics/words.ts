/** Words of the statistics over time. */
import { catalog } from "../../../words/language.ts";

export const useStatisticsWords = catalog(
  {
    leadOfAll: "What happened on the whole marketplace, in your time zone.",
    leadOfOwn: "What happened to your company's contacts, in your time zone.",
    period: "Period",
    lastDays: (days: string) => `Last ${days} days`,
    series: { reveals: "Contacts opened", refunds: "Refunds", complaints: "Contacts complained about" },
    points: "Points returned",
    steps: { DAY: "Day", WEEK: "Week from" },
    over: { DAY: (series: string) => `${series} by day`, WEEK: (series: string) => `${series} by week` },
    none: "Nothing to count",
  },
  {
    de: {
      leadOfAll: "Was auf dem ganzen Marktplatz geschah, in Ihrer Zeitzone.",
      leadOfOwn: "Was mit den Kontakten Ihrer Firma geschah, in Ihrer Zeitzone.",
      period: "Zeitraum",
      lastDays: (days) => `Letzte ${days} Tage`,
      series: { reveals: "Geöffnete Kontakte", refunds: "Erstattungen", complaints: "Reklamierte Kontakte" },
      points: "Erstattete Punkte",
      steps: { DAY: "Tag", WEEK: "Woche ab" },
      over: { DAY: (series) => `${series} nach Tagen`, WEEK: (series) => `${series} nach Wochen` },
      none: "Nichts zu zählen",
    },
    pl: {
      leadOfAll: "Co działo się na całej giełdzie, w Twojej strefie czasowej.",
      leadOfOwn: "Co działo się z kontaktami Twojej firmy, w Twojej strefie czasowej.",
      period: "Okres",
      lastDays: (days) => `Ostatnie ${days} dni`,
      series: { reveals: "Otwarte kontakty", refunds: "Zwroty", complaints: "Reklamowane kontakty" },
      points: "Zwrócone punkty",
      steps: { DAY: "Dzień", WEEK: "Tydzień od" },
      over: { DAY: (series) => `${series}: dziennie`, WEEK: (series) => `${series}: tygodniowo` },
      none: "Nie ma czego liczyć",
    },
    ro: {
      leadOfAll: "Ce s-a întâmplat în toată piața, în fusul dumneavoastră orar.",
      leadOfOwn: "Ce s-a întâmplat cu contactele firmei, în fusul dumneavoastră orar.",
      period: "Perioada",
      lastDays: (days) => `Ultimele ${days}${days === "14" ? "" : " de"} zile`,
      series: { reveals: "Contacte deschise", refunds: "Rambursări", complaints: "Contacte reclamate" },
      points: "Puncte returnate",
      steps: { DAY: "Ziua", WEEK: "Săptămâna din" },
      over: { DAY: (series) => `${series} pe zile`, WEEK: (series) => `${series} pe săptămâni` },
      none: "Nimic de numărat",
    },
  },
);
