/** Times of day, time zones and durations as text. All are in seconds. */

const CLOCK =
  /^(\d{1,2})(?:(?:[:.hH\u6642\u65f6\uc2dc]|\u6642)\s?(\d{2})(?:[:.m\u5206\ubd84]\s?(\d{2})(?:[.,](\d{1,9}))?)?[s\u79d2\ucd08\u5206]?)?\s*([AaPp]\.?\s?[Mm]\.?)?\s*(.*)$/;
const OFFSET = /^(?:UTC|GMT|Z)?\s?([+\-\u2212])(\d{2}):?(\d{2})?(?:\s?\([^)]*\))?$/i;
/** Zones of RFC 2822, and those of Europe that have one name each. */
const ZONES: Record<string, number> = {
  Z: 0,
  UTC: 0,
  GMT: 0,
  UT: 0,
  EST: -5,
  EDT: -4,
  CST: -6,
  CDT: -5,
  MST: -7,
  MDT: -6,
  PST: -8,
  PDT: -7,
  WET: 0,
  CET: 1,
  CEST: 2,
  EET: 2,
  EEST: 3,
};

/** Seconds since midnight in UTC; nothing if a text is no time. `22:13:15,123`, `10:13 PM`, `22:13:15 +0200`, `22h13`. */
export function clockOf(text: string): number | undefined {
  const match = CLOCK.exec(text);
  if (match === null) return undefined;
  const [, hours, minutes, seconds = "0", fraction = "0", half, rest] = match;
  if (minutes === undefined && half === undefined) return undefined;
  let hour = Number(hours);
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return undefined;
    hour = (hour % 12) + (/^p/i.test(half) ? 12 : 0);
  }
  const zone = zoneOf(rest);
  const [minute, second] = [Number(minutes ?? 0), Number(seconds)];
  if (zone === undefined || hour > 24 || minute > 59 || second > 60) return undefined;
  const total = hour * 3600 + minute * 60 + second + Number(`0.${fraction}`);
  return total > 86_401 ? undefined : total - zone;
}

/** Seconds that a zone is ahead of UTC. */
export function zoneOf(text: string): number | undefined {
  if (text === "") return 0;
  const match = OFFSET.exec(text);
  if (match === null) {
    const hours = ZONES[text.toUpperCase()];
    return hours === undefined ? undefined : hours * 3600;
  }
  const ahead = Number(match[2]) * 3600 + Number(match[3] ?? 0) * 60;
  return match[1] === "+" ? ahead : -ahead;
}

const COLONS = /^([+\-\u2212])?(?:(\d+)\s*(?:days?|d)[, ]\s*)?(\d+):(\d{2})(?::(\d{2}))?(?:[.,](\d+))?$/i;
const ISO =
  /^([+\-\u2212])?P(?:(\d+)W)?(?:(\d+(?:[.,]\d+)?)D)?(?:T(?:(\d+(?:[.,]\d+)?)H)?(?:(\d+(?:[.,]\d+)?)M)?(?:(\d+(?:[.,]\d+)?)S)?)?$/i;
const PARTS =
  /^([+\-\u2212])?(?:(\d+)\s?(?:w|weeks?)[, ]*)?(?:(\d+)\s?(?:d|days?)[, ]*)?(?:(\d+)\s?(?:h|hrs?|hours?)[, ]*)?(?:(\d+)\s?(?:m|mins?|minutes?|\u2032|')[, ]*)?(?:(\d+(?:[.,]\d+)?)\s?(?:s|secs?|seconds?|\u2033|"))?$/i;

/** Seconds of a duration; nothing if a text is none. `62:25` is minutes and seconds. */
export function durationOf(text: string): number | undefined {
  const colons = COLONS.exec(text);
  if (colons !== null) {
    const [, sign, days = "0", first, second, third, fraction = "0"] = colons;
    if (Number(second) > 59 || Number(third ?? 0) > 59) return undefined;
    const clock =
      third === undefined && days === "0"
        ? Number(first) * 60 + Number(second)
        : Number(first) * 3600 + Number(second) * 60 + Number(third ?? 0);
    return signed(sign, Number(days) * 86_400 + clock + Number(`0.${fraction}`));
  }
  const match = ISO.exec(text) ?? PARTS.exec(text);
  if (match === null || match.slice(2).every((part) => part === undefined)) return undefined;
  const [weeks, days, hours, minutes, seconds] = match
    .slice(2)
    .map((part) => Number((part ?? "0").replace(",", ".")));
  return signed(match[1], ((weeks * 7 + days) * 24 + hours) * 3600 + minutes * 60 + seconds);
}

const FEET = /^(\d{1,2})\s?['\u2032\u2019]\s?(\d{1,2}(?:\.\d+)?)\s?(?:["\u2033\u201d]|'')$/;

/** Inches of a height such as 5'11"; nothing if a text is none, or minutes and seconds. */
export function feetOf(text: string): number | undefined {
  const match = FEET.exec(text);
  if (match === null || Number(match[2]) >= 12) return undefined;
  return Number(match[1]) * 12 + Number(match[2]);
}

function signed(sign: string | undefined, size: number): number {
  return sign === undefined || sign === "+" ? size : -size;
}
