import { UnstyledButton } from "@mantine/core";
import { IconArrowRight, IconBuildingStore, IconDatabase, type Icon } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { systemQuery } from "../../lib/system.ts";
import { homeCopy } from "./copy.ts";
import classes from "./first-doors.module.css";

type Props = { readonly begin: (practice: boolean) => void; readonly beginning: boolean };

/** What someone sees who has no flow yet: two ways to begin. */
export function FirstDoors({ begin, beginning }: Props): ReactElement {
  const system = useQuery(systemQuery());
  return (
    <section className={classes.sheet} aria-labelledby="first-doors">
      <div className={classes.head}>
        <div className={classes.words}>
          <h2 id="first-doors" className={classes.title}>
            {homeCopy.emptyTitle}
          </h2>
          <p className={classes.text}>{homeCopy.emptyText}</p>
        </div>
        <Picture />
      </div>
      <div className={classes.doors}>
        <DoorButton
          Icon={IconDatabase}
          title={homeCopy.connectTitle}
          text={homeCopy.connectText}
          disabled={beginning}
          onClick={() => begin(false)}
        />
        {system.data?.practice !== false && (
          <DoorButton
            Icon={IconBuildingStore}
            title={homeCopy.practiceTitle}
            text={homeCopy.practiceText}
            disabled={beginning}
            onClick={() => begin(true)}
          />
        )}
      </div>
    </section>
  );
}

type DoorProps = {
  readonly Icon: Icon;
  readonly title: string;
  readonly text: string;
  readonly disabled: boolean;
  readonly onClick: () => void;
};

function DoorButton({ Icon, title, text, disabled, onClick }: DoorProps): ReactElement {
  return (
    <UnstyledButton className={classes.door} onClick={onClick} disabled={disabled}>
      <span className={classes.icon}>
        <Icon size={24} stroke={1.7} aria-hidden />
      </span>
      <span className={classes.doorTitle}>
        {title} <IconArrowRight size={18} aria-hidden className={classes.arrow} />
      </span>
      <span className={classes.doorText}>{text}</span>
    </UnstyledButton>
  );
}

/** Two basins and the gate between them. */
function Picture(): ReactElement {
  return (
    <svg className={classes.picture} viewBox="0 0 240 84" aria-hidden focusable="false">
      <rect x="4" y="22" width="84" height="52" rx="10" className={classes.basin} />
      <path d="M4 46q10.5-8 21 0t21 0 21 0 21 0v18a10 10 0 0 1-10 10H14A10 10 0 0 1 4 64z" className={classes.water} />
      <rect x="152" y="22" width="84" height="52" rx="10" className={classes.basin} />
      <path
        d="M152 58q10.5-6 21 0t21 0 21 0 21 0v6a10 10 0 0 1-10 10h-64a10 10 0 0 1-10-10z"
        className={classes.water}
      />
      <path d="M88 62h64" className={classes.stream} />
      <path d="M106 10v64M134 10v64" className={classes.post} />
      <rect x="108.5" y="14" width="23" height="30" rx="3" className={classes.board} />
    </svg>
  );
}
