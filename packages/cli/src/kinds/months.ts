/** Names of months and weekdays in the languages of Latin letters that most files come in, and in Greek and Cyrillic. */

const LANGUAGES = "en de fr es it pt nl sv da nb fi pl cs sk hu ro tr ca el ru uk".split(" ");
/** Spellings that no language's own list has. */
const OTHERS: Record<string, number> = {
  sept: 9,
  mrz: 3,
  märz: 3,
  maerz: 3,
  jän: 1,
  jänner: 1,
  sep: 9,
  juni: 6,
  juli: 7,
};

interface Names {
  months: ReadonlyMap<string, number>;
  weekdays: ReadonlyMap<string, number>;
}

let known: Names | undefined;

function names(): Names {
  if (known !== undefined) return known;
  const months = new Map<string, number>();
  const weekdays = new Map<string, number>();
  for (const language of LANGUAGES) {
    for (const style of ["long", "short"] as const) {
      const month = new Intl.DateTimeFormat(language, { month: style, day: "numeric", timeZone: "UTC" });
      const alone = new Intl.DateTimeFormat(language, { month: style, timeZone: "UTC" });
      for (let k = 0; k < 12; k++) {
        const date = Date.UTC(2021, k, 15);
        const inDate = month.formatToParts(date).find(({ type }) => type === "month")?.value ?? "";
        for (const name of [inDate, alone.format(date)]) {
          // The first language wins: what a later one calls otherwise is rare.
          const key = wordKey(name);
          if (/\p{L}{3}/u.test(key) && !months.has(key)) months.set(key, k + 1);
        }
      }
      const weekday = new Intl.DateTimeFormat(language, { weekday: style, timeZone: "UTC" });
      for (let k = 0; k < 7; k++) {
        // 4 January 2021 was a Monday.
        const key = wordKey(weekday.format(Date.UTC(2021, 0, 4 + k)));
        if (!weekdays.has(key)) weekdays.set(key, k + 1);
      }
    }
  }
  for (const [name, month] of Object.entries(OTHERS)) months.set(name, month);
  known = { months, weekdays };
  return known;
}

function wordKey(word: string): string {
  return word.toLowerCase().replace(/\.$/, "");
}

/** The month that a word names, from 1; 0 if it names none. */
export function monthOf(word: string): number {
  return names().months.get(wordKey(word)) ?? 0;
}

/** Whether a word names a day of the week. */
export function isWeekday(word: string): boolean {
  return weekdayOf(word) > 0;
}

/** The day of the week that a word names, from 1 for Monday; 0 if it names none. */
export function weekdayOf(word: string): number {
  return names().weekdays.get(wordKey(word)) ?? 0;
}
