import type { MantineThemeComponents } from "@mantine/core";
import classes from "./components.module.css";

const wrapperOrder = ["label", "description", "error", "input"];
const field = { size: "md", inputWrapperOrder: wrapperOrder };
const closeButton = { "aria-label": "Close" };
/** Controls of 24 px and more, so that a finger finds them (WCAG 2.5.8). */
const tick = { size: "md", iconColor: "var(--hg-on-filled)" };

/** What Mantine leaves to its users: names for icon buttons, readable borders, hints above fields (ecosystem §1.6.5). */
export const componentDefaults: MantineThemeComponents = {
  Input: { classNames: { input: classes.input } },
  InputWrapper: {
    defaultProps: { inputWrapperOrder: wrapperOrder },
    classNames: { label: classes.label, description: classes.hint, error: classes.error },
  },
  TextInput: { defaultProps: field },
  Textarea: { defaultProps: field },
  NumberInput: { defaultProps: { ...field, hideControls: true } },
  Select: { defaultProps: { ...field, checkIconPosition: "right", comboboxProps: { shadow: "md" } } },
  PasswordInput: {
    defaultProps: {
      ...field,
      visibilityToggleFocusable: true,
      visibilityToggleButtonProps: { "aria-label": "Show password" },
    },
  },
  Checkbox: { defaultProps: tick, classNames: { input: classes.tick } },
  Radio: { defaultProps: tick, classNames: { radio: classes.tick } },
  Switch: { defaultProps: { size: "md" } },
  Button: { defaultProps: { size: "md" }, classNames: { root: classes.button } },
  Paper: { classNames: { root: classes.paper } },
  Modal: {
    defaultProps: {
      closeButtonProps: closeButton,
      centered: true,
      padding: "lg",
      radius: "lg",
      // The page has its banner already.
      attributes: { header: { role: "presentation" } },
    },
    classNames: { title: classes.modalTitle, content: classes.modalContent, header: classes.modalContent },
  },
  Drawer: { defaultProps: { closeButtonProps: closeButton } },
  Notification: { defaultProps: { closeButtonProps: closeButton, radius: "lg" } },
  Alert: { defaultProps: { closeButtonLabel: "Close" } },
  Tooltip: { defaultProps: { withArrow: true, openDelay: 300, events: { hover: true, focus: true, touch: true } } },
  // The placeholder is a focusable child that menus may not have.
  Menu: { defaultProps: { shadow: "md", radius: "md", withInitialFocusPlaceholder: false } },
  Popover: { classNames: { dropdown: classes.paper } },
  SegmentedControl: { classNames: { root: classes.segments, indicator: classes.segment } },
  Anchor: { defaultProps: { underline: "always" }, classNames: { root: classes.anchor } },
  Table: { defaultProps: { verticalSpacing: "sm", horizontalSpacing: "md" } },
};
