import { existsSync, readFileSync } from "node:fs";

/** Files that Docker and Podman put into every container. */
const marks = ["/.dockerenv", "/run/.containerenv"];

let found: boolean | undefined;

/** Whether this process lives in a container, where `localhost` is the container and not the machine around it. */
export function runsInContainer(): boolean {
  found ??= looksLikeContainer(existsSync, readControlGroups());
  return found;
}

/** The same from what can be seen: files, and the control groups of the first process. */
export function looksLikeContainer(exists: (file: string) => boolean, controlGroups: string): boolean {
  return marks.some(exists) || /[/:-](docker|kubepods|containerd|libpod|lxc)\b/.test(controlGroups);
}

function readControlGroups(): string {
  try {
    return readFileSync("/proc/1/cgroup", "utf8");
  } catch {
    return "";
  }
}
