const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MOST = 5;

/** Round dates between two, in milliseconds since 1970: the beginnings of years, months or days, or hours; at most five. */
export function dateTicks(low: number, high: number): number[] {
  const first = new Date(low);
  const years = (high - low) / (365.25 * DAY);
  if (years > 2) {
    const step = stepOf(years, [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]);
    return marks(
      Math.ceil(first.getUTCFullYear() / step) * step,
      step,
      (year) => monthAt(12 * year),
      low,
      high,
    );
  }
  if (years * 12 > 3) {
    const step = stepOf(years * 12, [1, 2, 3, 6]);
    const month = first.getUTCFullYear() * 12 + first.getUTCMonth();
    return marks(Math.ceil(month / step) * step, step, monthAt, low, high);
  }
  const step = stepOf(high - low, [
    HOUR,
    3 * HOUR,
    6 * HOUR,
    12 * HOUR,
    DAY,
    2 * DAY,
    7 * DAY,
    14 * DAY,
    28 * DAY,
  ]);
  return marks(Math.ceil(low / step) * step, step, (at) => at, low, high);
}

/** The beginning of a month, by the months since the year 0. `Date.UTC` takes years below 100 for those of the last century. */
function monthAt(month: number): number {
  return new Date(0).setUTCFullYear(Math.floor(month / 12), month % 12, 1);
}

function stepOf(span: number, steps: readonly number[]): number {
  return steps.find((step) => span / step <= MOST) ?? steps[steps.length - 1];
}

function marks(
  from: number,
  step: number,
  date: (at: number) => number,
  low: number,
  high: number,
): number[] {
  const found: number[] = [];
  for (let at = from; date(at) <= high && found.length <= MOST; at += step)
    if (date(at) >= low) found.push(date(at));
  return found;
}
