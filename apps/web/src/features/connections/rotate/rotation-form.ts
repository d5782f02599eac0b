import { postgresAnswersSchema, postgresSecretsSchema, type PostgresSecrets } from "@headgate/contract";
import { rotationFields, type RotationKind } from "@headgate/core";
import { z } from "zod";

const { clientCertificate } = postgresAnswersSchema.shape.settings.shape;
const expires = postgresAnswersSchema.shape.entraSecretExpires.unwrap().unwrap();

const asked: Readonly<Record<RotationKind, string>> = {
  password: "Enter the new password.",
  client_key: "Add the private key of the new certificate.",
  entra_secret: "Enter the new secret.",
  entra_certificate: "Add the new certificate with its private key.",
};

/**
 * All kinds share one form, in the shape of the request; each shows its own fields, and the others stay empty. The group
 * keeps its fields apart from those of the connection's form, which is on the same page.
 */
export function rotationSchema(kind: RotationKind) {
  const [main] = rotationFields[kind];
  const fields = Object.keys(postgresSecretsSchema.shape) as (keyof PostgresSecrets)[];
  const secrets = Object.fromEntries(
    fields.map((field) => {
      const text = postgresSecretsSchema.shape[field].unwrap();
      return [field, field === main ? text.min(1, { error: asked[kind] }) : text];
    }),
  ) as Record<keyof PostgresSecrets, z.ZodString>;
  const rotation = z.object({
    clientCertificate: z
      .string()
      .min(kind === "client_key" ? 1 : 0, { error: "Add the new certificate." })
      .pipe(clientCertificate.unwrap()),
    secrets: z.object(secrets),
    entraSecretExpires: z.union([z.literal(""), expires]),
  });
  return z.object({ rotation });
}

export type RotationForm = z.input<ReturnType<typeof rotationSchema>>;

export const emptyRotation: RotationForm = {
  rotation: {
    clientCertificate: "",
    secrets: {
      password: "",
      clientKey: "",
      clientKeyPassphrase: "",
      entraSecret: "",
      entraCertificate: "",
      entraCertificatePassword: "",
    },
    entraSecretExpires: "",
  },
};

/** The filled-in form as the server wants it: only what this kind is about. */
export function rotationRequest(kind: RotationKind, { rotation }: RotationForm) {
  const { secrets, clientCertificate: pem, entraSecretExpires } = rotation;
  const given = rotationFields[kind].filter((field) => secrets[field] !== "").map((field) => [field, secrets[field]]);
  return {
    secrets: Object.fromEntries(given) as PostgresSecrets,
    ...(kind === "client_key" && { clientCertificate: pem }),
    ...(kind === "entra_secret" && { entraSecretExpires: entraSecretExpires || null }),
  };
}
