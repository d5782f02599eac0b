/**
 * Variables that drivers, Node or SSH read behind our back: where to connect, as whom, whom to trust. None of them may
 * decide about a connection a person set up (R56, V4).
 */
const driverVariables =
  /^(PG[A-Z0-9_]*|SSH_AUTH_SOCK|NODE_TLS_REJECT_UNAUTHORIZED|NODE_EXTRA_CA_CERTS|NODE_USE_ENV_PROXY)$/;

/** Takes such variables out of an environment and gives their names, to be told to whoever set them. */
export function removeDriverVariables(env: Record<string, string | undefined>): readonly string[] {
  const found = Object.keys(env).filter((name) => driverVariables.test(name));
  for (const name of found) delete env[name];
  return found;
}
