import { createSocket } from "node:dgram";
import { isIPv6 } from "node:net";

/** Our own address on the way to another one; rejects with the system's code where there is no way. */
export type OwnAddress = (address: string, port: number) => Promise<string>;

/** Asks the system's routing table: connecting a datagram socket picks a route and an address, and sends nothing. */
export const ownAddressTowards: OwnAddress = (address, port) => {
  const socket = createSocket(isIPv6(address) ? "udp6" : "udp4");
  return new Promise<string>((resolve, reject) => {
    socket.once("error", reject).once("connect", () => resolve(socket.address().address));
    socket.connect(port, address);
  }).finally(() => socket.close());
};
