/** Cuts a stream of PostgreSQL messages, each a letter, four bytes of length and a body, into single messages. */
export function messageReader(onMessage: (letter: string, message: Buffer) => void): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    while (rest.length >= 5) {
      const length = 1 + rest.readInt32BE(1);
      if (rest.length < length) return;
      const message = rest.subarray(0, length);
      rest = rest.subarray(length);
      onMessage(message.toString("latin1", 0, 1), message);
    }
  };
}
