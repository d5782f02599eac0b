export { serverAccount, type Account } from "./account.ts";
export { findBinaries, type Binaries } from "./binaries.ts";
export { startCluster, type Cluster, type ClusterOptions } from "./cluster.ts";
export { freePort, isPortFree } from "./free-port.ts";
export { isReachable } from "./reachable.ts";
export { spawnTethered, spawnTetheredNode, type TetherOptions } from "./tether.ts";
