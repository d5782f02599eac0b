import { isPortFree } from "@headgate/store/embedded";

export type PortChoice = { readonly port: number; readonly note?: string };

/**
 * Decides where the web server listens. A port that was asked for is taken or refused; the usual one gives way to the
 * next free one.
 */
export async function chooseWebPort(host: string, wanted: number, askedFor: boolean): Promise<PortChoice> {
  if (await isPortFree(wanted, host)) return { port: wanted };
  const next = await nextFree(host, wanted + 1);
  if (next === undefined)
    throw new Error(
      `Headgate cannot listen on ${host}, port ${wanted} or any of the next hundred. Check HEADGATE_HOST and HEADGATE_PORT.`,
    );
  if (askedFor)
    throw new Error(
      `Port ${wanted} is taken by another program. Stop that one, or choose the next free port: ` +
        `start with HEADGATE_PORT=${next}.`,
    );
  return { port: next, note: `Port ${wanted} is taken by another program, so this is port ${next}.` };
}

async function nextFree(host: string, from: number): Promise<number | undefined> {
  for (let port = from; port < from + 100 && port <= 65535; port++) if (await isPortFree(port, host)) return port;
  return undefined;
}
