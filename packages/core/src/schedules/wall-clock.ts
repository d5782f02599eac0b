import { day, nextClockChange, offsetAt, type Wall } from "./local-time.ts";

/** A rule that names readings of a wall clock. */
export type WallRule = {
  /** The first reading at or after `from` that the rule names, or undefined when there is none any more. */
  readonly next: (from: Wall) => Wall | undefined;
  /**
   * True for rules that mean "so and so often": they run in both hours when clocks go back and in none that is left out.
   * False for rules that name a time of day: they run once either way (reliability §4.7).
   */
  readonly repeats: boolean;
};

/** The moments after `after` at which a wall clock of the zone shows what the rule names, in order and without end. */
export function* moments(rule: WallRule, timeZone: string, after: number): Generator<number> {
  let { from, wall } = start(rule, timeZone, after);
  let last = after;
  for (;;) {
    const found = rule.next(wall);
    if (found === undefined) return;
    const offset = offsetAt(timeZone, from);
    const change = nextClockChange(timeZone, from, found - offset);
    let moment: number | undefined;
    if (change === undefined) {
      wall = found + 1;
      from = moment = found - offset;
    } else {
      const step = passChange(rule, found, change + offset, change + offsetAt(timeZone, change));
      wall = step.wall;
      from = change;
      if (step.atChange) moment = change;
    }
    if (moment !== undefined && moment > last) {
      last = moment;
      yield moment;
    }
  }
}

/** Begins before a clock change that is just over, so that its second hour is known to be a second one. */
function start(rule: WallRule, timeZone: string, after: number): { from: number; wall: Wall } {
  const changed = !rule.repeats && offsetAt(timeZone, after - 2 * day) !== offsetAt(timeZone, after);
  const from = changed ? after - 2 * day : after;
  return { from, wall: from + offsetAt(timeZone, from) };
}

/** `was` and `is` are the readings on both sides of the change; `found` lies at or after `was`. */
function passChange(rule: WallRule, found: Wall, was: Wall, is: Wall): { wall: Wall; atChange: boolean } {
  const leftOut = found < is;
  if (rule.repeats) return { wall: is, atChange: false };
  return leftOut ? { wall: is, atChange: true } : { wall: Math.max(was, is), atChange: false };
}
