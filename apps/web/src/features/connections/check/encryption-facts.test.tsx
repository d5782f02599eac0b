import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { renderPage } from "../../../testing/render-page.tsx";
import { EncryptionFacts } from "./encryption-facts.tsx";

it("says what was agreed on: version, cipher, issuer, names and the last day", async () => {
  await renderPage(
    <EncryptionFacts
      encryption={{
        encrypted: true,
        verified: true,
        protocol: "TLSv1.3",
        cipher: "TLS_AES_256_GCM_SHA384",
        issuer: "Example Authority <script>",
        names: "db.example.com, *.db.example.com",
        expires: "2027-01-31",
      }}
    />,
  );
  const facts = screen.getAllByRole("definition").map((fact) => fact.textContent);
  expect(facts).toEqual([
    "TLS 1.3",
    "TLS_AES_256_GCM_SHA384",
    "Checked",
    "Example Authority <script>",
    "db.example.com, *.db.example.com",
    "31 January 2027",
  ]);
});

it("says nothing where nothing was encrypted", async () => {
  await renderPage(<EncryptionFacts encryption={{ encrypted: false, verified: false }} />);
  expect(screen.queryByText("What was agreed on")).not.toBeInTheDocument();
});
