import type { MantineColorsTuple } from "@mantine/core";

/** Canal water: the colour of things to press. Shade 6 carries white text at 5.6:1. */
export const brand: MantineColorsTuple = [
  "#eaf5f4", "#d3e9e7", "#a9d6d2", "#7bc0bb", "#4fa8a3", "#2b8f8b", "#147370", "#0e5f5f", "#0b4b4c", "#073637",
]; // prettier-ignore

/** Stone, with a trace of green so that it sits with the brand. */
export const gray: MantineColorsTuple = [
  "#f7f8f6", "#eff1ee", "#e3e7e2", "#d2d8d2", "#b6beb8", "#7f8984", "#616b65", "#4a544e", "#323b36", "#1a221e",
]; // prettier-ignore

/** The dark scheme's surfaces: 7 is the page, 6 a card, 4 a border, 0 the text. */
export const dark: MantineColorsTuple = [
  "#e4ebe8", "#c0cbc6", "#9fada7", "#82918b", "#37443f", "#2b3733", "#1d2725", "#131a19", "#0d1312", "#080c0b",
]; // prettier-ignore

export const red: MantineColorsTuple = [
  "#fdefec", "#fadcd6", "#f3b6ab", "#ea8d7d", "#e0705d", "#cf4f3a", "#b63a27", "#972d1d", "#782417", "#571910",
]; // prettier-ignore

export const green: MantineColorsTuple = [
  "#ebf7ee", "#d3edd9", "#a6dab3", "#77c68a", "#4fb067", "#33944c", "#22773a", "#1b612f", "#154b25", "#0e351a",
]; // prettier-ignore

/** Warnings; dark enough in 7-8 to be text on its own 0. */
export const amber: MantineColorsTuple = [
  "#fdf5e6", "#faeac8", "#f4d593", "#ecbd5c", "#e3a73a", "#c98a1d", "#9a6411", "#7d500d", "#623f0b", "#452c08",
]; // prettier-ignore

export const blue: MantineColorsTuple = [
  "#edf4fb", "#d8e7f6", "#afcfec", "#82b4e0", "#5a9ad4", "#3b80c2", "#28659f", "#205282", "#194066", "#122e4a",
]; // prettier-ignore
