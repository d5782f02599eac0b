/** Messages of a PostgreSQL server, for servers that misbehave on purpose. */
export const wire = {
  authOk: message("R", int32(0)),
  askCleartext: message("R", int32(3)),
  askMd5: message("R", Buffer.concat([int32(5), Buffer.from("salt")])),
  askUnknown: message("R", int32(99)),
  askScram: message("R", Buffer.concat([int32(10), Buffer.from("SCRAM-SHA-256\0\0")])),
  scramFirst: (text: string): Buffer => message("R", Buffer.concat([int32(11), Buffer.from(text)])),
  ready: message("Z", Buffer.from("I")),
  error: (code: string, text: string): Buffer => message("E", Buffer.from(`SFATAL\0VFATAL\0C${code}\0M${text}\0\0`)),
  /** A header that announces more than will ever fit. */
  endless: Buffer.concat([Buffer.from("N"), int32(0x7fff_ffff)]),
};

function message(letter: string, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(letter), int32(body.length + 4), body]);
}

function int32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeInt32BE(value);
  return buffer;
}
