import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { idSchema, instantSchema, labelSchema, timeZoneSchema } from "./fields.ts";

export const roles = ["admin", "editor", "viewer"] as const;
export const roleSchema = z.enum(roles);
export type Role = z.infer<typeof roleSchema>;

/** R4: at least 12 characters, long ones welcome, no composition rule; common ones are refused by the server. */
export const newPasswordSchema = z
  .string()
  .min(12, { error: "Use at least 12 characters. A short sentence works well." })
  .max(256, { error: "Use at most 256 characters." });

export const emailSchema = z
  .string()
  .trim()
  .max(254)
  .pipe(z.email({ error: "Enter an e-mail address, for example ada@example.com." }));

export const userSchema = z.object({
  id: idSchema,
  name: z.string(),
  email: z.string(),
  role: roleSchema,
  timeZone: z.string(),
  createdAt: instantSchema,
});
export type User = z.infer<typeof userSchema>;

export const setupAnswersSchema = z.strictObject({
  /** The secret of the one-time link; it travels in the link's fragment, which browsers never send by themselves. */
  token: z.string().max(200),
  name: labelSchema,
  email: emailSchema,
  password: newPasswordSchema,
  timeZone: timeZoneSchema,
});
export type SetupAnswers = z.infer<typeof setupAnswersSchema>;

export const signInSchema = z.strictObject({
  email: z.string().trim().min(1, { error: "Enter your e-mail address." }).max(254),
  password: z.string().min(1, { error: "Enter your password." }).max(1024),
});
export type SignIn = z.infer<typeof signInSchema>;

export const getSetup = endpoint({
  method: "get",
  path: "/api/setup",
  tag: "Sign-in",
  summary: "Whether the first account still has to be created, and whether this browser is signed in.",
  access: "public",
  // Lets a page find out that nobody is signed in without a refusal that browsers write into their console.
  response: z.object({ open: z.boolean(), signedIn: z.boolean() }),
});

export const completeSetup = endpoint({
  method: "post",
  path: "/api/setup",
  tag: "Sign-in",
  summary: "Creates the first account from the one-time set-up link and signs in.",
  access: "public",
  body: setupAnswersSchema,
  response: userSchema,
});

export const getSession = endpoint({
  method: "get",
  path: "/api/session",
  tag: "Sign-in",
  summary: "The person who is signed in.",
  access: "viewer",
  response: userSchema,
});

export const signIn = endpoint({
  method: "post",
  path: "/api/session",
  tag: "Sign-in",
  summary: "Signs in with e-mail and password; the session is a cookie.",
  access: "public",
  body: signInSchema,
  response: userSchema,
});

export const signOut = endpoint({
  method: "delete",
  path: "/api/session",
  tag: "Sign-in",
  summary: "Ends this session.",
  access: "viewer",
  response: z.object({}),
});

export const changePassword = endpoint({
  method: "put",
  path: "/api/session/password",
  tag: "Sign-in",
  summary: "Changes the password; every other session of this person ends.",
  access: "viewer",
  body: z.strictObject({ currentPassword: z.string().min(1).max(1024), newPassword: newPasswordSchema }),
  response: z.object({}),
});
