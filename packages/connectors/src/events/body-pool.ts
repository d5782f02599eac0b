import { packBytes } from "./dialects.ts";

/** Lends out buffers for requests: a new half megabyte for each would fill the memory long before anybody clears it. */
export type BodyPool = {
  /** Makes a batch of events; the body is the borrower's until `giveBack`. */
  fill(items: readonly string[]): { readonly body: Buffer; readonly giveBack: () => void };
};

const head = '{"batch":[';
const tail = "]}";

export function createBodyPool(): BodyPool {
  const free: Buffer[] = [];
  return {
    fill: (items) => {
      const usual = free.pop() ?? Buffer.allocUnsafeSlow(packBytes);
      const longest = items.reduce((sum, item) => sum + item.length * 3 + 1, head.length + tail.length);
      // Where three bytes a character would not fit they are counted.
      const buffer =
        longest <= usual.length || bytesOf(items) <= usual.length ? usual : Buffer.allocUnsafeSlow(longest);
      let at = buffer.write(head, 0);
      for (const [index, item] of items.entries()) {
        if (index > 0) at = buffer.writeUInt8(comma, at);
        at += buffer.write(item, at);
      }
      at += buffer.write(tail, at);
      return { body: buffer.subarray(0, at), giveBack: () => void free.push(usual) };
    },
  };
}

const comma = 44;

function bytesOf(items: readonly string[]): number {
  return items.reduce((sum, item) => sum + Buffer.byteLength(item) + 1, head.length + tail.length);
}
