import type { TableName } from "@headgate/contract";

/** `orders` in the usual schema, `sales.orders` elsewhere. */
export function tableWords({ schema, name }: TableName): string {
  return schema === "public" ? name : `${schema}.${name}`;
}
