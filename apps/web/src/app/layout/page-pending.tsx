import type { ReactElement } from "react";
import { Skeletons } from "../../ui/skeletons.tsx";

export function PagePending(): ReactElement {
  return <Skeletons lines={5} label="Loading the page" />;
}
