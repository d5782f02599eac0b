import { z } from "zod";

/** Where it is written down how far a flow has come: beside its rows, in their transaction, or in our own store. */
export const keepsStates = ["destination", "headgate"] as const;
export const keepsStateSchema = z.enum(keepsStates);
export type KeepsState = z.infer<typeof keepsStateSchema>;

/** Statements of a person's own that run with the rows, in their transaction; only an admin writes them. */
export const ownSqlSchema = z
  .string()
  .max(20_000, { error: "Use at most 20,000 characters." })
  .refine((sql) => sql.trim() !== "", { error: "Write a statement, or leave it out." })
  .refine((sql) => !sql.includes("\0"), { error: "SQL cannot contain an invisible NUL character." });

export const ownSql = { sqlBefore: ownSqlSchema.optional(), sqlAfter: ownSqlSchema.optional() };

/** What an update may overwrite: every value, also by NULL; never by NULL; or only what is NULL at the destination. */
export const overwriteModes = ["always", "with_values", "empty_only"] as const;
export const overwritesSchema = z.enum(overwriteModes);
export type Overwrites = z.infer<typeof overwritesSchema>;

/** What becomes of a row that breaks a rule, or of the run; `warn` only counts. */
export const ruleEffects = ["set_aside", "stop", "warn"] as const;
export const ruleEffectSchema = z.enum(ruleEffects, { error: "Choose what happens to a row that breaks the rule." });
export type RuleEffect = z.infer<typeof ruleEffectSchema>;

const effect = ruleEffectSchema;
const bound = z
  .string()
  .trim()
  .regex(/^(-?\d{1,40}(\.\d{1,40})?|\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d(\.\d{1,6})?)?([+-]\d\d(:?\d\d)?|Z)?)?)$/, {
    error: "Enter a number, or a date like 2026-01-31.",
  });

/** A rule that the values of a column keep; a NULL breaks `not_null` only. */
export const valueRuleSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("not_null"), effect }),
  z
    .strictObject({ kind: z.literal("range"), least: bound.optional(), most: bound.optional(), effect })
    .refine(({ least, most }) => least !== undefined || most !== undefined, {
      path: ["least"],
      error: "Enter a smallest or a largest value.",
    }),
  z.strictObject({
    kind: z.literal("pattern"),
    /** A POSIX regular expression as PostgreSQL knows it. References back can take for ever, so there are none. */
    pattern: z
      .string()
      .min(1, { error: "Enter a pattern." })
      .max(500, { error: "Use at most 500 characters." })
      .refine((text) => !/[\0\p{Cs}]/u.test(text) && !/\\[1-9]/.test(text), {
        error: "A pattern cannot refer back to a part of itself, like \\1.",
      }),
    effect,
  }),
  z.strictObject({
    kind: z.literal("allowed"),
    values: z
      .array(
        z
          .string()
          .max(500)
          .refine((text) => !text.includes("\0")),
      )
      .min(1, { error: "Enter at least one value." })
      .max(200, { error: "Enter at most 200 values." }),
    effect,
  }),
]);
export type ValueRule = z.infer<typeof valueRuleSchema>;

/** What a column may be asked besides its names. */
export const columnOptions = {
  /** Matters where rows are updated. Absent: always. */
  overwrites: overwritesSchema.optional(),
  rules: z.array(valueRuleSchema).max(4, { error: "A column can have at most four rules." }).optional(),
};

const typedText = z.string().max(2000);

/** The same while a person is still choosing. */
export const typedColumnOptions = {
  overwrites: overwritesSchema.optional(),
  rules: z
    .array(
      z.discriminatedUnion("kind", [
        z.strictObject({ kind: z.literal("not_null"), effect }),
        z.strictObject({ kind: z.literal("range"), least: typedText.optional(), most: typedText.optional(), effect }),
        z.strictObject({ kind: z.literal("pattern"), pattern: typedText, effect }),
        z.strictObject({ kind: z.literal("allowed"), values: z.array(typedText).max(1000), effect }),
      ]),
    )
    .max(10)
    .optional(),
};
