import { Button, useMantineColorScheme, type MantineColorScheme } from "@mantine/core";
import { useClickOutside } from "@mantine/hooks";
import { IconChevronDown, IconLogout } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useId, useRef, useState, type KeyboardEvent, type ReactElement } from "react";
import { peopleQueries, useSignOut } from "../../features/people/queries.ts";
import { ErrorCallout } from "../../ui/error-callout.tsx";
import classes from "./user-menu.module.css";

/** Who is signed in, light or dark, and the way out. A plain disclosure: it needs no positioning library. */
export function UserMenu(): ReactElement {
  const id = useId();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const frame = useClickOutside<HTMLDivElement>(() => setOpen(false));
  const { data: user } = useQuery(peopleQueries.session());
  const name = user?.name ?? "You";

  function closeOnEscape(event: KeyboardEvent): void {
    if (event.key !== "Escape" || !open) return;
    setOpen(false);
    button.current?.focus();
  }

  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- Escape is heard from wherever the focus is inside
    <div ref={frame} className={classes.frame} onKeyDown={closeOnEscape}>
      <button
        ref={button}
        type="button"
        className={classes.button}
        aria-label={`${name}: appearance and sign out`}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        <span className={classes.face} data-initials={initials(name)} />
        <IconChevronDown size={16} aria-hidden />
      </button>
      <div id={id} className={classes.panel} hidden={!open}>
        <p className={classes.name}>{name}</p>
        <p className={classes.email}>{user?.email}</p>
        <Appearance />
        <SignOut />
      </div>
    </div>
  );
}

const schemes = [
  { value: "auto", label: "Device" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
] as const satisfies readonly { value: MantineColorScheme; label: string }[];

function Appearance(): ReactElement {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <fieldset className={classes.schemes}>
      <legend className={classes.legend}>Appearance</legend>
      {schemes.map(({ value, label }) => (
        <label key={value} className={classes.scheme}>
          <input
            type="radio"
            name="appearance"
            checked={colorScheme === value}
            onChange={() => setColorScheme(value)}
            className="visually-hidden"
          />
          {label}
        </label>
      ))}
    </fieldset>
  );
}

function SignOut(): ReactElement {
  const signOut = useSignOut();
  const navigate = useNavigate();
  return (
    <>
      <Button
        fullWidth
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
