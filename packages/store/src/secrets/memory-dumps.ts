/** Options of Node with which it writes its memory to files, on a signal, when it runs short, or when it dies. */
const dumping = /^--(heapsnapshot-|heap-prof|report-on-|report-uncaught-exception|abort-on-uncaught-exception)/;

/**
 * Makes sure that Node does not write its memory, and the secrets in it, to files.
 * @throws when it was started to do so, with instructions. [R35]
 */
export function forbidMemoryDumps({ execArgv, env }: Pick<NodeJS.Process, "execArgv" | "env"> = process): void {
  const options = [...execArgv, ...(env["NODE_OPTIONS"] ?? "").split(/\s+/)].map((one) => one.replaceAll("_", "-"));
  const found = options.find((option) => dumping.test(option))?.split("=")[0];
  if (found !== undefined)
    throw new Error(
      `Node was told ${found}, which writes memory with stored passwords in it to a file. ` +
        "Take it out of NODE_OPTIONS and the command line, and start again.",
    );
}
