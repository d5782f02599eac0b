import { Button, Popover, SegmentedControl, UnstyledButton, useMantineColorScheme } from "@mantine/core";
import { IconChevronDown, IconLogout } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useId, type ReactElement } from "react";
import { peopleQueries, useSignOut } from "../../features/people/queries.ts";
import { ErrorCallout } from "../../ui/error-callout.tsx";
import classes from "./user-menu.module.css";

/** Who is signed in, light or dark, and the way out. */
export function UserMenu(): ReactElement {
  const { data: user } = useQuery(peopleQueries.session());
  const name = user?.name ?? "You";
  return (
    <Popover position="bottom-end" width={280} trapFocus returnFocus shadow="md" radius="lg">
      <Popover.Target>
        <UnstyledButton className={classes.button} aria-label={`${name}: appearance and sign out`}>
          <span className={classes.face} data-initials={initials(name)} />
          <IconChevronDown size={16} aria-hidden />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label="You and this page">
        <p className={classes.name}>{name}</p>
        <p className={classes.email}>{user?.email}</p>
        <Appearance />
        <SignOut />
      </Popover.Dropdown>
    </Popover>
  );
}

function Appearance(): ReactElement {
  const id = useId();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <>
      <p id={id} className={classes.label}>
        Appearance
      </p>
      <SegmentedControl
        fullWidth
        aria-labelledby={id}
        value={colorScheme}
        onChange={setColorScheme}
        data={[
          { value: "auto", label: "Device" },
          { value: "light", label: "Light" },
          { value: "dark", label: "Dark" },
        ]}
      />
    </>
  );
}

function SignOut(): ReactElement {
  const signOut = useSignOut();
  const navigate = useNavigate();
  return (
    <>
      <Button
        fullWidth
        mt="md"
        variant="default"
        loading={signOut.isPending}
        leftSection={<IconLogout size={18} aria-hidden />}
        onClick={() => signOut.mutate(undefined, { onSuccess: () => void navigate({ to: "/sign-in" }) })}
      >
        Sign out
      </Button>
      {signOut.error && <ErrorCallout error={signOut.error} />}
    </>
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => first(word ?? ""));
  return letters.join("").toUpperCase();
}

/** The first letter as people count them: an accent or an emoji stays whole. */
function first(word: string): string {
  return [...new Intl.Segmenter().segment(word)][0]?.segment ?? "";
}
