import type { ReactElement } from "react";
import { PageHeader } from "../../ui/page-header.tsx";
import { AboutCard } from "./about-card.tsx";
import { PasswordCard } from "./password-card.tsx";

export function SettingsPage(): ReactElement {
  return (
    <>
      <PageHeader title="Settings" />
      <PasswordCard />
      <AboutCard />
    </>
  );
}
