const [plus, minus, dot, zero, nine, upperE, lowerE] = [43, 45, 46, 48, 57, 69, 101];

/** Whether bytes are what JSON calls a number; NaN, infinity and leading zeros are none. */
export function isJsonNumber(from: Buffer, start: number, end: number): boolean {
  let at = from[start] === minus ? start + 1 : start;
  const whole = at;
  at = behindDigits(from, at, end);
  if (at === whole || (from[whole] === zero && at > whole + 1)) return false;
  if (at < end && from[at] === dot) {
    const fraction = at + 1;
    at = behindDigits(from, fraction, end);
    if (at === fraction) return false;
  }
  if (at < end && (from[at] === lowerE || from[at] === upperE)) {
    at += 1;
    if (at < end && (from[at] === plus || from[at] === minus)) at += 1;
    const exponent = at;
    at = behindDigits(from, exponent, end);
    if (at === exponent) return false;
  }
  return at === end;
}

function behindDigits(from: Buffer, start: number, end: number): number {
  let at = start;
  while (at < end && (from[at] ?? 0) >= zero && (from[at] ?? 0) <= nine) at += 1;
  return at;
}
